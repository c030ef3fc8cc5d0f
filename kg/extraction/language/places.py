"""Places of mentions in a document: sentences, grammatical roles, clauses, quotations and who speaks in them."""

from bisect import bisect_right
from collections.abc import Iterator
from functools import cached_property

from spacy.tokens import Doc, Token

from kg.extraction.language.words import person_lexicon

__all__ = ["Layout", "clause_of", "depth_of", "role_of", "subject_of"]

_ROLES = {
    "nsubj": "subject", "nsubjpass": "subject", "csubj": "subject", "dobj": "object", "dative": "object",
    "agent": "oblique", "attr": "object", "oprd": "object", "pobj": "oblique", "poss": "possessor",
}  # fmt: skip
_CLAUSES = frozenset({"ROOT", "advcl", "relcl", "ccomp", "acl", "xcomp", "pcomp", "parataxis", "csubj", "csubjpass"})
_HOPS = 8  # steps up a parse tree


def role_of(token: Token) -> str:
    """Return the grammatical role of a noun phrase by its head: subject, object, oblique, possessor or other."""
    for _ in range(_HOPS):
        if token.dep_ in _ROLES:
            return _ROLES[token.dep_]
        if token.dep_ not in {"conj", "appos", "compound", "nmod", "flat"}:
            return "other"
        token = token.head
    return "other"


def clause_of(token: Token) -> Token:
    """Return the verb (or other head) of the clause that a token stands in."""
    for _ in range(4 * _HOPS):
        if token.dep_ in _CLAUSES or (token.dep_ == "conj" and token.pos_ in {"VERB", "AUX"}) or token.head == token:
            return token
        token = token.head
    return token


def depth_of(token: Token) -> int:
    """Return the number of clauses that a token is embedded in; coordinated clauses count once."""
    depth, clause = 0, clause_of(token)
    while clause.head != clause and depth < _HOPS:
        depth += clause.dep_ != "conj"
        clause = clause_of(clause.head)
    return depth


def subject_of(verb: Token) -> Token | None:
    """Return the subject of a verb, that of the first of coordinated verbs included."""
    for _ in range(_HOPS):
        subject = next((c for c in verb.children if c.dep_ in {"nsubj", "nsubjpass"}), None)
        if subject is not None or verb.dep_ not in {"conj", "xcomp"}:
            return subject
        verb = verb.head
    return None


class Layout:
    """Sentences and quotations of a document."""

    def __init__(self, doc: Doc) -> None:
        self._doc = doc
        self.sentence = [0] * len(doc)
        for number, sentence in enumerate(doc.sents):
            self.sentence[sentence.start : sentence.end] = [number] * len(sentence)

    @cached_property
    def quotes(self) -> tuple[tuple[int, int], ...]:
        """Token spans between double quotation marks, marks left out."""
        return tuple(self._find_quotes())

    @cached_property
    def _starts(self) -> list[int]:
        return [start for start, _ in self.quotes]

    def _find_quotes(self) -> Iterator[tuple[int, int]]:
        opened: int | None = None
        for token in self._doc:
            if token.text not in {'"', "``", "''"}:
                continue
            if opened is None or token.i - opened > 300:  # a mark is missing somewhere
                opened = token.i + 1
            else:
                yield opened, token.i
                opened = None

    def quote_at(self, i: int) -> tuple[int, int] | None:
        """Return the quotation that a token stands in."""
        at = bisect_right(self._starts, i) - 1
        return self.quotes[at] if at >= 0 and i < self.quotes[at][1] else None

    def speaker_of(self, quote: tuple[int, int]) -> Token | None:
        """Return the subject of the verb of saying beside a quotation: in its sentences, or the next ones around it."""
        start, end = quote
        doc, speech = self._doc, person_lexicon().speech
        for window in (range(end + 1, min(end + 15, len(doc))), range(start - 2, max(start - 15, -1), -1)):
            for i in window:
                token = doc[i]
                if token.text in {'"', "``", "''"} or abs(self.sentence[i] - self.sentence[end - 1]) > 1:
                    break
                if token.lemma_.lower() in speech and token.pos_ == "VERB" and (subject := subject_of(token)):
                    return subject
        return None
