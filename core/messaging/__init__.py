"""Messages: what came in, what goes out, what was sent, and who is at work on which of them.

The *inbox* keeps every update of the messenger before it is acknowledged there. A process *claims* a chat: while its
*lease* runs, nobody else works on that chat, and its updates are handled in the order of their ids, one at a time.
The *outbox* keeps what the company has to say until it is said or *lapses*. *Sent* remembers the answers given, so
that an update that is handled again, after a kill, does not give them twice. A *lease* by name lets one process at a
time do a thing; its *fence* grows with every new holder.

Invariants: an update is stored once and never forgotten before it is done; two processes never hold the same chat,
message or lease; leases run in real time, deadlines of messages in company time.
"""
