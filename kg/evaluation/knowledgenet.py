"""KnowledgeNet by its Text F1: a fact counts for every pair of mentions of its two entities in the passage."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from kg.evaluation.rates import Rates, Table, from_counts
from kg.evaluation.views import View, ViewFact
from kg.model import PREDICATES, Document, EntityType, Span

__all__ = ["PROPERTIES", "documents", "facts_of", "score"]

# predicate -> properties it is counted as, and whether subject and object change places
PROPERTIES: dict[str, tuple[tuple[str, bool], ...]] = {
    "memberOf": (("EMPLOYEE_OR_MEMBER_OF", False),),
    "politicalAffiliation": (("POLITICAL_AFFILIATION", False),),
    "educatedAt": (("EDUCATED_AT", False),),
    "spouseOf": (("SPOUSE", False), ("SPOUSE", True)),
    "childOf": (("CHILD_OF", False),),
    "bornIn": (("PLACE_OF_BIRTH", False),),
    "livesIn": (("PLACE_OF_RESIDENCE", False),),
    "citizenOf": (("NATIONALITY", False),),
    "bornOn": (("DATE_OF_BIRTH", False),),
    "diedOn": (("DATE_OF_DEATH", False),),
    "founded": (("FOUNDED_BY", True),),
    "foundedOn": (("DATE_FOUNDED", False),),
    "basedIn": (("HEADQUARTERS", False),),
    "partOf": (("SUBSIDIARY_OF", False),),
}
_CHIEF = ("chief executive", "ceo")


class SpanFact(NamedTuple):
    """A property between two spans of a passage."""

    property: str
    subject: Span
    object: Span


def _id(document: Mapping[str, Any], passage: Mapping[str, Any]) -> str:
    return f"{document['id']}:{passage['start']}:{passage['end']}"


def documents(gold: Iterable[Mapping[str, Any]]) -> list[Document]:
    """Return every passage as a document of its own."""
    return [Document(id=_id(d, p), text=p["text"]) for d in gold for p in d["passages"]]


def facts_of(view: View) -> set[SpanFact]:
    """Return a passage's facts between spans of its text."""
    found: set[SpanFact] = set()
    for fact in view.facts:
        subjects = {s for s, _ in fact.spans} | _mentions(view, fact.subject)
        objects = {o for _, o in fact.spans if o} | _mentions(view, fact.object)
        for name, swapped in _properties(fact, view):
            found |= {SpanFact(name, *((b, a) if swapped else (a, b))) for a in subjects for b in objects}
    return found


def _mentions(view: View, entity: str | None) -> set[Span]:
    return {(m.start, m.end) for m in view.entities[entity].mentions} if entity in view.entities else set()


def _properties(fact: ViewFact, view: View) -> tuple[tuple[str, bool], ...]:
    if not PREDICATES[fact.predicate].titled:
        return PROPERTIES.get(fact.predicate, ())
    target = view.entities.get(fact.object or "")
    if target is None or target.type is not EntityType.ORGANIZATION:
        return ()
    member = ("EMPLOYEE_OR_MEMBER_OF", False)
    return (member, ("CEO", True)) if any(w in (fact.title or "").lower() for w in _CHIEF) else (member,)


def score(gold: Iterable[Mapping[str, Any]], views: Mapping[str, View]) -> Table:
    """Compare with the gold documents: only the properties annotated for a passage count."""
    counts: dict[str, Counter[str]] = {}
    for document in gold:
        for passage in document["passages"]:
            shift: int = passage["start"]
            view = views.get(_id(document, passage), View())
            guesses = {f for f in facts_of(view) if f.property in passage["properties"]}
            facts = {
                SpanFact(
                    f["property"],
                    (f["subject"][0] - shift, f["subject"][1] - shift),
                    (f["object"][0] - shift, f["object"][1] - shift),
                )
                for f in passage["facts"]
            }
            for fact in facts:
                found = any(_match(fact, guess) for guess in guesses)
                counts.setdefault(fact.property, Counter())["tp" if found else "fn"] += 1
            for guess in guesses:
                if not any(_match(fact, guess) for fact in facts):
                    counts.setdefault(guess.property, Counter())["fp"] += 1
    rows: dict[str, Rates] = {name: from_counts(counts[name]) for name in sorted(counts)}
    rows["ALL"] = from_counts(sum(counts.values(), Counter()))
    return Table(title="facts, by overlap of spans", rows=rows)


def _match(a: SpanFact, b: SpanFact) -> bool:
    return a.property == b.property and _overlap(a.subject, b.subject) and _overlap(a.object, b.object)


def _overlap(a: Span, b: Span) -> bool:
    return a[0] < b[1] and b[0] < a[1]
