"""Earnings as a person asks after them: the open cycle's estimate, statements, payouts, and the reason of every amount.

A *statement* is what a released run paid her, by bonus and line. An *estimate* is what the open cycle would pay if it
closed now; it is never stored as a result. *Why* tells the chain of one line, *why not* what kept a bonus from her.

Invariants: she sees her own lines alone; the sentences of a why are made from what the run stored, so that the audit,
the statement and the chat say the same.
"""
