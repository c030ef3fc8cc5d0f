"""The command line: thin commands over the package's functions."""

from kg.cli.app import app, main

__all__ = ["app", "main"]
