"""How a statement and its sentences read in a terminal."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from kg.cli.terminal import clean
from kg.model import PREDICATES, Document, Entity, Evidence, Statement

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

__all__ = ["headline", "print_evidence"]

_LASTING = frozenset({"holdsRole", "memberOf", "politicalAffiliation", "spouseOf", "livesIn", "basedIn"})
_SUBJECT, _OBJECT = "bold green", "bold cyan"


def headline(
    statement: Statement,
    entities: Mapping[str, Entity],
    *,
    start: str | None = None,
    documents: Mapping[str, Document] | None = None,
) -> "Text":
    """Return a statement on one line, "Ada Lin —met— Bo Ek (in Oslo, 3 May 2021)", read from ``start`` where given.

    One that is not asserted says so first and why. ``entities`` are by IRI; with ``documents``, by id, a post says
    as of when it is known.
    """
    from rich.text import Text

    from kg.view.words import checked, date_in_words, doubt, edge_label, qualifiers

    label = clean(edge_label(statement))
    left, right = statement.subject, statement.object
    if PREDICATES[statement.predicate].symmetric:
        link = f" —{label}— "
    elif start is not None and start == right:
        link = f" ←{label}— "
    else:
        link = f" —{label}→ "
    if start is not None and start == right:
        left, right = right, left
    line = Text()
    if not statement.asserted:
        line.append(f"NOT ASSERTED ({doubt(statement)}): ", style="bold red")
    line.append(clean(entities[left].name), style="bold")
    if right is not None:
        line.append(link).append(clean(entities[right].name), style="bold")
    elif statement.literal is not None:
        line.append(link).append(date_in_words(statement.literal))
    else:
        line.append(f" —{label}")
    place = f"in {clean(entities[statement.place].name)}" if statement.place else ""
    by = f"checked by {checked(statement)}" if statement.checked_by else ""
    seen = _seen(statement, documents) if documents is not None and statement.predicate in _LASTING else ""
    details = ", ".join(filter(None, (place, qualifiers(statement), seen, by)))
    return line.append(f" ({clean(details)})") if details else line


def _seen(statement: Statement, documents: Mapping[str, Document]) -> str:
    """Return as of when something that lasts is known, in words."""
    from kg.terms import held_span
    from kg.view.words import date_in_words

    span = held_span(statement, documents)
    if span.first_seen is None or span.last_seen is None:
        return ""
    if span.first_seen == span.last_seen:
        return f"as of {date_in_words(span.first_seen)}"
    return f"seen {date_in_words(span.first_seen)} to {date_in_words(span.last_seen)}"


def print_evidence(
    screen: "Console",
    statement: Statement,
    documents: Mapping[str, Document],
    entities: Mapping[str, Entity],
    *,
    limit: int | None = None,
    indent: str = "  ",
) -> None:
    """Print two lines for each piece of evidence: document and date, then the sentence with its mentions marked.

    The marks are colours, or square brackets where there are none. The first line also says whom the sentence names as
    its source. ``limit`` bounds the pieces shown, ``indent`` stands before the lines, the second further in.
    """
    from rich.text import Text

    from kg.view.words import date_in_words

    for evidence in statement.evidence[:limit]:
        document = documents.get(evidence.document)
        date = date_in_words(document.published) if document is not None and document.published else "no date"
        source = entities.get(evidence.attributed_to or "")
        according = f", according to {clean(source.name)}" if source is not None else ""
        where = Text(f"{clean(evidence.document)}, {clean(date)}{according}:", style="dim")
        screen.print(indent, where, sep="", soft_wrap=True)
        screen.print(indent, "  ", _sentence(evidence, colour=screen.color_system is not None), sep="", soft_wrap=True)


def _sentence(evidence: Evidence, *, colour: bool) -> "Text":
    from rich.text import Text

    length = len(evidence.text)
    spans = {
        (max(span[0] - evidence.start, 0), min(span[1] - evidence.start, length)): style
        for span, style in ((evidence.object, _OBJECT), (evidence.subject, _SUBJECT))
        if span is not None
    }
    text = Text(clean(evidence.text))
    if colour:
        for (start, end), style in spans.items():
            text.stylize(style, start, end)
        return text
    plain = text.plain
    marks = [mark for start, end in spans if start < end for mark in ((end, 0, "]"), (start, 1, "["))]
    for at, _, mark in sorted(marks, reverse=True):  # from the end; where one ends and another begins the end is first
        plain = f"{plain[:at]}{mark}{plain[at:]}"
    return Text(plain)
