"""Which clusters are worth comparing: those that share a key. Keys are chosen so that the work stays near linear."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from kg.model import EntityType
from kg.resolution.organizations import acronyms, is_plain, parse_organization, place_words
from kg.resolution.persons import nickname_families, parse_person
from kg.resolution.records import Cluster
from kg.resolution.spelling import skeleton

__all__ = ["candidate_pairs"]

_MAX_BLOCK = 60  # a larger block is a common name: only neighbours in sorted order are compared


def candidate_pairs(clusters: Sequence[Cluster]) -> Iterator[tuple[int, int]]:
    """Yield index pairs (a < b) of clusters that share a key, each once, sorted."""
    blocks: dict[str, list[int]] = defaultdict(list)
    for at, cluster in enumerate(clusters):
        for key in sorted(_keys(cluster)):
            blocks[key].append(at)
    pairs: set[tuple[int, int]] = set()
    for members in blocks.values():
        if len(members) <= _MAX_BLOCK:
            pairs.update((a, b) for i, a in enumerate(members) for b in members[i + 1 :])
            continue
        ordered = sorted(members, key=lambda at: (clusters[at].name.casefold(), at))
        for i, a in enumerate(ordered):
            pairs.update((min(a, b), max(a, b)) for b in ordered[i + 1 : i + 1 + _MAX_BLOCK // 4])
    yield from sorted(pairs)


def _keys(cluster: Cluster) -> set[str]:
    names = set(cluster.names)
    if cluster.type is not EntityType.PERSON:
        names.update(cluster.aliases())
    make = {
        EntityType.PERSON: _person_keys,
        EntityType.ORGANIZATION: _organization_keys,
        EntityType.PLACE: _place_keys,
    }[cluster.type]
    return {f"{cluster.type[0]}:{key}" for name in names for key in make(name)}


def _person_keys(name: str) -> Iterable[str]:
    words = parse_person(name).words
    if len(words) < 2:
        return
    first, last = words[0], words[-1]
    yield "all " + "".join(sorted("".join(skeleton(w) for w in words)))
    for given, family in ((first, last), (last, first), (first, words[-2] if len(words) > 2 else last)):
        yield f"initial {given[0]} {skeleton(family)}"
        yield f"slip {skeleton(given)} {skeleton(family)[:2]}"
        for number in nickname_families(given):
            yield f"nickname {number} {skeleton(family)}"
    if len(words) > 2:
        yield f"middle {' '.join(sorted((skeleton(words[1]), skeleton(last))))}"
    yield f"both {' '.join(sorted((skeleton(first), skeleton(last))))}"


def _organization_keys(name: str) -> Iterable[str]:
    parsed = parse_organization(name)
    if parsed.acronym:
        yield f"acronym {parsed.acronym.rstrip('s')}"
    for acronym in acronyms(parsed):
        yield f"acronym {acronym}"
    content = [w for w in parsed.words if not is_plain(w)] or list(parsed.words)
    ordered = sorted(w if w.startswith(("@", "#")) else skeleton(w) for w in content)
    yield "words " + " ".join(ordered)
    if len(ordered) > 2:  # one word misspelt or left out
        for leave in range(min(len(ordered), 8)):
            yield "words " + " ".join(ordered[:leave] + ordered[leave + 1 :])
    yield "letters " + skeleton("".join(content))


def _place_keys(name: str) -> Iterable[str]:
    yield "letters " + " ".join(skeleton(w) for w in place_words(name))
