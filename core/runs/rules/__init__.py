"""Decisions of runs that need no database."""
