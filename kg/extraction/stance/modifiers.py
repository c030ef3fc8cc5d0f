"""What a word's own auxiliaries, negations and modifiers make of it: "did not meet", "almost killed"."""

from spacy.tokens import Token

from kg.extraction.language.grammar import particle, small_words
from kg.extraction.language.tokens import hyphenated
from kg.extraction.stance.governors import governor_of, is_inescapable, is_plan
from kg.extraction.stance.words import stance_words, table

__all__ = ["before", "described", "own", "shared"]

_AUXILIARIES = frozenset({"aux", "auxpass"})


def own(node: Token, *, is_trigger: bool, negation: bool = True) -> str | None:
    """Return what the words beside a word make of it, None where they leave it a fact.

    Args:
        is_trigger: whether it tells the relation itself; else it governs what does.
        negation: False where its negation has been read already.
    """
    if is_inescapable(node):
        return None
    planned: str | None = None
    infinitive = False
    carried = [t for c in node.children if c.dep_ in _AUXILIARIES for t in c.children if t.dep_ == "neg"]
    for child in (*node.children, *carried):  # a parser may hang "not" on "was" ("was not in fact born")
        if negation and _negates(child, node):
            return "negated"
        if child.dep_ == "aux" and node.pos_ in {"VERB", "AUX"}:
            if child.lower_ in table("modals") and child.tag_ == "MD":
                planned = _modal(node, table("modals")[child.lower_])
            elif child.lower_ == "had" and _is_inverted(child, node):
                return "possible"
            infinitive |= child.tag_ == "TO"
        elif (reading := _modified(child, node, is_trigger=is_trigger)) is not None:
            if reading != "planned":
                return reading
            planned = reading
    if planned:
        return planned
    if _imperative(node):
        return "planned"
    if infinitive and (is_trigger or node.dep_ in {"ROOT", "relcl", "acl", "advcl"}) and not _implied(node):
        return None if _singles_out(node) else "planned"
    if node.pos_ in {"NOUN", "PROPN"} and node.dep_ == "pobj":
        return before(node)
    return None


def described(noun: Token) -> str | None:
    """Return what the adjectives of a noun make of what it says somebody is: "the alleged killer of X"."""
    readings = [reading for child in noun.children if (reading := _adjective(child, noun)) is not None]
    if noun.dep_ == "attr" and hyphenated(noun.head) in table("adjectives"):  # "the would-be assassin", misread
        readings.append(str(table("adjectives")[hyphenated(noun.head)]))
    return next((r for r in readings if r != "planned"), readings[0] if readings else None)


def _modified(child: Token, node: Token, *, is_trigger: bool) -> str | None:
    word = child.lower_
    if child.dep_ == "mark" and word in table("markers"):
        return str(table("markers")[word])
    if child.dep_ == "advmod":
        judged = not is_trigger or node.lemma_ in stance_words("judgements")
        if judged and word in stance_words("errors"):
            return "denied"
        return str(table("adverbs")[word]) if word in table("adverbs") else None
    if child.dep_ == "acl" and node.pos_ == "NOUN":  # "a meeting scheduled with"
        return "planned" if is_plan(child) else None
    return _adjective(child, node)


def _adjective(child: Token, noun: Token) -> str | None:
    if child.dep_ not in {"amod", "compound", "nmod"} or noun.pos_ not in {"NOUN", "PROPN"}:
        return None
    reading = table("adjectives").get(child.lower_) or table("adjectives").get(hyphenated(child))
    return None if reading is None else str(reading)


def _negates(child: Token, node: Token) -> bool:
    word = child.lower_
    if child.dep_ in {"nsubj", "nsubjpass"}:
        return _empty(child)
    negator = child.dep_ in {"det", "advmod", "preconj", "cc"} and word in stance_words("negators") and child.i < node.i
    return (child.dep_ == "neg" or negator) and not _limited(child, node)


def _empty(subject: Token) -> bool:
    """ "Nobody", "no minister", "neither A nor B"; but "nobody but X", "none other than X"."""
    empty = subject.lower_ in stance_words("nobody") or any(
        c.lower_ in {"no", "neither"} and c.dep_ in {"det", "preconj", "cc"} for c in subject.children
    )
    if not empty:
        return False
    behind = subject.doc[subject.i + 1 : subject.i + 3]
    following = behind[0].lower_ if len(behind) else ""
    return following not in stance_words("exceptions") and " ".join(t.lower_ for t in behind) not in stance_words(
        "exceptions"
    )


def _limited(negation: Token, node: Token) -> bool:
    """ "Not only", "no longer", "no fewer than", "not the first to", "not until" do not negate what follows them."""
    doc, i = negation.doc, negation.i + 1
    while i < len(doc) and doc[i].lower_ in stance_words("before_limits"):
        i += 1
    if i < len(doc) and doc[i].lower_ in stance_words("limits"):
        return True
    modal = any(c.tag_ == "MD" for c in node.children)  # "did not meet X until Monday"
    return not modal and any(
        c.i > node.i and "until" in {c.lower_, *(m.lower_ for m in c.children if m.dep_ == "mark")}
        for c in node.children
    )


def _is_inverted(auxiliary: Token, verb: Token) -> bool:
    """ "Had she met X, ...": the auxiliary before the subject, with nothing before it that would draw it there."""
    subjects = [c for c in verb.children if c.dep_ in {"nsubj", "nsubjpass"}]
    return bool(subjects) and auxiliary.i < subjects[0].i and verb.left_edge.i == auxiliary.i and verb.dep_ != "ROOT"


def _imperative(verb: Token) -> bool:
    """ "Go to Hama": a bare form without subject or auxiliary at the head of a clause."""
    if verb.tag_ != "VB" or verb.pos_ != "VERB" or verb.dep_ not in {"ROOT", "ccomp"}:
        return False
    return not any(c.dep_ in {"aux", "nsubj", "nsubjpass", "expl"} for c in verb.children)


def _modal(verb: Token, reading: str) -> str:
    """The reading of a modal; "said that he would meet" is the "will" of what he said."""
    backshifted = any(c.lower_ in {"would", "'d"} and c.dep_ == "aux" for c in verb.children)
    perfect = any(c.lower_ == "have" and c.dep_ == "aux" for c in verb.children)
    if backshifted and not perfect and verb.dep_ == "ccomp" and verb.head.tag_ in {"VBD", "VBN"}:
        return "planned"
    return reading


def _implied(verb: Token) -> bool:
    """An infinitive that its governor leaves a fact ("managed to meet", "arrived to find")."""
    if verb.dep_ in {"xcomp", "ccomp"} and verb.head.lemma_.lower() in stance_words("neutral"):
        return True
    return verb.dep_ in {"xcomp", "advcl"} and particle(verb.head) in stance_words("phrasal")


def _singles_out(verb: Token) -> bool:
    """ "The first president to visit X": who is told apart by what he did."""
    noun = verb.head
    words_of = {noun.lower_, *(c.lower_ for c in noun.children if c.dep_ in {"amod", "nummod"})}
    return verb.dep_ in {"relcl", "acl"} and not words_of.isdisjoint(stance_words("ordinals"))


def before(word: Token) -> str | None:
    """Return what the preposition of an event noun or gerund makes of it ("ahead of a meeting", "without meeting")."""
    prep = word.head
    if governor_of(prep.head, prep) is not None:
        return None  # "jailed for the murder of"
    phrase = prep.lower_
    if (prep.dep_ == "prep" and prep.head.dep_ == "advmod") or prep.head.lower_ == "ahead":
        phrase = f"{prep.head.lower_} {phrase}"
    elif prep.i and prep.nbor(-1).lower_ in {"ahead", "instead"}:
        phrase = f"{prep.nbor(-1).lower_} {phrase}"
    reading = table("prepositions").get(phrase)
    return None if reading in (None, "actual") else str(reading)


def shared(conjunct: Token, first: Token) -> str | None:
    """Return what holds of a verb by the one it is coordinated with: "will meet X and visit Y", "nor did he meet"."""
    left = conjunct.left_edge.i
    joint = conjunct.doc[max(first.i + 1, left - 2) : left].text.lower().split()
    if joint[-1:] == ["nor"] or " ".join(joint) in small_words("leaving_out") - {"instead of"}:
        return "negated"
    if conjunct.tag_ != first.tag_ or any(c.dep_ in {"aux", "nsubj", "nsubjpass"} for c in conjunct.children):
        return None
    return own(first, is_trigger=True) if first.tag_ == "VB" else None
