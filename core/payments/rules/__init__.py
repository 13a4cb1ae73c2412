"""What an account number must be, how a list is cut into files, how files look, and what a report changes."""
