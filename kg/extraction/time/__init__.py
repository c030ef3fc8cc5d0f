"""Dates that a text names, and what they mean."""
