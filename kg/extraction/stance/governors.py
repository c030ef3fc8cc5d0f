"""What a word makes of the clause, phrase or infinitive that it governs: "refused to meet", "acquitted of killing"."""

from collections.abc import Iterator
from functools import cache, lru_cache

from spacy.tokens import Token

from kg.extraction.language.grammar import chain, is_passive, particle, wordings
from kg.extraction.stance.words import stance_words, table
from kg.lexicons import words_with

__all__ = [
    "ACTUAL",
    "CERTAIN",
    "KNOWN",
    "governor_of",
    "is_governor",
    "is_inescapable",
    "is_negated",
    "is_plan",
    "judged_by",
]

ACTUAL = "actual"
"""The complement is a fact as far as its governor is one."""
KNOWN = "known"
"""The complement is a fact whatever becomes of its governor ("did not regret meeting", "the fact that")."""
CERTAIN = "certain"
"""The complement is a fact, and what negates its governor says just that ("no doubt that", "did not fail to")."""

_PREDICATES = frozenset({"acomp", "attr", "oprd"})
_FINITE = frozenset({"VBD", "VBZ", "VBP"})
_PRESENT = frozenset({"VBZ", "VBP", "VB"})
_PAST = frozenset({"VBD", "VBN"})


@lru_cache(maxsize=1)
def _governors() -> dict[str, str]:
    found = table("governors")
    return {lemma: reading for reading in ("planned", "possible", "negated", "denied") for lemma in found[reading]}


@cache
def _under(name: str) -> dict[tuple[str, str], str]:
    """What a lemma makes of what stands behind a preposition."""
    return {
        (lemma, preposition): reading
        for reading, entries in table(name).items()
        for lemma, prepositions in entries.items()
        for preposition in prepositions
    }


def is_governor(verb: Token) -> bool:
    """Whether a verb makes more or less than a fact of what it governs ("cancel", "plan", "deny")."""
    return particle(verb) in _governors()


def is_plan(word: Token) -> bool:
    """Whether a word makes a plan of what it governs ("scheduled")."""
    return _governors().get(word.lemma_.lower()) == "planned"


def is_negated(word: Token) -> bool:
    """Whether a negation stands with a word."""
    return any(c.dep_ == "neg" or c.lower_ in {"no", "never"} for c in word.children)


def is_inescapable(verb: Token) -> bool:
    """Whether somebody had to do a deed: "could not help meeting", "could not but meet"."""
    able = next((c for c in verb.children if c.dep_ == "aux" and c.lower_ in stance_words("able")), None)
    beside = () if able is None else (*verb.children, *able.children)  # a parser may hang "not" on "could"
    negations = [c for c in beside if c.dep_ == "neg" or c.lower_ in stance_words("negators")]
    if not negations:
        return False
    if any(n.i + 1 < verb.i and n.nbor().lower_ == "but" for n in negations):
        return True
    governs = any(c.tag_ == "VBG" or (c.i > verb.i and c.lower_ in {"but", "from"}) for c in verb.children)
    return governs and _lemma_in(verb, "inescapable")


def judged_by(deed: Token) -> Token | None:
    """Return the word by which a court, the police or a text holds a deed against somebody: "charged with killing"."""
    previous: Token | None = None
    for node in chain(deed):
        if previous is not None and _behind(node, previous, "verdicts") is not None:
            return node
        if previous is not None and previous.dep_ not in {"prep", "pobj", "pcomp", "conj"}:
            return None
        previous = node
    return None


def governor_of(node: Token, complement: Token, *, agreed: bool = False) -> str | None:
    """Return what a word makes of its complement: a reading, ``ACTUAL``, ``CERTAIN``, or None where it governs nothing.

    Args:
        agreed: whether an agreement makes it a fact (a purchase).
    """
    behind = _behind(node, complement, "verdicts") or _behind(node, complement, "under")
    if behind is not None:
        return behind
    lemma = node.lemma_.lower()
    if _presupposes(node, complement):
        return KNOWN
    if agreed and lemma in stance_words("agreements"):
        return ACTUAL
    forms = (*sorted(wordings(node) - {lemma}), lemma)  # "look forward" before "look"
    reading = next((_governors()[form] for form in forms if form in _governors()), None)
    if reading is None and node.pos_ == "ADJ":
        reading = _governors().get(node.lower_)
    verbal = node.pos_ == "NOUN" and lemma in stance_words("verbal")
    if verbal or (reading == "planned" and complement.dep_ == "acomp"):  # "pleaded guilty"
        reading = None
    if reading is None or not _governs(node, complement):
        return _by_grammar(node, complement) or _by_predicate(node, complement)
    if (way_out := _way_out(node, reading)) is not None:
        return way_out
    event = complement.dep_ in {"dobj", "obj"} and complement.pos_ == "NOUN"
    return "planned" if event and lemma == "suggest" else reading


def _presupposes(node: Token, complement: Token) -> bool:
    """Whether a word takes what it governs for known: a finite clause without "whether" or "if", or a gerund."""
    if complement.dep_ not in {"ccomp", "xcomp", "acl", "pcomp"} or not _lemma_in(node, "presupposing"):
        return False
    beside = {c.lower_ for c in complement.children if c.dep_ in {"aux", "mark"}}
    asked, finite = not beside.isdisjoint({"whether", "if"}), complement.tag_ in _FINITE or "had" in beside
    return not asked and (finite or (complement.tag_ == "VBG" and node.pos_ == "VERB"))


def _way_out(node: Token, reading: str) -> str | None:
    """What is left of a governor that is taken back itself: "did not deny", "no doubt that", "took the chance to"."""
    lemma = node.lemma_.lower()
    if node.pos_ == "NOUN":
        if lemma in stance_words("doubts") and (is_negated(node) or any(c.lower_ == "little" for c in node.children)):
            return CERTAIN
        if lemma in stance_words("chances") and node.dep_ in {"dobj", "obj"} and _lemma_in(node.head, "taken"):
            return ACTUAL
        return ACTUAL if reading == "possible" and _is_confirmed(node) else None
    if is_inescapable(node):
        return ACTUAL
    if is_negated(node) and reading in {"denied", "negated"}:
        return CERTAIN if lemma in stance_words("two_way") else "possible"
    return None


def _behind(node: Token, complement: Token, name: str) -> str | None:
    """What a word makes of what stands behind its preposition: "charged with", "candidate for"."""
    if complement.dep_ != "prep":
        return None
    preposition, known, lemma = complement.lower_, _under(name), node.lemma_.lower()
    forms = (*sorted(wordings(node) - {lemma}), lemma, node.lower_)
    return next((known[form, preposition] for form in forms if (form, preposition) in known), None)


def _governs(node: Token, complement: Token) -> bool:
    """Whether a complement is what a governor speaks of, no subject or circumstance of it."""
    link, lemma = complement.dep_, node.lemma_.lower()
    if link in {"nsubj", "csubj", "advcl"}:
        return False
    if link == "nsubjpass":
        return complement.pos_ in {"NOUN", "VERB"} and lemma not in stance_words("purposes")
    if link == "prep":
        circumstance = node.pos_ == "VERB" and complement.lower_ in stance_words("circumstances")
        return complement.lower_ in stance_words("speaking_of") and not circumstance
    if lemma == "claim" and complement.lemma_.lower() == "responsibility":
        return False
    return not (
        lemma in words_with("speech", "verbs", "hearer") and link == "ccomp" and complement.tag_ != "VB"
    )  # "told him that he met X"


def _by_grammar(node: Token, complement: Token) -> str | None:
    """What a construction makes of its complement: "has yet to", "has to", "is said to", "was able to"."""
    lemma, link = node.lemma_.lower(), complement.dep_
    if link == "xcomp":
        if lemma in stance_words("open") and any(c.lower_ == "yet" for c in node.children):
            return "negated"
        if lemma == "have" and node.tag_ in _PRESENT:
            return "planned"
        if lemma in stance_words("reputed") and is_passive(node):
            return "possible"
    if link in {"xcomp", "ccomp"} and (lemma in stance_words("factive") or node.lower_ in stance_words("factive")):
        perfect = any(c.lower_ == "have" and c.dep_ == "aux" for c in complement.children)
        return ACTUAL if perfect or node.head.tag_ in _PAST else None
    if node.pos_ == "NOUN" and _tells(node, complement):
        return ACTUAL if _is_confirmed(node) else "possible"
    return None


def _tells(noun: Token, complement: Token) -> bool:
    """Whether a noun of hearsay is told with its content; a report with its author's name is more than that."""
    lemma = noun.lemma_.lower()
    if lemma not in stance_words("hearsay") | stance_words("reports"):
        return False
    if lemma in stance_words("reports") and any(_names_author(c) for c in noun.children):
        return False
    if complement.dep_ == "prep":
        return complement.lower_ in {"of", "about"}
    return complement.dep_ in {"acl", "ccomp", "relcl"} and any(c.lower_ == "that" for c in complement.children)


def _names_author(child: Token) -> bool:
    if child.dep_ in {"poss", "compound", "nmod"}:
        return child.pos_ == "PROPN"
    return child.lower_ in {"by", "from"} and any(c.pos_ == "PROPN" for c in child.children)


def _is_confirmed(noun: Token) -> bool:
    """Whether a noun of hearsay is told to be right: "confirmed reports that", "the rumour proved true"."""
    head = noun.head
    if noun.dep_ in {"dobj", "obj", "nsubjpass"}:
        return _lemma_in(head, "confirming")
    return noun.dep_ == "nsubj" and any(_lemma_in(p, "true") for p in _predicates(head)) and not is_negated(head)


def _by_predicate(copula: Token, complement: Token) -> str | None:
    """What a predicate makes of a clause or of what its subject tells: "it is false that", "the claim is a lie"."""
    if complement.dep_ not in {"ccomp", "csubj", "nsubj"} or complement.lower_ == "it":
        return None
    noun = complement.dep_ == "nsubj"
    if noun and complement.lemma_.lower() not in stance_words("hearsay") | stance_words("reports"):
        return None
    for predicate in _predicates(copula):
        if _lemma_in(predicate, "untrue") or (noun and _lemma_in(predicate, "faulty")):
            return CERTAIN if is_negated(copula) else "negated"
        if _lemma_in(predicate, "true"):
            return "negated" if is_negated(copula) else ACTUAL
        if not noun and (reading := _governors().get(predicate.lemma_.lower()) or _governors().get(predicate.lower_)):
            return _way_out(predicate, reading) or reading
    return None


def _predicates(copula: Token) -> Iterator[Token]:
    if particle(copula) in stance_words("copulas"):
        yield from (c for c in copula.children if c.dep_ in _PREDICATES)


def _lemma_in(token: Token, name: str) -> bool:
    return not stance_words(name).isdisjoint({particle(token), token.lemma_.lower(), token.lower_})
