"""Complete a discourse by what the network says: names spaCy missed, pronouns and descriptions nobody resolved."""

from dataclasses import replace

from kg.extraction.discourse import Discourse, TokenMention
from kg.extraction.learned.features import KINDS, Candidate
from kg.extraction.learned.labels import ASSERTED, TYPES
from kg.extraction.learned.scores import Scores
from kg.model import EntityType, LocalEntity, Mention, MentionKind

__all__ = ["refine"]

_SAME = ASSERTED["same"]
_POINTERS = frozenset({KINDS.index("pronoun"), KINDS.index("nominal")})
_NEVER = frozenset({KINDS.index("date"), KINDS.index("title")})
_GROUP = KINDS.index("group")
_DOUBT = 0.4  # share of the threshold below which a pronoun's resolution by rules is doubted
_TYPE_OF = {t: TYPES.index(t) for t in EntityType}


class _Draft:
    """A discourse that grows."""

    def __init__(self, discourse: Discourse, scores: Scores) -> None:
        self.doc, self.scores = discourse.doc, scores
        self.entities = list(discourse.entities)
        self.at = {t: m for m in discourse.mentions for t in range(m.start, m.end)}
        self.told = [dict.fromkeys(entity.mentions) for entity in self.entities]
        self.members: list[list[int]] = [[] for _ in self.entities]
        self.entity_of: dict[int, int] = {}
        self.named: set[int] = set()
        for i, candidate in enumerate(scores.candidates):
            mention = next((m for t in range(candidate.start, candidate.end) if (m := discourse.at(t))), None)
            if mention is not None and candidate.kind not in _NEVER:
                self.entity_of[i] = mention.entity
                self.members[mention.entity].append(i)
                if mention.kind is MentionKind.NAME:
                    self.named.add(i)

    def same(self, a: int, b: int) -> float:
        return (self.scores.of(a, b, _SAME) + self.scores.of(b, a, _SAME)) / 2

    def nearest(self, i: int, types: frozenset[EntityType]) -> tuple[float, int]:
        """Return the entity that a candidate most likely points to, and how likely."""
        best = (0.0, -1)
        for j in self.scores.partners(i):
            entity = self.entity_of.get(j)
            if entity is not None and self.entities[entity].type in types:
                best = max(best, (self.same(i, j), entity))
        return best

    def add(self, i: int, entity: int, kind: MentionKind) -> None:
        candidate = self.scores.candidates[i]
        self.entity_of[i] = entity
        self.members[entity].append(i)
        span = self.doc[candidate.start : candidate.end]
        type_ = self.entities[entity].type
        self.told[entity][Mention(span.start_char, span.end_char, kind)] = None
        mention = TokenMention(
            start=candidate.start,
            end=candidate.end,
            root=span.root.i,
            type=type_,
            kind=kind,
            entity=entity,
            demonym=candidate.kind == _GROUP and type_ is EntityType.PLACE,
        )
        self.at.update(dict.fromkeys(range(mention.start, mention.end), mention))

    def correct_types(self, least: float) -> None:
        """Give an entity the type that the network is sure of, over the mean of its names, where the two differ."""
        for entity, members in enumerate(self.members):
            old = self.entities[entity]
            names = [i for i in members if self.scores.candidates[i].kind not in _POINTERS and i in self.named]
            if not names:
                continue
            chances = {t: sum(float(self.scores.types[i][n]) for i in names) / len(names) for t, n in _TYPE_OF.items()}
            best = max(chances, key=lambda t: chances[t])
            if best is not old.type and chances[best] >= least:
                self.entities[entity] = replace(old, type=best, subtype=None, country=None, gender=None)

    def move_pointers(self, same: float, *, everything: bool) -> None:
        """Take pronouns away from an entity the network says they do not point to, to have them resolved anew.

        Without another entity to point to they stay, unless ``everything`` gives them one of their own.
        """
        for i, entity in sorted(self.entity_of.items()):
            others = [j for j in self.members[entity] if j in self.named]
            if self.scores.candidates[i].kind not in _POINTERS or i in self.named or not others:
                continue
            here = max(self.same(i, j) for j in others)
            there, other = self.nearest(i, frozenset(EntityType))
            if here >= _DOUBT * same or ((other in (entity, -1) or there < same) and not everything):
                continue
            self.remove(i, entity)

    def remove(self, i: int, entity: int) -> None:
        candidate = self.scores.candidates[i]
        for mention in {self.at[t] for t in range(candidate.start, candidate.end) if t in self.at}:
            span = self.doc[mention.start : mention.end]
            if mention.entity == entity:
                self.told[entity].pop(Mention(span.start_char, span.end_char, mention.kind), None)
            for t in range(mention.start, mention.end):
                del self.at[t]
        self.members[entity].remove(i)
        del self.entity_of[i]

    def new(self, type_: EntityType, name: str) -> int:
        self.entities.append(LocalEntity(type=type_, name=name))
        self.told.append({})
        self.members.append([])
        return len(self.entities) - 1

    def finish(self) -> Discourse:
        entities = [replace(e, mentions=tuple(sorted(told))) for e, told in zip(self.entities, self.told, strict=True)]
        mentions = sorted(set(self.at.values()), key=lambda m: m.start)
        return Discourse(self.doc, tuple(entities), tuple(replace(m, type=entities[m.entity].type) for m in mentions))


def refine(
    discourse: Discourse,
    scores: Scores,
    *,
    same: float = 0.5,
    least: float = 0.5,
    sure: float = 0.95,
    everything: bool = False,
) -> Discourse:
    """Return the discourse with further mentions, types corrected and pronouns resolved where the network is surer.

    Args:
        scores: read with the discourse's mentions among the candidates.
        same: least score at which a mention joins an entity.
        least: least probability of a type for a name that becomes a mention.
        sure: least probability at which a type of the network replaces that of the discourse.
        everything: make entities of names that others passed over, nameless ones of what only pronouns and
            descriptions point to, and one of each demonym.
    """
    draft = _Draft(_demonyms_apart(discourse) if everything else discourse, scores)
    draft.correct_types(sure)
    draft.move_pointers(same, everything=everything)
    free = [i for i, c in enumerate(scores.candidates) if i not in draft.entity_of and c.kind not in _NEVER]
    for i in free:
        candidate = scores.candidates[i]
        type_ = _type(scores, i, least)
        if candidate.kind in _POINTERS or type_ is None:
            continue
        score, entity = draft.nearest(i, frozenset({type_}))
        if score < same:
            if not everything:
                continue
            entity = draft.new(type_, _text(discourse, candidate))
        draft.add(i, entity, MentionKind.NOMINAL if candidate.kind == _GROUP else MentionKind.NAME)
    pointers = [i for i in free if scores.candidates[i].kind in _POINTERS]
    for i in pointers:
        score, entity = draft.nearest(i, frozenset(EntityType))
        if score >= same:
            draft.add(i, entity, _pointer_kind(scores.candidates[i]))
    if everything:
        for i in pointers:
            type_ = _type(scores, i, least)
            if i in draft.entity_of or type_ is None:
                continue
            score, entity = draft.nearest(i, frozenset(EntityType))
            if score < same:
                entity = draft.new(type_, "")
            draft.add(i, entity, _pointer_kind(scores.candidates[i]))
    return draft.finish()


def _demonyms_apart(discourse: Discourse) -> Discourse:
    """Return the discourse with an entity of its own for each demonym: a benchmark of pairs of mentions takes the word
    that tells a nationality ("a German manager born in Germany"), not every word for the country."""
    demonyms = [m for m in discourse.mentions if m.demonym]
    spans = {(discourse.span(m).start_char, discourse.span(m).end_char): m for m in demonyms}
    entities = [
        replace(entity, mentions=tuple(m for m in entity.mentions if (m.start, m.end) not in spans))
        for entity in discourse.entities
    ]
    moved = {m: len(entities) + n for n, m in enumerate(demonyms)}
    for span, mention in spans.items():
        old = discourse.entities[mention.entity]
        entities.append(replace(old, mentions=tuple(m for m in old.mentions if (m.start, m.end) == span)))
    mentions = tuple(replace(m, entity=moved[m]) if m in moved else m for m in discourse.mentions)
    return Discourse(discourse.doc, tuple(entities), mentions, discourse.nested)


def _type(scores: Scores, i: int, least: float) -> EntityType | None:
    chances = scores.types[i]
    best = max(EntityType, key=lambda t: float(chances[_TYPE_OF[t]]))
    return best if chances[_TYPE_OF[best]] >= least else None


def _pointer_kind(candidate: Candidate) -> MentionKind:
    return MentionKind.PRONOUN if candidate.kind == KINDS.index("pronoun") else MentionKind.NOMINAL


def _text(discourse: Discourse, candidate: Candidate) -> str:
    return " ".join(discourse.doc[candidate.start : candidate.end].text.split())
