"""The one place that takes an order: its lines, what pays for it, and what becomes of both.

An order is paid by money from outside, by points, by account credit, by coupons and by credit notes, in any mixture
that the company allows. What points pay counts no volume and earns no points unless the plan says so. An order can be
taken back until it is shipped; everything that paid for it goes back to where it came from, points with the day on
which they end.

Invariants: an order's payments add up to what it costs, or it is open; nothing is paid twice; stock is never sold
twice.
"""
