"""Whether a clause is told as a fact: polarity and modality of the word that states a relation."""

from functools import cache, lru_cache
from typing import NamedTuple

from spacy.tokens import Token

from kg.extraction.language.grammar import chain, particle
from kg.model import Modality, Polarity
from kg.resources import lexicon

__all__ = ["FACT", "Factuality", "factuality", "is_governor"]

_COMPLEMENT = frozenset({
    "ccomp", "xcomp", "acl", "advcl", "pcomp", "pobj", "prep", "dobj", "obj", "acomp", "oprd", "attr", "conj", "csubj",
    "nsubj", "nsubjpass", "csubjpass", "relcl", "dep",
})  # fmt: skip
_PREPOSITIONS = frozenset({"of", "for", "to", "from", "about", "on", "against", "with", "as", "in"})


class Factuality(NamedTuple):
    """How a text holds a relation."""

    polarity: Polarity
    modality: Modality


FACT = Factuality(Polarity.AFFIRMED, Modality.ACTUAL)
_READINGS = {
    "negated": Factuality(Polarity.NEGATED, Modality.ACTUAL),
    "denied": Factuality(Polarity.AFFIRMED, Modality.DENIED),
    "planned": Factuality(Polarity.AFFIRMED, Modality.PLANNED),
    "possible": Factuality(Polarity.AFFIRMED, Modality.POSSIBLE),
}


@lru_cache(maxsize=1)
def _governors() -> dict[str, str]:
    table = lexicon("stance/factuality")["governors"]
    return {lemma: reading for reading in ("planned", "possible", "negated", "denied") for lemma in table[reading]}


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(lexicon("stance/factuality")[name])


def is_governor(verb: Token) -> bool:
    """Whether a verb makes more or less than a fact of what it governs ("cancel", "plan", "deny")."""
    return particle(verb) in _governors()


def factuality(trigger: Token) -> Factuality:
    """Read the clause of ``trigger`` and what governs it, from the inside out; the first word that unmakes it decides.

    A question, a condition, a modal, a negation or a governor such as "plan" or "deny" each unmake the fact; relative
    clauses are cut off from what governs their noun ("he denied knowing X, who met Y": Y was met).
    """
    if (reading := _sentence_mood(trigger)) is not None:
        return reading
    previous: Token | None = None
    tentative = FACT
    adjunct = False
    for node in chain(trigger):
        if previous is not None:
            link = previous.dep_
            if link == "relcl" or (link == "acl" and previous.tag_ == "VBG") or link not in _COMPLEMENT:
                break
            if _is_background(previous):
                break
            if link == "conj":
                if node.pos_ in {"VERB", "AUX"} and (shared := _shared(previous, node)):
                    return _READINGS[shared]
                previous = node
                continue
            adjunct |= link == "prep" and previous.lower_ in _words("adjuncts") and node.pos_ in {"VERB", "AUX"}
            if (reading := _governed(node, previous)) is not None:
                return _of_adjunct(reading, node) if adjunct else reading
            if tentative != FACT and link != "prep":
                return tentative
            if link in {"nsubj", "nsubjpass", "csubj", "csubjpass"} and node.pos_ not in {"VERB", "AUX"}:
                break
        if (own := _own(node, is_trigger=previous is None)) is not None:
            undecided = node.dep_ in {"xcomp", "ccomp", "acl", "advcl"} or node.pos_ == "NOUN"
            if own != "planned" or not undecided:
                return _of_adjunct(_READINGS[own], node) if adjunct else _READINGS[own]
            tentative = _READINGS[own]  # "to meet": what governs the infinitive decides, "refused to meet"
        if previous is not None and previous.dep_ == "ccomp" and node.pos_ == "VERB" and _says(node):
            break
        previous = node
    return tentative


def _is_background(node: Token) -> bool:
    """Whether a clause or phrase is told as known, whatever becomes of the one it hangs on (Levinson 1983, ch. 4).

    "When she met X, she did not smile", "will not speak of her visit to Y".
    """
    if node.dep_ == "advcl":
        words = {c.lower_ for c in node.children if c.dep_ in {"mark", "advmod"}}
        return node.tag_ == "VBD" and not words.isdisjoint(_words("background"))
    verb = node.head
    if (
        node.dep_ != "prep"
        or node.lower_ not in {"of", "about"}
        or verb.pos_ != "VERB"
        or particle(verb) in _governors()
    ):
        return False
    return any(c.dep_ == "poss" for event in node.children if event.dep_ == "pobj" for c in event.children)


def _of_adjunct(reading: Factuality, node: Token) -> Factuality:
    """What is left of a reading for an adjunct: "did not speak after meeting X", "would not go before meeting X"."""
    if reading.polarity is Polarity.AFFIRMED and reading.modality is not Modality.DENIED:
        return reading
    return _READINGS["planned"] if any(c.tag_ == "MD" for c in node.children) else FACT


def _says(verb: Token) -> bool:
    """A reporting verb passes its complement on as told; what governs the report no longer matters."""
    return verb.lemma_.lower() not in _governors()


def _sentence_mood(trigger: Token) -> Factuality | None:
    sentence = trigger.sent
    last = [t for t in sentence[-3:] if not t.is_space and t.text not in {'"', "'", ")"}]
    if last and last[-1].text == "?":
        return _READINGS["possible"]
    return None


def _own(node: Token, *, is_trigger: bool) -> str | None:
    """What the node's own auxiliaries, negations and modifiers make of it."""
    table = lexicon("stance/factuality")
    planned = None
    infinitive = False
    for child in node.children:
        word = child.lower_
        negator = child.dep_ in {"det", "advmod", "preconj", "cc"} and word in _words("negators") and child.i < node.i
        if (child.dep_ == "neg" or negator) and not _only(child):
            return "negated"
        if child.dep_ == "aux" and node.pos_ in {"VERB", "AUX"}:
            if word in table["modals"] and child.tag_ == "MD":
                planned = _modal(node, table["modals"][word])
            infinitive |= child.tag_ == "TO"
        elif child.dep_ == "mark" and word in table["markers"]:
            return str(table["markers"][word])
        elif child.dep_ == "advmod" and word in table["adverbs"]:
            return str(table["adverbs"][word])
        elif child.dep_ in {"nsubj", "nsubjpass"} and _empty(child):
            return "negated"
        elif child.dep_ == "acl" and node.pos_ == "NOUN" and _governors().get(child.lemma_.lower()) == "planned":
            planned = "planned"  # "a meeting scheduled with"
        elif (
            child.dep_ in {"amod", "compound", "nmod"}
            and node.pos_ in {"NOUN", "PROPN"}
            and word in table["adjectives"]
        ):
            if table["adjectives"][word] != "planned":
                return str(table["adjectives"][word])
            planned = "planned"
    if planned:
        return planned
    if _imperative(node):
        return "planned"
    if infinitive and (is_trigger or node.dep_ in {"ROOT", "relcl", "acl", "advcl"}) and not _implied(node):
        return "planned"
    if node.pos_ in {"NOUN", "PROPN"} and node.dep_ == "pobj":
        return _before(node)
    if node.tag_ == "VBG" and node.dep_ == "pcomp" and _before(node) == "negated":
        return "negated"  # "left without meeting"
    return None


def _empty(subject: Token) -> bool:
    """ "Nobody", "no minister", "neither A nor B"."""
    if subject.lower_ in {"nobody", "none", "neither", "nothing"}:
        return True
    return any(c.lower_ in {"no", "neither"} and c.dep_ in {"det", "preconj", "cc"} for c in subject.children)


def _imperative(verb: Token) -> bool:
    """ "Go to Hama": a bare form without subject or auxiliary at the head of a clause."""
    if verb.tag_ != "VB" or verb.pos_ != "VERB" or verb.dep_ not in {"ROOT", "ccomp"}:
        return False
    return not any(c.dep_ in {"aux", "nsubj", "nsubjpass", "expl"} for c in verb.children)


def _only(word: Token) -> bool:
    """ "not only", "no longer", "no fewer than" do not negate what follows them."""
    following = word.nbor(1).lower_ if word.i + 1 < len(word.doc) else ""
    return following in {"only", "longer", "fewer", "less", "later", "sooner", "other"}


def _modal(verb: Token, reading: str) -> str:
    """The reading of a modal; "said that he would meet" is the "will" of what he said."""
    backshifted = any(c.lower_ in {"would", "'d"} and c.dep_ == "aux" for c in verb.children)
    perfect = any(c.lower_ == "have" and c.dep_ == "aux" for c in verb.children)
    if backshifted and not perfect and verb.dep_ == "ccomp" and verb.head.tag_ in {"VBD", "VBN"}:
        return "planned"
    return reading


def _implied(verb: Token) -> bool:
    """An infinitive that its governor leaves a fact ("managed to meet", "arrived to find")."""
    if verb.dep_ in {"xcomp", "ccomp"} and verb.head.lemma_.lower() in _words("neutral"):
        return True
    return verb.dep_ in {"xcomp", "advcl"} and particle(verb.head) in _words("phrasal")


def _before(noun: Token) -> str | None:
    """What the preposition of an event noun or gerund makes of it ("ahead of a meeting")."""
    prep = noun.head
    phrase = prep.lower_
    if (prep.dep_ == "prep" and prep.head.dep_ == "advmod") or prep.head.lower_ == "ahead":
        phrase = f"{prep.head.lower_} {phrase}"
    elif prep.i and prep.nbor(-1).lower_ in {"ahead", "instead"}:
        phrase = f"{prep.nbor(-1).lower_} {phrase}"
    reading = lexicon("stance/factuality")["prepositions"].get(phrase)
    return None if reading in (None, "actual") else str(reading)


def _governed(node: Token, complement: Token) -> Factuality | None:
    """What a governor makes of its complement, if it is not unmade itself (then that decides, by the climb)."""
    reading = _governors().get(particle(node)) or _governors().get(node.lemma_.lower())
    if reading is None and node.pos_ == "ADJ":
        reading = _governors().get(node.lower_)
    if reading is None:
        return None
    link = complement.dep_
    if link in {"nsubj", "csubj"}:
        return None
    if link == "nsubjpass" and (complement.pos_ not in {"NOUN", "VERB"} or node.lemma_.lower() in _words("purposes")):
        return None
    if link == "prep" and complement.lower_ not in _PREPOSITIONS:
        return None
    if link == "advcl":
        return None
    if link == "prep" and node.pos_ == "VERB" and complement.lower_ in {"with", "on", "in", "as"}:
        return None  # "agreed in talks with X", "said he hoped ... at a meeting with": circumstance, not complement
    if (
        node.lemma_.lower() in {"tell", "ask", "call", "warn", "urge", "order", "advise"}
        and link == "ccomp"
        and complement.tag_ != "VB"
    ):
        return None  # "told him that he met X"
    if (
        reading == "possible"
        and link in {"dobj", "obj"}
        and complement.pos_ == "NOUN"
        and node.lemma_.lower() in {"suggest"}
    ):
        return _READINGS["planned"]
    if node.pos_ == "VERB" and any(c.dep_ == "neg" for c in node.children) and reading in {"denied", "negated"}:
        return _READINGS["possible"]  # "did not deny that"
    return _READINGS[reading]


def _shared(conjunct: Token, first: Token) -> str | None:
    """A modal or "to" of the first conjunct also holds for one in the same form ("will meet X and visit Y")."""
    if conjunct.tag_ != first.tag_ or any(c.dep_ in {"aux", "nsubj", "nsubjpass"} for c in conjunct.children):
        return None
    if first.tag_ == "VB":
        return _own(first, is_trigger=True)
    return None
