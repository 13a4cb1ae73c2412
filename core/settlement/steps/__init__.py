"""The steps of a run after its figures, one a file: bonuses, caps, what is charged back, advances, what is paid."""
