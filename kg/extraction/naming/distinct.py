"""What tells two names of one text apart, however alike they are: their places in it, and how it introduces them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations, islice, product, takewhile

from spacy.tokens import Doc, Token

from kg.extraction.discourse import Discourse
from kg.extraction.language.grammar import small_words
from kg.extraction.language.tokens import is_title_word
from kg.extraction.language.words import person_lexicon
from kg.matching import MATCH, compare_names
from kg.matching.persons import parse_person
from kg.matching.spelling import skeleton
from kg.model import Apart, EntityType, MentionKind

__all__ = ["INTRODUCED", "alike_but_two", "are_side_by_side", "is_kin", "told_apart"]

_MOST_ALIKE = 40  # persons with a word in common that are compared with one another: a text with more is a list

_MOST = 12  # places of a name that are looked at
_NEAR, _BESIDE = 60, 8  # words before and behind a relative's name in which the one stands whose relative it is
Place = tuple[int, int]  # tokens of a name, end exclusive
_LONGEST = 6  # words of a title behind a name and its article
ONE_SENTENCE, RELATIVE, INTRODUCED = (
    "both stand in one sentence",
    "one is introduced as a relative of the other",
    "each is introduced with what the other is not",
)


def alike_but_two(discourse: Discourse) -> tuple[Apart, ...]:
    """Return the pairs of persons whose names are alike and whom the text tells apart."""
    places = _full_names(discourse)
    sharing: dict[str, dict[int, None]] = defaultdict(dict)
    for number, names in places.items():
        for word in {skeleton(w) for name in names for w in parse_person(name).words}:
            sharing[word][number] = None
    pairs = {pair for group in sharing.values() for pair in combinations(islice(sorted(group), _MOST_ALIKE), 2)}
    found = []
    for one, other in sorted(pairs):
        if _are_alike(places[one], places[other]):
            ones, others = ([p for name in places[i].values() for p in name] for i in (one, other))
            shortened = _is_shorter(places[one], places[other])
            if why := told_apart(discourse.doc, ones, others, shortened=shortened):
                found.append(Apart(one=one, other=other, why=why))
    return tuple(found)


def _full_names(discourse: Discourse) -> Mapping[int, Mapping[str, list["Place"]]]:
    """The names of more than one word of each person, and where they stand."""
    places: dict[int, dict[str, list[Place]]] = defaultdict(lambda: defaultdict(list))
    for mention in discourse.mentions:
        if mention.type is EntityType.PERSON and mention.kind is MentionKind.NAME:
            name = " ".join(discourse.span(mention).text.split())
            if len(parse_person(name).words) > 1:
                places[mention.entity][name].append((mention.start, mention.end))
    return places


def _are_alike(ones: Iterable[str], others: Iterable[str]) -> bool:
    pairs = islice(product(ones, others), _MOST)
    return any(compare_names(a, b, type=EntityType.PERSON).score >= MATCH for a, b in pairs)


def _is_shorter(ones: Iterable[str], others: Iterable[str]) -> bool:
    """Whether the name of one is that of the other without some words."""
    a, b = (max((set(parse_person(name).words) for name in names), key=len) for names in (ones, others))
    return a < b or b < a


def told_apart(doc: Doc, ones: Sequence[Place], others: Sequence[Place], *, shortened: bool) -> str | None:
    """Return what tells the bearers of two names apart, in words, or None.

    Args:
        doc: the text.
        ones: where it has the one name.
        others: where it has the other.
        shortened: whether one name is the other without some words ("Gary Powers", "Francis Gary Powers"). Then a
            sentence may well have both; two that are spelt differently stand in one sentence only if they are two.
    """
    ones, others = ones[:_MOST], others[:_MOST]
    for one, other in product(ones, others):
        if _same_sentence(doc, one, other) and (not shortened or _side_by_side(doc, one, other)):
            return ONE_SENTENCE
    if any(_is_relative(doc, one, others) for one in ones) or any(_is_relative(doc, other, ones) for other in others):
        return RELATIVE
    first, second = (_introductions(doc, places) for places in (ones, others))
    return INTRODUCED if first and second and first.isdisjoint(second) else None


def _same_sentence(doc: Doc, one: Place, other: Place) -> bool:
    return bool(doc[one[0]].sent.start == doc[other[0]].sent.start)


def are_side_by_side(doc: Doc, place: Place, others: Sequence[Place]) -> bool:
    """Whether a name stands in one clause or list with another one."""
    return any(_same_sentence(doc, place, other) and _side_by_side(doc, place, other) for other in others[:_MOST])


def _side_by_side(doc: Doc, one: Place, other: Place) -> bool:
    """Whether two names are listed together, or depend on one verb: no sentence says "X met Y" of one person."""
    a, b = (doc[place[0] : place[1]].root for place in (one, other))
    if a in b.conjuncts:
        return True
    return bool((clause := _clause(a)) and clause == _clause(b))


def _clause(token: Token) -> Token | None:
    """The verb that a name depends on through nothing but nouns and prepositions; no apposition of another name."""
    for head in islice(token.ancestors, 6):
        if token.dep_ in {"appos", "relcl", "acl", "parataxis", "dep"}:
            return None
        if head.pos_ in {"VERB", "AUX"}:
            return head
        token = head
    return None


def _is_relative(doc: Doc, name: Place, others: Iterable[Place]) -> bool:
    """Whether a name is introduced as a relative's right behind the other one."""
    return is_kin(doc, *name) and any(
        0 <= name[0] - other[1] < _NEAR or 0 <= other[0] - name[1] < 8 for other in others
    )


def is_kin(doc: Doc, start: int, end: int) -> bool:
    """Whether a name is introduced as a relative's: "her husband, Benny Stafford", "the daughter of Colin Ure"."""
    kin = person_lexicon().kin
    root = doc[start:end].root
    over = next(iter(root.conjuncts), root) if root.dep_ == "conj" else root
    if over.dep_ == "pobj" and over.head.lower_ in {"of", "to"} and over.head.head.lower_ in kin:
        return True
    if over.dep_ == "appos" and over.head.lower_ in kin:
        return True
    if doc[end : end + 1].text == "," and doc[end + 1 : end + 2].text.lower() in small_words("possessives"):
        return any(t.lower_ in kin for t in doc[end + 2 : end + 5])  # "John Mbeki III, his eldest son"
    i = start - 1
    while i > doc[start].sent.start and (doc[i].pos_ in {"NOUN", "PROPN", "ADJ", "NUM"} or doc[i].text == ","):
        if doc[i].lower_ in kin and any(c.dep_ == "poss" for c in doc[i].lefts):
            return True
        i -= 1
    return i >= 0 and doc[i].lower_ in kin


def _introductions(doc: Doc, places: Iterable[Place]) -> frozenset[str]:
    """What a text says at once that somebody is, by the nouns in apposition to the name and the titles before it."""
    return frozenset(word for place in places for word in _introduction(doc, place))


def _introduction(doc: Doc, place: Place) -> Iterator[str]:
    start, end = place
    for child in doc[start:end].root.children:
        if child.dep_ == "appos" and child.i >= end and child.pos_ == "NOUN":
            yield child.lemma_.lower()
    if doc[end : end + 1].text == "," and doc[end + 1 : end + 2].text.lower() in small_words(
        "articles"
    ):  # whatever the parser says
        phrase = takewhile(lambda t: t.pos_ in {"NOUN", "PROPN", "ADJ"}, doc[end + 2 : end + 2 + _LONGEST])
        yield from (t.lemma_.lower() for t in phrase if is_title_word(t))
    i = start - 1
    while i > doc[start].sent.start and doc[i].text == ".":
        i -= 1
    if i >= doc[start].sent.start and is_title_word(doc[i]):
        yield doc[i].lemma_.lower()
