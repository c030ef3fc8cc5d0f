"""Whom a pronoun means: every person mentioned near it is weighed by gender, syntax, recency and salience.

The features follow Lappin and Leass (Computational Linguistics 20(4), 1994) and the centering theory of Grosz, Joshi
and Weinstein (Computational Linguistics 21(2), 1995) in kind; the lexicon ``pronouns`` explains and weighs them.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from math import exp, log

from spacy.tokens import Doc, Token

from kg.extraction.discourse import TokenMention
from kg.extraction.language.grammar import small_words
from kg.extraction.language.places import Layout, clause_of, depth_of, role_of, subject_of
from kg.extraction.language.tokens import is_title_word
from kg.extraction.language.words import gender_of_noun
from kg.extraction.reference.binding import barred, may_follow, nesting_of, subjects_above
from kg.extraction.reference.gender import TITLE_WEIGHT, Genders
from kg.lexicons import lexicon
from kg.model import EntityType, MentionKind

__all__ = ["Features", "Resolver", "pronoun_genders", "weights"]

_ARGUMENTS = frozenset({"nsubj", "nsubjpass", "dobj", "dative", "pobj", "poss"})
_WINDOW = 6  # sentences to look back
_MOST = 80  # mentions to look back
Features = dict[str, float]


@lru_cache(maxsize=1)
def pronoun_genders() -> Mapping[str, str]:
    """Return the pronouns of the third person singular, each with the gender that it tells."""
    return {word: gender for gender in ("feminine", "masculine") for word in small_words(gender)}


@lru_cache(maxsize=1)
def weights() -> Mapping[str, float]:
    """Return the weight of each feature."""
    return {name: float(weight) for name, weight in lexicon("reference/pronouns")["weights"].items()}


@dataclass(frozen=True, slots=True)
class _Candidate:
    mention: TokenMention
    sentence: int
    role: str
    depth: int
    nesting: int
    leading: bool
    bracketed: bool
    listed: bool


@dataclass(frozen=True, slots=True)
class _Place:
    """What is asked again and again of the place of a pronoun."""

    token: Token
    gender: str
    sentence: int
    role: str
    possessive: bool
    opening: bool
    quote: tuple[int, int] | None
    speaker: int | None
    own: Token | None
    above: Sequence[Token]
    coordinate: Token | None
    joined: frozenset[int]

    @property
    def kind(self) -> str:
        """The pronoun's role, possessives apart: their place in the clause is that of what they possess."""
        return "possessor" if self.possessive else self.role


class Resolver:
    """Resolves the pronouns of one document from left to right; each answer is a mention for those that follow."""

    def __init__(self, doc: Doc, layout: Layout, genders: Genders) -> None:
        self._doc, self._layout, self._genders = doc, layout, genders
        self._people: list[_Candidate] = []
        self._at: dict[int, TokenMention] = {}
        self._last: dict[str, int] = {}
        self._count: Counter[int] = Counter()
        self._subject: Counter[int] = Counter()
        self._ahead: dict[int, list[TokenMention]] = defaultdict(list)
        self._brackets = _brackets(doc)

    def expect(self, mentions: Iterable[TokenMention]) -> None:
        """Tell the names of the whole document, for pronouns that stand before whom they mean."""
        for mention in mentions:
            if mention.type is EntityType.PERSON:
                self._ahead[self._layout.sentence[mention.start]].append(mention)

    def add(self, mention: TokenMention) -> None:
        """Take a mention in, in text order."""
        self._at.update(dict.fromkeys(range(mention.start, mention.end), mention))
        if mention.type is EntityType.PERSON:
            candidate = self._candidate(mention)
            self._people.append(candidate)
            self._count[mention.entity] += 1
            self._subject[mention.entity] += candidate.role == "subject"

    def _candidate(self, mention: TokenMention) -> _Candidate:
        root = self._doc[mention.root]
        sentence = self._layout.sentence[mention.start]
        return _Candidate(
            mention,
            sentence,
            role_of(root),
            depth_of(root),
            nesting_of(root),
            leading=not (self._people and self._people[-1].sentence == sentence),
            bracketed=self._brackets[mention.start],
            listed=root.dep_ == "conj" or any(c.dep_ == "conj" for c in root.children),
        )

    def resolve(self, token: Token) -> TokenMention | None:
        """Return what a third-person singular pronoun of a known gender means, as a mention of it."""
        gender = pronoun_genders()[token.lower_]
        known, scores = weights(), defaultdict[int, float](float)
        for entity, features in self.candidates(token):
            scores[entity] += exp(sum(known.get(name, 0.0) * value for name, value in features.items()))
        if not scores:
            return None
        entity = max(scores, key=lambda e: (scores[e], -e))
        self._last[gender] = entity
        self._genders.meant_by(entity, gender)
        mention = TokenMention(
            start=token.i,
            end=token.i + 1,
            root=token.i,
            type=EntityType.PERSON,
            kind=MentionKind.PRONOUN,
            entity=entity,
        )
        if entity >= 0:
            return mention
        self.add(mention)
        return None

    def pass_over(self, token: Token) -> None:
        """Take in a noun for somebody without a name ("the woman", "his mother"), who may be meant instead."""
        gender = gender_of_noun(token.lower_)
        if token.tag_ != "NN" or token.dep_ not in _ARGUMENTS or not (gender or is_title_word(token)):
            return
        entity = -1 - token.i
        if gender:
            self._genders.add(entity, gender, TITLE_WEIGHT)
        self.add(
            TokenMention(
                start=token.i,
                end=token.i + 1,
                root=token.i,
                type=EntityType.PERSON,
                kind=MentionKind.NOMINAL,
                entity=entity,
            )
        )

    def candidates(self, token: Token) -> list[tuple[int, Features]]:
        """Return what speaks for and against each mention that a pronoun may point to, with the mention's entity."""
        place = self._place(token)
        near = [c for c in self._people[-_MOST:] if place.sentence - c.sentence <= _WINDOW]
        ahead = (m for m in self._ahead[place.sentence] if m.start > token.i and may_follow(token, self._doc[m.root]))
        near += [self._candidate(m) for m in islice(ahead, _MOST)]
        near = [c for c in near if self._genders.balance(c.mention.entity, place.gender) > -1]
        excluded = {
            c.mention.entity
            for c in near
            if c.sentence == place.sentence
            and barred(token, self._doc[c.mention.root], c.mention, possessive=place.possessive)
        }
        first = self._people[0].mention.entity if self._people else None
        result = []
        later: set[int] = set()  # entities mentioned between a candidate and the pronoun
        for candidate in reversed(near):
            entity, before = candidate.mention.entity, candidate.mention.start < token.i
            if entity not in excluded or token.lower_ in small_words("reflexives"):
                features = self._of_mention(candidate, place) | self._of_entity(entity, place, first=first)
                if before:
                    others = len(later) - (entity in later)
                    features["between"] = min(4, others)
                    features["nearest"] = not others
                result.append((entity, features))
            if before:
                later.add(entity)
        return result[::-1]

    def _place(self, token: Token) -> _Place:
        possessive = token.tag_ == "PRP$" or token.dep_ == "poss"
        clause = clause_of(token)
        subject = subject_of(clause)
        quote = self._layout.quote_at(token.i)
        speaker = self._layout.speaker_of(quote) if quote else None
        said_by = self._at.get(speaker.i) if speaker is not None else None
        return _Place(
            token,
            pronoun_genders()[token.lower_],
            self._layout.sentence[token.i],
            role_of(token),
            possessive,
            opening=token.i - token.sent.start < 2,
            quote=quote,
            speaker=said_by.entity if said_by is not None else None,
            own=subject if possessive else None,
            above=subjects_above(token),
            coordinate=subject_of(clause_of(clause.head)) if clause.dep_ == "conj" and subject == token else None,
            joined=frozenset(c.i for c in token.head.conjuncts) if possessive else frozenset(),
        )

    def _of_entity(self, entity: int, place: _Place, *, first: int | None) -> Features:
        balance = self._genders.balance(entity, place.gender)
        return {
            "agrees": max(0.0, balance),
            "disagrees": max(0.0, -balance),
            "frequency": log(1 + self._count[entity]),
            "topic": log(1 + self._subject[entity]),
            "first": entity == first,
            "chain": self._last.get(place.gender) == entity,
            "speaker": place.speaker == entity,
        }

    def _of_mention(self, candidate: _Candidate, place: _Place) -> Features:
        mention, distance = candidate.mention, place.sentence - candidate.sentence
        name = mention.kind is MentionKind.NAME
        zone = "here" if distance == 0 else "before"
        features: Features = {
            f"{candidate.role} {zone}": 1,
            f"{candidate.role} to {place.kind} {zone}": 1,
            f"distance {min(distance, 3)}": 1,
            "distance": max(0, distance - 3),
            "depth": candidate.depth,
            "nesting": candidate.nesting,
            "leading": candidate.leading,
            "listed": candidate.listed,
            "bracketed": candidate.bracketed and not self._brackets[place.token.i],
            "short": name and mention.end - mention.start == 1,
            "pronoun": mention.kind is MentionKind.PRONOUN,
            "description": mention.kind is MentionKind.NOMINAL and mention.entity >= 0,
            "unnamed": mention.entity < 0,
            "quoted": (self._layout.quote_at(mention.start) is None) != (place.quote is None),
        }
        main = candidate.role == "subject" and candidate.depth == 0
        if mention.start > place.token.i:
            features["following"] = 1
        elif distance == 0:
            covered = range(mention.start, mention.end)
            features["joined"] = not place.joined.isdisjoint(covered)
            features["own"] = place.own is not None and place.own.i in covered
            features["above"] = bool(place.above) and place.above[0].i in covered
            features["higher"] = any(s.i in covered for s in place.above[1:])
            features["coordinate"] = place.coordinate is not None and place.coordinate.i in covered
        elif distance == 1:
            features["main before"] = main
            features["main before, opening"] = main and place.opening and place.role == "subject"
        return features


def _brackets(doc: Doc) -> list[bool]:
    """Whether each token stands in round brackets."""
    inside, opened = [], False
    for token in doc:
        opened = (opened or token.text == "(") and token.text != ")" and not token.is_sent_start
        inside.append(opened)
    return inside
