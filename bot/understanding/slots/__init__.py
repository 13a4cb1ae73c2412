"""What a message names: one small reader per slot, the words it knows in `words/`.

A reader gets the cleaned message, the language that it is in and the company's lexicon, and answers the value or None.
Readers never guess: a slot that is not said is absent.
"""
