"""What the words of an organization's or a place's name are: the country in it, its legal form, common words."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from kg.geography import Country, country_of, country_of_demonym
from kg.lexicons import lexicon
from kg.matching.spelling import fold, words

__all__ = [
    "OrganizationName",
    "acronyms",
    "country_mark",
    "institution_of",
    "is_broad_kind",
    "is_division",
    "is_plain",
    "is_shared",
    "parse_organization",
    "place_words",
    "spell",
]

_ROMAN = re.compile(r"(?=[ivx])(x{0,3})(ix|iv|v?i{0,3})")
_MAX_COUNTRY_WORDS = 5
_ACRONYM = re.compile(r"[A-Z][A-Za-z]{0,2}[A-Z0-9]{1,7}s?|[a-z]{3,4}")  # agencies sign in small letters: "dpa"


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganizationName:
    """A name taken apart, folded: ``words`` without stop words and legal form; countries stand as "@IR".

    ``all_words`` has the stop words too, ``written`` all words as they stand.
    """

    words: tuple[str, ...]
    all_words: tuple[str, ...]
    written: tuple[str, ...]
    legal_form: str | None = None
    acronym: str | None = None


@dataclass(frozen=True, slots=True)
class _Lexicon:
    abbreviations: Mapping[str, str]
    forms: Mapping[tuple[str, ...], str]
    spellings: Mapping[str, str]
    plain: frozenset[str]
    stopwords: frozenset[str]
    plain_places: frozenset[str]
    divisions: frozenset[str]
    shared: frozenset[str]
    broad_kinds: frozenset[str]
    numbers: Mapping[str, int]


@lru_cache(maxsize=1)
def _lexicon() -> _Lexicon:
    facts = lexicon("organization_names")
    spellings = {fold(str(s)): fold(family[0]) for family in facts["spellings"] for s in family}
    return _Lexicon(
        abbreviations=facts["abbreviations"],
        forms={
            words(form.replace(".", "")): kind
            for kind, lists in facts["legal_forms"].items()
            for forms in lists.values()
            for form in forms
        },
        spellings=spellings,
        plain=frozenset(spellings.get(w, w) for w in facts["plain"]),
        stopwords=frozenset(str(w) for w in facts["stopwords"]),
        plain_places=frozenset(facts["plain_places"]),
        divisions=frozenset(spellings.get(fold(w), fold(w)) for w in facts["divisions"]),
        shared=frozenset(spellings.get(w, w) for w in facts["shared"]),
        broad_kinds=frozenset(facts["broad_kinds"]),
        numbers={word: value for known in lexicon("numbers").values() for word, value in known.items()},
    )


def is_plain(word: str) -> bool:
    """Whether one name may have the word and the other not."""
    return word in _lexicon().plain


def is_division(word: str) -> bool:
    """Whether the word names a part of the whole when only one name has it."""
    return word in _lexicon().divisions or word.startswith("#")


def is_shared(name: str) -> bool:
    """Whether many states or towns have an organization of that name ("Ministry of Defence")."""
    found = parse_organization(name).words
    return bool(found) and all(w in _lexicon().shared or w.startswith("#") for w in found)


def is_broad_kind(kind: str) -> bool:
    """Whether a kind of organization says too little to tell two apart."""
    return kind in _lexicon().broad_kinds


def institution_of(name: str) -> str | None:
    """Return the mark of the country in the name of an institution that many states have ("Iraqi Defense Ministry")."""
    found = parse_organization(name).words
    marks = {w for w in found if w.startswith("@")}
    rest = [w for w in found if not w.startswith("@")]
    shared = _lexicon().shared
    return min(marks) if len(marks) == 1 and rest and all(w in shared for w in rest) else None


@lru_cache(maxsize=1 << 18)
def parse_organization(name: str) -> OrganizationName:
    """Take the name of an organization or a place apart."""
    facts = _lexicon()
    bare = name.strip().removeprefix("the ").removeprefix("The ")
    compact = re.sub(r"[.\s]", "", bare)
    if compact[:-1].isupper():
        compact = compact.removesuffix("s")  # "NGOs", but "CBS"
    acronym = fold(compact) if _ACRONYM.fullmatch(compact) and " " not in bare else None
    if " " in bare:
        bare = " ".join(facts.abbreviations.get(w.replace(".", ""), w) for w in bare.split())
    marked = _mark_countries(re.sub(r"['’]s\b", "", bare))
    found: list[str] = re.findall(r"@[A-Za-z]+|#\d+|[a-z0-9]+", _fold_marked(marked))
    found = _run_letters(found)
    found, legal_form = _strip_legal_form(found, facts.forms)
    plain = _count(found, facts.numbers)
    spelt = tuple(facts.spellings.get(w, w) for w in plain)
    content = tuple(w for w in spelt if w not in facts.stopwords)
    return OrganizationName(
        words=content or spelt, all_words=tuple(plain), written=words(bare), legal_form=legal_form, acronym=acronym
    )


def place_words(name: str) -> tuple[str, ...]:
    """Return the words of a place's name, without what stands after a comma ("Paris, Texas") or goes without saying."""
    found = parse_organization(name.partition(",")[0]).words
    return tuple(w for w in found if w not in _lexicon().plain_places) or found


def acronyms(name: OrganizationName) -> frozenset[str]:
    """Return the acronyms a name may have: first letters, with and without little words and countries."""
    every = [w for w in name.all_words if not w.startswith("#")]
    content = [w for w in every if w not in _lexicon().stopwords]
    no_state = [w for w in content if not w.startswith("@")]
    found = {_initials(v) for v in (every, content, no_state, name.written) if len(v) > 1}
    found.add(_initials([w for w in name.written if w not in _lexicon().stopwords]))
    return frozenset(a for a in found if len(a) > 1)


def _initials(found: Sequence[str]) -> str:
    return "".join((_state_initials(w) if w.startswith("@") else w[0]) for w in found)


def _state_initials(mark: str) -> str:
    name = next((c.name for c in [_by_mark(mark)] if c), "")
    return "".join(w[0] for w in words(name))


def _by_mark(mark: str) -> Country | None:
    from kg.geography import country_of_code

    return country_of_code(mark[1:]) or country_of(re.sub(r"(?<=[a-z])(?=[A-Z])", " ", mark[1:]))


def spell(*found: str) -> str:
    """Return words of a name for a person to read: countries by name, numbers without their mark."""
    countries = {w: c for w in found if w.startswith("@") and (c := _by_mark(w))}
    return " ".join(countries[w].name if w in countries else w.removeprefix("#") for w in found)


def country_mark(country: Country) -> str:
    """Return the word that stands for a country."""
    return "@" + (country.code or re.sub(r"[^A-Za-z]", "", country.name))


def _mark_countries(name: str) -> str:
    """Put "@IR" for each name or demonym of a country, the longest first."""
    pieces = re.findall(r"[\w.'’&%-]+|[^\w\s]", name)
    marked: list[str] = []
    at = 0
    while at < len(pieces):
        for length in range(min(_MAX_COUNTRY_WORDS, len(pieces) - at), 0, -1):
            text = " ".join(pieces[at : at + length]).rstrip(",;")
            if not text[:1].isupper() or (length > 1 and not pieces[at + length - 1][:1].isupper()):
                continue
            country = country_of(text) or country_of_demonym(text)
            if country:
                marked.append(country_mark(country))
                at += length
                break
        else:
            marked.append(pieces[at])
            at += 1
    return " ".join(marked)


def _fold_marked(text: str) -> str:
    return " ".join(piece if piece.startswith("@") else fold(piece.replace(".", "")) for piece in text.split())


def _run_letters(found: list[str]) -> list[str]:
    """Join single letters in a row: "a b c company" -> "abc company"."""
    joined: list[str] = []
    for at, word in enumerate(found):
        if joined and len(word) == 1 and word.isalpha() and at and len(found[at - 1]) == 1 and found[at - 1].isalpha():
            joined[-1] += word
        else:
            joined.append(word)
    return joined


def _strip_legal_form(found: list[str], forms: Mapping[tuple[str, ...], str]) -> tuple[list[str], str | None]:
    kind: str | None = None
    changed = True
    while changed and len(found) > 1:
        changed = False
        for length in range(min(5, len(found) - 1), 0, -1):
            end, start = tuple(found[-length:]), tuple(found[:length])
            if end in forms:
                kind, found, changed = kind or forms[end], found[:-length], True
                break
            if start in forms and sum(map(len, start)) >= 3:
                kind, found, changed = kind or forms[start], found[length:], True
                break
        if changed and found[-1:] == ["and"]:
            found = found[:-1]
    return found, kind


def _count(found: list[str], numbers: Mapping[str, int]) -> list[str]:
    """Put "#44" for numbers in digits, words or, after the first word, Roman numerals."""
    counted: list[str] = []
    previous_ten = False
    for at, word in enumerate(found):
        value = int(word) if word.isdigit() and len(word) < 10 else numbers.get(word)
        if value is None and at and _ROMAN.fullmatch(word):
            value = _roman(word)
        if value is None:
            counted.append(word)
        elif previous_ten and 0 < value < 10:
            counted[-1] = f"#{int(counted[-1][1:]) + value}"
        else:
            counted.append(f"#{value}")
        previous_ten = value is not None and value % 10 == 0 and 20 <= value < 100
    return counted


def _roman(word: str) -> int:
    values = {"i": 1, "v": 5, "x": 10}
    total = 0
    for letter, following in zip(word, (*word[1:], ""), strict=True):
        value = values[letter]
        total += -value if values.get(following, 0) > value else value
    return total
