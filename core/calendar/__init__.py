"""Cycles: the stretches of company time by which volumes are added up and ranks are paid.

A *calendar* is declared in the plan (month, week, day, year, fortnight, quarter or a period of so many days, in the
company's time zone); a *cycle* is one period of it, named by a code: `2026-10`, `2026-W41`, `2026-10-07`, `2026`,
`2026-10-A` and `2026-10-B`. The *open* cycle is the one that the present moment lies in; an ended cycle is *closed*
once its ranks are recorded, one after the other, and never opened again.

Invariants: cycles of a calendar follow each other without gap or overlap, also where clocks are put forward or back;
a moment lies in exactly one cycle of a calendar.
"""
