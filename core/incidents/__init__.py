"""Incidents: something that touches many people at once, such as a late delivery or a wrong run.

An *incident* has whom it *concerns* (everybody of a run, a line, a list), *updates* in the company's words, and tickets
that are *tied* to it. Each update is told to everybody whom it concerns; solving it needs the *root cause*, and solves
the tickets that are tied to it. One that comes back names the first of its kind, which counts its *recurrences*.

Invariants: an update is told to each person once, however often whoever tells is killed; whom an incident concerns is
gathered before anything is told; nobody hears of, or may see, an incident that does not concern her.
"""
