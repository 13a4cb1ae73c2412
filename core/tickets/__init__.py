"""Tickets: what people ask of the company, answered by people, followed to the end.

A *draft* is what somebody is writing before she confirms it: her words exactly, files, a type and *evidence*, which is
a link to the one thing that she named. Confirmed, it becomes a *ticket* with a number that people can say. Its *phase*
says who is to move; a company's own *states* are each like one phase. A *target* is when the company wants to have
answered or solved, in business time, and stands still while the ticket waits for her. A *change* is one line of the
ticket's history.

Invariants: her words are stored as she wrote them; every change of a ticket writes one line of history, which is never
edited, and an event without anything personal; replaying the history gives the ticket's state; only an open ticket has
something due; a ticket is rated once; a message or a link moves with a merge and is never copied; somebody else's
number reads like one that does not exist.
"""
