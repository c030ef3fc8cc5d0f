"""Answers of a person, a line each, typed or from a pipe."""

import sys
from collections.abc import Mapping

import typer

from kg.cli.terminal import clean

__all__ = ["read_answer"]


def read_answer(prompt: str, keys: Mapping[str, str]) -> str:
    """Ask until a line is one of ``keys``, and return what it stands for; "quit" at the end of the input."""
    while True:
        typer.echo(prompt, nl=False)
        line = sys.stdin.readline()
        if not line:
            typer.echo()
            return "quit"
        if not sys.stdin.isatty():
            typer.echo(clean(line.strip()))  # so that a log of piped answers reads like a session
        answer = keys.get(line.strip().casefold())
        if answer:
            return answer
        letters = [word for word in keys if len(word) == 1 and word.isalpha() and word not in "yn"]
        typer.echo(f"Type {', '.join(letters[:-1])} or {letters[-1]} and press Enter.")
