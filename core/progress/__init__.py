"""How close somebody is to a rank: gauges, what is missing, the cheapest way there, and what-if.

Words: a *gauge* is one KPI that the plan shows with a needle; a *need* is a condition of the target rank that no gauge
shows; the *way there* is the smallest set of orders by named people that reaches the target.

Invariants: the same engine answers "now" and "what if"; a way that says it reaches the rank, fed back as a what-if,
reaches it; nobody is asked to order more than her usual order.
"""
