"""Reading and writing the rows of tickets, of messages, links, drafts and canned answers."""
