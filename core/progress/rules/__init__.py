"""The arithmetic of progress: one file per question."""
