"""The database: connections for SQLite and PostgreSQL, units of work, the event log and migrations.

A *unit of work* is one transaction, begun at once; it commits only when told to. An *event* is a row written in the
transaction whose change it tells of. A *mark* says how far a reader has read the events.

Invariants: no update is ever lost, events come with their change or not at all, and a reader sees each event once.
"""
