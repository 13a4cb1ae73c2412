"""Coupons and credit notes: documents that a person holds and an order can be paid with.

A *coupon* takes a share or an amount off, under conditions, so many times. A *credit note* is money that the company
owes for a reason, used up bit by bit. Both have a validity in company days and show what is left.

Invariants: nothing is used beyond what is left, before its first day or after its last; what an order used comes back
when the order is taken back, with its validity unchanged.
"""
