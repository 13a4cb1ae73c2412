"""Rows of payments: accounts, payables, lists and their payments, and questions to all of them at once."""
