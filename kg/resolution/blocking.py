"""Which clusters are worth comparing: those that share a key. Keys are chosen so that the work stays near linear.

A key stands for what two spellings of a name have in common: the consonants of its words, all of them (spellings,
another order), those of the family name with an initial or a short form of the given name, or all letters of one of the
two but one (a slip); for organizations also first letters, and all words but one. Some keys have two ends: an initial
asks for the full names that it may stand for, and those only offer; two that ask, or two that offer, are not compared
with one another.

Pairs are so few that judging them takes less than a tenth of the time of resolution, for 10,000 entities about a
thousand pairs and a third of a second; reading the names takes most of it, and checking the finished graph takes longer
than both. So a build that adds a document judges them anew: to keep judgements from build to build would save nothing
that one could notice.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from kg.matching.organizations import acronyms, is_plain, parse_organization, place_words
from kg.matching.persons import nickname_families, parse_person
from kg.matching.spelling import skeleton
from kg.model import EntityType
from kg.resolution.records import Cluster

__all__ = ["candidate_pairs"]

_MAX_BLOCK = 12  # a larger block is a common name: only neighbours in sorted order are compared
_NEIGHBOURS = 4
_MIN_SLIP = 4  # letters of a name in which one may be a slip; in shorter ones it makes another name

_MIN_SLIP_OF_PLACE = 7

SHARE, ASK, OFFER = 0, 1, 2
Key = tuple[str, int]  # what two names have in common, and the end that this one has of it


def candidate_pairs(clusters: Sequence[Cluster]) -> Iterator[tuple[int, int]]:
    """Yield index pairs (a < b) of clusters that share a key, each once, sorted."""
    ends: tuple[dict[str, list[int]], ...] = (defaultdict(list), defaultdict(list), defaultdict(list))
    for at, cluster in enumerate(clusters):
        for key, end in _keys(cluster):
            ends[end][key].append(at)
    sharing, asking, offering = ends
    pairs: set[tuple[int, int]] = set()
    for members in sharing.values():
        if 1 < len(members) <= _MAX_BLOCK:
            pairs.update((a, b) for i, a in enumerate(members) for b in members[i + 1 :])
        elif len(members) > _MAX_BLOCK:
            ordered = sorted(members, key=lambda at: (clusters[at].name.casefold(), at))
            for i, a in enumerate(ordered):
                pairs.update((min(a, b), max(a, b)) for b in ordered[i + 1 : i + 1 + _NEIGHBOURS])
    for key, members in asking.items():
        others = (*sharing.get(key, ())[:_MAX_BLOCK], *offering.get(key, ())[:_MAX_BLOCK])
        for a in members[:_MAX_BLOCK]:
            pairs.update((min(a, b), max(a, b)) for b in others if a != b)
    yield from sorted(pairs)


def _keys(cluster: Cluster) -> set[Key]:
    names = set(cluster.full_names)
    if cluster.type is not EntityType.PERSON:
        names.update(cluster.aliases())
    make = {
        EntityType.PERSON: _person_keys,
        EntityType.ORGANIZATION: _organization_keys,
        EntityType.PLACE: _place_keys,
    }[cluster.type]
    return {(f"{cluster.type[0]}:{key}", end) for name in names for key, end in make(name)}


def _person_keys(name: str) -> Iterator[Key]:
    words = parse_person(name).words
    if len(words) < 2:
        return
    bones = [skeleton(w) for w in words]
    yield "all " + "".join(sorted("".join(bones))), SHARE
    yield "both " + " ".join(sorted((bones[0], bones[-1]))), SHARE
    if len(words) > 2 or len(words[0]) >= 2 * _MIN_SLIP - 2:  # "Sung-min", "Sungmin"
        yield "joined " + skeleton("".join(words)), SHARE
    for word, other in ((words[0], bones[-1]), (words[-1], bones[0])):
        for left in _without_one(word):
            yield f"slip {left} {other}", SHARE
    families = {bones[-1], bones[-2] if len(bones) > 2 else bones[-1]}
    for family in sorted(families):
        for number in nickname_families(words[0]):
            yield f"nickname {number} {family}", SHARE
        yield f"initial {words[0][0]} {family}", ASK if len(words[0]) == 1 else OFFER
        yield f"both {' '.join(sorted((bones[0], family)))}", SHARE
    if len(words[-1]) == 1:  # "Bush, G." without the comma
        yield f"initial {words[-1]} {bones[0]}", ASK
    if len(words) > 2:
        yield f"middle {' '.join(sorted((bones[1], bones[-1])))}", SHARE


def _organization_keys(name: str) -> Iterator[Key]:
    parsed = parse_organization(name)
    if parsed.acronym:
        yield f"acronym {parsed.acronym}", ASK
    for acronym in acronyms(parsed):
        yield f"acronym {acronym}", OFFER
    content = [w for w in parsed.words if not is_plain(w)] or list(parsed.words)
    ordered = sorted(w if w.startswith(("@", "#")) else skeleton(w) for w in content)
    yield "words " + " ".join(ordered), SHARE
    if len(ordered) > 2:  # one word left out
        for leave in range(min(len(ordered), 8)):
            yield "words " + " ".join(ordered[:leave] + ordered[leave + 1 :]), ASK
    letters = " ".join(ordered)
    for left in _without_one(letters[:40]):
        yield f"slip {left}", SHARE
    yield "letters " + skeleton("".join(content)), SHARE


def _place_keys(name: str) -> Iterator[Key]:
    found = place_words(name)
    yield "letters " + " ".join(skeleton(w) for w in found), SHARE
    letters = "".join(found)
    if len(letters) >= _MIN_SLIP_OF_PLACE:
        for left in _without_one(letters[:40]):
            yield f"slip {left}", SHARE


def _without_one(letters: str) -> Iterable[str]:
    """Return the letters of a name, whole and each left out once: two that differ in one share a string."""
    if len(letters) < _MIN_SLIP:
        return ()
    return {letters, *(letters[:at] + letters[at + 1 :] for at in range(len(letters)) if letters[at] != " ")}
