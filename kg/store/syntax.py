"""Why a query cannot be parsed: where it stops being SPARQL, and what could have stood there.

The engine names the end of the longest keyword that it tried, wherever that began. So a query that it refuses is read
again by the grammar in ``kg/data/sparql.lark``, which goes word by word.
"""

import re
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from functools import cache
from typing import TYPE_CHECKING, Any

from kg.resources import data_path
from kg.store.vocabulary import declared, used_prefixes

if TYPE_CHECKING:
    from lark import Lark

__all__ = ["explain_syntax"]

_SHOWN = 8
_LIKELY = ("'}'", "')'", "'{'", "'('", "'.'", "';'", "','")  # to be missing, rather than an operator
_WORDS = {
    "VAR": "a variable",
    "INTEGER": "a number",
    "STRING": "a string in quotes",
    "FUNCTION": "a function",
    **dict.fromkeys(("DECIMAL", "DOUBLE", "SIGNED"), "a number"),
    **dict.fromkeys(("IRIREF", "PNAME_LN"), "a name like kg:Person or <IRI>"),
    **dict.fromkeys(("BLANK_NODE_LABEL", "ANON", "NIL", "PNAME_NS", "LANGTAG"), ""),
    "AGGREGATE": "a function",
    "A": "a",
    "$END": "the end of the query",
}
_WORD = re.compile(r"[\w$?:.-]+|\S")
_PHRASE = re.compile(r"\b[A-Z][a-z]+(?: \w+){2,}")  # in the engine's own message: the rest are names of characters


def explain_syntax(sparql: str, said: str, prefixes: Mapping[str, str]) -> str:
    """Return a line that says at which line and column a query goes wrong and what was expected there.

    Args:
        sparql: a query that cannot be parsed.
        said: what the engine said of it.
        prefixes: those that need no declaration.
    """
    from lark import UnexpectedInput

    session: Any = _grammar().parse_interactive(sparql)
    try:
        session.exhaust_lexer()
        if "$END" in session.accepts():
            return _of_the_engine(sparql, said, prefixes)
        at = len(sparql.rstrip())
    except UnexpectedInput as error:
        at = len(sparql.rstrip()) if error.pos_in_stream is None else error.pos_in_stream
    return _problem(sparql, at, session.accepts())


def _problem(sparql: str, at: int, accepted: Iterable[str]) -> str:
    grammar = _grammar()
    shown = {word for name in accepted if (word := _shown(name, grammar))}
    keywords = sorted(word for word in shown if word.isupper())
    marks = sorted(word for word in shown if not word[0].isalpha())
    likely = [mark for mark in _LIKELY if mark in marks]
    operators = [mark for mark in marks if mark not in _LIKELY]
    expected = [*sorted(shown.difference(keywords, marks)), *likely, *keywords, *operators]
    found = _WORD.match(sparql, at)
    if found is None:
        what = "the query ends too early"
    else:
        close = get_close_matches(found[0].upper(), keywords, n=1)
        what = f"{found[0][:30]!r} cannot stand there" + (f" (did you mean {close[0]}?)" if close else "")
    more = ", ..." if len(expected) > _SHOWN else ""
    return f"{_place(sparql, at)}: {what}: expected {', '.join(expected[:_SHOWN])}{more}"


def _of_the_engine(sparql: str, said: str, prefixes: Mapping[str, str]) -> str:
    """Return what is wrong with a query of sound grammar."""
    known = {*prefixes, *declared(sparql)}
    for prefix, at in used_prefixes(sparql):
        if prefix not in known:
            close = get_close_matches(prefix, sorted(known), n=1)
            hint = f" (did you mean {close[0]}:?)" if close else ""
            return (
                f"{_place(sparql, at)}: the prefix {prefix}: is not declared{hint}: write PREFIX {prefix}: <IRI> first"
            )
    phrases = _PHRASE.findall(said)
    return (phrases[0] if phrases else next(iter(said.splitlines()), ""))[:120]


def _shown(name: str, grammar: "Lark") -> str:
    if name in _WORDS:
        return _WORDS[name]
    pattern: Any = grammar.get_terminal(name).pattern
    text = str(pattern.value)
    return text.upper() if text[0].isalpha() else repr(text)


def _place(sparql: str, at: int) -> str:
    before = sparql[:at]
    return f"line {before.count(chr(10)) + 1}, column {at - (before.rfind(chr(10)) + 1) + 1}"


@cache
def _grammar() -> "Lark":
    from lark import Lark

    return Lark(data_path("sparql.lark").read_text(encoding="utf8"), parser="lalr", maybe_placeholders=False)
