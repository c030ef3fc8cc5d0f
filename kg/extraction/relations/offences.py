"""What somebody is charged with, convicted of, held or sued for, as worded; the words are data (``offences.yaml``)."""

from collections.abc import Callable, Collection, Iterator, Sequence
from functools import partial
from typing import Literal

from spacy.tokens import Span, Token

from kg.extraction.language.grammar import prepositional
from kg.extraction.language.words import is_day, is_weekday
from kg.lexicons import word_set

__all__ = ["Offence", "OffenceKind", "offence_in"]

_MOST = 18  # words of an offence
_FINITE = frozenset({"VBD", "VBP", "VBZ"})
_LEFT_OUT = frozenset({"relcl", "advcl", "appos", "parataxis"})
_CUT = frozenset({"prep", "cc", "punct", "agent", "mark"})  # before these a phrase may end

Slots = Callable[[str], Sequence[Token] | None]
OffenceKind = Literal["any", "crime", "charge"]
"""What counts: anything, a crime alone ("accused of"), or all but a task ("charged with overseeing the reform")."""


_words = partial(word_set, "relations/offences")


class Offence:
    """An offence: its words, and all that belongs to its phrase, whose dates and places are those of the deed."""

    def __init__(self, noun: Token, words: Span) -> None:
        text = " ".join(words.text.split())
        self.text: str = text if text.count('"') % 2 == 0 else text.replace('"', "")  # cut off within a quotation
        self.phrase: Span = noun.doc[noun.left_edge.i : noun.right_edge.i + 1]


def offence_in(slot: Slots, names: Sequence[str], *, kind: OffenceKind, taken: Collection[int] = ()) -> Offence | None:
    """Return the offence that the first of some slots holds, None where none does.

    Behind "on charges of" and "on suspicion of" it is what these are of. Terms, sums, places and tasks are none.

    Args:
        slot: gives the tokens of a slot.
        names: slots to look in, "deep:for" for any depth.
        kind: what counts.
        taken: indices of tokens that are something else.
    """
    for name in names:
        before, _, preposition = name.rpartition(":")
        plain = before != "deep" and preposition not in _words("local")
        for token in slot(name) or ():
            if token.i in taken or not (plain or _is_deed(token)):
                continue
            for noun in _held_against(token):
                if noun.i not in taken and _counts(noun, kind) and (words := _worded(noun, taken)) is not None:
                    return Offence(noun, words)
    return None


def _is_deed(token: Token) -> bool:
    """Whether a word names a deed, a charge or a case by itself."""
    lemma = token.lemma_.lower()
    if token.tag_ == "VBG":
        return lemma in _words("deeds")
    return lemma in _words("charges") | _words("events") | _words("crimes")


def _held_against(token: Token) -> Iterator[Token]:
    """The offence that a noun for a charge is of, else the noun itself and what stands below a term."""
    if token.lemma_.lower() not in _words("charges"):
        yield token
        yield from (item for name, item in prepositional(token) if name in {"for", "over"})  # "jailed for a year for X"
        return
    for name, item in prepositional(token):
        if name in _words("before"):
            yield from _held_against(item)
            return
    kinds = [c for c in token.children if c.dep_ in {"compound", "amod"} and c.lower_ not in _words("no_kinds")]
    if kinds and kinds[-1].i == token.i - 1:  # "on corruption charges"
        yield kinds[-1]


def _counts(noun: Token, kind: OffenceKind) -> bool:
    lemma = noun.lemma_.lower()
    if noun.lower_ in _words("no_offences"):  # "questioning", whatever the tagger takes it for
        return False
    if noun.tag_ == "VBG":
        negated = any(c.dep_ == "neg" for c in noun.children)
        if kind == "crime":
            return lemma in _words("deeds") and not negated
        return kind == "any" or lemma not in _words("tasks")
    if noun.pos_ not in {"NOUN", "PROPN", "ADJ"} or lemma in _words("no_offences"):
        return False
    return kind != "crime" or lemma in _words("crimes") | _words("events")


def _worded(noun: Token, taken: Collection[int]) -> Span | None:
    """Return the unbroken run of words around a noun that belong to its phrase.

    Further clauses, agents, the day of the charge and whom it is against are left out.
    """
    left_out = {
        t.i
        for c in noun.subtree
        if c.i > noun.i
        and (
            c.lower_ == "by"
            or _is_accused(c, taken)
            or c.dep_ == "relcl"
            or _is_day(c)
            or _is_comment(c)
            or (c.head.i == noun.i and _is_further(c, noun))
        )
        for t in c.subtree
    }
    inside = {t.i for t in noun.subtree if t.text not in {"(", "[", ";"}} - left_out
    first = last = noun.i
    while first - 1 in inside and noun.i - first < _MOST:
        first -= 1
    while last + 1 in inside and last - first + 1 < _MOST:
        last += 1
    if last + 1 in inside:  # too long: it ends where a phrase may
        while last > noun.i and noun.doc[last + 1].dep_ not in _CUT:
            last -= 1
    while last > noun.i and _is_edge(noun.doc[last], {"cc", "prep"}):
        last -= 1
    while first < noun.i and (_is_edge(noun.doc[first], {"cc", "det"}) or noun.doc[first].tag_ == "PRP$"):
        first += 1
    words = noun.doc[first : last + 1]
    return words if len(words) > 1 or noun.lemma_.lower() not in _words("bare") else None


def _is_accused(token: Token, taken: Collection[int]) -> bool:
    """Whether it is "against X", where X is who is charged, not "(a crime) against humanity"."""
    return token.lower_ == "against" and any(t.i in taken for t in token.subtree)


def _is_comment(token: Token) -> bool:
    """Whether it is a preposition before a clause of its own: "in what was the first trial"."""
    return token.dep_ == "prep" and any(c.dep_ == "pcomp" and c.tag_ in _FINITE for c in token.children)


def _is_day(token: Token) -> bool:
    """Whether it is "yesterday" or "on Friday", not "on Bloody Sunday"."""
    named = (token, *(token.children if token.dep_ == "prep" else ()))
    return any((is_day(t.lower_) or is_weekday(t.lower_)) and t.n_lefts + t.n_rights == 0 for t in named)


def _is_edge(token: Token, links: Collection[str]) -> bool:
    return token.is_space or token.is_punct or token.dep_ in links


def _is_further(child: Token, noun: Token) -> bool:
    """Whether what hangs on a noun tells more than what the offence is: a clause, or a verb that is joined to it."""
    return child.dep_ in _LEFT_OUT or (child.dep_ == "conj" and child.pos_ == "VERB" and child.tag_ != noun.tag_)
