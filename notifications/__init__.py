"""The worker that speaks up first: it delivers what core's outbox holds, in each reader's language.

A *kind* says what a message is about and makes its text; a *channel* carries it. A message is checked once more when
it is about to go: whether it is still true, and whether the reader wants it.

Invariants: a message goes out once as far as the channel allows; whoever said stop hears nothing; a chat that is
closed to us is told to core and left alone.
"""
