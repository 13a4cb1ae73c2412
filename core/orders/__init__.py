"""Orders and returns: what people bought, what it cost and what volume it counts.

An order counts in the cycle of its own time as soon as it is paid; a return counts in the cycle of its own time at
once, with the opposite sign. Each line is rounded once, and an order is the sum of its lines. Its *amount* is what it
costs in money; *payments* say what paid for it. An order counts while it has a time of payment, so one that is
cancelled loses it.

Invariants: an order id names one order with one content for ever; totals equal the sum of the lines; intake holds its
transaction for a few statements only.
"""
