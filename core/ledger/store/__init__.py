"""Reading and writing the book's rows: `accounts`, `writing` of entries, `reading`, and `checks` of the whole."""
