"""KPIs: what a plan declares, put into rows, masks and tree operations that `core.forest` runs.

A KPI is *own* (a person's figure in a window of cycles, or the number 1 for heads) taken over some of the people below
her: a level, levels, the whole line, generations, legs. Customers' and distributors' figures are told apart by masks,
activity by a flag. What a *condition* asks of a KPI may differ from the KPI by a leg cap; both are *values* here.

Invariants: hundreds of KPIs follow from one definition (`core.plan.model.KpiSpec`) and no KPI has code of its own.
Nothing here knows a database, a clock or a person.
"""
