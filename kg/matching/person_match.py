"""Comparing two persons' names."""

from dataclasses import dataclass

from kg.matching.match import NameMatch, Tally
from kg.matching.persons import (
    PersonName,
    is_any_given,
    is_given,
    is_nickname,
    is_numeral,
    is_patronymic,
    parse_person,
)
from kg.matching.spelling import is_swap, is_variant, readings, slips

__all__ = ["compare_persons"]

_MAX_WORDS = 16
CONFLICT = -0.7
_BY_RULE = 0.96  # what spelling rules alone vouch for
_WITHOUT_ABD = "with and without Abd"


@dataclass(frozen=True, slots=True)
class _Pair:
    cost: float
    kind: str
    a: int
    b: int


def compare_persons(a: str, b: str) -> NameMatch:
    """Compare two names of persons, word by word."""
    one, two = parse_person(a), parse_person(b)
    tally = Tally()
    first, second = _merge_split(one.words[:_MAX_WORDS], two.words[:_MAX_WORDS])
    if not first or not second:
        tally.add("name", "no letters", -1.0)
        return tally.match()
    if _is_joined(first, second):
        tally.add("words", "the same letters, cut differently", -0.06)
        _compare_generations(one, two, tally)
        return tally.match()
    pairs = _align(first, second)
    for pair in pairs:
        tally.add(pair.kind, f"{first[pair.a]} = {second[pair.b]}", -pair.cost)
    _judge_rest(first, second, pairs, tally)
    _judge_order(first, second, pairs, tally, inverted=one.inverted != two.inverted)
    _compare_generations(one, two, tally)
    return tally.match()


def _merge_split(a: tuple[str, ...], b: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Join neighbours of one name that are one word of the other ("Patr ushev", "Jan Daniel" and "JanDaniel")."""
    return (a, b) if len(a) == len(b) else (_join_as(a, b), _join_as(b, a))


def _join_as(a: tuple[str, ...], b: tuple[str, ...]) -> tuple[str, ...]:
    joined: list[str] = []
    at = 0
    while at < len(a):
        both = "".join(a[at : at + 2])
        if at + 1 < len(a) and len(both) > 3 and a[at] not in b and any(is_variant(both, w) for w in b if w not in a):
            joined.append(both)
            at += 2
        else:
            joined.append(a[at])
            at += 1
    return tuple(joined)


def _is_joined(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    if len(a) == len(b) or min(map(len, (*a, *b))) < 2:
        return False
    one, two = "".join(a), "".join(b)
    return one == two or (len(one) > 9 and slips(one, two) <= 1)


def _align(a: tuple[str, ...], b: tuple[str, ...]) -> list[_Pair]:
    """Pair the words greedily, the surest first; each word at most once."""
    pairs: list[_Pair] = []
    _take(pairs, [_Pair(0.0, "equal", i, j) for i, x in enumerate(a) for j, y in enumerate(b) if x == y], a, b)
    left_a = set(range(len(a))) - {p.a for p in pairs}
    left_b = set(range(len(b))) - {p.b for p in pairs}
    candidates = [
        _Pair(cost, kind, i, j)
        for i in left_a
        for j in left_b
        for cost, kind in [_compare_words(a[i], b[j], first=not i or not j, last=i == len(a) - 1 and j == len(b) - 1)]
        if cost < 1
    ]
    _take(pairs, candidates, a, b)
    return sorted(pairs, key=lambda p: p.a)


def _take(pairs: list[_Pair], candidates: list[_Pair], a: tuple[str, ...], b: tuple[str, ...]) -> None:
    """Add candidates to the pairs, the surest first, those in like places before others."""
    used_a, used_b = {p.a for p in pairs}, {p.b for p in pairs}
    for pair in sorted(candidates, key=lambda p: (p.cost, abs(p.a / len(a) - p.b / len(b)), p.a, p.b)):
        if pair.a not in used_a and pair.b not in used_b:
            used_a.add(pair.a)
            used_b.add(pair.b)
            pairs.append(pair)


def _compare_words(x: str, y: str, *, first: bool, last: bool) -> tuple[float, str]:
    """Return what it costs to take two words for one, 1 where they cannot be, and why."""
    if is_numeral(x) and is_numeral(y):
        return 1.0, ""
    if len(x) == 1 or len(y) == 1:
        letter, word = sorted((x, y), key=len)
        fits = any(reading.startswith(letter) for reading in (word, *readings(word)))
        return (0.25 if first else 0.08, "initial") if fits and len(word) > 1 and not last else (1.0, "")
    sure = is_variant(x, y)
    two_given = (
        not last and is_any_given(x) and is_any_given(y)
    )  # "Maria" and "Mario" are two, though they are spelt alike
    if sure:
        return (0.25 if two_given and sure < _BY_RULE else 1 - sure), "spelling"
    if x.removeprefix("abd") == y or y.removeprefix("abd") == x:
        return 0.12, _WITHOUT_ABD
    if not last and is_nickname(x, y):
        return 0.12, "short form"
    if is_swap(x, y) and not two_given:
        return 0.12, "swap"
    length = max(len(x), len(y))
    count = slips(x, y)
    if is_patronymic(x) or is_patronymic(y):
        count *= 2  # their long common endings hide the difference
    if count <= 1 + (length >= 8) + (length >= 12) and min(len(x), len(y)) >= 3 and count / length <= 0.34:
        return max(0.12 + 0.9 * count / length, 0.45 if two_given else 0), "slip"
    return 1.0, ""


def _judge_rest(a: tuple[str, ...], b: tuple[str, ...], pairs: list[_Pair], tally: Tally) -> None:
    """Judge the words that only one name has."""
    rest_a = [w for i, w in enumerate(a) if i not in {p.a for p in pairs}]
    rest_b = [w for j, w in enumerate(b) if j not in {p.b for p in pairs}]
    if rest_a and rest_b:
        tally.add("conflict", f"{' '.join(rest_a)} is not {' '.join(rest_b)}", CONFLICT - 0.3 * (not pairs))
        return
    rest, shorter, longer = (rest_a, b, a) if rest_a else (rest_b, a, b)
    if len(shorter) > 1 and all(p.kind == "initial" for p in pairs):
        tally.add("conflict", "nothing but initials", CONFLICT)
        return
    if not rest:
        return
    if any(p.kind == _WITHOUT_ABD for p in pairs):
        tally.add("conflict", f"{' '.join(rest)} in the place of Abd", CONFLICT)
        return
    if len(shorter) == 1:
        tally.partial = True
        tally.add("incomplete", f"{shorter[0]} alone", -0.55)
        return
    if _middles_differ(shorter, longer, pairs, first_is_a=bool(rest_b)):
        tally.add("conflict", "different middle initials", CONFLICT)
        return
    last = rest[-1] == longer[-1] and len(pairs) == len(longer) - len(rest) and not is_patronymic(rest[-1])
    for word in rest[: len(rest) - last]:
        tally.add("only one has", word, -0.03 if is_patronymic(word) else -0.06)
    if last:
        tally.add("only one ends with", rest[-1], -0.06)
    if sum(len(w) > 1 for w in shorter) < 2:
        tally.add("incomplete", " ".join(shorter), -0.2)
    elif 2 * len(shorter) < len(longer):
        tally.add("incomplete", f"{len(shorter)} of {len(longer)} words", -0.3)


def _middles_differ(shorter: tuple[str, ...], longer: tuple[str, ...], pairs: list[_Pair], *, first_is_a: bool) -> bool:
    """Whether both names have middle names, one as initials, and not the same ones: the two presidents Bush."""
    if len(shorter) < 3 or len(shorter[0]) == 1 or len(longer[0]) == 1:
        return False
    pairs_by_short = {(p.a if first_is_a else p.b): (p.b if first_is_a else p.a) for p in pairs}
    middles = range(1, len(shorter) - 1)
    return any(
        (len(shorter[i]) == 1 or len(longer[pairs_by_short[i]]) == 1) for i in middles if i in pairs_by_short
    ) and any(j not in pairs_by_short.values() for j in range(1, len(longer) - 1))


def _judge_order(a: tuple[str, ...], b: tuple[str, ...], pairs: list[_Pair], tally: Tally, *, inverted: bool) -> None:
    order = [p.b for p in pairs]
    if len(pairs) < 2 or order == sorted(order):
        return
    ends = {p.a: p.b for p in pairs}
    first, last = ends.get(0) == 0, ends.get(len(a) - 1) == len(b) - 1
    if not inverted and len(pairs) > 2 and first != last:
        tally.add("order", "other names in the place of one", -0.3)  # "James Smith Forbes", "James Forbes Smith"
    elif inverted or len(pairs) > 2:
        tally.add("order", "words in another order", -0.03)
    elif all(
        is_any_given(w) for w in (*a, *b)
    ):  # "Hans Friedrich" is not "Friedrich Hans"; "Ali Hassan" may be "Hassan Ali"
        tally.add("order", "given names in another order", -0.6 if all(map(is_given, (*a, *b))) else -0.3)
    else:
        tally.add("order", "family name first", -0.05)


def _compare_generations(one: PersonName, two: PersonName, tally: Tally) -> None:
    if one.generation == two.generation:
        return
    if one.generation and two.generation:
        tally.add("conflict", f"{one.generation} is not {two.generation}", CONFLICT)
    else:
        tally.add("generation", f"only one is {one.generation or two.generation}", -0.55)
