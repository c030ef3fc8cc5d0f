"""Which names of one document name the same one: variants of spelling, surnames, acronyms, states."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set

from spacy.tokens import Doc

from kg.extraction.language.title_words import ranks
from kg.extraction.language.tokens import Name
from kg.extraction.language.words import given_gender, heads, known_organization, person_lexicon, plain
from kg.extraction.naming.organizations import aliases
from kg.extraction.naming.subtypes import subtype_of
from kg.geography import country_of, country_of_demonym
from kg.model import EntityType

__all__ = ["group_names", "person_words"]

_P, _O, _L = EntityType.PERSON, EntityType.ORGANIZATION, EntityType.PLACE
_FUNCTION = frozenset(
    {"of", "the", "and", "for", "on", "in", "to", "&", "'s", "'", "a", "de", "la", "del", "des", "du"}
)
_PLACE_KINDS = frozenset(
    {"city", "strip", "province", "state", "island", "islands", "region", "county", "d.c.", "d.c", "dc"}
)
_GENERATIONS = frozenset({"jr", "sr", "ii", "iii", "iv"})
_WINGS = frozenset({"youth", "juniors", "women", "ladies", "students", "alumni", "reserves"})  # beside the whole
_BODIES = frozenset({"Court", "GovernmentBody", "MilitaryForce", "Ministry", "Parliament"})  # of an international one
_LONGEST = 30  # words of a name, or letters of an acronym, that is looked up by its beginning
_FULLEST = 800  # full names of a text among which variants are looked for by comparing all of them
_Words = tuple[str, ...]


def group_names(doc: Doc, names: Sequence[Name]) -> list[int]:
    """Return the group number of each name, numbered by first occurrence."""
    persons = _persons(doc, names)
    organizations = _organizations(doc, names)
    places = _places(doc, names)
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


# --- persons ---------------------------------------------------------------------------------------------------------


def person_words(text: str) -> _Words:
    """Return the words by which a person's names are compared: "Abu Mahdi al-Muhandis" -> abu, mahdi, muhandis."""
    words = plain(text).replace("-", " ").replace('"', " ").replace("'", "").split()
    return tuple(w.rstrip(".") for w in words if w.rstrip(".") not in _GENERATIONS and w not in {"al", "el"}) or tuple(
        words
    )


def _generations_apart(texts: Mapping[int, str]) -> dict[int, _Words]:
    """Return the words of each name, with "jr" where the father was named before: "Donald Trump", "Donald Trump Jr.".

    Who is introduced with the suffix is often called without it later; then it tells nobody apart.
    """
    words = {i: person_words(text) for i, text in texts.items()}
    suffixes = {i: last for i, text in texts.items() if (last := plain(text).split()[-1].rstrip(".")) in _GENERATIONS}
    fathers: set[_Words] = set()
    sons: set[_Words] = set()
    for i, name in words.items():
        if i not in suffixes and name not in sons:
            fathers.add(name)
        elif i in suffixes and len(name) > 1 and name not in fathers:
            sons.add(name)
    apart = {name for i, name in words.items() if i in suffixes and name in fathers and len(name) > 1}
    own = apart | {name[-1:] for name in apart}
    return {i: (*name, suffixes[i]) if i in suffixes and name in own else name for i, name in words.items()}


def _told_apart(a: _Words, b: _Words) -> bool:
    """Whether a suffix or initials in the middle tell two full names apart: "George W. Bush", "George H. W. Bush"."""
    if (a[-1] in _GENERATIONS) != (b[-1] in _GENERATIONS):
        return True
    if min(len(a), len(b)) < 3 or a[0] != b[0] or a[-1] != b[-1]:
        return False
    return min(len(a[1]), len(b[1])) == 1 and not _stands_for(a[1], b[1])


def _persons(doc: Doc, names: Sequence[Name]) -> dict[int, _Words]:
    """The full name that each person's name stands for, by its words."""
    words = _generations_apart({i: _text(doc, n) for i, n in enumerate(names) if n.type is _P})
    full = _full_names({w for w in words.values() if len(w) > 1})
    result = {i: full[w] for i, w in words.items() if len(w) > 1}
    weight = Counter(result.values())
    order = {key: i for i, key in reversed(list(result.items()))}
    relatives = {full[w] for i, w in words.items() if len(w) > 1 and order[full[w]] == i and _is_kin(doc, names[i])}
    own: dict[_Words, int] = {}
    everybody = _People(full.values())
    for i, short in words.items():  # a bare surname goes to the bearer named first: later ones are told apart by name
        if len(short) > 1:
            continue
        own.setdefault(short, i)
        gender = _honorific(doc, names[i].start)
        upper = doc[names[i].start].is_upper and len(short[0]) > 1
        bearers = everybody.bearers(short[0], gender, upper=upper)
        # who bore the surname alone before a relative was named goes on bearing it: "Ure, the daughter of Colin Ure"
        bearers = [b for b in bearers if b not in relatives or order[b] < own[short]]
        before = [b for b in bearers if order[b] < i]
        result[i] = max(before or bearers, key=lambda b: (-order[b], weight[b]), default=short)
        order.setdefault(result[i], i)
    return result


def _full_names(names: Set[_Words]) -> dict[_Words, _Words]:
    """The fullest form of each full name. Among very many, no spellings are compared: such a text is a list."""
    full: dict[_Words, _Words] = {}
    known: dict[_Words, None] = {}
    for long in sorted(names, key=lambda w: (-len(w), w)):
        others = known if len(names) <= _FULLEST else ()
        same = (other for other in others if not _told_apart(other, long) and _same_person(other, long))
        full[long] = next(same, long)
        known[full[long]] = None
    return full


def _is_kin(doc: Doc, name: Name) -> bool:
    """Whether a name is introduced as a relative's: "her husband, Benny Stafford", "the daughter of Colin Ure"."""
    kin = person_lexicon().kin
    root = doc[name.start : name.end].root
    over = next(iter(root.conjuncts), root) if root.dep_ == "conj" else root
    if over.dep_ == "pobj" and over.head.lower_ in {"of", "to"} and over.head.head.lower_ in kin:
        return True
    if over.dep_ == "appos" and over.head.lower_ in kin:
        return True
    i = name.start - 1
    while i > doc[name.start].sent.start and (doc[i].pos_ in {"NOUN", "PROPN", "ADJ", "NUM"} or doc[i].text == ","):
        if doc[i].lower_ in kin and any(c.dep_ == "poss" for c in doc[i].lefts):
            return True
        i -= 1
    return doc[i].lower_ in kin


class _People:
    """The full names of a document by what one word may mean of them."""

    def __init__(self, names: Iterable[_Words]) -> None:
        self._last: dict[str, list[_Words]] = defaultdict(list)
        self._inner: dict[str, list[_Words]] = defaultdict(list)
        self._first: dict[str, list[_Words]] = defaultdict(list)
        self._initials: dict[str, list[_Words]] = defaultdict(list)
        self._alike: dict[str, list[_Words]] = defaultdict(list)  # by the first letter of the surname
        for name in sorted(set(names)):
            self._last[name[-1]].append(name)
            self._first[name[0]].append(name)
            self._initials["".join(w[:1] for w in name)].append(name)
            self._alike[name[-1][:1]].append(name)
            for word in set(name[1:]):
                self._inner[word].append(name)

    def bearers(self, word: str, gender: str | None, *, upper: bool) -> list[_Words]:
        """The names that a word may stand for: as a surname, else as a given name, in capitals as initials."""

        def fitting(names: Iterable[_Words]) -> list[_Words]:
            return [f for f in names if not (gender and given_gender(f[0]) not in {gender, None})]

        return (
            fitting(self._last[word])
            or fitting(self._inner[word])
            or fitting(self._first[word])
            or fitting(self._initials[word] if upper else ())
            or fitting(f for f in self._alike[word[:1]][:_FULLEST] if _alike(f[-1], word))
        )


def _honorific(doc: Doc, start: int) -> str | None:
    return ranks().gender.get(doc[start - 1].lower_.rstrip(".")) if start else None


def _same_person(a: _Words, b: _Words) -> bool:
    """Whether two full names can be one person's: one is the other without some words, with initials, or spelt anew."""
    short, long = sorted((a, b), key=len)
    if short == long[: len(short)]:
        return True
    if short[-1] != long[-1] and not _alike(short[-1], long[-1]):
        return False
    if short[0] == long[0]:
        return True
    if short[-1] != long[-1]:
        return False
    return all(any(_stands_for(w, v) for v in long[:-1]) for w in short[:-1]) or _alike(short[0], long[0])


def _stands_for(short: str, long: str) -> bool:
    return short == long or (len(short) == 1 and long.startswith(short)) or (len(long) == 1 and short.startswith(long))


def _alike(a: str, b: str) -> bool:
    """Whether two words may be spellings of one name ("Soleimani", "Suleimani"; "Schröder", "Schroeder")."""
    from rapidfuzz.distance import Levenshtein

    return (
        min(len(a), len(b)) > 4 and a[0] == b[0] and Levenshtein.distance(a, b) <= (1 if min(len(a), len(b)) < 8 else 2)
    )


# --- organizations ---------------------------------------------------------------------------------------------------


def _organizations(doc: Doc, names: Sequence[Name]) -> dict[str, str]:
    """The name that each organization's name stands for."""
    found = [n for n in names if n.type is _O]
    texts = list(dict.fromkeys(_text(doc, n) for n in found))
    keys = {text: _organization_words(text) for text in texts}
    same = _Same(texts)
    for long, short in aliases(doc, found):
        same.join(_text(doc, long), _text(doc, short))
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
        ways = ((_by_initials, abbreviated), (_by_head, begun), (_by_beginning, begun), (_by_end, ended))
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
        for text, words in keys.items():
            for n in range(1, min(len(words), _LONGEST) + 1):
                self.begun[words[:n]].append(text)
                self.ended[words[-n:]].append(text)
            for initials in set(_initials(text, words)):
                for n in range(2, min(len(initials), _LONGEST) + 1):
                    self.abbreviated[initials[:n]].append(text)


class _Same:
    """Disjoint sets of names."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._parent = {text: text for text in texts}

    def of(self, text: str) -> str:
        while self._parent[text] != text:
            self._parent[text] = text = self._parent[self._parent[text]]
        return text

    def join(self, a: str, b: str) -> None:
        self._parent[self.of(b)] = self.of(a)


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
    if not _WINGS.isdisjoint({*b} - {*a}):
        return True
    if not a or a != b[: len(a)] or len(a) == len(b):
        return False
    rest, lexicon, kind = b[len(a) :], heads(), subtype_of(short, _O)
    if rest[0].startswith("=") or rest[0] in lexicon.regions:  # "CCTV Africa"
        return True
    if kind == "InternationalOrganization":  # "EU Commission"
        return lexicon.all.get(rest[-1]) in _BODIES
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
    words = [w for w in plain(long).replace("-", " ").split() if w not in _FUNCTION]
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
        if not (i and i == len(words) - 1 and word in _PLACE_KINDS):
            yield word
