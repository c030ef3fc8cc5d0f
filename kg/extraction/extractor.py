"""The steps in order: read names, find who is who, collect witnesses, decide."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence, Set
from dataclasses import dataclass, replace
from typing import Protocol, runtime_checkable

from spacy.tokens import Doc

from kg.errors import UsageError
from kg.extraction.decision.decide import decide
from kg.extraction.decision.weights import Weights, read_weights
from kg.extraction.discourse import Discourse
from kg.extraction.language.bylines import leaves_byline
from kg.extraction.learned import LearnedExtractor
from kg.extraction.naming.distinct import alike_but_two
from kg.extraction.naming.states import with_states
from kg.extraction.posts.portraits import portrayed
from kg.extraction.reference.reading import read_discourse
from kg.extraction.relations import RuleExtractor
from kg.extraction.relations.framing import those_who_died
from kg.extraction.relations.rosters import Rosters
from kg.extraction.relations.spouses import is_of_another
from kg.extraction.relations.tables import at_tables
from kg.extraction.time.dates import dates_in
from kg.model import IN_OFFICE, Claim, Document, Extraction, LocalEntity, Mention, MentionKind, RoleStatus, Span

__all__ = ["EXTRACTORS", "Extractor", "Extractors", "extract_one", "make_extractors"]


class Extractor(Protocol):
    """Anything that reads claims off a document and its mentions."""

    name: str

    def __call__(self, doc: Doc, discourse: Discourse) -> Iterable[Claim]:
        """Yield claims whose subject, object and place index ``discourse.entities``."""
        ...


@runtime_checkable
class MentionReader(Protocol):
    """An extractor that finds the mentions too, in place of the rules of naming and reference."""

    def read(self, doc: Doc, *, nameless: bool = False) -> Discourse:
        """Return the mentions of a document; ``nameless`` keeps entities that have no name."""
        ...


@dataclass(frozen=True, slots=True)
class Extractors:
    """The extractors of a setting and the weights of what they say; None keeps every claim as it is."""

    members: tuple[Extractor, ...]
    weights: Weights | None = None


EXTRACTORS = {"rules": ("rules",), "model": ("model",), "both": ("rules", "model")}
# value of the setting `extractor` -> names of the extractors it runs


def make_extractors(name: str) -> Extractors:
    """Return the extractors that the setting ``extractor`` names.

    Raises:
        UsageError: there is none of that name.
    """
    if name not in EXTRACTORS:
        raise UsageError(f"no extractor {name!r}: choose one of {', '.join(sorted(EXTRACTORS))}")
    makers: dict[str, Callable[[], Extractor]] = {"rules": RuleExtractor, "model": LearnedExtractor}
    return Extractors(tuple(makers[part]() for part in EXTRACTORS[name]), read_weights(name))


def extract_one(doc: Doc, *, extractors: Extractors, nameless: bool = False) -> Extraction:
    """Return the entities of one analyzed document and what the extractors claim of them.

    A post in a table is told by its row and nothing else.

    With ``nameless``, what the text never names ("he" throughout) is an entity too, with an empty name.
    """
    document: Document = doc.user_data["document"]
    discourse = discourse_of(doc, extractors.members, nameless=nameless)
    rosters = Rosters(discourse)
    told = (claim for extractor in extractors.members for claim in extractor(doc, discourse))
    claims = tuple(claim for claim in told if not _misreads(claim, rosters, discourse))
    if extractors.weights is not None:
        claims = decide(claims, discourse, extractors.weights)
    claims = _buried((*claims, *rosters.claims()), those_who_died(discourse, dates_in(doc)))
    cut = doc.user_data.get("cut", 0)
    return Extraction(
        document=document.id,
        entities=_mentioned(portrayed(discourse), claims),
        claims=at_tables(claims),
        apart=alike_but_two(discourse),
        cut=cut,
    )


def _misreads(claim: Claim, rosters: Rosters, discourse: Discourse) -> bool:
    """Whether a claim goes over the bounds of a cell or a byline, or against a possessive."""
    return rosters.crosses(claim) or leaves_byline(discourse.doc, claim) or is_of_another(discourse, claim)


def _buried(claims: Sequence[Claim], died: Set[int]) -> tuple[Claim, ...]:
    """Return claims in which nobody holds a post after death, wherever the document tells of it."""
    ends = ((c.object, c.subject) for c in claims if c.asserted and c.relation.life == "ends")
    dead = died | {subject if object_ is None else object_ for object_, subject in ends}
    return tuple(
        replace(c, status=RoleStatus.FORMER) if c.subject in dead and c.status in IN_OFFICE else c for c in claims
    )


def _mentioned(entities: Sequence[LocalEntity], claims: Sequence[Claim]) -> tuple[LocalEntity, ...]:
    """Return entities with the words among their mentions that carry a claim of them: "the capital" for a city."""
    carried: dict[int, set[Span]] = defaultdict(set)
    for claim in claims:
        told = claim.evidence
        for index, span in ((claim.subject, told.subject), (claim.object, told.object)):
            if index is not None and span is not None and span != (told.start, told.end):  # that is no word of its own
                carried[index].add(span)
    found = list(entities)
    for i, spans in carried.items():
        known = entities[i].mentions
        new = [s for s in spans if not any(m.start < s[1] and s[0] < m.end for m in known)]
        if new:
            mentions = (*known, *(Mention(start, end, MentionKind.NOMINAL) for start, end in new))
            found[i] = replace(entities[i], mentions=tuple(sorted(mentions)))
    return tuple(found)


def discourse_of(doc: Doc, extractors: Sequence[Extractor], *, nameless: bool = False) -> Discourse:
    """Return what a document speaks of, read by the network where it is among the extractors, else by rules."""
    reader = next((e for e in extractors if isinstance(e, MentionReader)), None)
    return with_states(reader.read(doc, nameless=nameless) if reader is not None else read_discourse(doc))
