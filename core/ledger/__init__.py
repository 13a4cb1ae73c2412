"""The one book: points, account credit and commissions, in accounts that balance.

An *entry* is what one document did: two or more lines that sum to zero in every unit. A *unit* is `points` or a
currency's code. An *account* is what somebody holds for one purpose in one unit; amounts carry the sign of the
holder, so what a person has is positive, and the company's counter-accounts show what it owes as a negative.

Invariants: entries and lines are never changed and never deleted; every entry balances per unit; an account's balance
is the sum of its lines; a key posts once; no line leaves its account below the least that its posting allows; a
correction is a new entry that names the one it reverses, and an entry is reversed once.
"""
