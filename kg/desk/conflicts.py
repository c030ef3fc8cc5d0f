"""What articles say that cannot all be so, each pair with both statements, ranked by how sure both are.

What one article says and a later one says otherwise is a succession, not a conflict: two hold one post at once only
where the days on which they held it for certain overlap (``kg.terms``).
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product

from kg.finding import fold_name
from kg.geography import country_of, country_of_capital
from kg.lexicons import lexicon
from kg.mapping import content_words, refines
from kg.model import Document, Entity, EntityType, Graph, Modality, Polarity, RoleStatus, Statement
from kg.terms import earliest_day, held_span, latest_day

__all__ = ["KINDS", "Conflict", "find_conflicts"]

KINDS: Mapping[str, str] = {
    "asserted-and-denied": "one article states what another, or another sentence, denies",
    "two-holders": "two people hold a post at once that one person holds",
    "two-dates": "two dates of one birth, death or founding",
    "after-death": "somebody does something, or takes office, after death",
    "dead-before-born": "somebody dies before being born",
    "two-spouses": "somebody is married to two people at once",
    "founder-unborn": "something is founded before its founder is born",
    "two-places": "somebody is in two countries on one day",
}
"""What is looked for, the gravest first."""

_ACTS = (
    *("metWith", "spokeWith", "visited", "appointed", "founded", "acquired", "killed"),
    *("detainedBy", "endorsed"),  # one can be charged, convicted and sued for after death, and pay by a will
)
_ONCE = ("bornOn", "diedOn", "foundedOn")
_ROLE = "https://kg.example/role/"
_WEIGHTS = {kind: 1.0 - 0.05 * number for number, kind in enumerate(KINDS)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """Two statements that cannot both be so.

    ``kind`` is one of ``KINDS``, ``why`` says what clashes in words, ``weight`` in (0, 1] ranks it: how sure the less
    sure of the two is, and how grave the kind.
    """

    kind: str
    why: str
    one: Statement
    other: Statement
    weight: float


def find_conflicts(graph: Graph, *, kinds: Sequence[str] | None = None) -> tuple[Conflict, ...]:
    """Return the conflicts in a graph, the weightiest first.

    Args:
        graph: what articles say.
        kinds: of ``KINDS``; all if None.
    """
    found = _Finder(graph)
    wanted = set(kinds or KINDS)
    unique = {(c.kind, c.one.id, c.other.id): c for kind in KINDS if kind in wanted for c in found.by_kind(kind)}
    return tuple(sorted(unique.values(), key=lambda c: (-c.weight, c.kind, c.one.id, c.other.id)))


class _Finder:
    def __init__(self, graph: Graph) -> None:
        self._entities: Mapping[str, Entity] = {entity.id: entity for entity in graph.entities}
        self._documents: Mapping[str, Document] = {document.id: document for document in graph.documents}
        self._facts = [s for s in graph.statements if s.asserted]
        self._others = [s for s in graph.statements if not s.asserted]
        self._of: dict[tuple[str, str], list[Statement]] = defaultdict(list)
        for statement in self._facts:
            self._of[statement.predicate, statement.subject].append(statement)
            if statement.predicate in {"spouseOf", "metWith", "spokeWith"} and statement.object:
                self._of[statement.predicate, statement.object].append(statement)
        self._to = {name: [s for s in self._facts if s.predicate == name] for name in ("appointed", "succeeded")}
        self._died = self._deaths()

    def by_kind(self, kind: str) -> Iterator[Conflict]:
        """Yield the conflicts of a kind."""
        finders: Mapping[str, Callable[[], Iterator[tuple[str, Statement, Statement]]]] = {
            "asserted-and-denied": self._denied,
            "two-holders": self._holders,
            "two-dates": self._two_dates,
            "after-death": self._after_death,
            "dead-before-born": self._dead_before_born,
            "two-spouses": self._spouses,
            "founder-unborn": self._founder_unborn,
            "two-places": self._places,
        }
        for why, one, other in finders[kind]():
            first, second = sorted((one, other), key=lambda s: s.id)
            sure = min(one.confidence, other.confidence)
            yield Conflict(kind=kind, why=why, one=first, other=second, weight=round(sure * _WEIGHTS[kind], 3))

    def _name(self, iri: str | None) -> str:
        return self._entities[iri].name if iri is not None and iri in self._entities else str(iri)

    def _deaths(self) -> dict[str, Statement]:
        """Return, by person, the statement that dates the death: the surest, a death before a killing."""
        told: list[tuple[str | None, str | None, Statement]] = [
            (s.subject, s.literal, s) for s in self._facts if s.predicate == "diedOn"
        ]
        told += [(s.object, s.date, s) for s in self._facts if s.predicate == "killed" and s.date]
        deaths: dict[str, Statement] = {}
        for person, date, statement in sorted(told, key=lambda t: (t[2].predicate, -t[2].confidence, t[2].id)):
            if person and date:
                deaths.setdefault(person, statement)
        return deaths

    def _denied(self) -> Iterator[tuple[str, Statement, Statement]]:
        by_ends: dict[tuple[str | None, ...], list[Statement]] = defaultdict(list)
        for fact in self._facts:
            by_ends[fact.subject, fact.predicate, fact.object].append(fact)
        for other in self._others:
            if other.polarity is not Polarity.NEGATED and other.modality is not Modality.DENIED:
                continue
            for fact in by_ends[other.subject, other.predicate, other.object]:
                if self._same_occasion(fact, other):
                    word = "denied" if other.modality is Modality.DENIED else "negated"
                    what = (
                        f"{self._name(fact.subject)} {fact.predicate} {self._name(fact.object) if fact.object else ''}"
                    )
                    yield f"{what.strip()} is asserted and {word}", fact, other

    def _same_occasion(self, one: Statement, other: Statement) -> bool:
        """Whether two statements about the same two may speak of the same thing."""
        if one.literal != other.literal:
            return False
        if one.predicate == "holdsRole":
            a, b = content_words(one.title), content_words(other.title)
            return (not a or not b or a == b) and not self._ended_before(one, other)
        return one.date is None or other.date is None or refines(one.date, other.date) or refines(other.date, one.date)

    def _ended_before(self, fact: Statement, negated: Statement) -> bool:
        """Whether a post was held by earlier articles and is not by later ones: it ended in between."""
        a, b = held_span(fact, self._documents), held_span(negated, self._documents)
        return a.over or bool(a.last_seen and b.first_seen and a.last_seen < b.first_seen)

    def _holders(self) -> Iterator[tuple[str, Statement, Statement]]:
        posts: dict[tuple[str, str], list[Statement]] = defaultdict(list)
        for fact in self._facts:
            if fact.predicate == "holdsRole" and fact.object and fact.role and self._is_single(fact):
                posts[fact.role, fact.object].append(fact)
        for (_, at), facts in posts.items():
            for one, other in combinations(facts, 2):
                if one.subject != other.subject and self._same_post(one, other):
                    overlaps = self._overlaps(one, other)
                    once = len(overlaps) == 1 and overlaps[0][0] == overlaps[0][1]
                    if overlaps and not (once and self._handed_over(one, other, overlaps[0][0])):
                        first, last = overlaps[0]
                        who = f"{self._name(one.subject)} and {self._name(other.subject)}"
                        when = first if first == last else f"{first} to {last}"
                        yield f"{who} both hold the post of {one.title} of {self._name(at)} ({when})", one, other

    def _overlaps(self, one: Statement, other: Statement) -> list[tuple[str, str]]:
        """Return the stretches in which both hold a post for certain; one may have left it and come back."""
        both = product(held_span(one, self._documents).terms(), held_span(other, self._documents).terms())
        shared = ((max(a[0], b[0]), min(a[1], b[1])) for a, b in both)
        return [(first, last) for first, last in shared if first <= last]

    def _handed_over(self, one: Statement, other: Statement, day: str) -> bool:
        """Whether articles tell that the post went from the one to the other: on that day both are named with it."""
        acting = any("acting" in (s.title or "").split() for s in (one, other))
        died = {d.literal or d.date for s in (one, other) if (d := self._died.get(s.subject)) is not None}
        if acting or day in died or RoleStatus.ACTING in {one.status, other.status}:
            return True
        people = {one.subject, other.subject}
        changes = (*self._to["appointed"], *self._to["succeeded"])
        return any(s.object in people and (s.predicate == "appointed" or s.subject in people) for s in changes)

    def _is_single(self, fact: Statement) -> bool:
        """Whether one person holds the post at a time."""
        words = lexicon("single_posts")
        if content_words(fact.title) & set(words["shared"]):
            return False
        at = self._entities.get(fact.object or "")
        if at is None:
            return False
        kinds = ["anywhere"]
        if at.type is EntityType.ORGANIZATION:
            kinds += ["bodies", "towns"]
        else:
            kinds += ["states"] if country_of(at.name) else ["states", "towns"]
        role = (fact.role or "").removeprefix(_ROLE)
        return any(role in words[kind] for kind in kinds)

    @staticmethod
    def _same_post(one: Statement, other: Statement) -> bool:
        """Whether two titles of one concept name one post: not "president of the senate" beside "president"."""
        a, b = content_words(one.title), content_words(other.title)
        return a <= b or b <= a

    def _two_dates(self) -> Iterator[tuple[str, Statement, Statement]]:
        """Yield two dates of one, or of two who are apart though they have one name: for these dates, or no reason."""
        dated: dict[tuple[str, EntityType, str], list[Statement]] = defaultdict(list)
        for fact in self._facts:
            if fact.predicate in _ONCE and (entity := self._entities.get(fact.subject)) is not None:
                dated[fact.predicate, entity.type, fold_name(entity.name)].append(fact)
        for facts in dated.values():
            for one, other in combinations(facts, 2):
                if not refines(one.literal, other.literal) and not refines(other.literal, one.literal):
                    what = f"{self._name(one.subject)} {one.predicate} {one.literal} and {other.literal}"
                    two = "" if one.subject == other.subject else ": two of that name, or one date is wrong"
                    yield f"{what}{two}", one, other

    def _after_death(self) -> Iterator[tuple[str, Statement, Statement]]:
        for person, death in self._died.items():
            died = latest_day(death.literal or death.date)
            for predicate in (*_ACTS, "holdsRole"):
                for act in self._of[predicate, person]:
                    when = act.start if predicate == "holdsRole" else act.date
                    day = earliest_day(when)
                    if day and died and day > died:
                        yield f"{self._name(person)} died {died} and {predicate} on {when}", death, act

    def _dead_before_born(self) -> Iterator[tuple[str, Statement, Statement]]:
        for person, death in self._died.items():
            died = latest_day(death.literal or death.date)
            for birth in self._of["bornOn", person]:
                born = earliest_day(birth.literal)
                if born and died and died < born:
                    yield f"{self._name(person)} died {died} and was born {birth.literal}", death, birth

    def _spouses(self) -> Iterator[tuple[str, Statement, Statement]]:
        people = {subject for name, subject in list(self._of) if name == "spouseOf"}
        for person in sorted(people):
            for one, other in combinations(self._of["spouseOf", person], 2):
                if {one.subject, one.object} == {other.subject, other.object}:
                    continue
                overlap = held_span(one, self._documents).overlap(held_span(other, self._documents))
                if overlap and not self._widowed(person, one, other, overlap[0]):
                    partners = [s.object if s.subject == person else s.subject for s in (one, other)]
                    names = " and ".join(map(self._name, partners))
                    yield f"{self._name(person)} is married to {names} on {overlap[0]}", one, other

    def _widowed(self, person: str, one: Statement, other: Statement, day: str) -> bool:
        """Whether one of the partners is known to have died by then."""
        partners = {s.object if s.subject == person else s.subject for s in (one, other)}
        deaths = (self._died[p] for p in partners if p in self._died)
        return any((latest_day(d.literal or d.date) or "9999") <= day for d in deaths)

    def _founder_unborn(self) -> Iterator[tuple[str, Statement, Statement]]:
        for fact in self._facts:
            if fact.predicate != "founded" or fact.object is None:
                continue
            dated = [fact] if fact.date else self._of["foundedOn", fact.object]
            for birth in self._of["bornOn", fact.subject]:
                for founding in dated:
                    when, born = latest_day(founding.date or founding.literal), earliest_day(birth.literal)
                    if when and born and when < born:
                        what = f"{self._name(fact.subject)}, born {birth.literal}, founded {self._name(fact.object)}"
                        yield f"{what} in {founding.date or founding.literal}", founding, birth

    def _places(self) -> Iterator[tuple[str, Statement, Statement]]:
        there: dict[tuple[str, str], list[tuple[str, str, Statement]]] = defaultdict(list)
        for fact in self._facts:
            place = fact.object if fact.predicate == "visited" else fact.place
            country = self._country(place)
            if (
                fact.predicate in {"metWith", "visited", "detainedBy"}
                and fact.date
                and len(fact.date) == 10
                and country
            ):
                for person in {fact.subject, fact.object or ""} - {place}:
                    if person in self._entities and self._entities[person].type is EntityType.PERSON:
                        there[person, fact.date].append((country, self._name(place), fact))
        for (person, day), found in there.items():
            for (one, here, a), (other, yonder, b) in combinations(found, 2):
                if one != other:
                    yield f"{self._name(person)} is in {here} and in {yonder} on {day}", a, b

    def _country(self, place: str | None) -> str | None:
        if place is None or place not in self._entities:
            return None
        name = self._entities[place].name
        known = country_of(name) or country_of_capital(name)
        return known.name if known else None
