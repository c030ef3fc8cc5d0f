"""What a rule finds, before factuality, time, place and evidence are read off the sentence."""

from dataclasses import dataclass

from spacy.tokens import Span, Token

from kg.extraction.discourse import TokenMention
from kg.model import PREDICATES, Predicate, RoleStatus

__all__ = ["Candidate"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A relation between two mentions and the word that says it.

    Attributes:
        trigger: the verb or noun whose clause decides whether it is asserted, when and where.
        rule: name of the rule, for the evidence ("rule:frame:meet").
        literal: the date mention's span, for predicates whose object is a date.
        title: span of the role's title; ``title_text`` overrides its wording ("head" for "heads").
        factual: False keeps the clause from being read (an apposition holds whatever its sentence's verb does).
        dated: whether a date and place of the clause belong to the relation.
        reading: what the word itself makes of it where its clause is a fact: "planned" ("invitation"), "possible"
            ("accuse"), "negated" ("acquit").
        offence: what somebody is charged with, convicted of, held or sued for, as worded.
        deed: the whole phrase of the offence, whose dates and places are not those of the charge.
    """

    subject: TokenMention
    predicate: str
    object: TokenMention | None
    trigger: Token
    rule: str
    literal: str | None = None
    literal_span: Span | None = None
    title: Span | None = None
    title_text: str | None = None
    status: RoleStatus | None = None
    start: str | None = None
    end: str | None = None
    factual: bool = True
    dated: bool = False
    reading: str | None = None
    offence: str | None = None
    deed: Span | None = None
    confidence: float = 0.8

    @property
    def relation(self) -> Predicate:
        """What its predicate is."""
        return PREDICATES[self.predicate]
