"""Arithmetic of points, one file for each question: lots, days, returns, conversions, what is shown, search."""
