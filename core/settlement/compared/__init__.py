"""What both engines found, held against each other: one file for each thing that can differ."""
