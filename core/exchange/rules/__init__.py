"""From the text of a file to a draft of what it changes, one file per kind; pure, so that a dry run is the same run."""
