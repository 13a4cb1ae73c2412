"""Decisions about who hears what and when: pure."""
