"""The sponsor tree over time: who stands under whom, and since when.

A *link* says who was whose sponsor from one moment until before another; the open link is the one in force. The
*upline* are a person's sponsors, nearest first; the *downline* is everybody below. *Roll-up* hangs the people of
somebody who leaves under the sponsor of the leaver.

Invariants: no link is deleted or rewritten but for its end, links of one person never overlap, the open links form one
tree, and a terminated person has no open link.
"""
