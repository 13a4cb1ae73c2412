"""What follows for a ticket: which moves there are, what evidence counts, what is due when. Pure."""
