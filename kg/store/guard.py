"""What a query may not do: change the graph, reach the network, or bring the engine down."""

import re

from kg.errors import QueryError

__all__ = ["MAX_LENGTH", "check_query", "gives_triples"]

MAX_LENGTH = 20_000
"""Characters of a query: the engine goes down into each clause or operator, and its stack holds so many."""

MAX_DEPTH = 100
"""Brackets inside brackets, for the same reason."""

# What is no keyword: strings, IRIs, comments, escaped characters, variables and the local part of a prefixed name. An
# escape is read as written, as the engine does it outside of strings and IRIs.
_NO_KEYWORD = re.compile(
    r"""
      \"{3}(?:[^"\\]|\\.|"(?!""))*\"{3} | '{3}(?:[^'\\]|\\.|'(?!''))*'{3}
    | "(?:[^"\\\n\r]|\\.)*"             | '(?:[^'\\\n\r]|\\.)*'
    | <[^<>"{}|^`\\\x00-\x20]*>         | \#[^\n\r]* | \\. | [?$]\w+ | :(?:[\w.%-]|\\.)*
    """,
    re.VERBOSE | re.DOTALL,
)
_PROLOGUE = r"\s*(?:(?:prefix|base)\s+(?:[\w.-]+\s+)?+)*+"
_UPDATE = re.compile(rf"{_PROLOGUE}(insert|delete|load|clear|drop|create|add|move|copy|with)\b", re.IGNORECASE)
_TRIPLES = re.compile(rf"{_PROLOGUE}(?:construct|describe)\b", re.IGNORECASE)


def check_query(sparql: str) -> None:
    """Raise ``QueryError`` for what is no plain, bounded, local query; syntax is left to the engine."""
    if len(sparql) > MAX_LENGTH:
        raise QueryError(f"the query has more than {MAX_LENGTH:,} characters: split it")
    try:
        sparql.encode()
    except UnicodeEncodeError as error:  # bytes of a command line that are no text come as surrogates
        raise QueryError(f"character {error.start + 1} of the query is no text: write the query in UTF-8") from error
    keywords = _NO_KEYWORD.sub(" ", sparql)
    if _depth(keywords) > MAX_DEPTH:
        raise QueryError(f"the query nests more than {MAX_DEPTH} brackets: make it flatter")
    # Anywhere: the engine's grammar needs no space around the word.
    if "service" in keywords.lower():
        raise QueryError("SERVICE would reach the network: kg queries its own graph only, remove that clause")
    if update := _UPDATE.match(keywords):
        raise QueryError(f"{update[1].upper()} would change the graph: use SELECT, ASK, CONSTRUCT or DESCRIBE")


def gives_triples(sparql: str) -> bool:
    """Whether a query is a CONSTRUCT or DESCRIBE."""
    return _TRIPLES.match(_NO_KEYWORD.sub(" ", sparql)) is not None


def _depth(text: str) -> int:
    depth = deepest = 0
    for character in text:
        if character in "([{":
            depth += 1
            deepest = max(deepest, depth)
        elif character in ")]}":
            depth -= 1
    return deepest
