"""Distributors who were inactive for too long by a run: whom it names, and how they are terminated afterwards."""
