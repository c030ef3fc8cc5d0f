"""Where a text names somebody or something: spaCy's entities, their ends and types corrected by lexicon and context.

Three steps: *candidates* (the recognizer's spans cut to the name proper, names that only the lexicon knows, and runs of
capitalized words), *types* (decided once for all occurrences of a string, by votes) and *consistency* (every further
occurrence of a string that is a name).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Span, Token

from kg.extraction.words import heads, is_given, known_organization, ranks, titles
from kg.geography import country_of, country_of_capital, country_of_demonym
from kg.model import EntityType

__all__ = ["Name", "find_names"]

_P, _O, _L = EntityType.PERSON, EntityType.ORGANIZATION, EntityType.PLACE
_LABELS = {"PERSON": _P, "ORG": _O, "GPE": _L, "LOC": _L, "FAC": _L, "NORP": None, "PRODUCT": None, "WORK_OF_ART": None}
_PARTICLES = frozenset(
    [
        "de",
        "del",
        "della",
        "di",
        "da",
        "do",
        "dos",
        "das",
        "du",
        "la",
        "le",
        "van",
        "von",
        "der",
        "den",
        "ten",
        "ter",
        "bin",
        "ibn",
        "al",
        "el",
        "ol",
        "ul",
        "y",
        "zu",
        "zur",
        "af",
        "av",
        "e",
        "bint",
    ]
)
_NO_LEFT = frozenset(
    {"``", "''", '"', "'", "(", "[", ",", "-", "–", "—", "/", ":", ";", ".", "&", "*", "•", "|", "#", "@"}
)


_Votes = defaultdict[EntityType | None, float]


@dataclass(frozen=True, slots=True)
class Name:
    """A name by token indices, ``end`` exclusive; ``demonym`` marks a nationality word that points to a place."""

    start: int
    end: int
    type: EntityType | None
    demonym: bool = False
    votes: float = 1.0


def find_names(doc: Doc) -> tuple[Name, ...]:
    """Return the names and demonyms of a document in text order; none overlap."""
    taken = _Taken(doc)
    for name in _bodies(doc):
        taken.add(name)
    for name in _recognized(doc):
        taken.add(name)
    for name in _capitalized(doc, taken):
        taken.add(name)
    names = _typed(doc, taken.names)
    names = _consistent(doc, names)
    return tuple(sorted((n for n in names if n.type is not None), key=lambda n: n.start))


class _Taken:
    """Names found so far, by token; the first to come keeps its tokens."""

    def __init__(self, doc: Doc) -> None:
        self.names: list[Name] = []
        self._at = [False] * len(doc)

    def add(self, name: Name) -> None:
        if not any(self._at[name.start : name.end]):
            self._at[name.start : name.end] = [True] * (name.end - name.start)
            self.names.append(name)

    def __contains__(self, i: int) -> bool:
        return self._at[i]


# --- candidates ------------------------------------------------------------------------------------------------------


def _is_capital(token: Token) -> bool:
    return token.text[:1].isupper() or (token.text[:1].isdigit() and token.text[-1:].isupper())


def _demonym_at(doc: Doc, i: int) -> int:
    """The number of tokens of a nationality word that begins at a token, 0 if none does."""
    if not doc[i].text[:1].isupper():
        return 0
    if i + 1 < len(doc) and doc[i + 1].text[:1].isupper() and country_of_demonym(doc[i : i + 2].text):
        return 2
    return 1 if country_of_demonym(doc[i].text) else 0


def _state_at(doc: Doc, i: int) -> int:
    """The number of tokens of a state's name, demonym or capital that begins at a token, a possessive 's included."""
    length = _demonym_at(doc, i)
    if not length:
        for n in (4, 3, 2, 1):
            span = doc[i : i + n]
            if (
                len(span) == n
                and span[0].text[:1].isupper()
                and (country_of(span.text) or country_of_capital(span.text))
            ):
                length = n
                break
    if length and i + length < len(doc) and doc[i + length].tag_ == "POS":
        length += 1
    return length


def _bodies(doc: Doc) -> Iterator[Name]:
    """Bodies of states: "Iraqi parliament", "Iran's Armed Forces", "the Afghan government", "Trump administration"."""
    lexicon, portfolio = heads(), titles().inner
    i = 0
    while i < len(doc):
        length = _state_at(doc, i)
        person = not length and doc[i].text[:1].isupper() and i + 1 < len(doc) and doc[i + 1].lower_ == "administration"
        if person and doc[i].lower_ not in titles().inner:
            yield Name(i, i + 2, _O, votes=3)
            i += 2
            continue
        if not length or not doc[i].text[:1].isupper():
            i += 1
            continue
        j = i + length
        while (
            j < len(doc)
            and j < i + length + 3
            and doc[j].lower_ in portfolio
            and doc[j].lower_ not in {"former", "new"}
        ):
            j += 1
        end = _head_from(doc, j, lexicon.state)
        if end is None and j > i + length:
            end = _head_from(doc, j - 1, lexicon.state)
        if end is not None and not (end < len(doc) and doc[end].lower_ in titles().heads):
            yield Name(i, end, _O, votes=3)
            i = end
        else:
            i += max(1, length)


def _head_from(doc: Doc, i: int, lexicon: Iterable[str]) -> int | None:
    for n in (4, 3, 2, 1):
        if i + n <= len(doc) and " ".join(t.lower_ for t in doc[i : i + n]) in lexicon:
            return i + n
    return None


def _recognized(doc: Doc) -> Iterator[Name]:
    """The recognizer's entities, cut and completed."""
    for entity in sorted(doc.ents, key=lambda e: e.start):
        if entity.label_ not in _LABELS:
            continue
        kind = _LABELS[entity.label_]
        for part in _parts(entity):
            start, end = _cut(doc, part.start, part.end, kind)
            if start >= end:
                continue
            yield from _with_demonyms(doc, start, end, kind)


def _parts(entity: Span) -> Iterator[Span]:
    """An entity that spans two names ("IRGC's Quds Force") in its parts."""
    doc, start = entity.doc, entity.start
    for token in entity:
        if (
            (token.tag_ == "POS" and token.i > start and token.i + 1 < entity.end)
            or token.text in {"\n", "|", ";", ":"}
            or (token.is_space and "\n" in token.text)
        ):
            yield doc[start : token.i]
            start = token.i + 1
        elif token.is_sent_start and token.i > start:
            yield doc[start : token.i]
            start = token.i
    yield doc[start : entity.end]


def _with_demonyms(doc: Doc, start: int, end: int, kind: EntityType | None) -> Iterator[Name]:
    """A name, and the nationality word before it as one of its own where it is no part of it."""
    length = _demonym_at(doc, start)
    if length and start + length == end:
        yield Name(start, end, _L, demonym=True)
    elif length and (kind is not _O or not _head_of(doc, start, end)):
        yield Name(start, start + length, _L, demonym=True)
        low, high = _cut(doc, start + length, end, kind)
        if low < high:
            yield from _completed(doc, low, high, kind)
    else:
        yield from _completed(doc, start, end, kind)


def _cut(doc: Doc, start: int, end: int, kind: EntityType | None) -> tuple[int, int]:
    """Cut articles, punctuation, possessives, ranks and titles off both ends."""
    words, offices = ranks(), titles()
    while start < end:
        token = doc[start]
        if (
            (
                token.text in _NO_LEFT
                or token.is_space
                or token.tag_ in {"POS", "DT", "PRP$"}
                or token.lower_ in {"the", "a", "an"}
            )
            or (
                kind in {_P, None}
                and end - start > 1
                and _before_name(doc, start, end, words.words, offices.heads | offices.inner)
            )
            or (not _is_capital(token) and token.lower_ not in _PARTICLES and not token.text[:1].isdigit())
        ):
            start += 1
        else:
            break
    while end > start:
        token = doc[end - 1]
        if (
            (
                token.tag_ == "POS"
                or token.is_space
                or (token.is_punct and not (token.text == "." or (token.text == ")" and "(" in doc[start:end].text)))
            )
            or (token.text == "." and doc[end - 1].is_sent_start is not True and end == token.sent.end)
            or (token.text[:1].islower() and kind is _P and token.lower_ not in _PARTICLES)
        ):
            end -= 1
        else:
            break
    return start, end


def _before_name(doc: Doc, i: int, end: int, rank_words: frozenset[str], title_words: frozenset[str]) -> bool:
    """Whether the word is a rank or a title before a name."""
    word = doc[i].lower_.rstrip(".")
    if word in ranks().gender and word in rank_words:
        return True
    if is_given(word) and i + 2 == end:  # "Dean Smith"
        return False
    if word in title_words:
        return True
    return word in rank_words and (doc[i + 1].text[:1].isupper())


def _head_of(doc: Doc, start: int, end: int) -> str | None:
    """The head of an organization's name, where its words show one."""
    lexicon = heads()
    words = [t.lower_ for t in doc[start:end]]
    while words and (words[-1] in lexicon.legal or words[-1] in {".", ","}):
        words.pop()
    stop = next((k for k, w in enumerate(words) if k and w in {"of", "for", "on", "to", "in"}), len(words))
    for piece in (words[:stop], words):
        for n in range(min(lexicon.longest, len(piece)), 0, -1):
            phrase = " ".join(piece[-n:])
            if phrase in lexicon.all and (n < len(words) or n > 1):
                return phrase
    return None


def _completed(doc: Doc, start: int, end: int, kind: EntityType | None) -> Iterator[Name]:
    """The name with the capitalized words around it that belong to it."""
    sentence = doc[start].sent
    if kind is _P:
        while end < sentence.end and _continues_person(doc, end):
            end += 1
        while start > sentence.start and _precedes_person(doc, start - 1):
            start -= 1
    elif kind is _O:
        while (
            end < sentence.end
            and doc[end].tag_ in {"NNP", "NNPS"}
            and _is_capital(doc[end])
            and doc[end].ent_type_ in {"", "ORG"}
        ):
            end += 1
        if _head_of(doc, start, end) and end < sentence.end - 1 and doc[end].lower_ in {"of", "for"}:
            end = _complement(doc, end, sentence.end)
    yield Name(start, end, kind)


def _continues_person(doc: Doc, i: int) -> bool:
    token = doc[i]
    if token.text == "-" and not token.whitespace_ and not doc[i - 1].whitespace_ and i + 1 < len(doc):
        return _is_capital(doc[i + 1])
    if doc[i - 1].text == "-" and not doc[i - 1].whitespace_:
        return True
    return (
        token.tag_ in {"NNP", "NNPS"}
        and _is_capital(token)
        and token.ent_type_ in {"", "PERSON"}
        and token.lower_ not in titles().heads
    )


def _precedes_person(doc: Doc, i: int) -> bool:
    token = doc[i]
    if token.text == "-" and not token.whitespace_ and i and not doc[i - 1].whitespace_:
        return _is_capital(doc[i - 1]) or doc[i - 1].lower_ in _PARTICLES
    if doc[i + 1].text == "-" and not token.whitespace_:
        return True
    word = token.lower_.rstrip(".")
    known = word in titles().heads | titles().inner or word in ranks().words or bool(_demonym_at(doc, i))
    return token.tag_ == "NNP" and _is_capital(token) and token.ent_type_ in {"", "PERSON"} and not known


def _complement(doc: Doc, i: int, limit: int) -> int:
    """The end of "of (the) X and Y" behind an organization's head."""
    end = i
    while i < limit:
        if _is_capital(doc[i]) and not doc[i].is_space:
            i += 1
            end = i
        elif doc[i].lower_ in {"of", "for", "the", "and", "&", "on", "in"} and i + 1 < limit:
            i += 1
            if i < limit and not _is_capital(doc[i]) and doc[i].lower_ not in {"the", "of"}:
                break
        else:
            break
    return end


def _capitalized(doc: Doc, taken: _Taken) -> Iterator[Name]:
    """Runs of proper nouns that the recognizer passed over."""
    i = 0
    while i < len(doc):
        if i in taken or not _starts_run(doc, i):
            i += 1
            continue
        j = i + 1
        while (
            j < len(doc)
            and j not in taken
            and not doc[j].is_sent_start
            and (
                (doc[j].tag_ in {"NNP", "NNPS"} and _is_capital(doc[j]))
                or (doc[j].text == "-" and not doc[j].whitespace_ and not doc[j - 1].whitespace_)
                or (
                    doc[j].lower_ in _PARTICLES
                    and j + 1 < len(doc)
                    and _is_capital(doc[j + 1])
                    and doc[j + 1].tag_ == "NNP"
                )
            )
        ):
            j += 1
        length = _demonym_at(doc, i)
        if length:
            yield Name(i, i + length, _L, demonym=True)
            i += length
            continue
        start, end = _cut(doc, i, j, None)
        if start < end and not (end - start == 1 and _common(doc[start])):
            yield Name(start, end, None, votes=0.5)
        i = j


def _starts_run(doc: Doc, i: int) -> bool:
    token = doc[i]
    return (
        _is_capital(token)
        and (token.tag_ in {"NNP", "NNPS"} or bool(_demonym_at(doc, i)))
        and token.ent_type_ not in {"DATE", "TIME", "EVENT", "LAW"}
    )


def _common(token: Token) -> bool:
    word = token.lower_.rstrip(".")
    return word in heads().never or word in titles().heads or word in ranks().words or len(word) < 2


# --- types -----------------------------------------------------------------------------------------------------------


def _typed(doc: Doc, names: list[Name]) -> list[Name]:
    """Decide the type of each string by all its occurrences."""
    votes: dict[str, _Votes] = defaultdict(lambda: defaultdict(float))
    for name in names:
        if not name.demonym:
            key = _key(doc, name)
            votes[key][name.type] += name.votes
            for kind, weight in _context(doc, name):
                votes[key][kind] += weight
    surnames: dict[str, float] = {}
    for name in names:
        if name.end - name.start > 1 and not name.demonym and _winner(votes[_key(doc, name)]) is _P:
            last = doc[name.end - 1].text
            surnames[last] = surnames.get(last, 0) + 2
    decided: dict[str, EntityType | None] = {}
    for key, counted in votes.items():
        if key in surnames:
            counted[_P] += surnames[key]
        decided[key] = _winner(counted)
    return [n if n.demonym else replace(n, type=decided[_key(doc, n)]) for n in names]


def _winner(votes: _Votes) -> EntityType | None:
    best = max(((w, k.value if k else "", k) for k, w in votes.items()), default=(0, "", None))
    return best[2] if best[0] > 0 else None


def _key(doc: Doc, name: Name) -> str:
    return doc[name.start : name.end].text


def _context(doc: Doc, name: Name) -> Iterator[tuple[EntityType | None, float]]:
    """What the words of a name and around it tell of its type."""
    span = doc[name.start : name.end]
    text, low = span.text, span.text.lower()
    lexicon = heads()
    if low in lexicon.never:
        yield None, 9
    if known_organization(text) and (text[0].isupper() and not (len(text) <= 3 and not text.isupper())):
        yield _O, 4
    elif country_of(text) or low in lexicon.regions:
        yield _L, 4
    elif country_of_capital(text):
        yield _L, 2
    last = span[-1].lower_
    if len(span) > 1:
        head = _head_of(doc, name.start, name.end)
        if last in lexicon.legal and last not in {"sa", "se", "co"}:
            yield _O, 5
        elif head:
            yield _O, 1 if head in lexicon.weak else 4
        elif last in lexicon.facilities or last in lexicon.lands or span[0].lower_ in {"mount", "lake"}:
            yield _L, 2.5
        elif is_given(span[0].text) and name.type is not _L and len(span) <= 4:
            yield _P, 1.5
    before = doc[name.start - 1] if name.start else None
    if before is not None and before.sent == span[0].sent:
        word = before.lower_.rstrip(".")
        if word in ranks().gender or (word in ranks().words and word not in ranks().ambiguous):
            yield _P, 4
        elif word in titles().heads and before.text != "." and before.tag_ in {"NN", "NNP"}:
            yield _P, 1.5
        elif word == "the" and len(span) < 3:
            yield _O, 0.3
            yield _P, -0.5
    after = doc[name.end] if name.end < len(doc) else None
    if (
        after is not None
        and after.text == ","
        and name.end + 2 < len(doc)
        and doc[name.end + 1].like_num
        and doc[name.end + 2].text == ","
    ):
        yield _P, 1.5
    if text.isupper() and len(text) > 1 and len(span) == 1 and not country_of(text):
        yield _O, 0.6


# --- consistency -----------------------------------------------------------------------------------------------------


def _consistent(doc: Doc, names: list[Name]) -> list[Name]:
    """Add every further occurrence of a name's string, and of a person's surname."""
    strings: dict[tuple[str, ...], EntityType] = {}
    for name in names:
        if name.type is not None and not name.demonym:
            words = tuple(t.text for t in doc[name.start : name.end])
            strings.setdefault(words, name.type)
            if name.type is _P and len(words) > 1 and len(words[-1]) > 2 and words[-1][0].isupper():
                strings.setdefault(words[-1:], _P)
    first: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for words in sorted(strings, key=len, reverse=True):
        if len(words) > 1 or len(words[0]) > 1:
            first[words[0]].append(words)
    kept = [n for n in names if n.type is not None]
    taken = _Taken(doc)
    for name in kept:
        taken.add(name)
    for i, token in enumerate(doc):
        if i in taken:
            continue
        for words in first.get(token.text, ()):
            if tuple(t.text for t in doc[i : i + len(words)]) == words and (
                len(words) > 1 or token.tag_ in {"NNP", "NNPS"}
            ):
                taken.add(Name(i, i + len(words), strings[words]))
                break
    return taken.names
