"""Who may do what: services, staff, and people by way of their chat.

A *caller* is whoever asks: a *service* (bot, worker) by the shared key, a member of *staff* by a token of her own, or
a *person* by the chat that the bot names and that is linked to her. Every operation names the *permission* it needs;
a *role* is a set of permissions. A *link* ties one chat to one person; a *link token* is a one-time way to make it.

Invariants: secrets are stored as hashes; a chat is one person's; nobody's account is taken over without the old chat
hearing of it; a person's operations are about herself, so no such operation takes a person's id for "me".
"""
