"""Grammar read off a dependency parse: who does what to whom, whatever the voice or the clause.

Labels are those of spaCy's English pipelines (ClearNLP style; de Marneffe and Manning 2008 for the notions). The
subject of a verb without one of its own is found by control (Chomsky 1981, ch. 2): from the verb it is coordinated
with, the noun it modifies, or the clause it depends on.
"""

from collections.abc import Iterable, Iterator
from functools import partial

from spacy.tokens import Token

from kg.lexicons import word_set

__all__ = [
    "FINITE",
    "arguments",
    "chain",
    "conjuncts",
    "is_passive",
    "particle",
    "phrases",
    "possessors",
    "prepositional",
    "rightward",
    "small_words",
    "subjects",
    "wordings",
]

_SUBJECT = {"nsubj", "csubj", "expl"}
_PASSIVE = {"nsubjpass", "csubjpass"}
_OBJECT = {"dobj", "obj"}
FINITE = {"VBD", "VBZ", "VBP", "MD"}
_AUXILIARIES = {"aux", "auxpass", "neg"}
_JOINED = {"conj", "ccomp"}
small_words = partial(word_set, "language/grammar")
"""Returns a list of small words by what they do."""
_ATTRIBUTE = {"attr", "oprd", "acomp"}


def chain(token: Token, limit: int = 12) -> Iterator[Token]:
    """Yield a token and its heads up to the root, at most ``limit``."""
    for _ in range(limit):
        yield token
        if token.head is token or token.head.i == token.i:
            return
        token = token.head


def conjuncts(token: Token) -> list[Token]:
    """Return a token and those coordinated with it, in text order."""
    return sorted({token, *token.conjuncts}, key=lambda t: t.i)


def rightward(tokens: Iterable[Token]) -> list[Token]:
    """Return each token with the conjuncts that hang below it (not the ones above it)."""
    found: dict[int, Token] = {}
    stack = list(tokens)
    while stack:
        token = stack.pop()
        if token.i not in found:
            found[token.i] = token
            stack.extend(c for c in token.children if _is_joined(c))
    return [found[i] for i in sorted(found)]


def _is_joined(token: Token) -> bool:
    """Whether a word is coordinated with its head.

    An apposition behind "and" is, whatever the parse says, and so is the name behind the rank that stands there. What
    "but not" or "rather than" takes out is not.
    """
    if token.dep_ == "conj" and (_is_left_out(token) or _opens_clause(token)):
        return False
    if token.dep_ == "appos" and token.left_edge.i:
        before = token.doc[token.left_edge.i - 1]
        return before.tag_ == "CC" or (
            before.head.i == token.head.i and before.i != token.head.i and _is_joined(before)
        )
    return token.dep_ == "conj" and token.pos_ != "VERB"


def _is_left_out(token: Token) -> bool:
    """ "A, but not B, met C", "A rather than B met C"."""
    left = token.left_edge.i
    joint = [t.lower_ for t in token.doc[max(0, left - 2) : left]]
    return (
        any(c.dep_ == "neg" for c in token.children)
        or joint[-1:] == ["not"]
        or " ".join(joint) in small_words("leaving_out")
    )


def _before_and(token: Token) -> Iterator[Token]:
    """Yield names whose "and" lacks its second part: it joins them to the head of the phrase ("[X and the] Y met")."""
    for word in token.subtree:
        name = word.head
        if word.dep_ == "cc" and word.i < token.i and name.dep_ == "appos" and name.pos_ == "PROPN":
            yield from () if any(c.dep_ == "conj" for c in name.children) else (name,)


def is_passive(verb: Token) -> bool:
    """Whether a verb is in the passive voice, with or without its auxiliary."""
    if any(c.dep_ in _PASSIVE or c.dep_ == "auxpass" for c in verb.children):
        return True
    if verb.tag_ != "VBN" or any(c.dep_ in {"aux", *_SUBJECT} for c in verb.children):
        return False
    if verb.dep_ == "conj" and verb.head.pos_ in {"VERB", "AUX"}:
        return is_passive(verb.head)
    return verb.dep_ in {"acl", "advcl", "ROOT", "amod"} and not any(c.dep_ in _OBJECT for c in verb.children)


def subjects(verb: Token, depth: int = 5) -> list[Token]:
    """Return the surface subjects of a verb, conjuncts included, inherited where it has none of its own."""
    if own := _own(verb):
        return rightward([*own, *(t for subject in own for t in _before_and(subject))])
    if not depth:
        return []
    head = verb.head
    if head.i == verb.i:
        return []
    if verb.dep_ in _JOINED and (name := _name_before(verb)) is not None:
        return rightward([name])
    match verb.dep_:
        case "conj" if head.pos_ in {"VERB", "AUX"}:
            return subjects(head, depth - 1)
        case "xcomp" | "ccomp" if verb.tag_ in {"VB", "VBG", "VBN"}:
            objects = [c for c in head.children if c.dep_ in _OBJECT]
            if verb.dep_ == "xcomp" and objects and head.lemma_ not in small_words("promising"):
                return rightward(objects)
            return subjects(head, depth - 1)
        case "advcl" if verb.tag_ in {"VBG", "VBN", "VB"}:
            return subjects(head, depth - 1)
        case "acomp":
            return subjects(head, depth - 1)
        case "acl" if verb.tag_ == "VB" and head.pos_ == "NOUN" and head.dep_ in _OBJECT:
            return subjects(head.head, depth - 1)  # "took the chance to meet X"
        case "acl" | "relcl":
            return [head]
        case "pcomp" | "prep" | "aux" | "auxpass":
            return _of_preposition(head, depth)
    return []


def _name_before(verb: Token) -> Token | None:
    """The name right before a finite verb, its subject whatever the parse says: "A runs B, and Per Holm leads C"."""
    first = verb
    while first.i > verb.sent.start and first.nbor(-1).head.i == verb.i and first.nbor(-1).dep_ in _AUXILIARIES:
        first = first.nbor(-1)
    if first.tag_ not in FINITE or first.i <= verb.sent.start:
        return None
    name = first.nbor(-1)
    above = name.head
    behind = above.pos_ == "ADP" and above.lower_ == above.text  # "met A and in Oslo saw B"; "Per" is misread
    return None if name.pos_ != "PROPN" or name.dep_ == "npadvmod" or behind else name


def _opens_clause(name: Token) -> bool:
    """Whether a name behind "and" is the subject of the verb after it, not what the parse joins it to."""
    if name.pos_ != "PROPN" or name.i + 1 >= len(name.doc) or name.nbor().tag_ not in FINITE:
        return False
    verb = name.nbor() if name.nbor().dep_ in _JOINED else name.nbor().head
    return verb.dep_ in _JOINED and verb.head.is_ancestor(name) and _name_before(verb) == name and not _own(verb)


def _own(verb: Token) -> list[Token]:
    return [c for c in verb.children if c.dep_ in _SUBJECT | _PASSIVE]


def _of_preposition(head: Token, depth: int) -> list[Token]:
    """Return the subjects of a verb that stands below a preposition or an auxiliary."""
    above = head.head
    if head.lower_ in small_words("controlling") and above.pos_ == "VERB" and not is_passive(above):
        objects = [c for c in above.children if c.dep_ in _OBJECT and c.pos_ in {"PROPN", "PRON"}]
        if objects:
            return rightward(objects)
    if head.pos_ in {"VERB", "AUX"}:
        return subjects(head, depth - 1)
    if above.dep_ in {"acomp", "oprd"}:  # "pleaded guilty to killing X", "found him guilty of"
        found = [] if is_passive(above.head) else [c for c in above.head.children if c.dep_ in _OBJECT]
        return rightward(found) if found else subjects(above.head, depth - 1)
    return subjects(above, depth - 1) if above.pos_ in {"VERB", "AUX"} else possessors(above)


def possessors(noun: Token) -> list[Token]:
    """Return whose a noun is: "X's plan", "the conviction of X"; of a verb's object its subject ("serves a term")."""
    own = [c for c in noun.children if c.dep_ == "poss"]
    own = own or [t for name, t in prepositional(noun) if name == "of" and t.pos_ in {"PROPN", "PRON"}]
    return own or (subjects(noun.head, 1) if noun.dep_ in _OBJECT and not is_passive(noun.head) else [])


def prepositional(token: Token) -> Iterator[tuple[str, Token]]:
    """Yield (preposition, object) below a token, objects coordinated with each other one by one."""
    stack = [c for c in token.children if c.dep_ in {"prep", "agent", "dative"}]
    while stack:
        prep = stack.pop()
        name = prep.lower_
        inner = [c for c in prep.children if c.dep_ == "prep"]  # "ahead of", "out of", "because of"
        for child in prep.children:
            if child.dep_ in {"pobj", "pcomp"}:
                for item in rightward([child]):
                    yield name, item
        for child in inner:
            for grandchild in child.children:
                if grandchild.dep_ == "pobj":
                    for item in rightward([grandchild]):
                        yield f"{name} {child.lower_}", item
        stack.extend(c for c in prep.children if c.dep_ == "conj" and c.pos_ == "ADP")


def particle(verb: Token) -> str:
    """Return the verb's lemma with its particle ("take over", "call off")."""
    parts = [c.lower_ for c in verb.children if c.dep_ == "prt"]
    return " ".join([verb.lemma_.lower(), *parts])


def wordings(verb: Token) -> set[str]:
    """Return the lemma of a verb, alone and with its particle, which a parser may take for an adverb."""
    lemma = verb.lemma_.lower()
    return {lemma, particle(verb), *(f"{lemma} {c.lower_}" for c in verb.children if c.dep_ in {"advmod", "acomp"})}


def phrases(verb: Token) -> Iterator[tuple[str, list[Token]]]:
    """Yield the entries of a lexicon that a verb and what hangs on it may be, with what fills the place behind each.

    "Chair" [X], "take over" [X], "preside over" [X], "take charge of" [X], "be at the helm of" [X].
    """
    word = particle(verb)
    slots = arguments(verb)
    yield word, slots.get("obj", [])
    for name in dict.fromkeys(name for name, _ in prepositional(verb)):
        yield f"{word} {name}", slots.get(name, [])
    inner = [("", t) for t in slots.get("obj", ())]
    inner += [(f"{c.lower_} ", t) for c in verb.children if c.dep_ == "prep" for t in c.children if t.dep_ == "pobj"]
    for before, noun in inner:
        written = " ".join(t.lower_ for t in noun.doc[noun.left_edge.i : noun.i + 1])
        for name in dict.fromkeys(name for name, _ in prepositional(noun)):
            yield f"{word} {before}{written} {name}", [t for other, t in prepositional(noun) if other == name]


def arguments(verb: Token) -> dict[str, list[Token]]:
    """Map ``subj``, ``obj``, ``attr`` and each preposition to the tokens that fill it, in the active's terms."""
    slots: dict[str, list[Token]] = {}
    passive = is_passive(verb)
    slots["obj" if passive else "subj"] = subjects(verb)
    for child in verb.children:
        if child.dep_ in _OBJECT:
            slots.setdefault("obj2" if passive else "obj", []).extend(rightward([child]))
        elif child.dep_ == "dative" and child.pos_ != "ADP":
            slots.setdefault("dative", []).extend(rightward([child]))
        elif child.dep_ in _ATTRIBUTE:
            slots.setdefault("attr", []).extend(rightward([child]))
    for name, item in prepositional(verb):
        agent = passive and name == "by"
        slots.setdefault("subj" if agent else name, []).append(item)
    for (
        child
    ) in verb.children:  # "named him to head it": objects of the object's prepositions may hang there by mistake
        if child.dep_ == "prt":
            for name, item in prepositional(child):
                slots.setdefault(name, []).append(item)
    relative = verb.dep_ == "relcl" and not passive
    if relative and "obj" not in slots and slots.get("subj") and verb.head.i not in {t.i for t in slots["subj"]}:
        relativizer = any(t.tag_ in {"WP", "WDT", "WP$"} for t in slots["subj"])
        if not relativizer:
            slots["obj"] = [verb.head]  # "the man (whom) she met"
    return slots
