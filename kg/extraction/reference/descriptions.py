"""Descriptions of what the text has named: "the Iraqi defense minister", "the company", "the country"."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from itertools import islice

from spacy.tokens import Doc, Token

from kg.extraction.discourse import TokenMention
from kg.extraction.language.title_words import ranks, titles
from kg.extraction.language.tokens import is_title_word
from kg.extraction.language.words import heads
from kg.extraction.naming.subtypes import subtype_of
from kg.geography import country_of, country_of_demonym
from kg.lexicons import lexicon, word_set
from kg.model import EntityType, MentionKind

__all__ = ["Descriptions"]

_P, _O, _L = EntityType.PERSON, EntityType.ORGANIZATION, EntityType.PLACE
_REACH = 4  # sentences back to a body or a state
_ROLE_REACH = 25  # sentences back to a holder of a title
_MOST = 300  # entities looked at
_listed = partial(word_set, "reference/descriptions")


class Descriptions:
    """Resolves the definite descriptions of one document from left to right.

    Args:
        doc: the document.
        names: its names and demonyms.
        sentence: sentence number of each token.
    """

    def __init__(self, doc: Doc, names: Sequence[TokenMention], sentence: Sequence[int]) -> None:
        self._doc, self._sentence = doc, sentence
        self._at = {i: m for m in names for i in range(m.start, m.end)}
        self._titles = self._titles_of(names)
        self._of_state: dict[str, set[int]] = defaultdict(set)
        for entity, held in self._titles.items():
            for word in {w for title in held for w in title if w.startswith("=")}:
                self._of_state[word].add(entity)
        self._subtypes = self._subtypes_of(names)
        self._nouns = self._nouns_of(names)
        self._heads = {m.entity: doc[m.end - 1].lower_ for m in names if m.type is _O}
        self._head_words = set(self._heads.values())
        self._last: dict[int, int] = {}  # entity -> token of its last mention, the last mentioned at the end
        self._types: dict[int, EntityType] = {}
        self._countries = {m.entity for m in names if m.type is _L and self._country(m)}

    def add(self, mention: TokenMention) -> None:
        """Take a mention in, in text order."""
        self._last.pop(mention.entity, None)
        self._last[mention.entity] = mention.start
        self._types[mention.entity] = mention.type

    def resolve(self, head: Token) -> TokenMention | None:
        """Return the description that a noun heads, as a mention of what it means, None where that is not plain."""
        if (
            head.tag_ not in {"NN", "NNP"}
            or not any(c.lower_ in _listed("determiners") for c in head.lefts)
            or self._names_itself(head)
        ):
            return None
        word = head.lower_
        if _has_age(head):
            person = self._nearest(lambda e: self._types[e] is _P, head, 2, single=True)
            return self._point(head, person, _P)
        if is_title_word(head):
            return self._point(head, self._holder(head), _P)
        if word in heads().nouns:
            return self._point(head, self._body(head), _O)
        if word == "country":
            return self._point(head, self._nearest(self._countries.__contains__, head, _REACH, single=True), _L)
        return None

    def _point(self, head: Token, entity: int | None, kind: EntityType) -> TokenMention | None:
        if entity is None:
            return None
        start = head.i
        while start > head.left_edge.i and start - 1 not in self._at:
            start -= 1
        while self._doc[start].is_punct or self._doc[start].tag_ == "POS":
            start += 1
        return TokenMention(
            start=start, end=head.i + 1, root=head.i, type=kind, kind=MentionKind.NOMINAL, entity=entity
        )

    def _names_itself(self, head: Token) -> bool:
        """Whether the description stands beside a name ("the president, Xi", "the newspaper Bild") or means another."""
        if head.i + 1 < len(self._doc) and head.i + 1 in self._at:
            return True
        if head.dep_ in {"compound", "appos", "attr", "nmod", "amod"}:
            return True
        if any(c.dep_ == "appos" for c in head.children):
            return True
        return any(c.dep_ in {"relcl", "acl"} or c.dep_ == "cc" for c in head.children)

    # --- persons by their titles -------------------------------------------------------------------------------------

    def _titles_of(self, names: Sequence[TokenMention]) -> Mapping[int, list[frozenset[str]]]:
        """The words of the titles that stand with each person's names."""
        found: dict[int, list[frozenset[str]]] = defaultdict(list)
        for mention in names:
            if mention.type is _P and mention.kind is MentionKind.NAME:
                for words in self._titles_beside(mention):
                    found[mention.entity].append(frozenset(words))
        return found

    def _titles_beside(self, mention: TokenMention) -> Iterator[set[str]]:
        doc, start = self._doc, mention.start
        limit = doc[start].sent.start
        i = start - 1
        while (
            i >= limit
            and start - i < 12
            and (doc[i].pos_ in {"NOUN", "PROPN", "ADJ", "PART"} or doc[i].lower_ in _listed("empty") or i in self._at)
        ):
            i -= 1
        words = self._words(range(i + 1, start))
        if any(is_title_word(doc[k]) for k in range(i + 1, start)):
            yield words
        root = doc[mention.root]
        for noun in (*(c for c in root.children if c.dep_ == "appos"), *([root.head] if root.dep_ == "appos" else [])):
            if is_title_word(noun) and noun.i not in range(mention.start, mention.end):
                yield self._words(range(noun.left_edge.i, min(noun.right_edge.i, noun.i + 8) + 1))
        if root.dep_ in {"nsubj", "nsubjpass"}:
            for noun in root.head.children:
                if noun.dep_ in {"attr", "oprd"} and is_title_word(noun):
                    yield self._words(range(noun.left_edge.i, min(noun.right_edge.i, noun.i + 8) + 1))

    def _words(self, tokens: range) -> set[str]:
        """Content words of a title in lower case; a state under any name is "=Name"."""
        words = set()
        for i in tokens:
            token, mention = self._doc[i], self._at.get(i)
            if mention is not None and mention.type is _L and (country := self._country(mention)):
                words.add("=" + country)
            elif (
                token.lower_ not in _listed("empty")
                and token.is_alpha
                and token.lower_.rstrip(".") not in ranks().words - titles().offices
            ):
                words.add(token.lemma_.lower())
        return words

    def _country(self, mention: TokenMention) -> str | None:
        text = self._doc[mention.start : mention.end].text
        country = country_of_demonym(text) if mention.demonym else country_of(text)
        return country.name if country else None

    def _holder(self, head: Token) -> int | None:
        """The person last mentioned among those whose titles hold all words of the description."""
        complement = any(c.lower_ in _listed("complements") and c.i > head.i for c in head.children)
        end = head.right_edge.i if complement else head.i
        words = self._words(range(head.left_edge.i, min(end, head.i + 8) + 1)) - {
            w.lemma_.lower() for w in head.lefts if w.pos_ == "DET"
        }
        if not words:
            return None
        states = {w for w in words if w.startswith("=")}
        local = {e for state in states for e in self._of_state.get(state, ())}

        def fits(entity: int) -> bool:
            return (not local or entity in local) and any(_fits(words, t) for t in self._titles.get(entity, ()))

        return self._nearest(fits, head, _ROLE_REACH)

    # --- bodies by their kind ----------------------------------------------------------------------------------------

    def _subtypes_of(self, names: Sequence[TokenMention]) -> Mapping[int, str | None]:
        strings: dict[int, list[str]] = defaultdict(list)
        for mention in names:
            if mention.type is _O and mention.kind is MentionKind.NAME:
                strings[mention.entity].append(self._doc[mention.start : mention.end].text)
        return {e: subtype_of(max(texts, key=len), _O, texts) for e, texts in strings.items()}

    def _nouns_of(self, names: Sequence[TokenMention]) -> Mapping[int, set[str]]:
        """The common nouns beside each body's names: "the commercial bank, Garantia", "the airline Alitalia"."""
        found: dict[int, set[str]] = defaultdict(set)
        for mention in names:
            if mention.type is _O and mention.kind is MentionKind.NAME:
                root, before = self._doc[mention.root], self._doc[max(mention.start - 1, 0)]
                beside = [before, *(c for c in root.children if c.dep_ == "appos")]
                beside += [root.head] if root.dep_ == "appos" else []
                found[mention.entity] |= {t.lower_ for t in beside if t.tag_ == "NN" and t.lower_ in heads().nouns}
        return found

    def _body(self, head: Token) -> int | None:
        """The body of that kind last mentioned; one of unknown kind only where it is the only body near."""
        if any(c.pos_ not in {"DET", "PUNCT"} for c in head.lefts) or any(c.dep_ == "prep" for c in head.children):
            return None
        kind = heads().nouns[head.lower_]
        entity = self._nearest(lambda e: head.lower_ in self._nouns.get(e, ()), head, 2 * _REACH)
        if entity is None and kind is not None:
            entity = self._nearest(lambda e: self._subtypes.get(e) == kind, head, 2 * _REACH)
        if entity is not None:
            return entity
        if kind is None and head.lower_ in self._head_words:  # "the league": the Atlantic Rugby League
            return self._nearest(lambda e: self._heads.get(e) == head.lower_, head, 2 * _REACH)

        def unknown(entity: int) -> bool:
            found = self._subtypes.get(entity, "")
            return found is None or (kind is None and found not in {"", "Company", "MediaOutlet"})

        return self._nearest(unknown, head, 2, single=True) if kind in {None, "Company"} else None

    def _nearest(self, fits: Callable[[int], bool], head: Token, reach: int, *, single: bool = False) -> int | None:
        """The fitting entity last mentioned within some sentences; with ``single`` only where it is the only one."""
        found: int | None = None
        for entity, last in islice(reversed(self._last.items()), _MOST):
            if self._sentence[head.i] - self._sentence[last] > reach:
                break
            if fits(entity):
                if found is not None:
                    return None
                found = entity
                if not single:
                    break
        return found


def _has_age(head: Token) -> bool:
    """ "The 46-year-old lawyer", "the 46-year-old": whom the text speaks of."""
    old = head if head.lower_ in {"old", "-old"} else next((c for c in head.lefts if c.lower_ == "old"), None)
    return old is not None and any(t.lower_ == "year" for t in old.children)


def _fits(words: set[str], title: frozenset[str]) -> bool:
    """Whether a title is what a description says: all words of it, and no other state."""
    states = {w for w in words if w.startswith("=")}
    held = {w for w in title if w.startswith("=")}
    if states and held and not states & held:
        return False
    plain, known = {_normal(w) for w in words - states}, {_normal(w) for w in title - held}
    if "leader" in plain and known & _listed("leaders"):
        plain.remove("leader")
        return plain <= known
    return bool(plain) and plain <= known


def _normal(word: str) -> str:
    spellings: dict[str, str] = lexicon("reference/descriptions")["spellings"]
    return spellings.get(word, word)
