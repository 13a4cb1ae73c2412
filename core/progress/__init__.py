"""To be written by the room's builder."""
