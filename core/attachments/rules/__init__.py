"""Decisions about files that need no database: what one is, and what it may be called."""
