"""Which names of one document name the same one: variants of spelling, surnames, acronyms, states."""

from collections import defaultdict
from collections.abc import Sequence

from spacy.tokens import Doc

from kg.extraction.tokens import Name
from kg.extraction.words import heads, known_organization, plain
from kg.geography import country_of, country_of_demonym
from kg.model import EntityType

__all__ = ["group_names"]

_P, _O, _L = EntityType.PERSON, EntityType.ORGANIZATION, EntityType.PLACE


def group_names(doc: Doc, names: Sequence[Name]) -> list[int]:
    """Return the group number of each name, numbered by first occurrence."""
    persons = _persons(doc, names)
    keys: list[tuple[str, str]] = []
    organizations = _organizations(doc, names)
    for i, name in enumerate(names):
        text = doc[name.start : name.end].text
        if name.type is _P:
            keys.append(("person", persons[i]))
        elif name.type is _O:
            keys.append(("organization", organizations[plain(text)]))
        else:
            country = country_of_demonym(text) if name.demonym else country_of(text)
            keys.append(
                (
                    "place",
                    "=" + country.name
                    if country
                    else plain(text).removesuffix(".").replace(", ", " ").removesuffix(" d.c"),
                )
            )
    numbers: dict[tuple[str, str], int] = {}
    return [numbers.setdefault(key, len(numbers)) for key in keys]


def _persons(doc: Doc, names: Sequence[Name]) -> dict[int, str]:
    full: dict[str, tuple[str, ...]] = {}
    short: list[tuple[int, str]] = []
    keys: dict[int, str] = {}
    for i, name in enumerate(names):
        if name.type is not _P:
            continue
        words = tuple(
            w
            for w in plain(doc[name.start : name.end].text).replace(" - ", "-").split()
            if w not in {"jr.", "sr.", "jr", "sr"}
        )
        if len(words) > 1:
            key = " ".join(words)
            same = next((k for k, known in full.items() if _same_person(known, words)), key)
            full.setdefault(key, words)
            keys[i] = same
        else:
            short.append((i, words[0] if words else ""))
    last: dict[str, list[int]] = defaultdict(list)
    for i, key in sorted(keys.items()):
        for word in {w for k in [key] for w in full[k][1:]} | {full[key][-1]}:
            last[word].append(i)
    first: dict[str, list[int]] = defaultdict(list)
    for i, key in sorted(keys.items()):
        first[full[key][0]].append(i)
    for i, word in short:
        where = last.get(word) or first.get(word)
        if where:
            before = [j for j in where if j < i]
            keys[i] = keys[before[-1] if before else where[0]]
        else:
            keys[i] = word
    return keys


def _same_person(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    if a == b:
        return True
    if a[-1] != b[-1]:
        return False
    short, long = sorted((a, b), key=len)
    return all(any(w == v or (len(w.rstrip(".")) == 1 and v.startswith(w[0])) for v in long) for w in short)


def _organizations(doc: Doc, names: Sequence[Name]) -> dict[str, str]:
    texts = {plain(doc[n.start : n.end].text): doc[n.start : n.end].text for n in names if n.type is _O}
    result: dict[str, str] = {}
    for key, text in sorted(texts.items(), key=lambda kv: -len(kv[0])):
        known = known_organization(text)
        aim = plain(known["long"]) if known and "long" in known else key
        if aim == key:
            longer = [other for other in result if other != key and _short_for(key, other)]
            if len({result[o] for o in longer}) == 1:
                aim = result[longer[0]]
        result[key] = result.get(aim, aim)
    return result


def _short_for(short: str, long: str) -> bool:
    """ "Exco" of "Exco International Plc", "PMU" of "Popular Mobilization Units"."""
    words = long.split()
    if " " not in short:
        letters = "".join(w[0] for w in words if w not in {"of", "the", "and", "for", "'s"})
        if len(short) > 2 and short.replace(".", "") == letters:
            return True
    rest = long.removeprefix(short + " ")
    return rest != long and short not in heads().all and not country_of(short) and not country_of_demonym(short.title())
