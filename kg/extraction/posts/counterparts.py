"""Counterparts: with "Qureshi and his Chinese counterpart Wang Yi", Wang Yi holds for China what Qureshi holds."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from spacy.tokens import Token

from kg.extraction.discourse import Discourse, TokenMention
from kg.extraction.language.grammar import conjuncts
from kg.extraction.posts.candidate import Candidate
from kg.lexicons import word_set
from kg.model import EntityType, RoleStatus

__all__ = ["counterpart_candidates"]


def counterpart_candidates(discourse: Discourse, roles: Sequence[Candidate]) -> Iterator[Candidate]:
    """Yield the role of each named counterpart whose own state is named and whose other's role is known."""
    known = {
        c.subject.entity: c for c in reversed(roles) if c.relation.titled and c.object is not None and c.title_text
    }
    for token in discourse.doc:
        if not _is_counterpart(token):
            continue
        state = next((m for c in token.children if (m := discourse.at(c)) and m.demonym), None)
        owner = next((m for c in token.children if c.dep_ == "poss" and (m := discourse.at(c))), None)
        named = _named(discourse, token.i)
        if state is None or named is None:
            continue
        model = known.get(owner.entity) if owner else _other(discourse, token.i, known)
        if model is not None and model.subject.entity != named.entity:
            yield replace(
                model,
                subject=named,
                object=state,
                trigger=token,
                rule="role:counterpart",
                status=RoleStatus.CURRENT,
                confidence=0.7,
            )


def _is_counterpart(token: Token) -> bool:
    word = token.lemma_.lower()
    if word not in _last_words():
        return False
    counterparts = word_set("role_classes", "counterparts")
    return word in counterparts or (token.i > 0 and f"{token.nbor(-1).lower_} {word}" in counterparts)


@cache
def _last_words() -> frozenset[str]:
    return frozenset(words.split()[-1] for words in word_set("role_classes", "counterparts"))


def _named(discourse: Discourse, i: int) -> TokenMention | None:
    doc = discourse.doc
    after = i + 2 if i + 1 < len(doc) and doc[i + 1].text == "," else i + 1
    person = discourse.at(after) if after < len(doc) else None
    if person is None:
        person = next((m for c in conjuncts(doc[i]) if c.dep_ == "appos" and (m := discourse.at(c))), None)
    return person if person is not None and person.type is EntityType.PERSON else None


def _other(discourse: Discourse, i: int, known: dict[int, Candidate]) -> Candidate | None:
    """The one office-holder named earlier in the sentence ("the German foreign minister and French counterpart X")."""
    before = discourse.doc[discourse.doc[i].sent.start : i]
    holders = {m.entity for m in discourse.within(before) if m.entity in known}
    return known[holders.pop()] if len(holders) == 1 else None
