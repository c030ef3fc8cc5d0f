"""Terms of kg's own namespaces in a query that its vocabulary does not have: a slip gives an empty answer, no error."""

import re
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from functools import cache

import pyoxigraph as ox

from kg.resources import ontology_path

__all__ = ["declared", "unknown_terms", "used_prefixes"]

_NAMESPACES = {"https://kg.example/ontology#": "kg.ttl", "https://kg.example/role/": "roles.ttl"}
_STRINGS = re.compile(
    r"""\"{3}(?:[^"\\]|\\.|"(?!""))*\"{3}|'{3}(?:[^'\\]|\\.|'(?!''))*'{3}|"(?:[^"\\\n\r]|\\.)*"|'(?:[^'\\\n\r]|\\.)*'"""
    r"""|(?P<iri><[^<>"{}|^`\\\x00-\x20]*>)|\#[^\n\r]*""",
    re.DOTALL,
)
_DECLARATION = re.compile(r"\bprefix\s+([\w.-]*)\s*:\s*<([^<>]*)>", re.IGNORECASE)
_NAME = re.compile(r"(?<![\w:?$.-])([\w][\w.-]*|):([\w](?:[\w.-]*[\w-])?)")
_IRI = re.compile(r"<([^<>]*)>")


def unknown_terms(sparql: str, prefixes: Mapping[str, str]) -> tuple[str, ...]:
    """Return a line for each such term, with the nearest one that there is."""
    spaces = {**prefixes, **declared(sparql)}
    found = dict.fromkeys(_terms(_bare(sparql), spaces))
    return tuple(line for term in found if (line := _slip(term, spaces)))


def declared(sparql: str) -> dict[str, str]:
    """Return the prefixes that a query declares itself."""
    return dict(_DECLARATION.findall(_bare(sparql)))


def used_prefixes(sparql: str) -> Iterator[tuple[str, int]]:
    """Yield the prefixes of the names in a query, each with its place."""
    for match in _NAME.finditer(_IRI.sub(_blank, _DECLARATION.sub(_blank, _bare(sparql)))):
        yield match[1], match.start()


def _bare(sparql: str) -> str:
    """Return a query with its strings and comments blanked out."""
    return _STRINGS.sub(lambda match: match["iri"] or _blank(match), sparql)


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])


def _terms(bare: str, spaces: Mapping[str, str]) -> Iterator[str]:
    body = _DECLARATION.sub(" ", bare)
    yield from _IRI.findall(body)
    for prefix, local in _NAME.findall(_IRI.sub(" ", body)):
        if prefix in spaces:
            yield spaces[prefix] + local


def _slip(term: str, spaces: Mapping[str, str]) -> str | None:
    space = next((space for space in _NAMESPACES if term.startswith(space)), None)
    if space is None or term == space or term in _known(_NAMESPACES[space]):
        return None
    name = next((n for n, iri in spaces.items() if iri == space), None)

    def shown(local: str) -> str:
        return f"<{space}{local}>" if name is None else f"{name}:{local}"

    local = term.removeprefix(space)
    known = (iri.removeprefix(space) for iri in _known(_NAMESPACES[space]) if iri.startswith(space))
    folded = {name.casefold(): name for name in sorted(known)}
    close = get_close_matches(local.casefold(), folded, n=1)
    hint = f": did you mean {shown(folded[close[0]])}?" if close else f": ontology/{_NAMESPACES[space]} lists them"
    return f"{shown(local)} is no term of the vocabulary{hint}"


@cache
def _known(file: str) -> frozenset[str]:
    subjects = (quad.subject for quad in ox.parse(path=str(ontology_path(file)), format=ox.RdfFormat.TURTLE))
    return frozenset(node.value for node in subjects if isinstance(node, ox.NamedNode))
