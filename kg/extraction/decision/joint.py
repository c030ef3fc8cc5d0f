"""Two mentions of one sentence and what the words that join them in its tree tell of what is claimed of both."""

from collections.abc import Sequence, Set
from dataclasses import dataclass
from itertools import pairwise

from spacy.tokens import Span, Token

from kg.extraction.discourse import Discourse
from kg.extraction.language.grammar import chain, particle, small_words, subjects
from kg.extraction.language.tokens import is_in_law, is_title_word
from kg.extraction.relations.frames import doers, evokes, is_at_event, is_before_court
from kg.extraction.stance.factuality import FACT, Factuality, factuality, of_description
from kg.lexicons import word_set
from kg.model import PREDICATES, EntityType, MentionKind, Predicate
from kg.predicates import MEMBERSHIP, Often, at_home, together

__all__ = ["Joint"]

_VERBS = frozenset({"VERB", "AUX"})
_NOMINAL = frozenset({"attr", "oprd", "acomp"})  # "is the son of X"

# what a claim must not be, each a property of ``Joint``
_REASONS = (
    "is_by_proxy", "is_anothers", "is_another_deed", "is_miscast", "is_side_by_side", "is_another_kin", "is_of_matter",
    "is_reacted_to", "is_of_scene", "is_left", "is_member",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Joint:
    """Two mentions of one sentence and the words that join them in its tree."""

    discourse: Discourse
    subject: Span
    object: Span
    told: str

    @property
    def relation(self) -> Predicate:
        """What the predicate is that is told of them."""
        return PREDICATES[self.told]

    @property
    def is_no_fact(self) -> bool:
        """Whether the words that join the two tell something else than what is claimed."""
        return any(getattr(self, reason) for reason in _REASONS)

    @property
    def _paths(self) -> tuple[list[Token], list[Token]]:
        """The words above the subject and above the object, each up to the lowest that is above both."""
        one, other = list(chain(self.subject.root)), list(chain(self.object.root))
        above = {t.i for t in one}
        joint = next((t.i for t in other if t.i in above), -1)
        if joint in {self.subject.root.i, self.object.root.i}:  # "the talks between X and Y"
            joint = -1
        return _up_to(one, joint, self.subject), _up_to(other, joint, self.object)

    @property
    def deed(self) -> Token | None:
        """The word that tells what the two have to do with each other; None where none but names and prepositions do.

        The nearest above the object that can tell it, else above the subject; of two the one that stands within the
        other ("spoke after talks with X").
        """
        found = [deed for path in reversed(self._paths) if (deed := self._deed_on(path)) is not None]
        return found[-1] if len(found) > 1 and found[0].is_ancestor(found[1]) else next(iter(found), None)

    def _deed_on(self, path: Sequence[Token]) -> Token | None:
        nominal: Token | None = None  # "is the son of X"
        for word in path:
            if self.discourse.at(word) is not None and word.pos_ != "NOUN" and not self._is_beside_end(word):
                return None
            if word.pos_ in _VERBS:
                identified = nominal is not None and word.lemma_ in {"be", "become"}
                known = self.relation.is_event or identified or not self._kinds.isdisjoint(evokes(word))
                return word if known else None
            if word.pos_ == "NOUN":
                if self._is_event(word):
                    return word
                if not self.relation.is_event and word.dep_ not in {*_NOMINAL, "pobj"}:
                    return None
                nominal = word if word.dep_ in _NOMINAL else nominal
        return None

    def _is_beside_end(self, word: Token) -> bool:
        """Whether a name is listed with one of the two: "neither X nor Y met Z"."""
        return any(word in end.root.conjuncts for end in (self.subject, self.object))

    def _is_event(self, noun: Token) -> bool:
        """Whether a noun tells a deed of the kind that is claimed."""
        return self.relation.is_event and self._is_of_kind(noun)

    @property
    def _kinds(self) -> Set[str]:
        """What a word may tell where this is told: either way to meet or speak, and who moves, moves home."""
        return together() if self.relation.together else at_home() if self.relation.home else {self.told}

    def _is_of_kind(self, word: Token) -> bool:
        like = not evokes(word).isdisjoint(self._kinds)
        return like or (not self.relation.is_event and word.lemma_ in {"be", "become"})

    def _is_between(self, verb: Token) -> bool:
        """Whether a verb has both for its arguments, a preposition aside."""
        if not _stands_below(self.object.root, verb):
            return False
        subject = self.discourse.at(self.subject.root)
        controlled = {m.entity for t in subjects(verb) if (m := self.discourse.at(t)) is not None}
        return _stands_below(self.subject.root, verb) or (subject is not None and subject.entity in controlled)

    @property
    def predicate(self) -> str:
        """What it was: the word that tells of a talk tells of no meeting."""
        deed = self.deed
        if not self.relation.together or deed is None:
            return self.told
        if self._is_remote(deed):
            return next(name for name in together() if not PREDICATES[name].in_person)
        told = evokes(deed) & together()
        return next(iter(told)) if len(told) == 1 else self.told

    def _is_remote(self, deed: Token) -> bool:
        """Whether the clause tells of a means to speak from afar: "by telephone", "held a video conference"."""
        means = (t for t in deed.subtree if t.lemma_.lower() in word_set("relations/scenes", "remote"))
        carriers = (next((w for w in chain(t) if w.pos_ == "VERB" or w.i == deed.i), t) for t in means)
        return any(carrier.i == deed.i for carrier in carriers)

    @property
    def factuality(self) -> Factuality:
        """How the sentence holds it."""
        deed = self.deed
        noun = next((t for path in reversed(self._paths) for t in path if t.pos_ == "NOUN"), None)
        if not self.relation.is_event and noun is not None and noun.head.lower_ == "as":
            return factuality(noun)  # "described as a member of"
        if deed is None:
            return FACT if noun is None else of_description(noun)
        joins = self._is_of_kind(deed) or self._is_between(deed) or self._is_place_of(deed)
        if deed.pos_ in _VERBS and not joins:
            return FACT  # it holds whatever becomes of the deed
        return factuality(deed, agreed=self.relation.agreed)

    def _is_place_of(self, deed: Token) -> bool:
        """Whether it is told of where a meeting was to be: who "did not meet X in Oslo" may never have been there."""
        return self.relation.is_event and EntityType.PLACE in self.relation.range and bool(evokes(deed) & together())

    @property
    def is_by_proxy(self) -> bool:
        """Whether only somebody named after one of the two took part in it, or sent by them."""
        if not self.relation.is_event:
            return False
        return any(map(self._is_proxy, (self.subject, self.object))) or (
            self.relation.together and any(map(_is_behind_another, self._paths))
        )

    def _is_proxy(self, span: Span) -> bool:
        mention = self.discourse.at(span.root)
        if mention is None or mention.type is not EntityType.PERSON:
            return False
        same = [m for m in self.discourse.within(span.root.sent) if m.entity == mention.entity]
        return all(_owns(self.discourse.doc[m.root], self.discourse) for m in same)

    @property
    def is_another_deed(self) -> bool:
        """Whether the word between the two tells another deed: who was appointed by X did not succeed X by that.

        Nor did who lent the money by which another founded Y.
        """
        if not self.relation.is_event or self.relation.often is not Often.PAIR:
            return False
        one, other = self._paths
        dated = f"{self.told}On"  # "formed by X in 1980"
        for word in (*one, *other):
            if any(not evokes(t, relational=True).isdisjoint({self.told, dated}) for t in (word, *word.conjuncts)):
                return any(map(self._is_aside, (one, other)))
        told = _nearest(one) if (of_object := _nearest(other)) is None else of_object
        return bool(told) or any(map(self._is_aside, (one, other)))

    def _is_aside(self, path: Sequence[Token]) -> bool:
        """Whether an end has its part in a clause that only tells more of the deed."""
        for word in path:
            if word.pos_ == "VERB":
                return word.dep_ in {"acl", "relcl"} and not self._is_of_kind(word) and word.i != path[-1].i
        return False

    @property
    def is_miscast(self) -> bool:
        """Whether the subject of the verb is not who does the deed by it: who sells is not the buyer."""
        deed = self.deed
        if self.relation.often is not Often.PAIR or deed is None or deed.pos_ != "VERB":
            return False
        slots = doers(deed, self.told)
        return bool(slots) and "subj" not in slots and self.subject.root in subjects(deed)

    @property
    def is_another_kin(self) -> bool:
        """Whether the word that joins the two tells another relative: "X, whose sister Y", "his son-in-law"."""
        if self.relation.kin is None:
            return False
        words = [t for path in self._paths for t in path]
        if any(map(is_in_law, words)):
            return True
        if any(self.told in evokes(t, relational=True) for t in words):
            return False
        return any(t.pos_ == "NOUN" and t.lemma_.lower() in word_set("persons", "kin") for t in words)

    @property
    def is_side_by_side(self) -> bool:
        """Whether the two are only named together: "X and Y toured the city", "called X and Y"."""
        first, second = sorted((self.subject.root, self.object.root))
        if not self.relation.together or second not in first.conjuncts:
            return False
        verb = first.head
        if first.dep_ not in {"nsubj", "nsubjpass"}:  # who is called need not speak with others who are
            told = evokes(verb) & together()
            return first.dep_ in {"dobj", "obj"} and bool(told) and not any(PREDICATES[n].in_person for n in told)
        beside = [verb, *verb.children, *verb.conjuncts, *first.children, *second.children]
        part = particle(verb) in word_set("relations/scenes", "taking_part")  # "attended the dinner"
        return not part and not any(evokes(t) & together() for t in beside)

    @property
    def is_of_matter(self) -> bool:
        """Whether one of the two is only what was talked of: "spoke about X", "a letter about X", "discussed X"."""
        if not self.relation.together:
            return False
        discussing = word_set("decision/reactions", "discussing")
        return any(
            path and path[0].pos_ in {"ADP", "SCONJ"} and path[0].lower_ in small_words("matter")
            for path in self._paths
        ) or any(end.root.dep_ == "dobj" and end.root.head.lemma_ in discussing for end in (self.subject, self.object))

    @property
    def is_member(self) -> bool:
        """Whether one is only among those whom a group held: "the team was led by X and included Y"."""
        if not self.relation.together:
            return False
        verbs = [end.root.head for end in (self.subject, self.object) if end.root.dep_ in {"dobj", "obj"}]
        if all(verb.lemma_ not in word_set("decision/reactions", "holding") for verb in verbs):
            return False
        beside = (t for path in self._paths for t in path for t in (t, *t.children))
        return all(evokes(t, relational=True).isdisjoint(together()) for t in beside)

    @property
    def is_of_scene(self) -> bool:
        """Whether a place is only where something was: "sued X in London", "met Y of X in London" tell no home of X."""
        beside, name = 0 <= self.object.start - self.subject.end <= len(("in", "the")), self.subject.root
        return self.relation.home and beside and (is_before_court(name) or is_at_event(name))

    @property
    def is_left(self) -> bool:
        """Whether a body is where somebody comes from who joins another: "joins from X", "was hired from X"."""
        carrier = self.object.root.head
        return self.told == MEMBERSHIP and carrier.lower_ == "from" and MEMBERSHIP in evokes(carrier.head)

    @property
    def is_reacted_to(self) -> bool:
        """Whether the one only has to do with what befell the other: "X condemned the killing of Y"."""
        deed = self.deed
        if deed is None or deed.pos_ != "NOUN" or deed.dep_ not in {"dobj", "obj", "nsubjpass"}:
            return False
        return deed.head.lemma_ in word_set("decision/reactions", "reactions") and deed.head in chain(self.subject.root)

    @property
    def is_anothers(self) -> bool:
        """Whether the clause that tells it names another who did it: "X founded A; Y founded B" tells no X of B."""
        deed = self.deed
        if deed is None or deed.pos_ != "VERB" or self.told not in evokes(deed):
            return False
        own = [c for c in deed.children if c.dep_ in {"nsubj", "nsubjpass"}]
        own = own or (subjects(deed) if deed.dep_ == "conj" else [])
        named = {m.entity for c in own if (m := self.discourse.at(c)) is not None and m.kind is MentionKind.NAME}
        return bool(named) and any(self._is_outside(span.root, deed, named) for span in (self.subject, self.object))

    def _is_outside(self, end: Token, deed: Token, named: Set[int]) -> bool:
        mention = self.discourse.at(end)
        if mention is None or mention.entity in named:
            return False
        if deed.is_ancestor(end):  # "John, his son, lives in Oslo" tells no home of the father
            return end.dep_ == "poss" and any(s.is_ancestor(end) for s in subjects(deed))
        return not any(t.dep_ in {"relcl", "acl"} and t.head.i == end.i for t in chain(deed))  # "Y, whom X met"


def _stands_for_another(noun: Token) -> bool:
    """Whether a noun names a person by another: "X's aide", "the brother of X"."""
    return noun.pos_ in {"NOUN", "PROPN"} and (noun.lemma_.lower() in word_set("persons", "kin") or is_title_word(noun))


def _stands_below(end: Token, verb: Token) -> bool:
    head = end.head
    return verb.i in {head.i, head.head.i if head.pos_ == "ADP" else head.i}


def _up_to(path: Sequence[Token], joint: int, mention: Span) -> list[Token]:
    """The words of a path outside the mention it begins in, up to the joint."""
    last = next((n for n, token in enumerate(path) if token.i == joint), len(path) - 1)
    return [t for t in path[: last + 1] if not mention.start <= t.i < mention.end]


def _nearest(path: Sequence[Token]) -> frozenset[str] | None:
    """What the nearest verb, or noun for an event before it, tells; None without such a word."""
    for word in path:
        if word.pos_ in {"NOUN", "VERB"} and ((told := evokes(word)) or word.pos_ == "VERB"):
            return told
    return None


def _is_behind_another(path: Sequence[Token]) -> bool:
    """ "A delegation sent by X": X did no more than that."""
    for agent, participle in pairwise(path):
        if agent.dep_ == "agent" and participle.dep_ == "acl":
            part = particle(participle) in word_set("relations/scenes", "taking_part")
            return not part and evokes(participle).isdisjoint(together())
    return False


def _owns(word: Token, discourse: Discourse) -> bool:
    """Whether a name stands only for whom another noun names by it: "X's aide", "an aide to X"."""
    head = word.head
    if word.dep_ == "poss":
        return _stands_for_another(head)
    if word.dep_ != "pobj" or head.lower_ not in small_words("belonging") or not _stands_for_another(head.head):
        return False
    own = discourse.at(word)  # "heads of state X" are X, and so is "the head of the council X"
    between = [t for t in word.doc[head.i + 1 : word.i] if discourse.at(t) is None or discourse.at(t) is not own]
    return all(
        discourse.at(t) is None and (t.pos_ in {"DET", "PRON", "ADJ", "PROPN"} or is_title_word(t)) for t in between
    )
