"""Compensation plans: the language they are written in, how a file is checked, versions, and examples.

A *plan* is one TOML file that a commissions manager reads and writes; `docs/plan-language.md` teaches it. *Checking*
finds every fault at once, each with line, column and what was expected. A *version* is a plan text that was put in
force from a date on; it is never changed, only followed by another. There is no engine here: kpis, ranks and bonuses
calculate from `model.Plan`.

Invariants: a plan with a fault is never stored; two versions of one start cannot exist; numbers are exact from the
file on (volumes are integers at the plan's scale, percentages decimals).
"""
