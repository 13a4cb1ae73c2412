"""The demo company: invented people, goods and a year of orders, made from a size, a seed and a day.

Words: a *heroine* is a distributor whose figures tell the product's first story: her own and her group's sales would
carry her to Diamond, but only one of nine customers and two of seven distributors are active.

Invariants: the same arguments make the same company, whatever the database; people come before those they sponsor.
"""
