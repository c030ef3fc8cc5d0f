"""Who and what is meant: pronouns and descriptions of a document, resolved from left to right."""

from collections.abc import Sequence

from spacy.tokens import Doc, Token

from kg.extraction.discourse import TokenMention
from kg.extraction.language.bylines import byline_around
from kg.extraction.language.grammar import small_words
from kg.extraction.language.places import Layout, clause_of, subject_of
from kg.extraction.reference.descriptions import Descriptions
from kg.extraction.reference.gender import Genders
from kg.extraction.reference.pronouns import Resolver, pronoun_genders
from kg.model import EntityType, MentionKind

__all__ = ["resolve_references"]


def resolve_references(doc: Doc, names: Sequence[TokenMention], genders: Genders) -> list[TokenMention]:
    """Return the pronouns and descriptions that point to an entity named in the text; ``genders`` learns from them.

    Who is named in a byline only is meant by none.
    """
    layout = Layout(doc)
    resolver = Resolver(doc, layout, genders)
    telling = [m for m in names if byline_around(doc, m.start) is None]
    resolver.expect(m for m in telling if m.kind is MentionKind.NAME)
    descriptions = Descriptions(doc, telling, layout.sentence)
    by_start = {m.start: m for m in names}
    at = {i: m for m in names for i in range(m.start, m.end)}
    found: list[TokenMention] = []
    for token in doc:
        mention = by_start.get(token.i)
        if mention is None and token.i not in at:
            mention = _resolved(token, resolver, at) or descriptions.resolve(token)
            if mention is not None:
                found.append(mention)
                at.update(dict.fromkeys(range(mention.start, mention.end), mention))
        if mention is not None and byline_around(doc, token.i) is None:
            resolver.add(mention)
            descriptions.add(mention)
        elif token.i not in at:
            resolver.pass_over(token)
    return found + _first_person(doc, layout, at)


def _resolved(token: Token, resolver: Resolver, at: dict[int, TokenMention]) -> TokenMention | None:
    word = token.lower_
    if word in pronoun_genders() and token.tag_ in {"PRP", "PRP$"}:
        return resolver.resolve(token)
    if word in small_words("relatives") and token.tag_ in {"WP", "WP$"}:
        return _pointing(token, _relative(token, at))
    if word in small_words("neuter"):
        return _pointing(token, _neuter(token, at))
    return None


def _pointing(token: Token, antecedent: TokenMention | None) -> TokenMention | None:
    if antecedent is None:
        return None
    return TokenMention(
        start=token.i,
        end=token.i + 1,
        root=token.i,
        type=antecedent.type,
        kind=MentionKind.PRONOUN,
        entity=antecedent.entity,
    )


def _relative(token: Token, at: dict[int, TokenMention]) -> TokenMention | None:
    """The person that a relative clause describes."""
    clause = clause_of(token)
    head = clause.head if clause.dep_ == "relcl" else None
    mention = at.get(head.i) if head is not None else None
    if mention is None:
        i = token.i - 1
        while i > 0 and token.doc[i].text in {",", "-", "–", "—"}:
            i -= 1
        mention = at.get(i)
    return mention if mention is not None and mention.type is EntityType.PERSON else None


def _neuter(token: Token, at: dict[int, TokenMention]) -> TokenMention | None:
    """The body or state that is the subject of the pronoun's clause or of the one above it."""
    clause = clause_of(token)
    subjects = []
    if token.dep_ == "poss":
        subjects.append(subject_of(clause))
    if clause.dep_ in {"ccomp", "advcl", "conj", "xcomp"}:
        subjects.append(subject_of(clause_of(clause.head)))
    for subject in subjects:
        if subject is None or subject == token:
            continue
        mention = at.get(subject.i)
        return (
            mention if mention is not None and mention.type is not EntityType.PERSON and subject.i < token.i else None
        )
    return None


def _first_person(doc: Doc, layout: Layout, at: dict[int, TokenMention]) -> list[TokenMention]:
    """ "I" inside quotation marks is who speaks."""
    found = []
    for quote in layout.quotes:
        words = [
            t for t in doc[quote[0] : quote[1]] if t.lower_ in small_words("first_person") and t.tag_ in {"PRP", "PRP$"}
        ]
        subject = layout.speaker_of(quote) if words else None
        speaker = at.get(subject.i) if subject is not None else None
        if speaker is not None and speaker.type is EntityType.PERSON:
            found += [m for t in words if t.i not in at and (m := _pointing(t, speaker))]
    return found
