"""Whom a pronoun means: every person or body mentioned near it is weighed by gender, syntax, recency and salience.

The weights follow Lappin and Leass (Computational Linguistics 20(4), 1994) in kind; their values were fitted on the
development part of GAP (Webster et al., TACL 2018).
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log

from spacy.tokens import Doc, Token

from kg.extraction.discourse import TokenMention
from kg.extraction.syntax import Layout, clause_of, depth_of, role_of, subject_of
from kg.model import EntityType, MentionKind

__all__ = ["PRONOUNS", "WEIGHTS", "Resolver"]

PRONOUNS = {
    **dict.fromkeys(("he", "him", "his", "himself"), "masculine"),
    **dict.fromkeys(("she", "her", "hers", "herself"), "feminine"),
}  # fmt: skip
_REFLEXIVE = frozenset({"himself", "herself"})
_WINDOW = 6  # sentences to look back
WEIGHTS = {
    "sentence": -2.5,  # each sentence between
    "subject": 0.7,
    "object": 0.8,
    "possessor": 0.4,
    "oblique": -1.2,
    "parallel": 0.6,  # same role as the pronoun's
    "embedded": 0.0,  # each clause above the mention
    "gender": 0.0,  # known and equal (unequal is excluded)
    "frequency": 0.5,  # logarithm of the number of mentions so far
    "first": 0.5,  # the first person of the document
    "chain": -0.3,  # what the last pronoun of that gender meant
    "leading": -0.2,  # the first person of its sentence
    "nearest": 0.4,
    "own": 1.0,  # subject of the pronoun's clause, the pronoun being a possessive
    "above": 0.5,  # subject of a clause above the pronoun's
    "between": -0.1,  # each other person mentioned since
    "last_subject": 0.7,  # subject of the sentence before
    "short": 0.2,  # a name of one word
    "pronoun": 0.45,
    "following": -1.5,  # stands behind the pronoun
    "speaker": -2.0,  # says the quotation that the pronoun stands in
}


@dataclass(frozen=True, slots=True)
class _Candidate:
    mention: TokenMention
    sentence: int
    role: str
    depth: int
    leading: bool


class Resolver:
    """Resolves the pronouns of one document from left to right; each answer is a mention for those that follow."""

    def __init__(
        self, doc: Doc, layout: Layout, genders: dict[int, str | None], weights: Mapping[str, float] = WEIGHTS
    ) -> None:
        self._doc, self._layout, self._genders, self._weights = doc, layout, genders, weights
        self._people: list[_Candidate] = []
        self._at: dict[int, TokenMention] = {}
        self._last: dict[str, int] = {}
        self._count: Counter[int] = Counter()
        self._ahead: Sequence[TokenMention] = ()

    def expect(self, mentions: Iterable[TokenMention]) -> None:
        """Tell the names of the whole document, for pronouns that stand before whom they mean."""
        self._ahead = [m for m in mentions if m.type is EntityType.PERSON]

    def add(self, mention: TokenMention) -> None:
        """Take a mention in, in text order."""
        self._at.update(dict.fromkeys(range(mention.start, mention.end), mention))
        if mention.type is EntityType.PERSON:
            self._people.append(self._candidate(mention))
            self._count[mention.entity] += 1

    def _candidate(self, mention: TokenMention) -> _Candidate:
        root = self._doc[mention.root]
        sentence = self._layout.sentence[mention.start]
        leading = not (self._people and self._people[-1].sentence == sentence)
        return _Candidate(mention, sentence, role_of(root), depth_of(root), leading)

    def resolve(self, token: Token) -> TokenMention | None:
        """Return what a third-person singular pronoun of a known gender means, as a mention of it."""
        gender = PRONOUNS[token.lower_]
        scores = self._scores(token, gender)
        if not scores:
            return None
        entity = max(scores, key=lambda e: (scores[e], -e))
        self._last[gender] = entity
        if not self._genders.get(entity):
            self._genders[entity] = gender
        return TokenMention(
            start=token.i,
            end=token.i + 1,
            root=token.i,
            type=EntityType.PERSON,
            kind=MentionKind.PRONOUN,
            entity=entity,
        )

    def _scores(self, token: Token, gender: str) -> dict[int, float]:
        w, sentence = self._weights, self._layout.sentence[token.i]
        role, possessive = role_of(token), token.tag_ == "PRP$" or token.dep_ == "poss"
        above = _subjects_above(token)
        own = subject_of(clause_of(token)) if possessive else None
        quote = self._layout.quote_at(token.i)
        speaker = self._at.get(subject.i) if quote and (subject := self._layout.speaker_of(quote)) else None
        near = [c for c in self._people if sentence - c.sentence <= _WINDOW]
        near += [
            self._candidate(m)
            for m in self._ahead
            if m.start > token.i
            and self._layout.sentence[m.start] == sentence
            and _may_follow(token, self._doc[m.root])
        ]
        best: dict[int, float] = defaultdict(lambda: float("-inf"))
        excluded: set[int] = set()
        for i, candidate in enumerate(near):
            mention = candidate.mention
            root = self._doc[mention.root]
            if self._genders.get(mention.entity) not in {gender, None}:
                continue
            if candidate.sentence == sentence and _barred(token, root, mention, possessive=possessive):
                excluded.add(mention.entity)
                continue
            score = (
                w["sentence"] * (sentence - candidate.sentence)
                + w.get(candidate.role, 0.0)
                + w["embedded"] * candidate.depth
            )
            score += w["parallel"] * (candidate.role == role) + w["leading"] * candidate.leading
            score += w["nearest"] * (i == len(near) - 1)
            score += w["short"] * (mention.kind is MentionKind.NAME and mention.end - mention.start == 1)
            score += w["pronoun"] * (mention.kind is MentionKind.PRONOUN)
            if mention.start > token.i:
                score += w["following"]
            else:
                others = {c.mention.entity for c in near[i + 1 :] if c.mention.start < token.i} - {mention.entity}
                score += w["between"] * min(4, sum(self._genders.get(e) in {gender, None} for e in others))
                score += w["last_subject"] * (
                    candidate.role == "subject" and candidate.sentence == sentence - 1 and candidate.depth == 0
                )
            if candidate.sentence == sentence:
                covered = range(mention.start, mention.end)
                score += w["own"] * (own is not None and own.i in covered)
                score += w["above"] * any(s.i in covered for s in above)
            best[mention.entity] = max(best[mention.entity], score)
        scores = {}
        first = self._people[0].mention.entity if self._people else None
        for entity, score in best.items():
            if entity in excluded and token.lower_ not in _REFLEXIVE:
                continue
            score += w["gender"] * (self._genders.get(entity) == gender) + w["frequency"] * log(1 + self._count[entity])
            score += w["first"] * (entity == first) + w["chain"] * (self._last.get(gender) == entity)
            score += w["speaker"] * (speaker is not None and speaker.entity == entity)
            scores[entity] = score
        return scores


def _subjects_above(token: Token) -> list[Token]:
    """Subjects of the clauses above a token's own."""
    found, clause = [], clause_of(token)
    for _ in range(6):
        if clause.head == clause:
            break
        clause = clause_of(clause.head)
        if subject := subject_of(clause):
            found.append(subject)
    return found


def _may_follow(token: Token, root: Token) -> bool:
    """Whether a name behind a pronoun can be what it means: the pronoun opens the sentence below the name's clause."""
    if role_of(root) != "subject":
        return False
    clause = clause_of(root)
    below = token.i < root.i and clause_of(token) != clause and any(a == clause for a in token.ancestors)
    return below or (token.dep_ == "poss" and _in_preposed(token, root))


def _in_preposed(token: Token, root: Token) -> bool:
    """ "In his speech, Smith said ...": the possessive stands in an adjunct before the subject."""
    return any(a.dep_ == "prep" and a.head == clause_of(root) and a.i < root.i for a in token.ancestors)


def _barred(token: Token, root: Token, mention: TokenMention, *, possessive: bool) -> bool:
    """Whether syntax keeps a pronoun from meaning a name in its sentence."""
    if token.lower_ in _REFLEXIVE:
        return False
    if possessive:
        owned = token.head
        if owned.dep_ == "appos" and mention.start <= owned.head.i < mention.end:  # "John, her husband"
            return True
        if owned.dep_ == "attr":  # "John was her husband"
            subject = subject_of(owned.head)
            return subject is not None and mention.start <= subject.i < mention.end
        return root.dep_ in {"appos", "compound"} and root.head == owned  # "her husband John"
    if any(c == token for c in root.conjuncts):
        return True
    verb, other = _governor(token), _governor(root)
    if verb is not None and verb == other:
        return True
    # "Smith asked Jones to help him": the one who helps is Jones
    if (
        verb is not None
        and verb.dep_ in {"xcomp", "ccomp"}
        and role_of(token) != "subject"
        and subject_of(verb) is None
    ):
        controller = next((c for c in verb.head.children if c.dep_ == "dobj"), None) or subject_of(verb.head)
        return controller is not None and mention.start <= controller.i < mention.end
    return False


def _governor(token: Token) -> Token | None:
    """The verb that a noun phrase is an argument of, prepositions passed over."""
    if token.dep_ == "conj":
        token = next(iter(token.conjuncts), token)
    head = token.head
    if token.dep_ in {"nsubj", "nsubjpass", "dobj", "dative", "attr"}:
        return head
    if token.dep_ == "pobj" and head.dep_ in {"prep", "dative", "agent"} and head.head.pos_ in {"VERB", "AUX"}:
        return head.head
    return None
