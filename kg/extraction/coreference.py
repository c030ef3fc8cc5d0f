"""Whom the pronouns of a document mean."""

from collections.abc import Sequence

from spacy.tokens import Doc, Token

from kg.extraction.discourse import TokenMention
from kg.model import EntityType, MentionKind

__all__ = ["resolve_pronouns"]

_GENDER = {
    **dict.fromkeys(("he", "him", "his", "himself"), "masculine"),
    **dict.fromkeys(("she", "her", "hers", "herself"), "feminine"),
}  # fmt: skip
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_WINDOW = 5  # sentences to look back


def resolve_pronouns(doc: Doc, mentions: Sequence[TokenMention], genders: dict[int, str | None]) -> list[TokenMention]:
    """Return the pronouns that point to one of the persons mentioned; updates ``genders`` by what they tell."""
    sentence_of = [0] * len(doc)
    for number, sentence in enumerate(doc.sents):
        sentence_of[sentence.start : sentence.end] = [number] * len(sentence)
    found: list[TokenMention] = []
    people = [m for m in mentions if m.type is EntityType.PERSON and m.kind is MentionKind.NAME]
    for token in doc:
        gender = _GENDER.get(token.lower_)
        relative = token.lower_ in {"who", "whom", "whose"} and token.tag_ in {"WP", "WP$"}
        if relative:
            mention = _relative(doc, token, people)
        elif gender:
            mention = _antecedent(doc, token, gender, people + found, genders, sentence_of)
        else:
            continue
        if mention is not None:
            if gender and not genders.get(mention.entity):
                genders[mention.entity] = gender
            found.append(
                TokenMention(
                    start=token.i,
                    end=token.i + 1,
                    root=token.i,
                    type=EntityType.PERSON,
                    kind=MentionKind.PRONOUN,
                    entity=mention.entity,
                )
            )
    return found


def _relative(doc: Doc, token: Token, people: Sequence[TokenMention]) -> TokenMention | None:
    return next((m for m in people if m.end == token.i or (m.end == token.i - 1 and doc[m.end].text == ",")), None)


def _antecedent(
    doc: Doc,
    token: Token,
    gender: str,
    people: Sequence[TokenMention],
    genders: dict[int, str | None],
    sentence_of: Sequence[int],
) -> TokenMention | None:
    best: tuple[float, TokenMention] | None = None
    for mention in people:
        distance = sentence_of[token.i] - sentence_of[mention.start]
        if mention.start >= token.i or distance > _WINDOW or genders.get(mention.entity) not in {gender, None}:
            continue
        score = 10.0 - 3 * distance + 0.01 * mention.start / max(1, len(doc))
        if doc[mention.root].dep_ in _SUBJECTS:
            score += 2
        if genders.get(mention.entity) == gender:
            score += 2
        if doc[mention.root].dep_ == "poss":
            score -= 1
        if token.dep_ in {"dobj", "pobj"} and token.lower_ in {"him", "her"} and doc[mention.root].head == token.head:
            continue
        if best is None or score >= best[0]:
            best = (score, mention)
    return best[1] if best else None
