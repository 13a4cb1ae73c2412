"""Payments: what released runs owe people, on its way to their bank accounts and back.

A *payable* is what one run pays one person in one currency. A *payment list* takes the payables of whoever can be paid,
one *payment* a person; two people make and approve it, the bank gets it as files, and what the bank answers (a
*report*) settles each payment. A *company account* says from where and how one currency is paid.

Invariants: a payable is in one list at most, and a list has one payment a person, over all her payables in it. Whatever
was not paid is payable again. Bank accounts are never changed, only ended. A list's files are made from stored rows
alone, so they can be made again, byte for byte. Account numbers are shown masked and never logged.
"""
