"""From tags of words to mentions: names, pronouns, descriptions and the words of titles."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from spacy.tokens import Doc, Span

from kg.extraction.language.grammar import small_words
from kg.extraction.language.title_words import ranks, titles
from kg.extraction.language.tokens import Name, is_hyphen
from kg.extraction.language.words import heads, known_organization, particles
from kg.extraction.learned.features import MentionCandidate
from kg.extraction.learned.labels import DATE, FORMS, TITLE, Form
from kg.extraction.learned.votes import by_votes
from kg.extraction.naming.columns import full_names, types_by_column
from kg.extraction.naming.mending import mended
from kg.extraction.naming.places import is_at_place
from kg.geography import country_of, country_of_demonym
from kg.lexicons import lexicon
from kg.model import EntityType, MentionKind

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

__all__ = ["mentions_of"]

_P, _O, _L = EntityType.PERSON, EntityType.ORGANIZATION, EntityType.PLACE
_NAMES = tuple(i for i, form in enumerate(FORMS) if form.kind is MentionKind.NAME)
_PERSON, _ORGANIZATION, _PLACE = (FORMS.index(Form(kind, MentionKind.NAME)) for kind in (_P, _O, _L))
_BEGINS = 2.0  # how much likelier the beginning of a mention must be than its going on
_ALONE = 0.75  # least share of names in what the parser does not take for a name of that type
_TYPE_OF_LABEL = {"PERSON": _P, "ORG": _O, "GPE": _L, "LOC": _L, "FAC": _L, "NORP": _L}
_NEVER_LAST = frozenset({"POS", "DT", ",", ".", ":", "``", "''", "-LRB-"})  # an abbreviation's period is no word
_NEVER_FIRST = frozenset({"POS", ",", ":", "``", "''", "-RRB-"})
_SUFFIXES = frozenset({"Jr", "Sr"})
_DOUBTFUL = 0.97  # a name of which the network is less sure is of the type that its words have elsewhere in the text
_NO_SURNAME = (
    0.93  # a name that ends a person's is that person's unless the network is, on the whole, surer of its type
)
_PROPER = frozenset({"NNP", "NNPS"})
_SHAPED = re.compile(r"[a-z][A-Z]|[A-Z]\.[A-Z]{2}")  # "CeBIT", "E.ON", but "U.S."
_BESIDE_CREDIT = frozenset("(/)")
_BEFORE_NOUN = frozenset({"ADJ", "CCONJ", "DET", "NOUN", "PROPN"})
_NEAR = 4  # words
_LAST_DAY = 31
_LONGEST_ACRONYM = 4  # letters
_LONGEST_KIND = 3  # words that say what a name is of ("armed forces")


def mentions_of(doc: Doc, tags: "Floats", *, least: float = 0.5) -> list[MentionCandidate]:
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
    begins[list(doc.user_data.get("blocks", ()))] = True
    for start, end in _spans(doc, forms.sum(1) >= least, begins):
        low, high = _trim(doc, start, end)
        high += high < len(doc) and _abbreviates(doc, high) and doc[high - 1].text in _SUFFIXES  # "Ana Ruiz Sr."
        if any(c.isalnum() for c in doc[low:high].text):
            found.append((low, high, forms[[t.i for t in doc[low:high] if not t.is_space]].mean(0)))
    found = _put_together(doc, found)
    agreed, datelines, columns = _agreed(doc, found), doc.user_data.get("datelines", frozenset()), types_by_column(doc)
    common = {t.text for t in doc if t.text.islower()}  # "Skier weds novelist" where the text goes on "a skier"
    formed = [(start, end, *agreed(start, end, shares), shares) for start, end, shares in found]
    voted = by_votes(doc, ((start, end, form, shares) for start, end, form, _, shares in formed if form in _NAMES))
    mentions, people = [], {cell.start: cell.end for cell in full_names(doc)}
    for start, end, form, share, shares in formed:
        if form in _NAMES:
            form = voted(start, end, form, shares)
        if start in datelines and (form == _PERSON or (form in _NAMES and _is_shouted(doc[start].text))):
            form = _PLACE
        elif form in _NAMES and people.get(start) == end:
            form = _PERSON
        elif form in _NAMES and start in columns:
            type_ = columns[start]
            known = FORMS.index(Form(type_, MentionKind.NAME)) if type_ is not None else None
            form = known if known is not None else max((_ORGANIZATION, _PLACE), key=lambda n: shares[n])
        if form in _NAMES:
            start, end = _without_common_words(doc, start, end, form)
            form = _PLACE if form == _ORGANIZATION and _is_adjective(doc, start, end) else form
        if form == _PERSON:
            start = _behind_rank(doc, start, end)
        opened = form == _PERSON and end - start == 1 and doc[start].is_sent_start and doc[start].lower_ in common
        if form not in _NAMES or (_is_name(doc[start:end], form, share) and not opened):
            mentions.append(MentionCandidate(start, end, form))
    mentions = _whole_titles(doc, _mended(doc, _without_names(doc, mentions)))
    mentions += _repeated(doc, mentions)
    taken = {i for m in mentions for i in range(m.start, m.end)}
    named = [*(MentionCandidate(start, end, _PERSON) for start, end in people.items()), *_regions(doc)]
    mentions += [m for m in named if taken.isdisjoint(range(m.start, m.end))]
    taken = {i for m in mentions for i in range(m.start, m.end)}
    dates = (MentionCandidate(_with_day(doc, e), e.end, DATE) for e in doc.ents if e.label_ == "DATE")
    mentions += [d for d in dates if taken.isdisjoint(range(d.start, d.end))]
    return sorted(mentions, key=lambda m: m.start)


def _regions(doc: Doc) -> Iterator[MentionCandidate]:
    """Yield continents and other known regions that the parser takes for places: the network passes many by.

    Not where the name goes on: "CCTV Africa", "Africa 39".
    """
    for entity in doc.ents:
        start, end = entity.start + (entity[0].lower_ == "the"), entity.end
        if entity.label_ not in {"GPE", "LOC"} or doc[start:end].text.lower() not in heads().regions:
            continue
        before, behind = doc[start - 1 : start], doc[end : end + 1]
        if not any(t.tag_ in _PROPER for t in before) and not any(t.like_num for t in behind):
            yield MentionCandidate(start, end, _PLACE)


def _whole_titles(doc: Doc, mentions: list[MentionCandidate]) -> list[MentionCandidate]:
    """Put titles together that were cut in two ("interim" "prime minister", "chief of" "operations").

    A preposition that nothing follows is no part of one.
    """
    found: list[MentionCandidate] = []
    for m in sorted(mentions, key=lambda m: m.start):
        last = found[-1] if found else None
        if last is not None and last.form == m.form == TITLE and _is_begun(doc, last, m.start):
            found[-1] = MentionCandidate(last.start, m.end, TITLE)
            continue
        if last is not None and last.form == TITLE:
            found[-1] = _without_preposition(doc, last)
        found.append(m)
    if found and found[-1].form == TITLE:
        found[-1] = _without_preposition(doc, found[-1])
    return found


def _is_begun(doc: Doc, title: MentionCandidate, following: int) -> bool:
    """Whether a title goes on in the next one: it ends with a word that stands before one, or a preposition."""
    last = doc[title.end - 1]
    if last.lower_ in small_words("complements"):
        return following - title.end <= _NEAR and all(t.pos_ in _BEFORE_NOUN for t in doc[title.end : following])
    return following == title.end and last.lower_ in titles().inner


def _without_preposition(doc: Doc, title: MentionCandidate) -> MentionCandidate:
    cut = title.end - title.start > 1 and doc[title.end - 1].lower_ in small_words("complements")
    return MentionCandidate(title.start, title.end - 1, TITLE) if cut else title


def _with_day(doc: Doc, date: Span) -> int:
    """The beginning of a date, with the day of the month that a parser cut off: "29 December 1954"."""
    word = doc[date.start - 1].text if date.start else ""
    day = word.isascii() and word.isdecimal() and len(word) <= 2 and int(word) <= _LAST_DAY
    return date.start - (day and date[0].lower_ in lexicon("dates")["months"])


def _behind_rank(doc: Doc, start: int, end: int) -> int:
    """The beginning of a person's name behind ranks and honorifics: "Lance Corporal Darren Larkin"."""
    known = ranks()
    for i in range(start, end - 1):
        word = doc[i].lower_.rstrip(".")
        if word not in known.words or word in known.ambiguous:
            return i
    return end - 1


def _mended(doc: Doc, mentions: list[MentionCandidate]) -> list[MentionCandidate]:
    """Put names right by their shape; what else is within them is part of them, and a title begins behind them."""
    numbers = {FORMS[number].type: number for number in _NAMES}
    names = [Name(m.start, m.end, EntityType(FORMS[m.form].type)) for m in mentions if m.form in _NAMES]
    found = [MentionCandidate(n.start, n.end, numbers[n.type]) for n in mended(doc, names) if n.type is not None]
    taken = {i for m in found for i in range(m.start, m.end)}
    for m in mentions:
        start = m.start
        while m.form == TITLE and start in taken:
            start += 1
        if m.form not in _NAMES and start < m.end and taken.isdisjoint(range(start, m.end)):
            found.append(MentionCandidate(start, m.end, m.form))
    return found


def _without_names(doc: Doc, mentions: list[MentionCandidate]) -> list[MentionCandidate]:
    """Cut names that stand elsewhere in the text off the beginnings of titles: "IRGC chief"."""
    known = {doc[m.start : m.end].text: m.form for m in mentions if m.form in _NAMES and m.form != _PERSON}
    found: list[MentionCandidate] = []
    for m in mentions:
        ends = range(m.end - 1, m.start, -1) if m.form == TITLE else ()
        cut = next((i for i in ends if doc[m.start : i].text in known), None)
        if cut is None:
            found.append(m)
            continue
        found.append(MentionCandidate(m.start, cut, known[doc[m.start : cut].text]))
        start, end = _trim(doc, cut, m.end)
        if start < end:
            found.append(MentionCandidate(start, end, TITLE))
    return found


def _spans(doc: Doc, within: "NDArray[np.bool_]", begins: "NDArray[np.bool_]") -> Iterator[tuple[int, int]]:
    document, start = doc.user_data.get("document"), None
    text = document.text if document else doc.text
    for i in range(len(doc) + 1):
        if i < len(doc) and doc[i].is_space:
            continue  # a line may end within a name
        here = i < len(doc) and bool(within[i])
        if start is not None and (not here or begins[i] or _begins_line(doc, i, text)):
            yield start, i
            start = None
        if here and start is None:
            start = i


def _begins_line(doc: Doc, i: int, text: str) -> bool:
    """Whether a line begins at a token that goes on with nothing before it: a headline ends before it."""
    return bool(doc[i].is_sent_start and i and "\n" in text[doc[i - 1].idx : doc[i].idx])


def _trim(doc: Doc, start: int, end: int) -> tuple[int, int]:
    """Cut off what is never the end of a mention, and take in what a hyphen at its end joins to it: "Moon Jae-in"."""
    while start < end < len(doc) and is_hyphen(doc, end - 1):
        end += 1
    while start < end and _is_no_end(doc, start, end):
        end -= 1
    while start < end and (doc[start].is_space or doc[start].tag_ in _NEVER_FIRST):
        start += 1
    return start, end


def _is_no_end(doc: Doc, start: int, end: int) -> bool:
    last = doc[end - 1]
    if last.text == ")":
        return "(" not in doc[start:end].text  # "Acme (U.K.)"
    return (last.is_space or last.tag_ in _NEVER_LAST) and not _abbreviates(doc, end - 1)


def _abbreviates(doc: Doc, i: int) -> bool:
    """Whether a period of its own belongs to the word before it: "Washington, D.C." at the end of a sentence."""
    before = doc[i - 1] if i else doc[i]
    short = "." in before.text or len(before) == 1 or f"{before.lower_}." in heads().legal or before.text in _SUFFIXES
    return doc[i].text == "." and short and not doc[i - 1].whitespace_


def _is_shouted(word: str) -> bool:
    """Whether a word is in capitals and no acronym."""
    return word.isupper() and len(word) > _LONGEST_ACRONYM


def _is_name(words: Span, form: int, share: float) -> bool:
    """Whether tagged words are a name: not all in lower case, no initial, by the parser's word too or plainly.

    An agency that signs in small letters is one in running text ("told dpa"), and so is who has a capital inside.
    """
    if words.text.islower() and (not _is_agency(words.text) or _is_credit(words)):
        return False
    if len(words.text) == len("R.") and words.text.endswith("."):
        return False
    if not any(c.isalnum() for c in words.text):  # "*kamiden's" without its word
        return False
    if form == _ORGANIZATION and _SHAPED.search(words.text) and _stands_free(words):
        return True
    return share >= _ALONE or any(_TYPE_OF_LABEL.get(t.ent_type_) is FORMS[form].type for t in words)


def _is_agency(word: str) -> bool:
    return len(word) <= _LONGEST_ACRONYM and known_organization(word) is not None


def _stands_free(words: Span) -> bool:
    """Whether nothing but a space or a bracket is before a name: not "#MeToo", "DW-WORLD.DE"."""
    before = words.doc[max(0, words.start - 1)]
    return not words.start or bool(before.whitespace_) or before.is_space or before.is_left_punct


def _is_credit(words: Span) -> bool:
    """Whether a name stands in brackets or between strokes: "(AFP, dpa)", "afp/dpa"."""
    beside = {t.text for i in (words.start - 1, words.end) for t in words.doc[max(i, 0) : i + 1]}
    return not beside.isdisjoint(_BESIDE_CREDIT) or beside == {","}


def _put_together(doc: Doc, found: "list[tuple[int, int, Floats]]") -> "list[tuple[int, int, Floats]]":
    """Join a name that goes on ("Department of Health and", "Taher El-") with the one that begins right behind it.

    Its shares of forms are then those of both together.
    """
    whole: list[tuple[int, int, Floats]] = []
    for start, end, shares in found:
        if whole and _goes_on(doc, whole[-1][1], start):
            low, _, before = whole[-1]
            if before.argmax() == shares.argmax() and int(shares.argmax()) in _NAMES:
                whole[-1] = low, end, before + shares
                continue
        whole.append((start, end, shares))
    return whole


def _goes_on(doc: Doc, end: int, start: int) -> bool:
    """Whether the last word of a name needs the next one, which begins at ``start``."""
    if end == start:
        return doc[end - 1].text in particles() | small_words("connecting")
    return start == end + 1 and is_hyphen(doc, end) and doc[end - 1].lower_ in particles()


def _without_common_words(doc: Doc, start: int, end: int, form: int) -> tuple[int, int]:
    """Cut off words in lower case behind a name that say nothing of what it names: "US firm", but "US military"."""
    words, last = heads(), end
    kinds = (words.facilities, words.lands) if form == _PLACE else (words.all, words.nouns, words.legal)
    while (
        last > start
        and (doc[last - 1].text == "&" or doc[last - 1].text.islower())
        and not any(
            doc[i:last].text.lower() in kind for kind in kinds for i in range(max(start, last - _LONGEST_KIND), last)
        )
    ):
        if last - 2 >= start and is_hyphen(doc, last - 2):  # "Kim Min-ji"
            break
        last -= 1
    if form == _PLACE and last < end + 1 and doc[last - 1].text.islower() and country_of(doc[start : last - 1].text):
        last -= 1  # "US prison"
    return (start, last) if last > start else (start, end)


def _is_adjective(doc: Doc, start: int, end: int) -> bool:
    """Whether a nationality stands before a noun or a name: "the Spanish courts", "Serbian Ana Petrov", no team's."""
    nation = country_of_demonym(doc[start:end].text) is not None and end < len(doc)
    return nation and doc[end].is_alpha and doc[end].pos_ in {"NOUN", "PROPN", "ADJ"}


def _agreed(doc: Doc, found: "list[tuple[int, int, Floats]]") -> "Callable[[int, int, Floats], tuple[int, float]]":
    """Return what gives a mention its form, and how much of a name it is: in doubt it is what its words mostly are."""
    every: dict[str, list[Floats]] = defaultdict(list)
    surnames: set[str] = set()
    bodies: set[str] = set()
    for start, end, shares in found:
        every[doc[start:end].text].append(shares)
        if end - start > 1 and shares.argmax() == _PERSON:
            surnames.update(doc[i:end].text.replace("-", " ") for i in range(start + 1, end))
        elif shares.argmax() == _ORGANIZATION and end < len(doc) and doc[end].text in heads().nouns:
            bodies.add(doc[start:end].text)

    def form(start: int, end: int, shares: "Floats") -> tuple[int, float]:
        own, text = int(shares.argmax()), doc[start:end].text
        names = float(shares[list(_NAMES)].sum())
        common = sum(every[text][1:], every[text][0]) / len(every[text])
        surname = text.replace("-", " ") in surnames and common.max() < _NO_SURNAME
        if surname and own in _NAMES and not is_at_place(doc, start, end):
            return _PERSON, names
        if own not in _NAMES or shares[own] >= _DOUBTFUL * shares.sum():
            return own, names
        best = max(_NAMES, key=lambda name: float(common[name]))
        if text in bodies or (known_organization(text) and not country_of(text)):
            best = _ORGANIZATION
        return best, float(common[list(_NAMES)].sum())

    return form


def _repeated(doc: Doc, mentions: list[MentionCandidate]) -> list[MentionCandidate]:
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
                found.append(MentionCandidate(token.i, end, known[words]))
                taken.update(range(token.i, end))
                break
    return found
