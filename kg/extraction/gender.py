"""The gender of the persons of a document, from honorifics, titles and given names."""

from collections import Counter, defaultdict
from collections.abc import Sequence

from spacy.tokens import Doc

from kg.extraction.discourse import TokenMention
from kg.extraction.words import given_gender, ranks, titles
from kg.model import EntityType, MentionKind

__all__ = ["gender_of"]


def gender_of(doc: Doc, mentions: Sequence[TokenMention]) -> dict[int, str | None]:
    """Return the gender of each person entity by its number: "feminine", "masculine" or None."""
    votes: dict[int, Counter[str]] = defaultdict(Counter)
    for mention in mentions:
        if mention.type is not EntityType.PERSON or mention.kind is not MentionKind.NAME:
            continue
        votes[mention.entity].update({})
        for i in range(max(0, mention.start - 3, doc[mention.start].sent.start), mention.start):
            word = doc[i].lower_.rstrip(".")
            if found := ranks().gender.get(word) or titles().gender.get(word):
                votes[mention.entity][found] += 3
        first = doc[mention.start].text
        if mention.end - mention.start > 1 and (found := given_gender(first)):
            votes[mention.entity][found] += 2
        elif mention.end - mention.start == 1 and (found := given_gender(first)):
            votes[mention.entity][found] += 0.5  # type: ignore[assignment]
    return {entity: (counted.most_common(1)[0][0] if counted else None) for entity, counted in votes.items()}
