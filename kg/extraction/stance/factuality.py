"""Whether a clause is told as a fact: polarity and modality of the word that states a relation."""

from typing import NamedTuple

from spacy.tokens import Token

from kg.extraction.language.grammar import chain, wordings
from kg.extraction.stance.governors import ACTUAL, CERTAIN, KNOWN, governor_of, is_governor, is_negated
from kg.extraction.stance.modifiers import before, described, own, shared
from kg.extraction.stance.words import stance_words
from kg.model import Modality, Polarity

__all__ = ["FACT", "POSSIBLE", "Factuality", "factuality", "is_governor", "of_description", "reading_of"]

_COMPLEMENT = frozenset({
    "ccomp", "xcomp", "acl", "advcl", "pcomp", "pobj", "prep", "dobj", "obj", "acomp", "oprd", "attr", "conj", "csubj",
    "nsubj", "nsubjpass", "csubjpass", "relcl", "dep",
})  # fmt: skip
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass"})
_REDUCED = frozenset({"VBG", "VBN"})


class Factuality(NamedTuple):
    """How a text holds a relation."""

    polarity: Polarity
    modality: Modality


FACT = Factuality(Polarity.AFFIRMED, Modality.ACTUAL)
POSSIBLE = Factuality(Polarity.AFFIRMED, Modality.POSSIBLE)
_READINGS = {
    "negated": Factuality(Polarity.NEGATED, Modality.ACTUAL),
    "denied": Factuality(Polarity.AFFIRMED, Modality.DENIED),
    "planned": Factuality(Polarity.AFFIRMED, Modality.PLANNED),
    "possible": POSSIBLE,
}


def factuality(trigger: Token, *, agreed: bool = False) -> Factuality:
    """Read the clause of ``trigger`` and what governs it, from the inside out; the first word that unmakes it decides.

    A question, a condition, a modal, a negation or a governor such as "plan" or "deny" each unmake the fact; relative
    clauses are cut off from what governs their noun ("he denied knowing X, who met Y": Y was met).

    Args:
        agreed: whether an agreement makes it a fact, as of a purchase ("agreed to buy").
    """
    if _is_asked(trigger) or _is_hearsay(trigger):
        return _READINGS["possible"]
    climb = _Climb(trigger, agreed=agreed)
    previous: Token | None = None
    for node in chain(trigger):
        if previous is not None and climb.is_cut_off(node, previous):
            break
        if previous is not None and governor_of(node, previous) == KNOWN:
            return FACT
        if (reading := climb.read(node, previous)) is not None:
            return _READINGS[reading] if not climb.adjunct else _of_adjunct(_READINGS[reading], node)
        if previous is not None and previous.dep_ == "ccomp" and node.pos_ == "VERB" and _reports(node):
            break  # a verb of reporting passes its complement on as told; what governs the report no longer matters
        previous = node
    return _READINGS[climb.tentative] if climb.tentative else FACT


def of_description(noun: Token) -> Factuality:
    """Return how a text holds what a noun says somebody is: "the alleged killer of X"."""
    reading = described(noun)
    return FACT if reading is None else _READINGS[reading]


def reading_of(name: str) -> Factuality:
    """Return the reading of a name: "negated", "denied", "planned" or "possible"."""
    return _READINGS[name]


def is_vague(source: Token) -> bool:
    """Whether a noun names a source that is neither named nor official, or that accuses ("a blog", "prosecutors")."""
    wording = {source.lemma_.lower(), *(f"{c.lower_} {source.lemma_.lower()}" for c in source.children)}
    return source.pos_ == "NOUN" and not wording.isdisjoint(stance_words("vague"))


class _Climb:
    """The way from a trigger up to the root, and what was read on it.

    Attributes:
        tentative: the reading of an infinitive, which what governs it may still turn ("refused to meet").
        adjunct: whether the trigger lies in a circumstance of the clause above.
    """

    def __init__(self, trigger: Token, *, agreed: bool) -> None:
        self.tentative: str | None = None
        self.adjunct = False
        self._trigger, self._agreed = trigger, agreed
        self._taken_back: Token | None = None  # a negated verb whose negation another one takes back

    def is_cut_off(self, node: Token, previous: Token) -> bool:
        """Whether what stands above no longer speaks of the trigger."""
        link = previous.dep_
        if link == "relcl" and previous.tag_ != "VB":
            return not (_identifies(node) or _is_content(previous) or (node.dep_ == "appos" and _is_cleft(node.head)))
        if link == "appos":
            return not _is_cleft(node)
        if link not in _COMPLEMENT or _is_background(previous) or _is_reduced(previous):
            return True
        outside = link in _SUBJECTS and node.pos_ not in {"VERB", "AUX"}
        return outside and governor_of(node, previous, agreed=self._agreed) is None

    def read(self, node: Token, previous: Token | None) -> str | None:
        """Return what a word makes of the trigger, where that decides."""
        if previous is not None:
            if previous.dep_ == "conj":
                return shared(previous, node) if node.pos_ in {"VERB", "AUX"} else None
            if previous.dep_ == "relcl" and previous.tag_ != "VB" and not _is_content(previous):
                return None
            self.adjunct |= _is_circumstance(node, previous)
            reading = governor_of(node, previous, agreed=self._agreed)
            if reading in (ACTUAL, CERTAIN):
                self.tentative = None
                self._taken_back = node if reading == CERTAIN else self._taken_back
            elif reading is not None:
                return reading
            elif self.tentative and previous.dep_ != "prep":
                return self.tentative
            elif previous is self._trigger and _has_collapsed(node, previous):
                return "negated"
            elif _is_vague_report(node, previous):
                return "possible"
        return self._of_its_own(node, is_trigger=previous is None)

    def _of_its_own(self, node: Token, *, is_trigger: bool) -> str | None:
        if node.tag_ == "VBG" and node.dep_ == "pcomp" and before(node) == "negated":  # "left without meeting"
            self._taken_back = next((t for t in chain(node.head) if t.pos_ in {"VERB", "AUX"}), None)
            if self._taken_back is None or not is_negated(self._taken_back):
                return "negated"
        reading = own(node, is_trigger=is_trigger, negation=node != self._taken_back)
        undecided = node.dep_ in {"xcomp", "ccomp", "acl", "advcl", "relcl"} or node.pos_ == "NOUN"
        if reading == "planned" and undecided:
            self.tentative = reading  # "to meet": what governs the infinitive decides
            return None
        return reading


def _is_asked(trigger: Token) -> bool:
    last = [t for t in trigger.sent[-3:] if not t.is_space and t.text not in {'"', "'", ")"}]
    return bool(last) and last[-1].text == "?"


def _is_hearsay(trigger: Token) -> bool:
    """Whether the clause or sentence of a trigger goes by a source not to rely on: "according to a blog"."""
    for word in trigger.sent:
        if word.lower_ != "according":
            continue
        sources = [o for to in word.children if to.lower_ == "to" for o in to.children if o.dep_ == "pobj"]
        if any(map(is_vague, sources)) and (word.head in chain(trigger) or trigger in chain(word.head)):
            return True
    return False


def _is_circumstance(node: Token, previous: Token) -> bool:
    """Whether a phrase or a participle tells what else went on: "after meeting X", "meeting X in Y, she"."""
    if previous.dep_ == "advcl":
        return previous.tag_ in _REDUCED and not any(c.dep_ == "mark" for c in previous.children)
    return previous.dep_ == "prep" and previous.lower_ in stance_words("adjuncts") and node.pos_ in {"VERB", "AUX"}


def _is_content(clause: Token) -> bool:
    """Whether what a parser takes for a relative clause tells what is told: "the rumour that X met Y"."""
    return sum(c.dep_ in {"dobj", "obj"} for c in clause.children) > 1 and any(
        c.lower_ == "that" for c in clause.children
    )


def _is_reduced(participle: Token) -> bool:
    """Whether a participle stands for a relative clause: "the firm founded by X", not "the claim that X had met Y"."""
    finite = any(c.dep_ in {"aux", "mark"} for c in participle.children)
    return participle.dep_ == "acl" and participle.tag_ in _REDUCED and not finite


def _is_background(node: Token) -> bool:
    """Whether a clause or phrase is told as known, whatever becomes of the one it hangs on (Levinson 1983, ch. 4).

    "When she met X, she did not smile", "having met X, she will go home", "will not speak of her visit to Y".
    """
    if node.dep_ == "advcl":
        if any(c.lower_ == "having" and c.dep_ == "aux" for c in node.children):
            return True
        joining = {c.lower_ for c in node.children if c.dep_ in {"mark", "advmod"}}
        past = node.tag_ == "VBD" or any(c.dep_ in {"aux", "auxpass"} and c.tag_ == "VBD" for c in node.children)
        return past and not joining.isdisjoint(stance_words("background"))
    verb = node.head
    if node.dep_ != "prep" or node.lower_ not in {"of", "about"} or verb.pos_ != "VERB" or is_governor(verb):
        return False
    return any(c.dep_ == "poss" for event in node.children if event.dep_ == "pobj" for c in event.children)


def _of_adjunct(reading: Factuality, node: Token) -> Factuality:
    """What is left of a reading for an adjunct: "did not speak after meeting X", "would not go before meeting X"."""
    if reading.polarity is Polarity.AFFIRMED and reading.modality is not Modality.DENIED:
        return reading
    return _READINGS["planned"] if any(c.tag_ == "MD" for c in node.children) else FACT


def _identifies(noun: Token) -> bool:
    """Whether a copula says of its subject what the clause of a noun tells: "is not a guest who met X"."""
    for node in chain(noun, limit=5):
        above = node.head
        if above.lemma_ in {"be", "become"} and above.i != node.i:
            return node.dep_ in {"attr", "prep"}
        if node.dep_ not in {"pobj", "prep"} or (node.dep_ == "prep" and node.lower_ not in {"of", "among"}):
            return False
    return False


def _is_cleft(noun: Token) -> bool:
    """Whether a noun is what "it was" brings to the front: "it was not the surgeon X who founded Y"."""
    above = noun.head
    expletive = any(c.dep_ == "nsubj" and c.lower_ == "it" for c in above.children)
    return noun.dep_ == "attr" and above.lemma_ == "be" and expletive


def _has_collapsed(verb: Token, event: Token) -> bool:
    """ "The takeover fell through": what its subject names came to nothing."""
    if event.pos_ != "NOUN" or event.dep_ not in {"nsubj", "nsubjpass"} or is_negated(verb):
        return False
    held = event.lemma_.lower() in stance_words("talks")
    forms = wordings(verb)
    return not forms.isdisjoint(stance_words("vanishing")) or (
        not held and not forms.isdisjoint(stance_words("collapsing"))
    )


def _reports(verb: Token) -> bool:
    """Whether a verb only says something; what was to be proved is no fact where that failed ("could not prove")."""
    return not is_governor(verb) and wordings(verb).isdisjoint(stance_words("confirming"))


def _is_vague_report(verb: Token, told: Token) -> bool:
    """Whether the subject of what reports a clause is no source to rely on: "a blog said"."""
    if told.dep_ not in {"ccomp", "parataxis"} or verb.pos_ != "VERB":
        return False
    return any(c.dep_ == "nsubj" and is_vague(c) for c in verb.children)
