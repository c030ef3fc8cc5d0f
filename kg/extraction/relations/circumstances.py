"""When and where: the date and the place that the clause of a trigger names."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from operator import attrgetter

from spacy.tokens import Token

from kg.extraction.discourse import Discourse, TokenMention
from kg.extraction.language.grammar import chain, prepositional
from kg.extraction.language.words import heads
from kg.extraction.stance.governors import judged_by
from kg.extraction.time.dates import DateMention
from kg.geography import capital_of
from kg.lexicons import word_set
from kg.model import EntityType

__all__ = ["date_of", "literal_date", "place_of", "place_within"]

_NEAR = 4  # steps in the tree within one clause
_ARGUMENT = {"nsubj", "nsubjpass", "dobj"}
_CLAUSE = {"ccomp", "advcl", "relcl", "acl", "csubj", "parataxis"}
_MARKS = {'"', "``", "''"}


def date_of(trigger: Token, dates: Sequence[DateMention]) -> str | None:
    """Return the ISO date nearest in the tree to ``trigger`` inside its sentence, of those that its clause can hold."""
    nearest = literal_date(trigger, dates, far=True)
    return nearest.value if nearest is not None else None


def literal_date(trigger: Token, dates: Sequence[DateMention], *, far: bool = False) -> DateMention | None:
    """Return the date that a clause about birth, death or foundation gives: the nearest of its own clause.

    With ``far``, the nearest of the sentence that the clause can hold. ``dates`` are in text order.
    """
    sentence = trigger.sent
    verdict = judged_by(trigger) is not None
    low, high = (bisect_left(dates, i, key=attrgetter("start")) for i in (sentence.start, sentence.end))
    options = []
    for mention in dates[low:high]:
        anchor = trigger.doc[mention.start : mention.end].root
        if not mention.value or (verdict and not _is_of_deed(trigger, anchor)):
            continue
        distance = _distance(trigger, anchor)
        if distance is not None and (far or distance <= _NEAR):
            options.append((distance, abs(anchor.i - trigger.i), mention.start, mention))
    return min(options, key=lambda o: o[:3])[-1] if options else None


def _is_of_deed(deed: Token, anchor: Token) -> bool:
    """Whether a date beside a deed before the law is not the verdict's: it names a year and stands with the deed."""
    return deed in chain(anchor) and any(t.shape_ == "dddd" for t in anchor.subtree)


def place_of(trigger: Token, discourse: Discourse, *, exclude: Sequence[TokenMention] = ()) -> TokenMention | None:
    """Return the place that a locative phrase of the trigger's clause names, or that the clause says "where" of."""
    taken = {m.entity for m in exclude}
    options = []
    for preposition in trigger.sent:
        if preposition.lower_ not in word_set("relations/scenes", "places") or preposition.dep_ not in {
            "prep",
            "pcomp",
            "advmod",
        }:
            continue
        distance = _distance(trigger, preposition)
        place = place_within(preposition, discourse) if distance is not None else None
        if distance is not None and place is not None and place.entity not in taken:
            options.append((distance, abs(place.start - trigger.i), place))
    if options:
        return min(options, key=lambda o: o[:2])[2]
    where = _where(trigger, discourse)
    return where if where is not None and where.entity not in taken else None


def place_within(preposition: Token, discourse: Discourse) -> TokenMention | None:
    """Return the place that the object of a preposition is: its name, "the city of X", "the Iranian capital (, X)"."""
    for item in preposition.children:
        if item.dep_ in {"pobj", "pcomp"} and (place := _place(item, discourse)) is not None:
            return place
    return None


def _place(noun: Token, discourse: Discourse) -> TokenMention | None:
    mention = discourse.at(noun)
    if mention is not None:
        return mention if mention.type is EntityType.PLACE and not mention.demonym else None
    if noun.lemma_.lower() not in heads().localities:
        return None
    named = [c for c in noun.children if c.dep_ in {"appos", "compound", "nmod"}]
    named += [item for name, item in prepositional(noun) if name == "of" and noun.lemma_.lower() != "capital"]
    for token in named:
        mention = discourse.at(token)
        if mention is not None and mention.type is EntityType.PLACE and not mention.demonym:
            return mention
    return _capital(noun, discourse) if noun.lemma_.lower() == "capital" else None


def _capital(noun: Token, discourse: Discourse) -> TokenMention | None:
    """ "The Iranian capital", "the capital of Iran", where the text names the city elsewhere."""
    beside = [c for c in noun.children if c.dep_ in {"amod", "poss", "compound", "nmod"}]
    beside += [item for name, item in prepositional(noun) if name == "of"]
    states = [m for t in beside if (m := discourse.at(t)) is not None and m.type is EntityType.PLACE]
    capitals = {capital for m in states if (capital := capital_of(discourse.entities[m.entity].name))}
    named = [m for capital in capitals for i in discourse.named(capital) if (m := discourse.first(i)) is not None]
    return min(named, key=lambda m: m.start, default=None)


def _where(trigger: Token, discourse: Discourse) -> TokenMention | None:
    """ "Oslo, where she met X"."""
    for node in chain(trigger):
        if node.dep_ == "relcl":
            relative = any(t.lower_ == "where" for t in node.children)
            return _antecedent(node, discourse) if relative else None
        if node.dep_ in _CLAUSE and node.dep_ != "ccomp":
            return None
    return None


def _antecedent(clause: Token, discourse: Discourse) -> TokenMention | None:
    """The place before "where", also where the parser hung the clause on another noun (a day between them)."""
    head = _place(clause.head, discourse)
    if head is not None:
        return head
    where = next(t.i for t in clause.children if t.lower_ == "where")
    before = [
        m for m in discourse.within(clause.sent) if m.end <= where and m.type is EntityType.PLACE and not m.demonym
    ]
    return before[-1] if before else None


def _distance(trigger: Token, anchor: Token) -> int | None:
    """Steps in the tree from the anchor up to a node that the trigger's clause shares; None across clauses.

    A phrase that the parser hung on the verb of saying, or on a noun inside the clause, still belongs to the event
    told: prepositional phrases are attached wrongly in one case out of five (Belinkov et al. 2014). Not so where its
    position speaks against it: beyond the verb of saying, beyond a quotation mark, in a later coordinated clause.
    """
    path = list(chain(trigger))
    above = {t.i: n for n, t in enumerate(path)}
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
            lower = path[: above[node.i]]
            if any(_apart(anchor, complement) for complement in lower):
                return None
            if any(_is_other_event(t) and anchor.i < t.head.i for t in lower):
                return None  # "sentiment ran high in Y since the murder of X"
            crossed += sum(t.dep_ in {"relcl"} for t in lower)
            return None if crossed > 1 else steps + 2 * above[node.i] + 4 * crossed
        if node.i != anchor.i and (_is_other_event(node) or _is_aside(node, trigger)):
            return None  # "met X ahead of the summit in Y"
        if _is_own_clause(node) and node.i > trigger.i:
            return None  # "met X, and he flew home on Monday"
        if node.dep_ in _CLAUSE and node.i != anchor.i:
            crossed += 2
    return None


def _is_aside(node: Token, trigger: Token) -> bool:
    """Whether a word says before the verb what somebody is: "X, director of the site of a riot in 2021, was shot"."""
    return node.dep_ == "appos" and node.i < trigger.i and node.right_edge.i < trigger.i


def _apart(anchor: Token, complement: Token) -> bool:
    """Whether an anchor outside what a verb of saying reports goes with that verb by its position."""
    if complement.dep_ not in {"ccomp", "parataxis"}:
        return False
    saying = complement.head
    if complement.i < saying.i:  # "..., Z said on Sunday"
        return anchor.i > saying.i or _quoted_off(anchor, complement)
    return anchor.i < complement.left_edge.i


def _quoted_off(anchor: Token, complement: Token) -> bool:
    low, high = sorted((anchor.i, complement.i))
    return any(t.text in _MARKS for t in complement.doc[low:high])


def _is_other_event(node: Token) -> bool:
    preposition = node.head
    ahead = preposition.lower_ == "of" and preposition.head.lower_ == "ahead"
    return node.dep_ == "pobj" and (ahead or preposition.lower_ in word_set("relations/scenes", "other_times"))


def _is_own_clause(node: Token) -> bool:
    return node.dep_ == "conj" and node.pos_ in {"VERB", "AUX"} and any(_subjects(node))


def _subjects(verb: Token) -> Iterator[Token]:
    return (c for c in verb.children if c.dep_ in {"nsubj", "nsubjpass"})
