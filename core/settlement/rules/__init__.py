"""Decisions of settlement that need no file and no database."""
