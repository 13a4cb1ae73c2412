"""What a run reads from the database, in one view of it."""
