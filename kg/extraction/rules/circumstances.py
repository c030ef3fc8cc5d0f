"""When and where: the date and the place that the clause of a trigger names."""

from collections.abc import Sequence

from spacy.tokens import Token

from kg.extraction.dates import DateMention
from kg.extraction.discourse import Discourse, TokenMention
from kg.extraction.rules.syntax import chain
from kg.model import EntityType

__all__ = ["date_of", "literal_date", "place_of"]

_PLACE_PREPOSITIONS = {"in", "at", "near", "outside", "inside"}
_NEAR = 4  # steps in the tree within one clause
_ARGUMENT = {"nsubj", "nsubjpass", "dobj"}
_CLAUSE = {"ccomp", "advcl", "relcl", "acl", "csubj", "parataxis"}


def date_of(trigger: Token, dates: Sequence[DateMention]) -> str | None:
    """Return the ISO date nearest in the tree to ``trigger`` inside its sentence, of those that its clause can hold."""
    options = []
    for mention in dates:
        anchor = trigger.doc[mention.start : mention.end].root
        if (
            mention.value
            and anchor.sent.start == trigger.sent.start
            and (distance := _distance(trigger, anchor)) is not None
        ):
            options.append((distance, abs(anchor.i - trigger.i), mention.value))
    return min(options)[2] if options else None


def place_of(trigger: Token, discourse: Discourse, *, exclude: Sequence[TokenMention] = ()) -> TokenMention | None:
    """Return the place that a locative phrase of the trigger's clause names."""
    options = []
    taken = {m.entity for m in exclude}
    for mention in discourse.within(trigger.sent):
        if mention.type is not EntityType.PLACE or mention.demonym or mention.entity in taken:
            continue
        root = trigger.doc[mention.root]
        prep = root.head
        if root.dep_ == "pobj" and prep.lower_ in _PLACE_PREPOSITIONS:
            distance = _distance(trigger, prep)
            if distance is not None:
                options.append((distance, abs(mention.start - trigger.i), mention))
    return min(options, key=lambda o: o[:2])[2] if options else None


def _distance(trigger: Token, anchor: Token) -> int | None:
    """Steps in the tree from the anchor up to a node that the trigger's clause shares; None across clauses.

    A phrase that the parser hung on the verb of saying, or on a noun inside the clause, still belongs to the event told:
    prepositional phrases are attached wrongly in one case out of five (Belinkov et al. 2014).
    """
    above = {t.i: n for n, t in enumerate(chain(trigger))}
    crossed = 0
    for steps, node in enumerate(chain(anchor)):
        if (
            node.dep_ in _ARGUMENT
            and node.i not in above
            and node.i != anchor.i
            and node.head.i in above
            and above[node.head.i]
        ):
            return None  # it says when or where another argument of the verb was ("the meeting in Y followed talks")
        if node.i in above:
            lower = [t for t in chain(trigger)][: above[node.i]]
            crossed += sum(t.dep_ in {"relcl"} for t in lower)
            return None if crossed > 1 else steps + 2 * above[node.i] + 4 * crossed
        if node.dep_ in _CLAUSE and node.i != anchor.i:
            crossed += 2
    return None


def literal_date(trigger: Token, dates: Sequence[DateMention], *, far: bool = False) -> DateMention | None:
    """Return the date that a clause about birth, death or foundation gives: the nearest of its own clause.

    With ``far``, the nearest of the sentence that the clause can hold.
    """
    options = []
    for mention in dates:
        anchor = trigger.doc[mention.start : mention.end].root
        if mention.value and anchor.sent.start == trigger.sent.start:
            distance = _distance(trigger, anchor)
            if distance is not None and (far or distance <= _NEAR):
                options.append((distance, abs(anchor.i - trigger.i), mention.start, mention))
    return min(options)[-1] if options else None
