"""From local entities to clusters: equal names first, then likely ones, then surnames that stand alone.

No step chains: clusters merge, the surest pair first, only if nothing in the one contradicts anything in the other. All
steps go through sorted sequences, so the order of the input does not matter.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from kg.disjoint import Disjoint
from kg.matching.organizations import is_shared, parse_organization
from kg.matching.persons import is_any_given, is_given, parse_person
from kg.matching.spelling import is_variant, skeleton
from kg.model import EntityType
from kg.resolution.blocking import candidate_pairs
from kg.resolution.calibration import probability
from kg.resolution.constraints import Constraints
from kg.resolution.context import (
    ENOUGH,
    conflict,
    facts_differ,
    genders_differ,
    have_same_post,
    is_single,
    shared_context,
)
from kg.resolution.pairs import PairJudgement, best_names, incompatible, judge
from kg.resolution.records import Cluster, Local, LocalId

__all__ = ["Clustering", "cluster_locals"]

_MAX_RIVALS = 8  # bearers of a surname that are shown as doubtful
_EVEN = 0.5  # score of namesakes with other posts: nothing was counted that tells how likely they are one
_CLEAR_LEAD = 0.1  # of strength over a rival's: the better one is meant
_COMPANY = 0.25  # context: somebody whom both articles name
_SAME_STORY = 1.0  # context: as much in common as articles on one story have
_MAX_SINGLES = 200  # documents with one surname alone that are compared pairwise


@dataclass(slots=True)
class Clustering:
    """The clusters, and the pairs that were left open: (a member of the one, of the other) -> score, explanation."""

    clusters: list[Cluster]
    open: dict[tuple[LocalId, LocalId], tuple[float, str]] = field(default_factory=dict)

    def leave_open(self, a: Cluster, b: Cluster, score: float, explanation: str) -> None:
        """Note a pair that a person should look at."""
        first, second = sorted((a.first, b.first))
        self.open[first, second] = max(self.open.get((first, second), (0.0, "")), (round(score, 4), explanation))


def cluster_locals(found: Iterable[Local], constraints: Constraints) -> Clustering:
    """Gather local entities into clusters; the user's word keeps clusters apart here, but joins none."""
    result = Clustering([])
    groups: dict[str, list[Local]] = defaultdict(list)
    for local in sorted(found, key=lambda m: m.id):
        groups[local.key].append(local)
    for key in sorted(groups):
        result.clusters.extend(_split_homonyms(groups[key], constraints, result))
    singles = [c for c in result.clusters if _is_single_cluster(c)]
    full = [c for c in result.clusters if not _is_single_cluster(c)]
    full = _attach_short_names(_merge_likely(full, constraints, result), constraints)
    result.clusters = _attach_singles(singles, full, constraints, result)
    result.clusters.sort(key=lambda c: c.first)
    return result


def _is_single_cluster(cluster: Cluster) -> bool:
    return cluster.type is EntityType.PERSON and all(is_single(n) for n in cluster.names)


def _split_homonyms(group: Sequence[Local], constraints: Constraints, result: Clustering) -> list[Cluster]:
    """Gather local entities of one name, apart from those that must be others of that name."""
    clusters: list[Cluster] = []
    alone = group[0].entity.type is EntityType.PERSON and is_single(group[0].entity.name)
    for local in group:
        new = Cluster(local.entity.type, [local])
        for cluster in clusters:
            if constraints.forbid(cluster, new):
                continue
            if alone and local.document not in cluster.documents:
                continue
            reason = facts_differ(cluster, new) or _are_strangers(cluster, new)
            if genders_differ(cluster, new) and shared_context(cluster, new)[0] < ENOUGH:
                reason = genders_differ(cluster, new)  # else a pronoun was misread: not two of one name in one company
            if not reason:
                cluster.members.append(local)
                break
            result.leave_open(cluster, new, _EVEN, f"equal names, but {reason}")
        else:
            clusters.append(new)
    return clusters


def _are_strangers(a: Cluster, b: Cluster) -> str | None:
    """Whether two persons of one name have posts, and neither those nor anyone or any place around them in common."""
    if a.type is not EntityType.PERSON or not a.documents.isdisjoint(b.documents):
        return None
    if not any(m.roles for m in a.members) or not any(m.roles for m in b.members):
        return None
    return "with posts that have nothing in common" if shared_context(a, b)[0] == 0 else None


def _merge_likely(clusters: list[Cluster], constraints: Constraints, result: Clustering) -> list[Cluster]:
    """Merge clusters of unequal but matching names, the surest first."""
    clusters = sorted(clusters, key=lambda c: (c.type, c.first))
    edges: dict[tuple[int, int], PairJudgement] = {}
    left: dict[tuple[int, int], tuple[float, str]] = {}
    for i, j in candidate_pairs(clusters):
        a, b = clusters[i], clusters[j]
        judged = None if constraints.forbid(a, b) or a.members[0].key == b.members[0].key else judge(a, b)
        if judged and judged.merge:
            edges[i, j] = judged
        elif judged and judged.ask:
            left[i, j] = judged.score, judged.explanation
    for pair in _ambiguous(edges, clusters):
        judged = edges.pop(pair)
        left[pair] = judged.score, f"{judged.explanation}; fits others too"
    same = Disjoint[int]()
    for (i, j), _ in sorted(edges.items(), key=lambda e: (not e[1].together, -e[1].strength, e[0])):
        one, two = clusters[same.of(i)], clusters[same.of(j)]
        if one is two:
            continue
        if constraints.forbid(one, two) or incompatible(one, two):
            continue
        one.members.extend(two.members)
        same.join(i, j)
    for (i, j), reason in left.items():  # who has become part of another since may surely be none of the two
        one, two = clusters[same.of(i)], clusters[same.of(j)]
        if one is not two and judge(one, two):
            result.leave_open(one, two, *reason)
    return [c for at, c in enumerate(clusters) if same.of(at) == at]


def _ambiguous(edges: Mapping[tuple[int, int], PairJudgement], clusters: Sequence[Cluster]) -> list[tuple[int, int]]:
    """Return the edges without context of a cluster that fits another one about as well, and the two are not one.

    Names of one article compete with one another alone.
    """
    near: dict[int, set[int]] = defaultdict(set)
    for i, j in edges:
        near[i].add(j)
        near[j].add(i)

    def is_torn(at: int, other: int, judged: PairJudgement) -> bool:
        rivals = ((rival, edges[min(at, rival), max(at, rival)]) for rival in sorted(near[at] - {other})[:_MAX_RIVALS])
        return any(
            (rivalry.together or not judged.together)
            and rivalry.strength >= judged.strength - _CLEAR_LEAD
            and incompatible(clusters[other], clusters[rival])
            for rival, rivalry in rivals
        )

    return [
        (i, j)
        for (i, j), judged in edges.items()
        if (judged.together or judged.context < ENOUGH) and (is_torn(i, j, judged) or is_torn(j, i, judged))
    ]


def _attach_short_names(clusters: list[Cluster], constraints: Constraints) -> list[Cluster]:
    """Give an organization's short name to the one full name that articles on the same story shorten to it.

    Only where no other full name of the corpus is called so, and no kind speaks against it: "Wanderers" of a match.
    """
    shortened: dict[frozenset[str], list[Cluster]] = defaultdict(list)
    for cluster in clusters:
        if cluster.type is EntityType.ORGANIZATION:
            full = [frozenset(parse_organization(n).words) for n in cluster.names]
            for words in {frozenset(parse_organization(n).words) for n in cluster.aliases()}:
                if any(words < f for f in full) and words not in full:
                    shortened[words].append(cluster)
    grown: list[tuple[Cluster, Cluster]] = []
    for short in clusters:
        if short.type is EntityType.ORGANIZATION and len(short.names) == 1 and not is_shared(short.name):
            fitting = shortened.get(frozenset(parse_organization(short.name).words), [])
            if len(fitting) == 1 and _tell_one_story(fitting[0], short):
                grown.append((fitting[0], short))
    shorts, gone = {id(short) for _, short in grown}, set[int]()
    for cluster, short in grown:
        chained = id(cluster) in shorts  # what is short for something itself takes in nothing
        if not (chained or constraints.forbid(cluster, short) or conflict(cluster, short)):
            cluster.members.extend(short.members)
            gone.add(id(short))
    return [c for c in clusters if id(c) not in gone]


def _tell_one_story(a: Cluster, b: Cluster) -> bool:
    """Whether two organizations stand in much the same company, each in articles of its own, and may be of one kind."""
    kinds = not a.kinds or not b.kinds or not a.kinds.isdisjoint(b.kinds)
    apart = a.documents.isdisjoint(b.documents)
    return kinds and apart and not conflict(a, b) and shared_context(a, b)[0] >= _SAME_STORY


def _attach_singles(
    singles: Sequence[Cluster], full: list[Cluster], constraints: Constraints, result: Clustering
) -> list[Cluster]:
    """Give a surname that stands alone to the one full name of the corpus that has it, if context agrees."""
    bearers: dict[str, list[int]] = defaultdict(list)
    for at, cluster in enumerate(full):
        if cluster.type is EntityType.PERSON:
            for key in sorted({skeleton(w) for n in cluster.names for w in parse_person(n).full}):
                bearers[key].append(at)
    left: list[Cluster] = []
    grown: list[tuple[Cluster, Cluster]] = []
    for single in sorted(singles, key=lambda c: c.first):
        fitting = [full[at] for key in _single_keys(single) for at in bearers[key] if _bears(full[at], single)]
        rivals = len(fitting)
        missed = [c for c in fitting if _is_missed_by_coreference(c, single) and not conflict(c, single)]
        if rivals == 1 and missed and not constraints.forbid(missed[0], single):
            grown.append((missed[0], single))
            continue
        fitting = fitting[:_MAX_RIVALS]
        fitting = [c for c in fitting if not conflict(c, single) and c.documents.isdisjoint(single.documents)]
        judged = [(*shared_context(c, single), c) for c in fitting if not constraints.forbid(c, single)]
        if rivals > 1 and len(same := [c for *_, c in judged if have_same_post(c, single)]) == 1:
            grown.append((same[0], single))
            continue
        if rivals == 1 and judged and (judged[0][0] >= ENOUGH or _is_led(judged[0][2], single)):
            grown.append((judged[0][2], single))
            continue
        left.append(single)
        for context, reason, cluster in judged:
            if context >= _COMPANY or (context > 0 and rivals == 1 and not _is_given_alone(single, is_given)):
                score = probability(cluster.type, best_names(cluster, single), context=context)
                result.leave_open(cluster, single, score, f"{single.name} alone; {reason}")
    for cluster, single in grown:  # only now, so that one document's surname does not bring in the next
        if constraints.forbid(cluster, single) or conflict(cluster, single):
            left.append(single)
        else:
            cluster.members.extend(single.members)
    return [*full, *_merge_singles(left, constraints)]


def _is_missed_by_coreference(cluster: Cluster, single: Cluster) -> bool:
    """Whether a document spells a full name and the surname so that only sound joins them ("al-Muhandis", "Muhandis").

    Where the spellings are equal, the document's reading has kept the two apart on purpose.
    """
    words = {w.casefold() for n in single.names for w in n.split()}
    here = [m.entity for m in cluster.members if m.document in single.documents]
    return bool(here) and all(words.isdisjoint(n.casefold().split()) for e in here for n in (e.name, *e.aliases))


def _is_led(cluster: Cluster, single: Cluster) -> bool:
    """Whether an article with a surname alone names the state that the full name leads: readers know whom it means."""
    led = {state for m in cluster.members for state in m.leads}
    return not _is_given_alone(single, is_any_given) and any(not m.places.isdisjoint(led) for m in single.members)


def _is_given_alone(single: Cluster, is_given_name: Callable[[str], bool]) -> bool:
    return any(is_given_name(w) for n in single.names for w in parse_person(n).words)


def _single_keys(single: Cluster) -> list[str]:
    return sorted({skeleton(w) for n in single.names for w in parse_person(n).words})


def _bears(cluster: Cluster, single: Cluster) -> bool:
    """Whether a name alone is one of a full name: a family name in any spelling, a rare first one as it is."""
    alone = {w for n in single.names for w in parse_person(n).words}
    full = [parse_person(n).full for n in cluster.names]
    return any(
        (x in words[:1] and not is_any_given(x)) or any(is_variant(w, x) for w in words[1:])
        for words in full
        for x in alone
    )


def _merge_singles(singles: Sequence[Cluster], constraints: Constraints) -> list[Cluster]:
    """Merge equal surnames of several documents where context is shared."""
    groups: dict[str, list[Cluster]] = defaultdict(list)
    for single in sorted(singles, key=lambda c: c.first):
        groups[single.members[0].key].append(single)
    merged: list[Cluster] = []
    for key in sorted(groups):
        kept: list[Cluster] = []
        for single in groups[key]:
            for cluster in kept[:_MAX_SINGLES]:
                if (
                    not conflict(cluster, single)
                    and not constraints.forbid(cluster, single)
                    and cluster.documents.isdisjoint(single.documents)
                    and shared_context(cluster, single)[0] >= ENOUGH
                ):
                    cluster.members.extend(single.members)
                    break
            else:
                kept.append(single)
        merged.extend(kept)
    return merged
