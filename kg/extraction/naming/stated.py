"""Other names that a text itself gives: acronyms in brackets, names of birth, what somebody is known as."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from spacy.tokens import Doc

from kg.extraction.language.tokens import Name, is_title_word
from kg.extraction.naming.mending import initials
from kg.model import EntityType
from kg.resources import lexicon

__all__ = ["Alias", "stated_aliases"]

_O, _P, _L = EntityType.ORGANIZATION, EntityType.PERSON, EntityType.PLACE
_MOST = 10  # words and marks between two names
_MARKS = frozenset({",", "(", ")", '"', "'", "``", "''", "[", "]", ":", ";", "-", "—", "–"})


@dataclass(frozen=True, slots=True)
class Alias:
    """Two names that a text gives for one bearer, by number; ``birth`` where the second is borne from birth."""

    name: int
    other: int
    birth: bool = False


@dataclass(frozen=True, slots=True)
class _Cues:
    birth: frozenset[str]
    keys: frozenset[str]
    beside: frozenset[str]
    personal: frozenset[str]
    fillers: frozenset[str]


@lru_cache(maxsize=1)
def _cues() -> _Cues:
    raw = lexicon("naming/aliases")
    return _Cues(*(frozenset(raw[field]) for field in ("birth", "keys", "beside", "personal", "fillers")))


def stated_aliases(doc: Doc, names: Sequence[Name]) -> Iterator[Alias]:
    """Yield the pairs of names, of one type, of which the text says that they name one person or organization."""
    order = sorted((i for i, n in enumerate(names) if n.type is not None), key=lambda i: names[i].start)
    for i, j in pairwise(order):
        name, other = names[i], names[j]
        if name.type is not other.type or not 0 < other.start - name.end <= _MOST:
            continue
        if doc[name.start].sent.start != doc[other.start].sent.start:
            continue
        if name.type is not _P and _is_bracketed(doc, name, other):
            letters = doc[other.start : other.end].text
            if initials(doc, name) == letters or (name.type is _O and not _abbreviates_end(doc, name, other)):
                yield Alias(i, j)
        elif name.type is not _L and (key := _key(doc, name.end, other.start, persons=name.type is _P)):
            yield Alias(i, j, birth=key in _cues().birth)


def _key(doc: Doc, start: int, end: int, *, persons: bool) -> str | None:
    """Return the key in the words between two names; None where they do not say that both name one."""
    between = [t for t in doc[start:end] if not t.is_space and t.tag_ != "POS"]
    parted = bool(between) and between[0].text in _MARKS - {"-", "—", "–"}
    words = [t.lower_.replace(".", "") for t in between if t.text not in _MARKS and not is_title_word(t)]
    cues = _cues()
    for size in range(min(4, len(words)), 0, -1):
        for at in range(len(words) - size + 1):
            key = " ".join(words[at : at + size])
            rest = (*words[:at], *words[at + size :])
            if not cues.fillers.issuperset(rest):
                continue
            birth = parted and persons and key in cues.birth
            beside = parted and not rest and key in (cues.personal if persons else cues.beside)
            if birth or beside or key in cues.keys:
                return key
    return None


def _is_bracketed(doc: Doc, name: Name, other: Name) -> bool:
    """Whether a name stands alone in the brackets right behind another ("Red Star Line (RSL)")."""
    between = [t for t in doc[name.end : other.start] if t.tag_ not in {"''", '"', "``", "POS"}]
    return [t.text for t in between] == ["("] and doc[other.end : other.end + 1].text == ")"


def _abbreviates_end(doc: Doc, name: Name, other: Name) -> bool:
    """Whether an acronym stands for the last words of a name only ("Tribunal of the World Bank (WB)")."""
    first, short = initials(doc, name), doc[other.start : other.end].text.replace(".", "")
    return len(short) < len(first) - 1 and first.endswith(short) and not first.startswith(short)
