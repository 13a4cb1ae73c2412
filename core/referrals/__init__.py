"""Referrals: each distributor's link, and who came by it.

A link is `start=r_<token>`, the same for ever. A stranger who opens the chat by it is remembered with who brought
her, the first one for good; when her chat is tied to a person, the referral becomes that person's. Staff may name who
referred somebody when they enrol her.

Invariants: a person has at most one referrer, never herself, and it never changes.
"""
