"""Reading and writing the rows of runs."""
