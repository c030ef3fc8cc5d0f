"""Which names of one document name the same one: persons, organizations by their short forms, states."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from spacy.tokens import Doc

from kg.disjoint import Disjoint
from kg.extraction.language.tokens import Name, head_of
from kg.extraction.language.words import heads, known_organization, name_parts, plain
from kg.extraction.naming.people import group_people
from kg.extraction.naming.stated import Alias, stated_aliases
from kg.extraction.naming.subtypes import subtype_of
from kg.geography import country_of, country_of_demonym
from kg.model import EntityType

__all__ = ["group_names"]

_P, _O, _L = EntityType.PERSON, EntityType.ORGANIZATION, EntityType.PLACE
_BODIES = frozenset({"Court", "GovernmentBody", "MilitaryForce", "Ministry", "Parliament"})  # of an international one
_LONGEST = 30  # words of a name, or letters of an acronym, that is looked up by its beginning
_Words = tuple[str, ...]


def group_names(doc: Doc, names: Sequence[Name]) -> list[int]:
    """Return the group number of each name, numbered by first occurrence."""
    stated = list(stated_aliases(doc, names))
    persons = group_people(doc, {i: n for i, n in enumerate(names) if n.type is _P}, stated)
    organizations = _organizations(doc, names, stated)
    places = _places(doc, names)
    for alias in stated:
        if names[alias.name].type is _L:
            places.update((i, places[alias.name]) for i, p in list(places.items()) if p == places[alias.other])
    numbers: dict[tuple[str, object], int] = {}
    groups = []
    for i, name in enumerate(names):
        key: tuple[str, object]
        if name.type is _P:
            key = ("person", persons[i])
        elif name.type is _O:
            key = ("organization", organizations[_text(doc, name)])
        else:
            key = ("place", places[i])
        groups.append(numbers.setdefault(key, len(numbers)))
    return groups


def _text(doc: Doc, name: Name) -> str:
    return " ".join(doc[name.start : name.end].text.split())


# --- organizations ---------------------------------------------------------------------------------------------------


def _organizations(doc: Doc, names: Sequence[Name], stated: Iterable[Alias]) -> dict[str, str]:
    """The name that each organization's name stands for."""
    found = [n for n in names if n.type is _O]
    texts = list(dict.fromkeys(_text(doc, n) for n in found))
    keys = {text: _organization_words(text) for text in texts}
    same = Disjoint[str]()
    for alias in stated:
        if names[alias.name].type is _O:
            same.join(_text(doc, names[alias.name]), _text(doc, names[alias.other]))
    by_key: dict[_Words, str] = {}
    for text in sorted(texts, key=lambda t: (-len(keys[t]), t)):
        known = known_organization(text)
        for key in (keys[text], _organization_words(known["long"]) if known and "long" in known else ()):
            if key and key in by_key:
                same.join(by_key[key], text)
            turned = tuple(sorted(key))  # "National Front", "Front National"
            if len(key) > 1 and turned in by_key:
                same.join(by_key[turned], text)
        by_key.setdefault(keys[text], text)
        by_key.setdefault(tuple(sorted(keys[text])), text)
        if known and "long" in known:
            by_key.setdefault(_organization_words(known["long"]), text)
    index = _Index(keys)
    for text in sorted(texts, key=lambda t: (len(t), t)):
        begun, ended = index.begun[keys[text]], index.ended[keys[text]]
        abbreviated = index.abbreviated[text.replace(".", "")]
        headed = index.headed[text]
        ways = (
            (_by_initials, abbreviated),
            (_by_head, begun),
            (_by_beginning, begun),
            (_by_end, ended),
            (_by_bare_head, headed),
        )
        for find, wholes in ways:
            fitting = (t for t in wholes if len(t) > len(text) and find(text, t, keys) and not _is_part(t, text, keys))
            longer = {same.of(t) for t in fitting} - {same.of(text)}
            if len(longer) == 1:
                same.join(longer.pop(), text)
                break
    return {text: same.of(text) for text in texts}


class _Index:
    """Names by what they begin and end with, and by what they may be abbreviated to."""

    def __init__(self, keys: "_Keys") -> None:
        self.begun: dict[_Words, list[str]] = defaultdict(list)
        self.ended: dict[_Words, list[str]] = defaultdict(list)
        self.abbreviated: dict[str, list[str]] = defaultdict(list)
        self.headed: dict[str, list[str]] = defaultdict(list)
        for text, words in keys.items():
            for word in set(text.split()):
                if word.lower() in heads().all:
                    self.headed[word].append(text)
            for n in range(1, min(len(words), _LONGEST) + 1):
                self.begun[words[:n]].append(text)
                self.ended[words[-n:]].append(text)
            for initials in set(_initials(text, words)):
                for n in range(2, min(len(initials), _LONGEST) + 1):
                    self.abbreviated[initials[:n]].append(text)


def _organization_words(text: str) -> _Words:
    """Words by which organizations' names are compared: states by their name, no legal form, article or possessive."""
    words: list[str] = []
    for word in plain(text).replace("'s", " ").replace("s'", "s ").replace("-", " ").replace(",", " ").split():
        country = country_of_demonym(word.capitalize()) or (country_of(word.upper() if len(word) < 5 else word.title()))
        words.append("=" + country.name if country else word.rstrip("."))
    while len(words) > 1 and (words[-1] in heads().legal or words[-1] + "." in heads().legal):
        words.pop()
    return tuple(w for w in words if w not in {"the", "'"})


_Keys = Mapping[str, _Words]


def _is_part(long: str, short: str, keys: _Keys) -> bool:
    """Whether a longer name is of what belongs to the shorter one's bearer: its youth, a branch, a body, a product."""
    a, b = keys[short], keys[long]
    if not name_parts("wings").isdisjoint({*b} - {*a}):
        return True
    if not a or a != b[: len(a)] or len(a) == len(b):
        return False
    rest, lexicon, kind = b[len(a) :], heads(), subtype_of(short, _O)
    if rest[0].startswith("=") or rest[0] in lexicon.regions:  # "CCTV Africa"
        return True
    if kind == "InternationalOrganization":  # "EU Commission", "EU Customs Union", but "World Bank Group"
        return len(rest) > 1 or lexicon.all.get(rest[-1]) in _BODIES
    said = lexicon.legal | lexicon.all.keys() | lexicon.nouns.keys()
    known = known_organization(short) is not None and known_organization(long) is None
    return kind == "Company" and known and rest[-1] not in said  # "Apple Music"


def _by_initials(short: str, long: str, keys: _Keys) -> bool:
    letters = short.replace(".", "")
    if " " in short or len(letters) < 2 or not letters.isupper():
        return False
    kinds = {subtype_of(t, _O) for t in (short, long)} - {None}  # AFP is not the Australian Federal Police
    if len(kinds) > 1:
        return False
    return any(letters == i or (len(letters) > 2 and i.startswith(letters)) for i in _initials(long, keys[long]))


def _initials(long: str, key: _Words) -> Iterator[str]:
    """The initials of a name, of it without its legal form, and without the state it opens with."""
    words = [w for w in plain(long).replace("-", " ").split() if w not in name_parts("small")]
    rest = [w for w in words if w not in heads().legal]
    own = words[1:] if key and key[0].startswith("=") else words  # "US Securities and Exchange ..."
    yield from ("".join(w[0] for w in group).upper() for group in (words, rest, own) if len(group) > 1)


def _by_head(short: str, long: str, keys: _Keys) -> bool:
    """ "Exco" of "Exco International Plc", "IRNA" of "IRNA news agency": the rest only says what it is."""
    a, b = keys[short], keys[long]
    if not a or a != b[: len(a)] or a[0].startswith("="):
        return False
    rest = b[len(a) :]
    lexicon = heads()
    return all(w in lexicon.legal or w in lexicon.all or w in lexicon.nouns for w in rest)


def _by_beginning(short: str, long: str, keys: _Keys) -> bool:
    a, b = keys[short], keys[long]
    if not a or a != b[: len(a)] or a[0].startswith("=") or a[0] in heads().all:
        return False
    return len(b) - len(a) == 1 or b[len(a) : len(a) + 1] in {("of",), ("for",)}


def _by_end(short: str, long: str, keys: _Keys) -> bool:
    """ "Security Council" of "UN Security Council", "Dortmund" of "Borussia Dortmund"."""
    a, b = keys[short], keys[long]
    if not a or a != b[-len(a) :]:
        return False
    front = b[: -len(a)]
    owner = len(front) == 1 and (front[0].startswith("=") or known_organization(front[0]) is not None)
    return owner or (len(a) == 1 and len(b) == 2 and short not in heads().all and a[0] not in heads().all)


def _by_bare_head(short: str, long: str, keys: _Keys) -> bool:
    """ "Commission" of "European Commission", "University" of "University of Zurich"."""
    return len(keys[short]) == 1 and head_of(plain(long).split()) == plain(short)


# --- places ----------------------------------------------------------------------------------------------------------


def _places(doc: Doc, names: Sequence[Name]) -> dict[int, str]:
    """The country or the plain name that each place's name stands for."""
    result: dict[int, str] = {}
    for i, name in enumerate(names):
        if name.type is _L:
            text = _text(doc, name)
            country = country_of_demonym(text) if name.demonym else country_of(text)
            result[i] = "=" + country.name if country else " ".join(_place_words(text))
    return result


def _place_words(text: str) -> Iterator[str]:
    words = plain(text).replace(",", " ").split()
    for i, word in enumerate(words):
        if not (i and i == len(words) - 1 and word in name_parts("place_kinds")):
            yield word
