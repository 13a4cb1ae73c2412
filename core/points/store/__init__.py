"""Reading and writing the room's rows: lots and uses, what was asked already, and what rules ask of others' rows."""
