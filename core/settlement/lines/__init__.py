"""Award lines as columns: what is stored of a run, and the texts and reasons that are told from it."""
