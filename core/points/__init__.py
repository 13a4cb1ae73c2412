"""The points programme: earning, the return window, lots and their expiry, transfers and conversions.

Words: points are *pending* until the order that earned them is safe, then *available*. Available points lie in *lots*,
each with the day on which it ends; a payment takes from the lot that ends first. Points that are moved or given back
keep that day. A *debt* is an available balance below zero: points that were taken back after they were spent.

Invariants: the book's available balance is the sum of what remains in available lots, less the debt; a person has lots
with something left or a debt, never both; pending likewise; every lot and every payment from one names its entry.
"""
