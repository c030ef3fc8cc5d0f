"""What one article tells of two things whose names are alike: it may speak of both, or spell one in two ways."""

from dataclasses import dataclass
from itertools import islice, product

from kg.matching import MERGE, compare_names
from kg.model import EntityType
from kg.resolution.records import Cluster, Local

__all__ = ["Telling", "told_by_articles"]

_MOST = 200  # pairs of local entities that are looked at


@dataclass(frozen=True, slots=True, order=True)
class Telling:
    """Whether articles that name both take them for one: ``against`` is 0 for one, 1 in doubt, 2 for two; and why."""

    against: int
    why: str


def told_by_articles(a: Cluster, b: Cluster) -> Telling | None:
    """Return what the articles that name both tell of them, the strongest against; None where none names both."""
    shared = a.documents & b.documents
    if not shared:
        return None
    ones, others = ([m for m in cluster.members if m.document in shared] for cluster in (a, b))
    pairs = ((one, other) for one, other in product(ones, others) if one.document == other.document)
    return max((_telling(one, other) for one, other in islice(pairs, _MOST)), key=lambda t: (t.against, t.why))


def _telling(one: Local, other: Local) -> Telling:
    where, kind = one.document, one.entity.type
    if tie := one.ties.get(other.index) or other.ties.get(one.index):
        return Telling(2, f"{where} tells of both: {tie}")
    match = compare_names(one.name, other.name, type=kind)
    if kind is not EntityType.PERSON:
        return Telling(0 if match.score >= MERGE else 2, f"{where} names {one.entity.name} and {other.entity.name}")
    if why := one.apart.get(other.index):
        return Telling(1, f"{where}: {why}")
    if _are_strangers(one, other):
        return Telling(1, f"{where} tells of posts that have nothing in common")
    initials = all(f.name == "initial" for f in match.features if f.effect)
    if match.score < MERGE and not initials and not one.roles & other.roles:
        return Telling(1, f"{where} has both")
    return Telling(0, f"{where} has both")


def _are_strangers(one: Local, other: Local) -> bool:
    """Whether an article gives both posts, and none to both or at one place."""
    if not one.roles or not other.roles:
        return False
    titles, places = ({r[at] for r in one.roles} & {r[at] for r in other.roles} - {""} for at in (0, 1))
    return not titles and not places
