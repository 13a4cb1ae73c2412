"""Reading and writing the room's rows: one file for the inbox, one for the outbox, one for the small things."""
