"""The chat: what people say comes in here, and what the core service knows goes out in their language.

It knows the business by the core service's client alone, and keeps nothing that another process would miss. An
*update* is one thing that happened in the messenger; a *flow* is its handling; a *screen* is what a message shows,
text and buttons; a *picture* may stand above it.

Invariants: an update is stored in core before it is acknowledged, acts at most once and is answered at least once;
a person's figures go to her private chat only; no sentence stands outside the catalogues.
"""
