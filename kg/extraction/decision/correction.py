"""What grammar takes back of what the network claims of one sentence, by the clause that joins its two mentions.

Where the deed is denied, planned or supposed the claim is no fact; who is named only as somebody's aide or brother took
no part in it; nobody did what a clause tells of another subject; and a talk is no meeting.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from spacy.tokens import Span, Token

from kg.extraction.discourse import Discourse
from kg.extraction.language.grammar import chain
from kg.extraction.language.tokens import is_title_word
from kg.extraction.relations.frames import evokes
from kg.extraction.stance.factuality import FACT, Factuality, factuality, of_description
from kg.model import Claim, EntityType, MentionKind
from kg.resources import lexicon

__all__ = ["corrected"]

_DEEDS = frozenset({"metWith", "spokeWith", "visited", "killed", "appointed", "acquired", "succeeded", "founded"})
_TOGETHER = frozenset({"metWith", "spokeWith"})
_VERBS = frozenset({"VERB", "AUX"})
_NOMINAL = frozenset({"attr", "oprd", "acomp"})  # "is the son of X"
_OF = frozenset({"of", "for", "to"})


def corrected(claims: Sequence[Claim], discourse: Discourse) -> tuple[Claim, ...]:
    """Return the claims of rules as they are and those of the network as grammar leaves them."""
    found = (_corrected(c, discourse) if _is_told_within(c) else c for c in claims)
    return tuple(c for c in found if c is not None)


def _is_told_within(claim: Claim) -> bool:
    """Whether the network tells it of two mentions, titles aside (grammar has read those already)."""
    return claim.title is None and claim.evidence.object is not None and claim.evidence.extractor.startswith("model:")


def _corrected(claim: Claim, discourse: Discourse) -> Claim | None:
    evidence = claim.evidence
    if evidence.object is None:
        return claim
    spans = [discourse.doc.char_span(*s, alignment_mode="expand") for s in (evidence.subject, evidence.object)]
    if spans[0] is None or spans[1] is None or spans[0].root.sent.start != spans[1].root.sent.start:
        return claim
    joint = _Joint(discourse, spans[0], spans[1], claim.predicate)
    if joint.is_by_proxy or joint.is_anothers:
        return None
    claim = replace(claim, predicate=joint.predicate)
    if not claim.asserted or (reading := joint.factuality) == FACT:
        return claim
    return replace(claim, polarity=reading.polarity, modality=reading.modality)


@cache
def _companions() -> frozenset[str]:
    return frozenset(lexicon("persons")["kin"])


def _stands_for_another(noun: Token) -> bool:
    """Whether a noun names a person by another: "X's aide", "the brother of X"."""
    return noun.pos_ in {"NOUN", "PROPN"} and (noun.lemma_.lower() in _companions() or is_title_word(noun))


@dataclass(frozen=True, slots=True)
class _Joint:
    """Two mentions of one sentence and the words that join them in its tree."""

    discourse: Discourse
    subject: Span
    object: Span
    told: str

    @property
    def _paths(self) -> tuple[list[Token], list[Token]]:
        """The words above the subject and above the object, each up to the lowest that is above both."""
        one, other = list(chain(self.subject.root)), list(chain(self.object.root))
        above = {t.i for t in one}
        joint = next((t.i for t in other if t.i in above), -1)
        return _up_to(one, joint, self.subject), _up_to(other, joint, self.object)

    @property
    def deed(self) -> Token | None:
        """The word that tells what the two have to do with each other; None where none but names and prepositions do.

        The nearest above the object that can tell it, else above the subject. What somebody is takes a copula.
        """
        for path in reversed(self._paths):
            for word in path:
                if self.discourse.at(word) is not None and word.pos_ != "NOUN":
                    break
                if word.pos_ in _VERBS:
                    return word
                if word.pos_ == "NOUN" and self.told in _DEEDS:
                    return word
                if word.pos_ == "NOUN" and word.dep_ not in {*_NOMINAL, "pobj"}:
                    break
        return None

    @property
    def predicate(self) -> str:
        """What it was: the word that tells of a talk tells of no meeting."""
        deed = self.deed
        if self.told not in _TOGETHER or deed is None:
            return self.told
        told = evokes(deed) & _TOGETHER
        return next(iter(told)) if len(told) == 1 else self.told

    @property
    def factuality(self) -> Factuality:
        """How the sentence holds it."""
        deed = self.deed
        if deed is None:
            noun = next((t for path in reversed(self._paths) for t in path if t.pos_ == "NOUN"), None)
            return FACT if noun is None else of_description(noun)
        if deed.pos_ == "NOUN" and deed.dep_ == "appos":
            return of_description(deed)
        if self.told not in _DEEDS and deed.lemma_ != "be" and self.told not in evokes(deed):
            return FACT  # it holds whatever becomes of the deed
        return factuality(deed, agreed=self.told == "acquired")

    @property
    def is_by_proxy(self) -> bool:
        """Whether only somebody named after one of the two took part in it."""
        return self.told in _DEEDS and any(map(self._is_proxy, (self.subject, self.object)))

    def _is_proxy(self, span: Span) -> bool:
        mention = self.discourse.at(span.root)
        if mention is None or mention.type is not EntityType.PERSON:
            return False
        same = [m for m in self.discourse.within(span.root.sent) if m.entity == mention.entity]
        return all(_owns(self.discourse.doc[m.root]) for m in same)

    @property
    def is_anothers(self) -> bool:
        """Whether the clause that tells it names another who did it: "X founded A; Y founded B" tells no X of B."""
        deed = self.deed
        if deed is None or deed.pos_ != "VERB" or self.told not in evokes(deed) or self.subject.root in deed.subtree:
            return False
        own = [c for c in deed.children if c.dep_ in {"nsubj", "nsubjpass"}]
        named = [m for c in own if (m := self.discourse.at(c)) is not None and m.kind is MentionKind.NAME]
        subject = self.discourse.at(self.subject.root)
        return bool(named) and subject is not None and all(m.entity != subject.entity for m in named)


def _up_to(path: Sequence[Token], joint: int, mention: Span) -> list[Token]:
    """The words of a path outside the mention it begins in, up to the joint."""
    last = next((n for n, token in enumerate(path) if token.i == joint), len(path) - 1)
    return [t for t in path[: last + 1] if not mention.start <= t.i < mention.end]


def _owns(word: Token) -> bool:
    """Whether a name stands only for whom another noun names by it: "X's aide", "an aide to X"."""
    head = word.head
    if word.dep_ == "poss":
        return _stands_for_another(head)
    return word.dep_ == "pobj" and head.lower_ in _OF and _stands_for_another(head.head)
