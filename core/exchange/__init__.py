"""Files in: people, products, orders, rates, balances and tickets from CSV, whole or not at all. Files out.

A *fault* blocks the whole file, a *notice* goes through and is listed; both name their lines. A *sheet* is a file read
into columns of text. A *draft* is what a sheet would change, with its findings. A *run* stages its draft in short
transactions and publishes it in one.

Invariants: the same file twice changes nothing; nothing vanishes without a word; while a run stages, nobody sees it.
"""
