"""How the lines of a text belong together: rows of tables, and lines of one paragraph that were broken."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from kg.bylines import breaks_at
from kg.lexicons import lexicon, word_set

__all__ = ["BULLET", "Line", "TextRow", "TextTable", "heads_of", "lines_of", "paragraph_breaks", "tables_in"]

BULLET = re.compile(r"\s*(?:[-*•·▪‣–—]|\d{1,2}[.)])\s+")
"""What opens an item of a list."""

_MOST_CELLS, _LONGEST_ROW, _LONGEST_HEAD, _LONGEST_TOP = 60, 3_000, 4, 3
_PARTINGS = {
    "frame": re.compile(r" *\| *"),
    "bar": re.compile(r" *\| *"),
    "tab": re.compile(r" *\t *"),
    "gap": re.compile(r" {3,}"),
}
_RAGGED = frozenset({"frame", "tab"})  # kinds whose rows may lack their last cells
_TABS = re.compile(r"[ \t]*\t[ \t]*")
_TELLING = frozenset({"name", "position"})
_LEAST_ROWS = {"frame": 1, "bar": 2, "tab": 2, "gap": 3}  # what spaces alone part may be so by chance
_RULE = re.compile(r"(?=.*--)[|:+=\s-]+")  # "|---|:--|", "+-----+----+"

_FIRST_WORD, _LAST_WORD = re.compile(r"[\"'“‘(\[]*(\w[\w.'’-]*)"), re.compile(r"([\w.'’-]*\w)[\"'”’)\],;]*$")
_ENDED = re.compile(r"[.!?…:;][\"'”’)\]]*$")
_SHORT_FORM = re.compile(r"(?:^|[\s(])[A-Z][a-z]{0,2}\.$|[A-Z]\.[A-Z]\.$")  # "Mr.", "J.", "U.S.": no end of a sentence
_MANY = 1 / 3  # share of a paragraph's breaks that show that it was broken anywhere
_LEAST_WORDS = 3  # words in lower case of what reads as a sentence


@dataclass(frozen=True, slots=True)
class Line:
    """A line without the spaces around it, and where it begins in its text."""

    start: int
    text: str


TextRow = tuple[tuple[int, int], ...]
"""Beginning and end of each cell in the text."""


@dataclass(frozen=True, slots=True)
class TextTable:
    """Rows of cells, and where the table begins and ends in its text."""

    start: int
    end: int
    rows: tuple[TextRow, ...]


def lines_of(text: str) -> list[Line]:
    """Return the lines of a text, empty ones too, in order."""
    found, at = [], 0
    for raw in text.split("\n"):
        body = raw.strip()
        found.append(Line(at + (raw.index(body) if body else 0), body))
        at += len(raw) + 1
    return found


def tables_in(text: str) -> list[TextTable]:
    """Return the tables of a text: lines that follow one another with as many cells each.

    Cells stand between bars, as in Markdown, or are parted by tabs or by three spaces and more.
    """
    tables: list[TextTable] = []
    run: list[Line] = []
    kind = None
    for line in (*lines_of(text), Line(len(text), "")):
        here = _kind(line.text, within=kind)
        if here != kind:
            tables += _tables(run, kind) if kind else ()
            run, kind = [], here
        if here:
            run.append(line)
    return tables


def _kind(line: str, *, within: str | None) -> str | None:
    """Return what parts the cells of a line; the line below a head is of its table."""
    if not line or len(line) > _LONGEST_ROW:
        return None
    if _RULE.fullmatch(line):
        return within
    if len(line) > 2 and line[0] == line[-1] == "|":
        return "frame"
    return next((kind for kind in ("bar", "tab", "gap") if _PARTINGS[kind].search(line)), None)


def _tables(run: Sequence[Line], kind: str) -> Iterator[TextTable]:
    """Yield the tables in lines whose cells are parted alike: in each all rows have as many cells."""
    lines = [line for line in run if not _RULE.fullmatch(line.text)]
    rows = [_split(line, _PARTINGS[kind]) for line in lines]
    if kind == "tab" and len({len(row) for row in rows}) > 1:  # several tabs that bring cells into line
        close = [_split(line, _TABS) for line in lines]
        rows = close if len({len(row) for row in close}) == 1 else rows
    at = 0
    while at < len(rows):
        width, end = len(rows[at]), at + 1
        while end < len(rows) and (len(rows[end]) == width or (kind in _RAGGED and 1 < len(rows[end]) < width)):
            end += 1
        if end - at >= _LEAST_ROWS[kind] and 1 < width <= _MOST_CELLS:
            last = lines[end - 1]
            yield TextTable(lines[at].start, last.start + len(last.text), tuple(rows[at:end]))
        at = end


def _split(line: Line, pattern: re.Pattern[str]) -> TextRow:
    framed = line.text[0] == line.text[-1] == "|" and len(line.text) > 2
    low, high = (1, len(line.text) - 1) if framed else (0, len(line.text))
    cells, at = [], low
    for match in pattern.finditer(line.text, low, high):
        cells.append((at, match.start()))
        at = match.end()
    return tuple(_trimmed(line, start, max(start, end)) for start, end in (*cells, (at, high)))


def _trimmed(line: Line, start: int, end: int) -> tuple[int, int]:
    body = line.text[start:end]
    left = len(body) - len(body.lstrip())
    return line.start + start + left, line.start + start + max(left, len(body.rstrip()))


def heads_of(rows: Sequence[Sequence[str]]) -> tuple[int, dict[str, int]]:
    """Return the number of rows above the first that tells something, and which column is of which kind.

    The kinds are those of ``relations/rosters.yaml``, by the heads in the first row of two cells: a caption may stand
    above. Heads tell who holds what: without one of a name or a post there are none, and no row above.
    """
    for number, row in enumerate(rows[:_LONGEST_TOP]):
        if sum(bool(cell.strip()) for cell in row) > 1:
            kinds = _kinds(row)
            return (number + 1, kinds) if kinds else (0, {})
    return 0, {}


def _kinds(heads: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    exact = False
    for column, head in enumerate(heads):
        low = " ".join(head.casefold().strip(" :*.").split())
        whole = next((kind for kind, known in _columns().items() if low in known), None)
        kind = whole or _by_label(low)
        if kind:
            found.setdefault(kind, column)
            exact = exact or whole in _TELLING
    return found if found.keys() & _TELLING and (exact or len(found) > 1) else {}


def _by_label(head: str) -> str | None:
    """Return the kind of a head that is a label and what it is of."""
    words = re.findall(r"[\w-]+", head)
    labels = word_set("relations/rosters", "labels").intersection(words) if len(words) <= _LONGEST_HEAD else ()
    return next((kind for kind, known in _columns().items() if not known.isdisjoint(labels)), None)


@lru_cache(maxsize=1)
def _columns() -> dict[str, frozenset[str]]:
    kinds = lexicon("relations/rosters")
    return {kind: frozenset(map(str, words)) for kind, words in kinds.items() if kind not in {"labels", "vacant"}}


def paragraph_breaks(lines: Sequence[str]) -> list[bool]:
    """Return of each line but the first whether a paragraph or an item begins there, or it goes on with the one before.

    Lines follow one another without a blank one. A line goes on where it begins in lower case, or where the one before
    ends on a word that ends nothing ("of"). Where a third of the breaks are such, the others go on, too, if the word
    behind would not have found room, or if the break may part a name. Items of a list go on nowhere, bylines and dates
    neither.
    """
    pairs = list(pairwise(lines))
    sure = [_surely_goes_on(a, b) for a, b in pairs]
    sure_of_words = sum(known and b[:1] != "," for (_, b), known in zip(pairs, sure, strict=True))
    inner = [not _is_ended(a) and not BULLET.match(b) for a, b in pairs]
    broken = sure_of_words > 0 and sure_of_words >= _MANY * sum(inner)
    sentence = _is_sentence(lines)
    width = max(map(len, lines), default=0)
    anew = breaks_at(lines)
    return [
        n + 1 in anew
        or not (goes_on or (within and _may_go_on(a, b, width=width, broken=broken, sentence=sentence, first=n == 0)))
        for n, ((a, b), goes_on, within) in enumerate(zip(pairs, sure, inner, strict=True))
    ]


def _surely_goes_on(line: str, following: str) -> bool:
    if BULLET.match(following) or _is_ended(line):
        return False
    last = _LAST_WORD.search(line)
    return (
        following[:1].islower()
        or (last is not None and last[1] in word_set("boilerplate", "unfinished"))
        or following[:1] == ","
    )


def _is_ended(line: str) -> bool:
    return bool(_ENDED.search(line)) and not _SHORT_FORM.search(line)


def _is_sentence(lines: Sequence[str]) -> bool:
    """Whether lines read as one sentence that was broken: it ends with the last, and has words that are no names."""
    plain = sum(word.islower() for line in lines for word in line.split())
    return bool(lines) and _is_ended(lines[-1]) and not any(map(_is_ended, lines[:-1])) and plain >= _LEAST_WORDS


def _may_go_on(line: str, following: str, *, width: int, broken: bool, sentence: bool, first: bool) -> bool:
    """Whether a break of which nothing is sure is one within a paragraph."""
    word, last = _FIRST_WORD.match(following), _LAST_WORD.search(line)
    full = word is not None and len(line) + 1 + len(word[1]) > width
    if first and "," not in line and len(line.split()) > 2 and not _SHORT_FORM.search(line):
        return broken and full  # else it may be a headline
    names = [match[1] for match in (last, word) if match and match[1][:1].isupper()]
    parts_name = len(names) == 2 and names[1].lower() not in word_set("boilerplate", "unfinished")
    if broken:
        return full or parts_name or line.endswith(",")
    return sentence and parts_name and not line.endswith(",")
