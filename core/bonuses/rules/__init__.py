"""The arithmetic of bonuses, one file a kind, and what kinds have in common."""
