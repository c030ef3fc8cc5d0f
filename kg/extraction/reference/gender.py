"""The gender of the persons of a document, from honorifics, titles, given names and the pronouns that meant them."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from spacy.tokens import Doc, Token

from kg.extraction.discourse import TokenMention
from kg.extraction.language.words import gender_of_noun, given_gender
from kg.model import EntityType, MentionKind

__all__ = ["TITLE_WEIGHT", "Genders", "gender_of"]

_OTHER = {"feminine": "masculine", "masculine": "feminine"}
TITLE_WEIGHT, _GIVEN, _SINGLE, _PRONOUN = (
    3.0,
    2.0,
    0.5,
    0.5,
)  # what a sign weighs; a single name may be a surname ("Kelly")
_SURE, _LIKELY = 2.0, 1.0


class Genders:
    """What is known of each person's gender, by entity number; pronouns add to it as they are resolved."""

    def __init__(self) -> None:
        self._votes: dict[int, Counter[str]] = defaultdict(Counter)
        self._titled: set[tuple[int, str]] = set()

    def add(self, entity: int, gender: str, weight: float) -> None:
        """Count a sign of a gender."""
        self._votes[entity][gender] += weight  # type: ignore[assignment]
        if weight >= TITLE_WEIGHT:
            self._titled.add((entity, gender))

    def meant_by(self, entity: int, gender: str) -> None:
        """Count a pronoun that meant a person; it may have been misread, so pronouns alone never make sure."""
        if self._votes[entity][gender] + _PRONOUN <= _LIKELY:
            self.add(entity, gender, _PRONOUN)

    def is_titled_otherwise(self, entity: int, gender: str) -> bool:
        """Return whether a noun or honorific said of a person tells the other gender: "Mr.", "the actress"."""
        return (entity, _OTHER[gender]) in self._titled

    def of(self, entity: int) -> str | None:
        """Return the gender that most signs tell, None without any."""
        counted = self._votes.get(entity)
        return counted.most_common(1)[0][0] if counted else None

    def balance(self, entity: int, gender: str) -> float:
        """Return how far the signs speak for a gender, from -1 (for the other one) to 1."""
        counted = self._votes.get(entity)
        if not counted:
            return 0.0
        return max(-1.0, min(1.0, (counted[gender] - counted[_OTHER[gender]]) / _SURE))


def gender_of(doc: Doc, mentions: Sequence[TokenMention]) -> Genders:
    """Return what the names, the words before them and what is said of their bearers tell."""
    genders = Genders()
    for mention in mentions:
        if mention.type is not EntityType.PERSON or mention.kind is not MentionKind.NAME:
            continue
        for word in (*_before(doc, mention.start), *_said_of(doc[mention.root], mention)):
            if found := gender_of_noun(word):
                genders.add(mention.entity, found, TITLE_WEIGHT)
        if found := given_gender(doc[mention.start].text):
            genders.add(mention.entity, found, _GIVEN if mention.end - mention.start > 1 else _SINGLE)
    return genders


def _before(doc: Doc, start: int) -> Iterator[str]:
    """The words before a name that belong to it: titles, honorifics, kin ("his daughter Kimber")."""
    first = doc[start].sent.start
    if start - first > 2 and doc[start - 1].text == "," and doc[start - 3].tag_ in {"PRP$", "POS"}:
        yield doc[start - 2].lower_  # "his widow, Grace Achebe"
    for i in range(start - 1, max(start - 4, first - 1), -1):
        if doc[i].pos_ not in {"NOUN", "PROPN", "ADJ"} and doc[i].text != ".":
            break
        yield doc[i].lower_.rstrip(".")


def _said_of(root: Token, mention: TokenMention) -> Iterator[str]:
    """The nouns that say what a person is ("Kyoko, a waitress", "Ure was the daughter of ...")."""
    for child in root.children:
        if child.dep_ == "appos" and child.i >= mention.end and child.pos_ == "NOUN":
            yield child.lower_
    if root.dep_ == "nsubj" and root.head.lemma_ in {"be", "become"}:
        yield from (c.lower_ for c in root.head.children if c.dep_ == "attr" and c.pos_ == "NOUN")
