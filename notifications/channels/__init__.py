"""Ways to a reader, one file each; here is all the input and output of the worker."""
