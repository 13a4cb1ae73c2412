"""What each Bot API method does to the world; one file per group, each with its `METHODS` table."""
