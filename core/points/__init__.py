"""The points programme: what people earn, hold in lots, spend, pass on and turn into money.

A *lot* is points that were given together and end together. A lot is *pending* until the order that it came from is
safe from return, then *available*, and *ended* once its last day has passed. What a person spends is taken from the lot
that ends first. Whatever changes a lot is an entry of the book, and a *use* ties entry and lot together, so that what
is undone goes back to the lots that it came from. A *debt* is an available balance below zero: points that an order's
return took back after they were spent; points that come later pay it first.

Invariants: pending lots hold the pending balance; available lots hold the available balance, or nothing while there is
a debt; what a lot was given, plus its uses, less what expired, is what it holds. Nothing extends a lot's last day but
buying other points at the company's price. An order is asked once what it earns, and never gives back more than that.
"""
