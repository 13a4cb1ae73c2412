"""Placement trees over time: who stands in which place of the binary tree and of the matrix, and since when.

A *place* is one of so many below somebody. Whoever has none waits in the *holding tank* of her sponsor, who may place
her for some days; then the *flush* does. Somebody who leaves keeps her place, which is a hole from then on.

Invariants: no link is deleted or rewritten but for its end, nobody has two places in one tree at once, no place holds
two people, and nobody stands below herself.
"""
