"""Judging a pair of clusters: names, context, and what forbids a merge."""

from dataclasses import dataclass
from itertools import product

from kg.lexicons import word_set
from kg.matching.match import Feature
from kg.matching.names import MATCH, MERGE, NameMatch, compare_names
from kg.matching.organizations import is_broad_kind, is_plain, is_shared, parse_organization
from kg.matching.persons import is_patronymic
from kg.matching.spelling import words
from kg.model import EntityType
from kg.resolution.article import told_by_articles
from kg.resolution.calibration import probability
from kg.resolution.context import ENOUGH, conflict, shared_context, telling_acronyms
from kg.resolution.records import Cluster

__all__ = ["PairJudgement", "best_names", "incompatible", "judge"]

_MAX_NAMES = 12  # names of a cluster that are compared with another's
_DOUBT = 1  # of what articles that name both tell against one
_SLIP = 0.6  # below, context does not help: spouses and siblings share it too
_BY_RULE = -0.05  # effect of a spelling that a rule of transliteration explains; vowels alone say less
_CONTEXT_WEIGHT = 0.2
_SHORT_SLIP = -0.25  # effect of a slip in a word of seven letters or less, where another name is as likely
_LONG_ACRONYM = 4  # letters that fit few names by chance
_NONE, _PLACE, _COMPANY = 0.0, 0.1, 0.25  # context: a place of both articles, somebody in both
_SAME_KIND = 0.2  # context that an acronym and a full name have where both are newspapers, or parties


@dataclass(frozen=True, slots=True, kw_only=True)
class PairJudgement:
    """Whether two clusters are one.

    ``merge`` says to merge without asking, ``ask`` that it is worth a question else; ``context`` is what speaks for it
    besides names. ``score`` is a probability; ``strength`` the hand-set weights together, which order merges.
    ``together`` is true where an article names both.
    """

    score: float
    strength: float
    merge: bool
    ask: bool
    context: float
    explanation: str
    together: bool = False


def judge(a: Cluster, b: Cluster) -> PairJudgement | None:
    """Judge two clusters of one type; None where they are surely two."""
    names = best_names(a, b)
    telling = told_by_articles(a, b)
    if names.score < MATCH or _unlike(a, b) or (telling and telling.against > _DOUBT):
        return None
    context, reason = shared_context(a, b)
    if telling and a.type is EntityType.PERSON:
        return PairJudgement(
            score=probability(a.type, names, context=context),
            strength=names.score,
            merge=telling.against < _DOUBT,
            ask=True,
            context=context,
            explanation="; ".join(t for t in (names.explanation, telling.why) if t),
            together=True,
        )
    if _by_first_letters(names) and _is_spelt_out(a, b):
        return None
    if _by_letters_alone(a, b):
        kinds = _kinds(a) & _kinds(b)
        if not kinds and _kinds(a) and _kinds(b):
            return None
        if kinds:
            context, reason = min(1.0, context + _SAME_KIND), f"{reason}; both are {min(kinds)}"
    merge, ask = _needed(names, a, b)
    if _have_other_posts(a, b):
        merge, ask = max(merge, _PLACE), min(ask, _NONE)  # other posts, and nothing else in common
    return PairJudgement(
        score=probability(a.type, names, context=context),
        strength=round(names.score * (1 - _CONTEXT_WEIGHT) + context * _CONTEXT_WEIGHT, 4),
        merge=(names.score >= MERGE and context >= merge) or (names.score >= _SLIP and context >= ENOUGH),
        ask=context >= ask,
        context=context,
        explanation="; ".join(t for t in (names.explanation, reason) if t),
    )


def _needed(names: NameMatch, a: Cluster, b: Cluster) -> tuple[float, float]:
    """Return the context from which two of such names may be merged, and from which a person is asked about them.

    What no rule of spelling explains needs some: in a large corpus other names come as near by chance.
    """
    reasons = {f.name for f in names.features if f.effect < 0}
    if a.type is EntityType.ORGANIZATION and reasons & {"spelling", "slip", "swap"} and _is_word(a, b):
        return ENOUGH, _COMPANY  # "Wagner", "Warner"
    if "acronym" in reasons:
        long = max((len(letters) for c in (a, b) for letters in telling_acronyms(c)), default=0) >= _LONG_ACRONYM
        return _PLACE if long else _COMPANY, _PLACE if names.score >= MERGE else _COMPANY
    if reasons & {"only one ends with", "incomplete"}:
        return _COMPANY, _PLACE
    if any(f.name == "slip" and f.effect < _SHORT_SLIP for f in names.features):
        return _PLACE, _PLACE
    if a.type is EntityType.PERSON and any(_is_loose(f) for f in names.features):
        return _PLACE, _NONE
    if "slip" in reasons or ("swap" in reasons and len(reasons) > 1):
        return _PLACE, _NONE
    if any(f.name == "spelling" and f.effect < _BY_RULE for f in names.features):
        return _PLACE, _COMPANY if is_shared(a.name) else _NONE
    return _NONE, _COMPANY if a.type is EntityType.ORGANIZATION and is_shared(a.name) else _NONE


def _is_loose(feature: Feature) -> bool:
    """Whether many have such names: a short form of the given name, a middle name that only one tells."""
    return feature.name == "short form" or (
        feature.name == "only one has" and len(feature.detail) > 1 and not is_patronymic(feature.detail)
    )


def _is_word(a: Cluster, b: Cluster) -> bool:
    """Whether the name of one is a single word."""
    return any(len(parse_organization(name).words) < 2 for cluster in (a, b) for name in cluster.names)


def _by_first_letters(names: NameMatch) -> bool:
    """Whether an acronym fits the other name, as it may fit more."""
    return any(f.name == "acronym" for f in names.features)


def _by_letters_alone(a: Cluster, b: Cluster) -> bool:
    """Whether two organizations have no names in common but acronyms: "AFP" is an agency here and a police there."""
    if a.type is not EntityType.ORGANIZATION:
        return False
    one, two = ([n for n in c.full_names[:_MAX_NAMES] if not parse_organization(n).acronym] for c in (a, b))
    return not any(compare_names(x, y, type=a.type).score >= MATCH for x, y in product(one, two))


def _is_spelt_out(a: Cluster, b: Cluster) -> bool:
    """Whether a document says what the acronym of one stands for: another name with these letters is no news then."""
    long = [{n for n in c.aliases() if not parse_organization(n).acronym} for c in (a, b)]
    return all(long)


def _kinds(cluster: Cluster) -> frozenset[str]:
    return frozenset(kind for kind in cluster.kinds if not is_broad_kind(kind))


def best_names(a: Cluster, b: Cluster) -> NameMatch:
    """Return the best match between the names of two clusters; for organizations short forms count too."""
    matches = (compare_names(x, y, type=a.type) for x, y in product(_names(a), _names(b)))
    return max(matches, key=lambda m: (m.score, m.explanation))


def _names(cluster: Cluster) -> tuple[str, ...]:
    names = cluster.full_names
    if cluster.type is EntityType.ORGANIZATION:
        short = sorted({n for n in cluster.aliases() if n not in cluster.names and parse_organization(n).acronym})
        names = (*names, *short)
    return names[:_MAX_NAMES]


def incompatible(a: Cluster, b: Cluster) -> str | None:
    """Return what forbids that two clusters become one, or None: so that no chain of likenesses joins unlike names."""
    telling = told_by_articles(a, b)
    return _unlike(a, b) or (telling.why if telling and telling.against else None)


def _unlike(a: Cluster, b: Cluster) -> str | None:
    """Return what makes two clusters two wherever they are named, or None."""
    found = conflict(a, b)
    if found:
        return found
    letters = telling_acronyms(a) & telling_acronyms(b)
    for x, y in product(a.full_names[:_MAX_NAMES], b.full_names[:_MAX_NAMES]):
        if letters and _share_a_word(x, y):
            continue
        match = compare_names(x, y, type=a.type)
        if match.score < MATCH and not match.partial and not _is_short(a, x) and not _is_short(b, y):
            return f"{x} is not {y}"
    return None


def _have_other_posts(a: Cluster, b: Cluster) -> bool:
    """Whether articles tell of posts of both persons, and no two of the posts may be one."""
    if a.type is not EntityType.PERSON:
        return False
    one, two = (
        {frozenset(words(title)) - word_set("title_words", "small") for m in c.members for title, _ in m.roles}
        for c in (a, b)
    )
    return bool(one and two) and not any(x <= y or y <= x for x in one for y in two)


def _share_a_word(a: str, b: str) -> bool:
    """Whether two names share a word that says something: "Christian Democrats", "Christian Democratic Union"."""
    one, two = ({w for w in parse_organization(n).words if not is_plain(w)} for n in (a, b))
    return not one.isdisjoint(two)


def _is_short(cluster: Cluster, name: str) -> bool:
    return cluster.type is EntityType.ORGANIZATION and parse_organization(name).acronym is not None
