"""Titles, who holds them, at which body or state, from when until when."""
