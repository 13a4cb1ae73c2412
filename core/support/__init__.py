"""The staff's chat: a group of the messenger in which members of staff hear of tickets and act on them.

A *staff group* is a group that a member registered; where it is a forum, each queue has a *topic* of its own there. A
*card* tells of one ticket and is kept up to date; a *word* says that she wrote again; an *alert* that a target is about
to be missed, or that an answer did not arrive. A *preview* shows an answer that is about to go, or went, out. The
*watch pass* turns what happened to tickets into these messages.

Invariants: what goes into a group holds nothing that anybody wrote and no figure; each thing that happened is told once
in each group, however many workers ask and wherever one is killed; a group that is not registered is no place to act.
"""
