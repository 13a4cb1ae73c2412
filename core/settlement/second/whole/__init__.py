"""A whole run once more: which orders count, what comes late, goes back, is advanced, and what is paid."""
