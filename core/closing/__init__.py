"""Closing a cycle: its ranks and everybody's title are fixed, and never change again.

A cycle is *due* once it has ended and the one before it is closed. Closing calculates the cycle as it stands in the
database at its end, records paid and career ranks, and announces the cycle as closed, all or nothing.

Invariants: a cycle is closed once, whoever tries at the same time; ranks are by the plan in force when the cycle ended.
"""
