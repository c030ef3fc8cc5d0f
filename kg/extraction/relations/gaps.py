"""Clauses that lack the verb of the one before: "A was born in Oslo and B in Bergen" (gapping; Ross 1970)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from kg.extraction.discourse import Discourse, TokenMention
from kg.extraction.language.grammar import arguments, chain, is_passive
from kg.extraction.relations.slots import Slots
from kg.model import EntityType

__all__ = ["Gap", "gaps_in", "outside"]

_LEAD = 5  # words before the name of the second clause: "and her elder brother X in Lyon"
_REACH = 8  # words of the first clause behind the preposition
_BESIDE = frozenset({"DET", "PRON", "ADJ", "NOUN", "PROPN", "PUNCT"})


@dataclass(frozen=True, slots=True)
class Gap:
    """A clause without a verb, by its tokens from the "and" to ``end``, exclusive.

    Attributes:
        verb: the verb of the first clause, which is its own too.
        subject: who is told of.
        carrier: the preposition before what is told of them.
    """

    verb: Token
    subject: TokenMention
    carrier: Token
    start: int
    end: int

    def holds(self, i: int) -> bool:
        """Whether a token stands in it."""
        return self.start <= i < self.end

    def slots(self, whole: Slots) -> Slots:
        """Return the slots of this clause: its own subject and phrase; the words of the verb itself are shared."""
        own = {
            "obj" if is_passive(self.verb) else "subj": [self.verb.doc[self.subject.root]],
            self.carrier.lower_: [self.verb.doc[self.carrier.i + 1 : self.end].root],
        }
        return lambda name: own.get(name) or (whole(name) if name in {"prt", "advmod"} else None)


def gaps_in(discourse: Discourse) -> Iterator[Gap]:
    """Yield the clauses of a document that take their verb from the one before, in text order."""
    doc, found = discourse.doc, None
    for mention in discourse.mentions:
        carrier = doc[mention.end] if mention.end + 1 < len(doc) else None
        if mention.type is not EntityType.PERSON or carrier is None or carrier.pos_ != "ADP":
            continue
        start, end = _joint(mention, discourse), _end(carrier)
        if start is None or end is None:
            continue
        verb = found.verb if found is not None and found.end == start else _verb(carrier, start, discourse)
        if verb is not None:
            found = Gap(verb, mention, carrier, start, end)
            yield found


def outside(gaps: Sequence[Gap], slots: Slots) -> Slots:
    """Return the slots of a verb without what stands in clauses of their own."""

    def kept(name: str) -> list[Token] | None:
        found = slots(name)
        return found and [t for t in found if not any(gap.holds(t.i) for gap in gaps)]

    return kept if gaps else slots


def _joint(name: TokenMention, discourse: Discourse) -> int | None:
    """Where the "and" or the comma before a name stands, a description of whose name it is between them."""
    doc = discourse.doc
    for i in range(name.start - 1, max(name.start - _LEAD, doc[name.start].sent.start) - 1, -1):
        if doc[i].lower_ in {"and", "while", ","}:
            return i - 1 if doc[i].text != "," and doc[i - 1].text == "," else i
        other = discourse.at(i)
        if doc[i].pos_ not in _BESIDE or (
            other is not None and other.type is EntityType.PERSON and doc[i].tag_ != "PRP$"
        ):
            return None
    return None


def _end(carrier: Token) -> int | None:
    """Where the phrase of a preposition ends; None where a verb follows, which has a clause of its own."""
    for token in carrier.doc[carrier.i + 1 : carrier.sent.end]:
        if token.pos_ in {"VERB", "AUX"} or token.tag_ in {"WDT", "WP"}:
            return None
        if token.is_punct or token.tag_ == "CC" or (token.pos_ == "ADP" and token.i > carrier.i + 1):
            return token.i
    return carrier.sent.end


def _verb(carrier: Token, joint: int, discourse: Discourse) -> Token | None:
    """The verb of the clause before, of a person: its phrase with the same preposition ends at the joint."""
    doc = discourse.doc
    for before in reversed(doc[max(carrier.sent.start, joint - _REACH) : joint]):
        other = discourse.at(before)
        if other is not None and other.type is EntityType.PERSON:
            return None  # "met X in Oslo and Y in Bergen": the name may be joined to that one
        same = before.lower_ == carrier.lower_
        if before.pos_ != "ADP" or (
            not same and before.nbor().ent_type_ == "DATE"
        ):  # "to Oslo on Monday and Y to Riga"
            continue
        verb = next((t for t in chain(before.head) if t.pos_ == "VERB"), None)
        if not same or verb is None or not carrier.sent.start <= verb.i < before.i:
            return None
        between = [m for t in doc[verb.i + 1 : before.i] if (m := discourse.at(t)) is not None]
        subject = arguments(verb).get("obj" if is_passive(verb) else "subj", [])
        people = [m for t in subject if (m := discourse.at(t)) is not None and m.type is EntityType.PERSON]
        return verb if people and not any(m.type is EntityType.PERSON for m in between) else None
    return None
