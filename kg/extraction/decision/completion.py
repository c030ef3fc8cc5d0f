"""When and where: what a claim of the network lacks is read off the clause that joins its two mentions."""

from dataclasses import dataclass, replace
from functools import cached_property

from spacy.tokens import Token

from kg.extraction.discourse import Discourse
from kg.extraction.language.grammar import chain
from kg.extraction.relations.circumstances import date_of, place_of
from kg.extraction.relations.frames import evokes
from kg.extraction.time.dates import DateMention, dates_in
from kg.model import Claim

__all__ = ["Circumstances"]


@dataclass(frozen=True)
class Circumstances:
    """The dates and places of one document's events."""

    discourse: Discourse

    @cached_property
    def _dates(self) -> list[DateMention]:
        return dates_in(self.discourse.doc)

    def completed(self, claim: Claim) -> Claim:
        """Return a claim of the network with the date and the place of its event, any other as it is."""
        if "date" not in claim.relation.tells or claim.evidence.extractor.startswith("rule:"):
            return claim
        trigger = self._trigger(claim)
        if trigger is None:
            return claim
        date, place = claim.date, claim.place
        if date is None:
            date = date_of(trigger, self._dates)
        if place is None and "place" in claim.relation.tells:
            ends = (self.discourse.first(entity) for entity in (claim.subject, claim.object) if entity is not None)
            found = place_of(trigger, self.discourse, exclude=[m for m in ends if m is not None])
            place = found.entity if found is not None else None
        return replace(claim, date=date, place=place)

    def _trigger(self, claim: Claim) -> Token | None:
        """The word that joins the two mentions, their lowest common ancestor; None where a noun below it names one."""
        evidence = claim.evidence
        if evidence.object is None:
            return None
        spans = [
            self.discourse.doc.char_span(*span, alignment_mode="expand") for span in (evidence.subject, evidence.object)
        ]
        if spans[0] is None or spans[1] is None:
            return None
        above, other = list(chain(spans[0].root)), list(chain(spans[1].root))
        joint = next((token for token in other if token in above), None)
        if joint is None:
            return None
        between = (*above[: above.index(joint) + 1], *other[: other.index(joint)])
        return None if any(_names_an_end(token, claim.predicate) for token in between) else joint


def _names_an_end(noun: Token, predicate: str) -> bool:
    """Whether a noun says who one of the two is, so that its clause tells of another event: "her successor died"."""
    only = predicate in evokes(noun, relational=True) - evokes(noun)
    return only and noun.dep_ not in {"attr", "oprd"}
