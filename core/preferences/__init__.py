"""What each person wants to hear of, and when.

A *level* says how much of a topic she takes; *quiet hours* say when nothing is to reach her, on her own clock.

Invariants: whoever said nothing hears of everything, in the company's waking hours; what she said holds from the next
message on.
"""
