"""The catalogue: products with their prices and volumes, and exchange rates by date.

A *sku* is the company's code of a product. *CV* and *QV* are volume per unit; where a product has none the plan's
default holds. A *service item* (postage, a manual correction) is sold like a product but is no goods. A *rate* holds
from its date until the next one of the same two currencies. *Stock* is how many pieces are left, where somebody counts.

Invariants: prices, volumes and rates are exact decimals, never floats; a missing rate is an error, never one to one; no
piece of a counted stock is sold twice.
"""
