"""The command line of what staff enter by hand."""
