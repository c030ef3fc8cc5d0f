"""Read what a document speaks of by the network: its names, and whom pronouns and descriptions mean."""

from bisect import bisect
from collections import defaultdict
from collections.abc import Callable, Iterable, Set
from dataclasses import replace
from functools import partial

from spacy.tokens import Doc

from kg.extraction.discourse import Discourse, TokenMention
from kg.extraction.language.bylines import byline_around
from kg.extraction.language.tokens import Name, demonym_at
from kg.extraction.learned.features import MentionCandidate
from kg.extraction.learned.labels import FORMS, Form
from kg.extraction.learned.scores import Scores
from kg.extraction.reference.coreference import resolve_references
from kg.extraction.reference.gender import Genders, gender_of
from kg.extraction.reference.pronouns import pronoun_genders
from kg.extraction.reference.reading import name_mentions, with_entities
from kg.model import EntityType, MentionKind

__all__ = ["read_scored"]

_SURE = 0.9  # of whom a pronoun means; below it the rules of reference, where they tell, are right more often
_POSSIBLE = 0.03  # below it the network excludes what they tell
_AHEAD = 2  # sentences behind a pronoun in which whom it means may first be spoken of
_SURER_THAN_NAMES = 0.99  # of whom a pronoun means, whatever gender a given name tells; a title ("Mr.") gainsays it
_OTHER_GENDER = -0.5  # balance of the signs of a person's gender below which "he" or "she" does not mean them
_TOLD = 0.6  # how likely what only they tell is right
# How often what the network is sure of is right, by form, on the part of open/train that was kept from learning.
_RIGHT = {
    Form(EntityType.PERSON, MentionKind.PRONOUN): 0.9,
    Form(EntityType.ORGANIZATION, MentionKind.PRONOUN): 0.75,
    Form(EntityType.PERSON, MentionKind.NOMINAL): 0.65,
    Form(EntityType.ORGANIZATION, MentionKind.NOMINAL): 0.6,
}


def read_scored(doc: Doc, scores: Scores, *, same: float, nameless: bool = False) -> Discourse:
    """Return the mentions that the network finds and the entities they point to.

    Args:
        same: least probability at which a pronoun or description points to an entity.
        nameless: make entities of what the text never names ("he" throughout) and one of each nationality word: a
            benchmark of pairs of mentions takes the word that tells a nationality, not every word for the country.
    """
    forms = [FORMS[candidate.form] for candidate in scores.candidates]
    named = [i for i, form in enumerate(forms) if form.kind is MentionKind.NAME]
    mentions = name_mentions(doc, [_name(doc, scores.candidates[i], forms[i]) for i in named])
    if nameless:
        mentions = _demonyms_apart(mentions)
    apart = {i for i, c in enumerate(scores.candidates) if byline_around(doc, c.start) is not None}
    same_by_pair = {pair: chance for pair, chance in scores.same().items() if apart.isdisjoint(pair)}
    chains = _Chains(same_by_pair, zip(named, mentions, strict=True))
    genders = gender_of(doc, mentions)
    told = {(m.start, m.kind): replace(m, certainty=_TOLD) for m in resolve_references(doc, mentions, genders)}
    pointing: list[TokenMention] = []
    first, ends = {m.entity: m.start for m in reversed(mentions)}, [sentence.end for sentence in doc.sents]
    for i, (candidate, form) in enumerate(zip(scores.candidates, forms, strict=True)):
        if form.kind in (MentionKind.PRONOUN, MentionKind.NOMINAL):
            pronoun = form.kind is MentionKind.PRONOUN
            gender = pronoun_genders().get(doc[candidate.start].lower_) if pronoun else None
            until = ends[bisect(ends, candidate.start) :][: _AHEAD + 1][-1] if pronoun else len(doc)
            fits = partial(_may_mean, genders, gender, {e for e, start in first.items() if start < until})
            entity, chance = chains.antecedent(i, EntityType(form.type), fits=fits)
            certainty = chance * _RIGHT[form]
            by_rule = told.pop((candidate.start, form.kind), None)  # whom "her" means is not whom "her doctor" does
            if (
                chance < _SURE
                and by_rule
                and by_rule.type == form.type
                and chains.chance(i, by_rule.entity) >= _POSSIBLE
            ):
                entity, chance, certainty = by_rule.entity, by_rule.certainty, by_rule.certainty
            if chance < same:
                if not nameless:
                    continue
                entity, chance, certainty = chains.new(EntityType(form.type)), 1.0, 1.0
            chains.add(i, entity, chance)
            first[entity] = min(candidate.start, first.get(entity, candidate.start))
            pointing.append(_pointer(doc, candidate, form, entity, certainty))
    taken = {i for m in (*mentions, *pointing) for i in range(m.start, m.end)}
    pointing += (m for m in told.values() if taken.isdisjoint(range(m.start, m.end)))
    return with_entities(doc, [*mentions, *pointing], genders)


class _Chains:
    """Entities and the candidates that point to them, each with how likely it does."""

    def __init__(self, same: dict[tuple[int, int], float], named: Iterable[tuple[int, TokenMention]]) -> None:
        self._near: dict[int, list[tuple[int, float]]] = defaultdict(list)
        for (i, j), chance in same.items():
            self._near[i].append((j, chance))
            self._near[j].append((i, chance))
        self._links: dict[int, tuple[int, float]] = {}  # candidate -> entity and how likely
        self._types: dict[int, EntityType] = {}
        for i, mention in named:
            self._links[i] = (mention.entity, 1.0)
            self._types[mention.entity] = mention.type

    def antecedent(self, i: int, kind: EntityType, *, fits: Callable[[int, float], bool]) -> tuple[int, float]:
        """Return the entity that a candidate most likely points to and how likely: a chain is as sure as its links."""
        best = (-1, 0.0)
        for j, chance in self._near[i]:
            entity, sure = self._links.get(j, (-1, 0.0))
            if chance * sure > best[1] and self._types[entity] is kind and fits(entity, chance):
                best = (entity, chance * sure)
        return best

    def chance(self, i: int, entity: int) -> float:
        """Return how likely a candidate points to an entity."""
        links = ((self._links.get(j, (-1, 0.0)), chance) for j, chance in self._near[i])
        return max((chance * sure for (other, sure), chance in links if other == entity), default=0.0)

    def add(self, i: int, entity: int, certainty: float) -> None:
        self._links[i] = (entity, certainty)

    def new(self, kind: EntityType) -> int:
        entity = len(self._types)
        self._types[entity] = kind
        return entity


def _may_mean(genders: Genders, gender: str | None, known: Set[int], entity: int, chance: float) -> bool:
    """Whether a pronoun of a gender may mean an entity, of those ``known`` by then, as the network says by ``chance``.

    Many given names are of one gender here and of the other there ("Andrea", "Sasha").
    """
    if entity not in known:
        return False
    if gender is None or genders.balance(entity, gender) > _OTHER_GENDER:
        return True
    return chance >= _SURER_THAN_NAMES and not genders.is_titled_otherwise(entity, gender)


def _name(doc: Doc, candidate: MentionCandidate, form: Form) -> Name:
    kind = EntityType(form.type)
    people = kind is EntityType.PLACE and demonym_at(doc, candidate.start) == candidate.end - candidate.start
    return Name(candidate.start, candidate.end, kind, demonym=people)


def _pointer(doc: Doc, candidate: MentionCandidate, form: Form, entity: int, certainty: float) -> TokenMention:
    assert form.kind is not None
    return TokenMention(
        start=candidate.start,
        end=candidate.end,
        root=doc[candidate.start : candidate.end].root.i,
        type=EntityType(form.type),
        kind=form.kind,
        entity=entity,
        certainty=certainty,
    )


def _demonyms_apart(mentions: list[TokenMention]) -> list[TokenMention]:
    numbers: dict[object, int] = {}
    return [
        replace(m, entity=numbers.setdefault(n if m.demonym else ("entity", m.entity), len(numbers)))
        for n, m in enumerate(mentions)
    ]
