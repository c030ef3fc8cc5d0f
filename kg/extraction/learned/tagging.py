"""From tags of words to mentions: names, pronouns, descriptions and the words of titles."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from spacy.tokens import Doc, Span

from kg.extraction.language.words import heads
from kg.extraction.learned.features import Candidate
from kg.extraction.learned.labels import DATE, FORMS, TITLE, Form
from kg.model import EntityType, MentionKind

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

__all__ = ["mentions_of"]

_P, _O, _L = EntityType.PERSON, EntityType.ORGANIZATION, EntityType.PLACE
_NAMES = tuple(i for i, form in enumerate(FORMS) if form.kind is MentionKind.NAME)
_PERSON = FORMS.index(Form(_P, MentionKind.NAME))
_BEGINS = 2.0  # how much likelier the beginning of a mention must be than its going on
_ALONE = 0.75  # least share of names in what the parser does not take for a name of that type
_OPENS = ("POS", "DT", ",", ":", "``", "''", "-LRB-")  # tags of what a mention never ends with
_JOINS = ("of", "and", "for", "the", "&")  # words of which another must follow: "King Mohammed V of Morocco"
_GENERATIONS = {"jr", "sr", "esq"}
_GAP = 4  # tokens of space between sentences
_TYPE_OF_LABEL = {"PERSON": _P, "ORG": _O, "GPE": _L, "LOC": _L, "FAC": _L, "NORP": _L}
_DOUBTFUL = 0.9  # a name of which the network is less sure is of the type that its words have elsewhere in the text


def mentions_of(doc: Doc, tags: "Floats", *, least: float = 0.5) -> list[Candidate]:
    """Return the mentions that the tags mark and the dates that the parser does, in text order; none overlap.

    Args:
        tags: [tokens, tags] probabilities.
        least: probability from which a word belongs to a mention.
    """
    begin, inside = tags[:, 1::2], tags[:, 2::2]
    forms = begin + inside
    found = []
    begins = begin.sum(1) > _BEGINS * inside.sum(1)
    titled, words = forms.argmax(1) == TITLE, [t.i for t in doc if not t.is_space]
    begins[words[1:]] |= titled[words[1:]] != titled[words[:-1]]  # "agency chief": a title is no part of a name
    for start, end in _spans(doc, forms.sum(1) >= least, begins):
        low, high = _trim(doc, start, end)
        if any(c.isalnum() for c in doc[low:high].text):
            found.append((low, high, forms[[t.i for t in doc[low:high] if not t.is_space]].mean(0)))
    agreed = _agreed(doc, found)
    mentions = []
    for start, end, shares in found:
        form, share = agreed(start, end, shares)
        if form not in _NAMES or _is_name(doc[start:end], form, share):
            mentions.append(Candidate(start, end, form))
    mentions = _without_names(doc, mentions)
    mentions += _repeated(doc, mentions)
    taken = {i for m in mentions for i in range(m.start, m.end)}
    dates = (Candidate(e.start, e.end, DATE) for e in doc.ents if e.label_ == "DATE")
    mentions += [d for d in dates if taken.isdisjoint(range(d.start, d.end))]
    return sorted(mentions, key=lambda m: m.start)


def _without_names(doc: Doc, mentions: list[Candidate]) -> list[Candidate]:
    """Cut names that stand elsewhere in the text off the beginnings of titles: "IRGC chief"."""
    known = {doc[m.start : m.end].text: m.form for m in mentions if m.form in _NAMES and m.form != _PERSON}
    found: list[Candidate] = []
    for m in mentions:
        ends = range(m.end - 1, m.start, -1) if m.form == TITLE else ()
        cut = next((i for i in ends if doc[m.start : i].text in known), None)
        if cut is None:
            found.append(m)
            continue
        found.append(Candidate(m.start, cut, known[doc[m.start : cut].text]))
        start, end = _trim(doc, cut, m.end)
        if start < end:
            found.append(Candidate(start, end, TITLE))
    return found


def _spans(doc: Doc, within: "NDArray[np.bool_]", begins: "NDArray[np.bool_]") -> Iterator[tuple[int, int]]:
    start = None
    for i in range(len(doc) + 1):
        if i < len(doc) and doc[i].is_space:
            continue  # a line may end within a name
        here = i < len(doc) and bool(within[i])
        if start is not None and (not here or begins[i]):
            yield start, i
            start = None
        if here and start is None:
            start = i


def _trim(doc: Doc, start: int, end: int) -> tuple[int, int]:
    """Cut off what is never the end of a mention."""
    while start < end and (
        doc[end - 1].is_space
        or doc[end - 1].tag_ in _OPENS
        or doc[end - 1].lower_ in _JOINS
        or _is_full_stop(doc, end - 1)
    ):
        end -= 1
    while start < end and (doc[start].is_space or doc[start].tag_ in ("POS", ",", ":", "``", "''", "-RRB-")):
        start += 1
    return start, end


def _is_full_stop(doc: Doc, i: int) -> bool:
    """Whether a full stop ends its sentence rather than an abbreviation ("Jr.")."""
    following = next((t for t in doc[i + 1 : i + 1 + _GAP] if not t.is_space), None)
    ends = following is None or bool(following.is_sent_start)
    return doc[i].text == "." and ends and (not i or doc[i - 1].lower_ not in heads().legal | _GENERATIONS)


def _is_name(words: Span, form: int, share: float) -> bool:
    """Whether words tagged as a name are one: not all in lower case, by the parser's word too or plainly."""
    if words.text.islower():
        return False
    return share >= _ALONE or any(_TYPE_OF_LABEL.get(t.ent_type_) is FORMS[form].type for t in words)


def _agreed(doc: Doc, found: "list[tuple[int, int, Floats]]") -> "Callable[[int, int, Floats], tuple[int, float]]":
    """Return what gives a mention its form, and how much of a name it is: in doubt it is what its words mostly are."""
    every: dict[str, list[Floats]] = defaultdict(list)
    for start, end, shares in found:
        every[doc[start:end].text].append(shares)

    def form(start: int, end: int, shares: "Floats") -> tuple[int, float]:
        own = int(shares.argmax())
        if own not in _NAMES or shares[own] >= _DOUBTFUL * shares.sum():
            return own, float(shares[list(_NAMES)].sum())
        alike = every[doc[start:end].text]
        common = sum(alike[1:], alike[0]) / len(alike)
        best = max(_NAMES, key=lambda name: float(common[name]))
        return best, float(common[list(_NAMES)].sum())

    return form


def _repeated(doc: Doc, mentions: list[Candidate]) -> list[Candidate]:
    """Return further occurrences of the names of several words, in the same words."""
    known = {tuple(t.text for t in doc[m.start : m.end]): m.form for m in mentions if m.form in _NAMES}
    by_first: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for words in sorted(known, key=len, reverse=True):
        if len(words) > 1:
            by_first[words[0]].append(words)
    taken = {i for m in mentions for i in range(m.start, m.end)}
    found = []
    for token in doc:
        for words in by_first.get(token.text, ()):
            end = token.i + len(words)
            if tuple(t.text for t in doc[token.i : end]) == words and taken.isdisjoint(range(token.i, end)):
                found.append(Candidate(token.i, end, known[words]))
                taken.update(range(token.i, end))
                break
    return found
