"""Offers: what a tap will do, written down before it is asked for, and done once.

A person is shown exactly what will happen; the button carries the offer's id and nothing else. Accepting it works the
effect out again and does it only when it is still the one that was shown. A second tap, a repeated update and a second
telephone find it done and get the same answer.

Invariants: an offer is its person's alone; it is done at most once; after its time it is refused.
"""
