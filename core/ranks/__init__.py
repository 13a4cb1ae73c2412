"""Ranks: the ladder of a plan, which rung a person stands on, and the ranks recorded when a cycle is closed.

*Paid rank* is the highest rung all of whose requirements hold in a cycle; *career rank* is the title, which a person
keeps as the plan says. A *standing* is one person's values in one cycle.

Invariants: exactly on the line counts; ranks are numbered from 1 in the order of the ladder and 0 is no rank; a
recorded rank of a closed cycle never changes.
"""
