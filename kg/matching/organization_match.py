"""Comparing two names of organizations or of places."""

import re

from kg.geography import country_of
from kg.matching.match import NameMatch, Tally
from kg.matching.organizations import (
    OrganizationName,
    acronyms,
    is_division,
    is_plain,
    parse_organization,
    place_words,
    spell,
)
from kg.matching.spelling import is_swap, is_variant, slips

__all__ = ["compare_organizations", "compare_places"]

_MAX_WORDS = 24
_LONG_PLACE = 8  # letters
CONFLICT = -0.7


def compare_organizations(a: str, b: str) -> NameMatch:
    """Compare two names of organizations."""
    matches = [_compare(parse_organization(x), parse_organization(y)) for x in _versions(a) for y in _versions(b)]
    return max(matches, key=lambda m: m.score)


def compare_places(a: str, b: str) -> NameMatch:
    """Compare two names of places; a country is the same under any of its names, its capital is another place."""
    tally = Tally()
    one, two = country_of(a), country_of(b)
    if one and two:
        same = one is two
        tally.add("country", f"{one.name} {'=' if same else 'is not'} {two.name}", 0.0 if same else -1.0)
        return tally.match()
    if one or two:
        tally.add("country", "one is a country, the other is not", -1.0)
        return tally.match()
    first, second = place_words(a), place_words(b)
    if first == second:
        tally.add("equal", " ".join(first), 0.0)
    elif len(first) == len(second) and all(is_variant(x, y) for x, y in zip(first, second, strict=True)):
        cost = 1 - min(is_variant(x, y) for x, y in zip(first, second, strict=True))
        tally.add("spelling", f"{' '.join(first)} = {' '.join(second)}", -cost)
    elif "".join(first) == "".join(second):
        tally.add("words", "the same letters, cut differently", -0.06)
    else:
        _compare_letters("".join(first), "".join(second), tally)
    return tally.match()


def _compare_letters(a: str, b: str, tally: Tally) -> None:
    """Compare the letters of two places: one slip in a long name is left to context."""
    if is_swap(a, b):
        tally.add("swap", f"{a} = {b}", -0.12)
    elif a[:1] == b[:1] and min(len(a), len(b)) >= _LONG_PLACE and slips(a, b) <= 1:
        tally.add("slip", f"{a} = {b}", -0.3)
    else:
        tally.add("conflict", f"{a} is not {b}", -1.0)


def _versions(name: str) -> tuple[str, ...]:
    """Return the names that one string gives: "Al-Qa'ida/Islamic Army" is two."""
    parts = [p.strip() for p in re.split(r"(?<=\w{3})/(?=\w{3})", name) if p.strip()]
    return (name, *parts) if len(parts) > 1 else (name,)


def _compare(one: OrganizationName, two: OrganizationName) -> NameMatch:
    tally = Tally()
    a, b = one.words[:_MAX_WORDS], two.words[:_MAX_WORDS]
    if not a or not b:
        tally.add("name", "no letters", -1.0)
    elif _is_acronym(one, two) or _is_acronym(two, one):
        letters = one.acronym or two.acronym or ""
        tally.add("acronym", f"{spell(*a)} = {spell(*b)}", -0.15 if len(letters) != 2 else -0.25)
    elif "".join(a) == "".join(b) or "".join(one.all_words) == "".join(two.all_words):
        tally.add("equal", spell(*a), 0.0 if a == b else -0.04)
    else:
        _compare_words(list(a), list(b), tally)
    _compare_legal_forms(one, two, tally)
    return tally.match()


def _is_acronym(short: OrganizationName, long: OrganizationName) -> bool:
    if short.acronym and len(long.all_words) > 1:
        return short.acronym in acronyms(long)
    letters = [w for w in short.words if not w.startswith(("@", "#"))]  # "PLA China"
    if len(short.words) != 2 or len(letters) != 1 or len(letters[0]) < 3 or len(long.words) < 3:
        return False
    states = {w for w in short.words if w.startswith("@")}
    return letters[0] in acronyms(long) and states.isdisjoint({w for w in long.words if w.startswith("@")} - states)


def _compare_words(a: list[str], b: list[str], tally: Tally) -> None:
    """Pair the words in any order and judge what is left."""
    length = sum(map(len, a)) + sum(map(len, b))
    for x in list(a):
        if x in b:
            a.remove(x)
            b.remove(x)
    for x in list(a):
        close = min(((_cost(x, y), y) for y in b), default=(1.0, ""))
        if close[0] < 1:
            kind = "spelling" if close[0] <= 0.1 else "swap" if is_swap(x, close[1]) else "slip"
            tally.add(kind, f"{x} = {close[1]}", -close[0])
            a.remove(x)
            b.remove(close[1])
    if a and b and "".join(a) == "".join(b):
        tally.add("words", "the same letters, cut differently", -0.04)
    elif a and b:
        tally.add("conflict", f"{spell(*a)} is not {spell(*b)}", CONFLICT - 0.3 * (sum(map(len, a + b)) > length / 2))
    else:
        for word in a or b:
            if word.startswith(("@", "#")) or is_division(word):
                tally.add("only one has", spell(word), -0.6)
            elif is_plain(word):
                tally.add("only one has", spell(word), -0.06)
            else:
                tally.add("only one has", spell(word), -0.55)


def _cost(x: str, y: str) -> float:
    if x.startswith(("@", "#")) or y.startswith(("@", "#")):
        return 1.0
    sure = is_variant(x, y)
    if sure:
        return 1 - sure
    count, length = slips(x, y), max(len(x), len(y))
    if _is_derived(x, y):
        return 0.1
    if is_swap(x, y):
        return 0.12
    allowed = 1 + (length >= 10)
    return 0.12 + 0.9 * count / length if count <= allowed and min(len(x), len(y)) >= 4 else 1.0


def _is_derived(x: str, y: str) -> bool:
    """Whether two words are forms of one: "Agriculture" and "Agricultural", "Revolution" and "Revolutionary"."""
    short, long = sorted((x, y), key=len)
    return len(short) >= 7 and long[: len(short) - 1] == short[:-1] and len(long) - len(short) <= 3


def _compare_legal_forms(one: OrganizationName, two: OrganizationName, tally: Tally) -> None:
    if one.legal_form and two.legal_form and one.legal_form != two.legal_form:
        tally.add("conflict", f"{one.legal_form} is not {two.legal_form}", -0.55)
    elif one.legal_form != two.legal_form:
        tally.add("legal form", "only one has it", -0.02)
