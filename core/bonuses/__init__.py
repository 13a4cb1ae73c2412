"""Bonuses: what a plan pays for, as pure rules over arrays, one file a kind.

A *network* is everybody in arrays, parents before children. A bonus looks at *orders* (or at what others earn) and
gives *lines*: who is paid, for whose order or leg, at which level, for which base and rate. A line's amount is exact,
a whole number of parts of a minor unit, until `rules.rounding` rounds it as the plan says.

Invariants: no line without a reason; the order of people and orders does not matter; integers only.
"""
