"""Whose spouse somebody is where a possessive tells it: "his widow, Grace Achebe" is nobody else's."""

from spacy.tokens import Doc, Token

from kg.extraction.discourse import Discourse
from kg.extraction.relations.frames import frames_of_noun
from kg.model import Claim, Span

__all__ = ["is_of_another"]


def is_of_another(discourse: Discourse, claim: Claim) -> bool:
    """Whether a claim marries whom the words beside the name call another's: "his widow, Grace Achebe"."""
    if claim.relation.kin != "marriage":
        return False
    told = claim.evidence
    for span, other in ((told.subject, claim.object), (told.object, claim.subject)):
        owner = _owner(discourse.doc, span) if span is not None else None
        meant = discourse.at(owner) if owner is not None else None
        if meant is not None and meant.entity != other:
            return True
    return False


def _owner(doc: Doc, span: Span) -> Token | None:
    """The possessive pronoun of a noun for a spouse before a name."""
    words = doc.char_span(*span, alignment_mode="expand")
    at = words.start - 1 if words is not None else 0
    at -= at > 0 and doc[at].text == ","
    if at <= 0 or not any(frame.relation.kin == "marriage" for frame in frames_of_noun(doc[at])):
        return None
    return next((t for t in doc[at].children if t.tag_ == "PRP$"), None)
