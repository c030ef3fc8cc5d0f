"""Which persons' names of one document name the same one.

Only what is the same name is joined here: equal but for spelling's accidents, shortened, or said by the text to be
another name. Names that are merely alike ("Qasem Soleimani", "Kassem Suleimani"; "J. Roe", "Jane Roe") stay two here;
``kg.resolution`` compares them as it does across documents, and knows then what the text says of either.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from spacy.tokens import Doc

from kg.disjoint import Disjoint
from kg.extraction.language.title_words import ranks
from kg.extraction.language.tokens import Name, is_hyphen
from kg.extraction.language.words import given_gender, particles
from kg.extraction.naming.distinct import INTRODUCED, Place, are_side_by_side, is_kin, told_apart
from kg.extraction.naming.stated import Alias
from kg.matching.persons import parse_person
from kg.matching.spelling import is_variant, slips, words

__all__ = ["group_people"]

_NICKNAME = re.compile(r"""(?:^|\s)["']([^"']{2,40})["'](?=\s)""")
_MOST = 800  # names that are looked at, of those that one word may mean
_LONG = 6  # letters of a surname alone in which one may be a slip: who is never named in full is hardly another
_Words = tuple[str, ...]


@dataclass(frozen=True, slots=True, order=True)
class _Full:
    """A name by its words and what tells a son from his father; one word alone is a surname or a given name."""

    words: _Words
    generation: str = ""
    spelt: _Words = field(default=(), compare=False)  # with particles and titles: "al", "hussein"

    @property
    def is_full(self) -> bool:
        return len(self.words) > 1


def group_people(doc: Doc, names: Mapping[int, Name], stated: Iterable[Alias]) -> dict[int, object]:
    """Return for each person's name, by number, what it stands for: the same for names of the same one."""
    full = _settled({i: _read(doc, name) for i, name in names.items()})
    places: dict[_Full, list[Place]] = defaultdict(list)
    for i, name in names.items():
        places[full[i]].append((names[i].start, name.end))
    same = Disjoint[_Full]()
    for short, long in _shortened([n for n in places if n.is_full]):
        if short.generation != long.generation and places[short][0] < places[long][0]:
            continue  # the father, before "Charles P. Kane Jr." is named
        why = told_apart(doc, places[short], places[long], shortened=True)
        if why is None or (why == INTRODUCED and _is_surname(doc, places[short][0], short, long)):
            same.join(long, short)
    own = {i: same.of(name) for i, name in full.items() if name.is_full}
    own |= _alone(doc, {i: n for i, n in full.items() if not n.is_full}, names, own, places)
    _join_nicknames({i: _text(doc, name) for i, name in names.items()}, full, own, same)
    _join_stated(full, own, same, stated)
    return {i: same.of(name) for i, name in own.items()}


def _text(doc: Doc, name: Name) -> str:
    return " ".join(doc[name.start : name.end].text.split())


def _read(doc: Doc, name: Name) -> _Full:
    text = _text(doc, name)
    parsed, plain = parse_person(text), parse_person(_NICKNAME.sub(" ", text))
    found = (
        plain if len(plain.words) == 1 else parsed
    )  # "'Baby Doc' Duvalier" is a surname, "Jon 'Bo' Lund" a full name
    return _Full(found.words or (text,), found.generation or "", words(text))  # of signs alone: as it stands


def _settled(read: Mapping[int, _Full]) -> dict[int, _Full]:
    """Return the names, without the suffix where it tells nobody apart.

    Who is introduced with it ("Donald Trump Jr.") is often called without it later; then both are the same name. Where
    the father was named before, or both have suffixes, it tells them apart.
    """
    suffixes: dict[_Words, dict[str, None]] = defaultdict(dict)
    for name in read.values():
        suffixes[name.words][name.generation] = None
    for key, known in list(suffixes.items()):
        first = next(iter(known))
        if len(key) > 1 and known.keys() == {first, ""}:  # "Trump Jr." alone goes by the full name
            suffixes[key] = {first: None} if first else known
    return {
        i: replace(name, generation=next(iter(known)) if len(known := suffixes[name.words]) == 1 else name.generation)
        for i, name in read.items()
    }


def _shortened(names: Sequence[_Full]) -> Iterator[tuple[_Full, _Full]]:
    """Yield pairs of a name and the longest one that it is short for, where that is one person's."""
    by_word: dict[str, list[_Full]] = defaultdict(list)
    for name in sorted(names, key=lambda n: (-len(n.words), -sum(map(len, n.words)), n)):
        known = dict.fromkeys((*by_word[name.words[-1]], *by_word[name.words[0]]))
        longest = [long for long in known if _is_short(name, long)]
        tops = [a for a in longest if not any(_is_short(a, b) for b in longest)]
        if len(tops) == 1:
            yield name, tops[0]
        for word in set(name.words):
            if len(by_word[word]) < _MOST:
                by_word[word].append(name)


def _is_short(name: _Full, long: _Full) -> bool:
    """Whether a name is another one without middle names or with their initials, or a part of it."""
    a, b = name.words, long.words
    if name.generation not in {"", long.generation} or len(a) > len(b) or a == b:
        return False
    if len(a) == len(b):
        inner = zip(a[1:-1], b[1:-1], strict=True)
        return a[0] == b[0] and a[-1] == b[-1] and all(y.startswith(x) and (x == y or len(x) == 1) for x, y in inner)
    if a in (b[: len(a)], b[-len(a) :]):
        return all(len(word) > 1 for word in a)
    if len(name.spelt) > 1 and name.spelt == long.spelt[-len(name.spelt) :]:  # "Al Hussein" of "Zeid Ra'ad Al Hussein"
        return True
    rest = iter(b)
    return a[0] == b[0] and a[-1] == b[-1] and all(word in rest for word in a)


def _is_surname(doc: Doc, place: Place, name: _Full, long: _Full) -> bool:
    """Whether a name is the double surname or that with a particle that ends another: it needs no introduction."""
    hyphens = any(is_hyphen(doc, i) for i in range(*place))
    return name.words[0] != long.words[0] and (hyphens or name.spelt[0] in particles())


def _alone(
    doc: Doc,
    singles: Mapping[int, _Full],
    names: Mapping[int, Name],
    own: Mapping[int, _Full],
    places: Mapping[_Full, Sequence[Place]],
) -> dict[int, _Full]:
    """The full name that each surname, given name or run of initials alone stands for; itself where there is none.

    A bare surname goes to the bearer named first: later ones are told apart by name.
    """
    result: dict[int, _Full] = {}
    weight = Counter(own.values())
    order = {name: i for i, name in reversed(list(own.items()))}
    relatives = {name for name, i in order.items() if is_kin(doc, names[i].start, names[i].end)}
    first: dict[_Full, int] = {}
    everybody = _People(own.values())
    for i, short in singles.items():
        first.setdefault(short, i)
        gender = ranks().gender.get(doc[names[i].start - 1].lower_.rstrip(".")) if names[i].start else None
        token = doc[names[i].start]
        bearers = everybody.bearers(short, gender, upper=token.is_upper and len(token) > 1)
        # who bore the surname alone before a relative was named goes on bearing it: "Ure, the daughter of Colin Ure"
        bearers = [b for b in bearers if b not in relatives or order[b] < first[short]]
        place = names[i].start, names[i].end
        bearers = [b for b in bearers if not are_side_by_side(doc, place, places[b])]  # "M. Lund met Marcel Lund"
        before = [b for b in bearers if order[b] < i]
        result[i] = max(before or bearers, key=lambda b: (-order[b], weight[b]), default=short)
        order.setdefault(result[i], i)
    return result


class _People:
    """The full names of a document by what one word may mean of them."""

    def __init__(self, names: Iterable[_Full]) -> None:
        self._last: dict[str, list[_Full]] = defaultdict(list)
        self._inner: dict[str, list[_Full]] = defaultdict(list)
        self._first: dict[str, list[_Full]] = defaultdict(list)
        self._initials: dict[str, list[_Full]] = defaultdict(list)
        self._alike: dict[str, list[_Full]] = defaultdict(list)  # by the first letter of the surname
        for name in sorted(set(names)):
            words = name.words
            for word in {words[-1], *name.spelt[-1:]}:  # "Abu Hamdiyeh" is Abuhamdiyeh, and Hamdiyeh
                self._last[word].append(name)
            self._first[words[0]].append(name)
            self._initials["".join(w[:1] for w in words)].append(name)
            self._alike[words[-1][:1]].append(name)
            for word in set(words[1:]):
                self._inner[word].append(name)

    def bearers(self, short: _Full, gender: str | None, *, upper: bool) -> list[_Full]:
        """The names that a word may stand for: as a surname, else as a given name, in capitals as initials."""
        word = short.words[0]

        def fitting(names: Iterable[_Full]) -> list[_Full]:
            found = [n for n in names if not (gender and given_gender(n.words[0]) not in {gender, None})]
            return [n for n in found if n.generation == short.generation] if short.generation else found

        return (
            fitting(self._last[word])
            or fitting(self._inner[word])
            or fitting(self._first[word])
            or fitting(self._initials[word] if upper else ())
            or fitting(n for n in self._alike[word[:1]][:_MOST] if is_variant(n.words[-1], word))
            or fitting(n for n in self._alike[word[:1]][:_MOST] if len(word) >= _LONG and slips(n.words[-1], word) <= 1)
        )


def _join_nicknames(
    texts: Mapping[int, str], full: Mapping[int, _Full], own: dict[int, _Full], same: Disjoint[_Full]
) -> None:
    """Join with their bearers the nicknames that a text has in quotes within a name and elsewhere alone."""
    quoted = {words(m[1]): own[i] for i, text in texts.items() if (m := _NICKNAME.search(text))}
    for i, name in full.items():
        if (bearer := quoted.get(name.words)) is not None and same.of(bearer) != same.of(own[i]):
            if name.is_full:
                same.join(bearer, own[i])
            else:
                own[i] = bearer


def _join_stated(
    full: Mapping[int, _Full], own: dict[int, _Full], same: Disjoint[_Full], stated: Iterable[Alias]
) -> None:
    """Join the names that the text gives for one person. A family name of birth goes with the given name, too."""
    known = set(own.values())
    for alias in stated:
        if alias.name not in own or alias.other not in own:
            continue
        one, other = own[alias.name], full[alias.other]
        if other.is_full:
            same.join(one, same.of(other))
            continue
        own[alias.other] = one
        if alias.birth and one.is_full:
            for before in {_Full((*one.words[:n], *other.words)) for n in range(1, len(one.words))} & known:
                same.join(one, before)
        if not any(other.words[0] in name.words for name in known if name.is_full):
            own.update((i, one) for i, name in full.items() if name == other)
