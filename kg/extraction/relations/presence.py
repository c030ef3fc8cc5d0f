"""Visits told by what somebody does in a foreign place: "US envoy X met Y in Ramallah", "X said in Berlin".

A clause that puts a person in a place says that they were there; it is a visit only where the place lies in another
country than the one they serve. That is known for countries and their capitals, and for a clause whose other
party serves the country that the place's own mentions name ("visiting", "foreign trip").
"""

from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from kg.extraction.discourse import Discourse, TokenMention
from kg.extraction.language.grammar import subjects
from kg.extraction.posts.candidate import Candidate
from kg.extraction.relations.circumstances import place_of
from kg.extraction.stance.factuality import FACT, factuality
from kg.geography import Country, country_of, country_of_capital
from kg.lexicons import lexicon
from kg.model import EntityType

__all__ = ["presence_candidates"]


def presence_candidates(discourse: Discourse, found: Sequence[Candidate]) -> Iterator[Candidate]:
    """Yield visited for office-holders of one state whom a clause shows in a place of another."""
    served = _served(discourse, found)
    for candidate in found:
        if candidate.relation.in_person and candidate.object is not None and factuality(candidate.trigger) == FACT:
            place = place_of(candidate.trigger, discourse)
            for person in (candidate.subject, candidate.object):
                if place is not None and _is_abroad(discourse, person, place, served):
                    yield _visit(person, place, candidate.trigger)
    for token in discourse.doc:
        if _is_act(token):
            place = _own_place(discourse, token)
            for subject in subjects(token):
                speaker = discourse.at(subject)
                if place is not None and speaker is not None and _is_abroad(discourse, speaker, place, served):
                    yield _visit(speaker, place, token)


def _is_act(token: Token) -> bool:
    if token.lemma_ == "be":
        return (
            token.pos_ == "AUX" and token.dep_ != "aux" and not any(c.dep_ in {"attr", "acomp"} for c in token.children)
        )
    return token.pos_ == "VERB" and token.lemma_.lower() in lexicon("kinds")["acts_of_presence"]


def _visit(person: TokenMention, place: TokenMention, trigger: Token) -> Candidate:
    return Candidate(
        subject=person,
        predicate="visited",
        object=place,
        trigger=trigger,
        rule="presence:abroad",
        dated=True,
        confidence=0.65,
    )


def _own_place(discourse: Discourse, verb: Token) -> TokenMention | None:
    """The place of a phrase with "in" on the verb itself or on its object ("told reporters in Liverpool")."""
    for child in verb.children:
        holders = (
            [child]
            if child.lower_ == "in"
            else [c for c in child.children if child.dep_ == "dobj" and c.lower_ == "in"]
        )
        for preposition in holders:
            for item in preposition.children:
                mention = discourse.at(item)
                if (
                    item.dep_ == "pobj"
                    and mention is not None
                    and mention.type is EntityType.PLACE
                    and not mention.demonym
                ):
                    return mention
    return None


def _served(discourse: Discourse, found: Sequence[Candidate]) -> dict[int, str]:
    """Map each office-holder to the country served, directly or through a body named after it."""
    states: dict[int, str] = {}
    owners: dict[int, int] = {}
    for place in discourse.nested:
        if (body := discourse.at(place.start)) is not None:
            owners.setdefault(body.entity, place.entity)
    for candidate in found:
        if not candidate.relation.titled or candidate.object is None:
            continue
        entity = candidate.object.entity
        if candidate.object.type is EntityType.ORGANIZATION:
            entity = owners.get(entity, -1)
        country = discourse.entities[entity].country if entity >= 0 else None
        if country:
            states.setdefault(candidate.subject.entity, country)
    return states


def _is_abroad(discourse: Discourse, person: TokenMention, place: TokenMention, served: dict[int, str]) -> bool:
    home = served.get(person.entity)
    if person.type is not EntityType.PERSON or home is None:
        return False
    name = discourse.entities[place.entity].name
    country = country_of(name) or country_of_capital(name) or _country_behind(discourse, place)
    code = (country.code or country.part_of) if country is not None else None
    return code is not None and code != home


def _country_behind(discourse: Discourse, place: TokenMention) -> Country | None:
    """ "Liverpool, England"."""
    doc, end = discourse.doc, place.end
    behind = discourse.at(end + 1) if end + 1 < len(doc) and doc[end].text == "," else None
    if behind is None or behind.type is not EntityType.PLACE or behind.demonym:
        return None
    return country_of(discourse.entities[behind.entity].name)
