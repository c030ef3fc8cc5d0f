"""Who of many at one table met whom: of more than six, each met the host, and no more is told."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, product

from kg.extraction.discourse import TokenMention
from kg.model import Claim

__all__ = ["at_tables", "pairs_among", "pairs_between"]

_MOST = 6  # so many at one table have all met each other; the rules of annotation have the same cut
_Two = tuple[TokenMention, TokenMention]
_Scene = tuple[str, int, int]  # predicate and sentence


def pairs_among(people: Sequence[TokenMention]) -> Iterator[_Two]:
    """Yield each two of the people at one table; of more than six, each with the first named."""
    return combinations(people, 2) if len(people) <= _MOST else ((people[0], other) for other in people[1:])


def pairs_between(hosts: Sequence[TokenMention], guests: Sequence[TokenMention]) -> Iterator[_Two]:
    """Yield each of the hosts with each of the guests; of more than six, each with the first of the other side."""
    if len(hosts) + len(guests) <= _MOST:
        yield from product(hosts, guests)
    else:
        yield from ((hosts[0], guest) for guest in guests)
        yield from ((host, guests[0]) for host in hosts[1:])


def at_tables(claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """Return the claims without the meetings among the guests of a table of more than six.

    A table is the people whom one sentence brings together; its host is who met most of the others there, the first
    named of several.
    """
    meetings: dict[_Scene, dict[int, dict[int, int]]] = defaultdict(lambda: defaultdict(dict))
    for claim in claims:
        if claim.relation.together and claim.object is not None:
            met, told = meetings[_scene(claim)], claim.evidence
            met[claim.subject][claim.object] = told.subject[0]
            met[claim.object][claim.subject] = (told.object or told.subject)[0]
    apart = {scene: _guests(met) for scene, met in meetings.items()}
    return tuple(c for c in claims if c.object is None or {c.subject, c.object} not in apart.get(_scene(c), ()))


def _scene(claim: Claim) -> _Scene:
    return claim.predicate, claim.evidence.start, claim.evidence.end


def _guests(met: Mapping[int, Mapping[int, int]]) -> set[frozenset[int]]:
    """The pairs of guests of one host, by whom each met and where they are named."""
    found: set[frozenset[int]] = set()
    seated: set[int] = set()
    for host in sorted(met, key=lambda p: (-len(met[p]), min(met[p].values()), p)):
        if host in seated or len(_table(host, met)) <= _MOST:
            continue
        guests = met[host].keys()
        seated |= guests
        found |= {frozenset({a, b}) for a in guests for b in met[a].keys() & guests}
    return found


def _table(someone: int, met: Mapping[int, Mapping[int, int]]) -> set[int]:
    """All whom meetings of one sentence bring together with somebody."""
    found, stack = {someone}, [someone]
    while stack:
        new = met[stack.pop()].keys() - found
        found |= new
        stack += new
    return found
