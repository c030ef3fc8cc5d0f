"""The verb by which somebody has, takes or loses a post, and what it makes of the post's status."""

from functools import partial

from spacy.tokens import Token

from kg.extraction.language.grammar import FINITE, is_passive, particle, small_words
from kg.extraction.stance.factuality import FACT, Factuality, factuality, is_governor
from kg.extraction.stance.governors import is_negated
from kg.lexicons import word_set, words_with
from kg.model import Modality, Polarity, RoleStatus

__all__ = ["governing_verb", "is_naming", "is_post", "is_replacing", "standing_before", "standing_by", "status_by"]

_NOUNS = frozenset({"NOUN", "PROPN"})
_terms = partial(word_set, "posts/terms")
_verbs = partial(words_with, "role_verbs", "verbs")
_STATUS = {"take": RoleStatus.CURRENT, "leave": RoleStatus.FORMER}
_MADE = (RoleStatus.FORMER, RoleStatus.ACTING, RoleStatus.DESIGNATE)


def is_naming(verb: Token) -> bool:
    """Whether the object of a verb takes or loses a post by it ("named X minister", "ousted X as chairman")."""
    return not {particle(verb), verb.lemma_}.isdisjoint(_verbs("object"))


def governing_verb(title: Token) -> Token | None:
    """Return the verb that predicates the head of a title: its copula, the verb of naming, or the one with "as".

    "Took office as mayor", "gave up the post of mayor": what is taken may stand between them.
    """
    noun = title
    while noun.dep_ == "conj" and noun.head.pos_ in _NOUNS:
        noun = noun.head
    head = noun.head
    if noun.dep_ in {"attr", "oprd", "acomp"} and head.pos_ in {"VERB", "AUX"}:
        return head
    if noun.dep_ in {"dobj", "ccomp", "xcomp"} and (is_naming(head) or head.lemma_ == "become"):
        return head if noun.dep_ != "dobj" or is_passive(head) or head.lemma_ == "become" else None
    if noun.dep_ == "pobj" and head.dep_ == "prep":
        return _by_preposition(head)
    return None


def _by_preposition(preposition: Token) -> Token | None:
    """The verb before "as", "to" or, with a noun for a post, "of"."""
    above, word = preposition.head, preposition.lower_
    if above.pos_ == "NOUN" and is_post(above) and word in {"as", "of"}:
        return _by_post(above)
    if above.pos_ == "NOUN" and above.head.pos_ == "VERB":  # "named X to the post as"
        above = above.head
    if above.pos_ not in {"VERB", "AUX"}:
        return None
    if word in {"as", "to"} and particle(above) in _verbs(word):
        return above
    return above if word == "as" and _kind(above) and any(map(is_post, _objects(above))) else None


def _by_post(post: Token) -> Token | None:
    """The verb by which somebody gets or gives up what a noun for a post names."""
    head = post.head
    if post.dep_ in {"dobj", "obj", "nsubjpass"} and _kind(head):
        return head
    if post.dep_ == "pobj" and head.dep_ == "prep" and head.head.pos_ == "VERB":
        verb = head.head
        begins = head.lower_ in {"to", "for"} and is_naming(verb)
        return verb if begins or (head.lower_ == "from" and _status_word(verb) is RoleStatus.FORMER) else None
    return None


def _objects(verb: Token) -> list[Token]:
    return [c for c in verb.children if c.dep_ in {"dobj", "obj"}]


def is_post(noun: Token) -> bool:
    """Whether a noun stands for a post ("the job", "office")."""
    return noun.lemma_.lower() in _terms("posts") | _terms("offices")


def _kind(verb: Token) -> str | None:
    """What a verb does with a noun for a post as its object: "take", "leave" or "hold"."""
    forms = {particle(verb), verb.lemma_.lower()}
    return next((use for use in ("take", "leave", "hold") if not forms.isdisjoint(_verbs(use))), None)


def _status_word(verb: Token) -> RoleStatus | None:
    return next((status for status in _MADE if particle(verb) in _verbs(status.value)), None)


def standing_by(verb: Token, title: Token) -> tuple[RoleStatus, Factuality]:
    """Return the status of a post by its verb, and how the text holds it.

    A post that somebody has not lost yet, or is to keep, is held ("will step down as chairman", "refused to resign as
    chairman", "will remain chairman").
    """
    status, reading = status_by(verb, title), factuality(verb)
    if reading.polarity is Polarity.NEGATED and _is_put_right(title):
        reading = FACT
    if status is RoleStatus.FORMER and reading != FACT and not _is_lasting(verb):
        return RoleStatus.CURRENT, FACT
    if reading.modality is Modality.PLANNED and status is RoleStatus.CURRENT:
        if particle(verb) in _verbs("stay"):
            return status, FACT
        return RoleStatus.DESIGNATE, FACT if _is_announced(verb) else reading
    return status, reading


def _is_announced(verb: Token) -> bool:
    """Whether a post to come is told as settled: "will become", "is to take over as", "is due to be sworn in as".

    So it is of somebody by an infinitive set off with a comma ("Ann Lee, of Ohio, to be a judge") or where nothing in
    the sentence is finite ("Ann Lee to head the bank").
    """
    if any(c.dep_ == "advcl" and any(m.lower_ in {"if", "unless"} for m in c.children) for c in verb.children):
        return False
    if any(c.dep_ == "aux" and c.lower_ in small_words("future") for c in verb.children):
        above = verb.head
        return verb.dep_ in {"ROOT", "relcl", "conj"} or (verb.dep_ == "ccomp" and not is_governor(above))
    above = verb.head
    infinitive = any(c.dep_ == "aux" and c.lower_ == "to" for c in verb.children)
    if infinitive and (verb.dep_ == "ROOT" or (above.pos_ == "PROPN" and verb.dep_ in {"relcl", "acl"})):
        apart = verb.left_edge.i > 0 and verb.left_edge.nbor(-1).is_punct
        return not is_negated(verb) and (apart or not any(t.tag_ in FINITE for t in verb.ancestors))
    if verb.dep_ != "xcomp" or not infinitive or is_negated(above):
        return False
    if above.lemma_ == "be":  # "is to become"
        return above.tag_ in {"VBZ", "VBP"}
    settled = {above.lemma_.lower(), above.lower_} & _terms("settled")
    return bool(settled) and all(c.tag_ != "MD" for c in above.children)


def _is_put_right(title: Token) -> bool:
    """ "Was not the mayor but the governor": what stands behind "but" is what holds."""
    left = title.left_edge.i
    return title.dep_ == "conj" and any(t.lower_ == "but" for t in title.doc[max(title.head.i, left - 3) : left])


def is_replacing(verb: Token) -> bool:
    """Whether the object of a verb loses a post to its subject."""
    return verb.lemma_ in _verbs("replace")


def standing_before(verb: Token) -> tuple[RoleStatus, Factuality]:
    """Return the standing of whom somebody replaces by a verb: in office until it has happened."""
    return (RoleStatus.FORMER if factuality(verb) == FACT else RoleStatus.CURRENT), FACT


def _is_lasting(verb: Token) -> bool:
    """Whether a verb tells a state, of which its tense tells whether it lasts."""
    held = _kind(verb) == "hold" and any(map(is_post, _objects(verb)))
    return held or particle(verb) in word_set("role_verbs", "heading") | _verbs("copula")


def status_by(verb: Token, title: Token) -> RoleStatus:
    """Return what a verb of having, taking or losing a post makes of it, from its words, tense and adverbs."""
    kind = _kind(verb) if any(map(is_post, _objects(verb))) else None
    if kind in _STATUS:
        return _STATUS[kind]
    if (status := _status_word(verb)) is not None:
        return status
    if _is_left(verb):
        return RoleStatus.FORMER
    if (given := _given(title)) is not None:
        return given
    auxiliaries = {c.lower_ for c in verb.children if c.dep_ in {"aux", "auxpass"}}
    past = (verb.tag_ == "VBD" and not auxiliaries & {"has", "have"}) or "had" in auxiliaries
    return RoleStatus.FORMER if past and _is_lasting(verb) else RoleStatus.CURRENT


def _given(title: Token) -> RoleStatus | None:
    """What a participle before a title makes of it, where a parser takes both together: "was re-elected mayor"."""
    for participle in (c for c in title.children if c.dep_ == "amod" and c.tag_ == "VBN" and c.i > c.sent.start):
        if participle.lemma_.lower() in _verbs("begin"):
            return RoleStatus.CURRENT
        if (status := _status_word(participle)) is not None:
            return status
    return None


def _is_left(verb: Token) -> bool:
    """ "Used to be", "ceased to be", "is no longer"."""
    above = verb.head
    if verb.dep_ == "xcomp" and (above.lemma_ in _verbs("cease") or (above.lemma_ == "use" and above.tag_ == "VBD")):
        return True
    return any(c.lower_ in {"longer", "anymore"} for c in verb.children if c.dep_ == "advmod")
