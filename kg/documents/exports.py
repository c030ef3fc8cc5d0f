"""The articles of one file as databases of the press write them out: each for itself, with its headline and day.

Every article is a piece of the file's text, unchanged; what its fields say is blanked when it is read.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice

from kg.documents.content import Content, one_line
from kg.documents.dateline import parse_date, published_in
from kg.documents.headline import is_furniture
from kg.lexicons import lexicon

__all__ = ["articles_of", "is_field"]

_LONGEST = 600  # characters of a line that is a field or parts articles
_ENOUGH = 2  # fields of a piece that make it an article of a database
_SHORTEST = 30  # letters of a piece between two such lines that says something
_HEAD = 40  # lines in which the fields before a text stand
_FIELD = re.compile(r"(?P<label>[A-Za-z][A-Za-z -]{1,24}?)\s*:\s*(?P<value>\S.*)")
_CODED = re.compile(r"(?P<label>HD|PD)\s+(?P<value>\S.*)")


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    text: str


def articles_of(content: Content) -> list[Content]:
    """Return the articles of a content: the content itself unless a database wrote it."""
    lines = list(_lines(content.text))
    pieces = [part for piece in _parted(lines, ("begins", "ends")) for part in _by_rules(_without_cover(piece))]
    if not any(map(_is_exported, pieces)):
        return [content]
    if len(pieces) == 1:
        return [_described(content, pieces[0])]
    found = []
    for number, piece in enumerate(pieces, start=1):
        text = content.text[piece[0].start : piece[-1].end]
        own = replace(content, text=text, title=None, published=None, where=f"article {number}")
        found.append(_described(own, piece))
    return found


def is_field(line: str) -> bool:
    """Whether a line is one of those that a database writes around a text: it is no part of a paragraph."""
    return any(_is(kind, line) for kind in ("fields", "begins", "ends", "heads")) or parse_date(line) is not None


def _lines(text: str) -> Iterator[_Line]:
    for match in re.finditer(r"[^\r\n\x0c]+", text):
        if body := match.group().strip():
            yield _Line(match.start(), match.end(), body)


def _parted(lines: Sequence[_Line], marks: Sequence[str]) -> Iterator[list[_Line]]:
    """Yield the pieces between the lines of some kinds that say something."""
    piece: list[_Line] = []
    for line in lines:
        if any(_is(mark, line.text) for mark in marks):
            if _says_something(piece):
                yield piece
            piece = []
        else:
            piece.append(line)
    if _says_something(piece):
        yield piece


def _says_something(piece: Sequence[_Line]) -> bool:
    letters = (character for line in piece for character in line.text if character.isalpha())
    return next(islice(letters, _SHORTEST - 1, None), None) is not None


def _by_rules(piece: list[_Line]) -> list[list[_Line]]:
    """Return the pieces between ruled lines where each is an article of a database, else the piece itself."""
    parts = list(_parted(piece, ("rules",)))
    return parts if len(parts) > 1 and all(map(_is_exported, parts)) else [piece]


def _without_cover(piece: list[_Line]) -> list[_Line]:
    covers = [i for i, line in enumerate(piece) if _is("cover", line.text)]
    return piece[covers[-1] + 1 :] if len(covers) > 1 else piece


def _is_exported(piece: Sequence[_Line]) -> bool:
    return sum(_is("fields", line.text) for line in piece) >= _ENOUGH


def _is(kind: str, line: str) -> bool:
    return len(line) <= _LONGEST and any(pattern.fullmatch(line) for pattern in _patterns(kind))


@lru_cache(maxsize=8)
def _patterns(kind: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern, re.IGNORECASE) for pattern in lexicon("exports")[kind])


def _described(content: Content, piece: Sequence[_Line]) -> Content:
    """Return an article with the headline and the day that its fields and the lines before them tell."""
    told: dict[str, str] = {}
    for line in piece:
        match = _FIELD.fullmatch(line.text[:_LONGEST]) or _CODED.fullmatch(line.text[:_LONGEST])
        if match:
            told.setdefault(" ".join(match["label"].split()).casefold(), match["value"])
    words = lexicon("exports")
    title = next((told[label] for label in words["titles"] if label in told), None) or _headline(piece)
    days = (parse_date(told[label]) for label in words["dates"] if label in told)
    top = "\n".join(line.text for line in piece[:_HEAD])
    published = content.published or published_in(top) or next(filter(None, days), None)
    return replace(content, title=one_line(title) if title else content.title, published=published)


def _headline(piece: Sequence[_Line]) -> str | None:
    """Return the line before the fields that is neither the paper nor the day: behind the day if one stands there."""
    before, dated = [], False
    for line in piece[:_HEAD]:
        if _is("fields", line.text):
            if line.text[0] not in "©(" and not line.text.casefold().startswith("copyright"):
                break
        elif published_in(line.text):
            dated = True
        elif not is_furniture(line.text):
            before.append((dated, line.text))
    behind = [text for late, text in before if late and len(text.split()) > 2]
    return behind[-1] if behind else before[0][1] if before else None
