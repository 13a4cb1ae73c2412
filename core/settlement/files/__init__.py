"""Settlement from files to files: what is read, what is written, and `core explain`."""
