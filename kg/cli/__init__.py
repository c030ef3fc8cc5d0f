"""The command line: thin commands over the package's functions."""

from kg.cli.app import application, main

__all__ = ["application", "main"]
