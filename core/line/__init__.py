"""What a distributor sees: herself, her team at a glance, and the people of her line as far as the policy shows them.

Words: her *line* is everybody below her; *level* 1 is her frontline. The policy is the plan's `[visibility]`.

Invariants: nobody outside the caller's line is ever shown, not even that she exists; figures, orders and contacts are
left out below the level that the policy names.
"""
