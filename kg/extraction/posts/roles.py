"""Who holds which post where, by titles beside names; the clauses that predicate one are in ``clauses``."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial

from spacy.tokens import Token

from kg.extraction.discourse import Discourse, TokenMention
from kg.extraction.posts.beside import Bearing
from kg.extraction.posts.candidate import Candidate
from kg.extraction.posts.phrase import TitlePhrase
from kg.extraction.posts.setting import Setting
from kg.lexicons import word_set
from kg.model import EntityType, MentionKind, RoleStatus
from kg.predicates import MEMBERSHIP, POST

__all__ = ["promoted", "role", "role_candidates"]

_titles = partial(word_set, "role_classes")


def role_candidates(discourse: Discourse, bearings: Sequence[Bearing], setting: Setting) -> Iterator[Candidate]:
    """Yield holdsRole for each title beside a name, memberOf for plain members, politicalAffiliation for a party."""
    served = {(p.entity, phrase.holder.entity) for phrase, people, _ in bearings if phrase.holder for p in people}
    for phrase, people, rule in bearings:
        for person in people:
            yield from role(discourse, setting, phrase, person, rule)
        described = discourse.at(phrase.head)
        if people or phrase.holder is None or described is None or not _describes(described):
            continue
        state = discourse.entities[phrase.holder.entity].country is not None
        if not state or (described.entity, phrase.holder.entity) in served:  # many a minister is "the French minister"
            for candidate in role(discourse, setting, phrase, described, "description"):
                yield replace(candidate, confidence=0.6)


def _describes(mention: TokenMention) -> bool:
    """ "The former New York mayor" where the text makes clear who that is."""
    return mention.type is EntityType.PERSON and mention.kind is MentionKind.NOMINAL


def role(
    discourse: Discourse, setting: Setting, phrase: TitlePhrase, person: TokenMention, rule: str
) -> Iterator[Candidate]:
    """Yield what a title says of a person: a role, a membership, an affiliation or a nationality."""
    trigger = discourse.doc[phrase.head]
    if phrase.party is not None and not _party_office(phrase):
        yield _claim(person, "politicalAffiliation", phrase.party, trigger, f"role:{rule}")
    if not phrase.fact:
        return
    holder = phrase.party if phrase.party is not None and _party_office(phrase) else phrase.holder
    plain = phrase.head_word in _titles("members")  # "a former member of the party", not its former spokesman
    if (
        holder is not None
        and discourse.entities[holder.entity].subtype == "PoliticalParty"
        and not _party_office(phrase)
    ):
        affiliation = _claim(person, "politicalAffiliation", holder, trigger, f"role:{rule}")
        yield replace(affiliation, status=_over(phrase.status if plain else None))
        holder = None
    if holder is not None and _is_membership(discourse, phrase, holder):
        yield replace(_claim(person, MEMBERSHIP, holder, trigger, f"role:{rule}"), status=_over(phrase.status))
        return
    confidence = 0.8
    behind = _of(discourse, person) if not phrase.served and phrase.end <= person.start else None
    if holder is None or _is_of_body(phrase, holder, behind):
        holder = behind
    if phrase.head_word in _titles("legislators") and holder is not None and _is_constituency(discourse, holder):
        holder = None  # "the senator of Texas"
    if holder is None and not phrase.served:
        holder = _where(discourse, trigger)
    if holder is None and not phrase.served and phrase.office:
        holder = setting.holder(phrase, person)
        confidence = 0.6
    if not phrase.office and not _held_somewhere(phrase, holder):
        national = holder is not None and holder.demonym and holder.end <= phrase.start
        if national and phrase.head_word not in _titles("secret"):  # "the Yemeni poet X"
            yield _claim(person, "citizenOf", holder, trigger, f"nationality:{rule}")
        return
    yield replace(
        _claim(person, POST, holder, trigger, f"role:{rule}"),
        title_text=phrase.text,
        status=phrase.status or RoleStatus.CURRENT,
        confidence=confidence if holder is not None else 0.8,
    )


def promoted(roles: Sequence[Candidate]) -> Iterator[Candidate]:
    """Yield the roles; a post of a company without one is held where its sentence says that its holder works.

    "Apple's chief operating officer, Tim Cook, was named chief executive."
    """
    employers = {
        (c.subject.entity, c.trigger.sent.start): c.object
        for c in roles
        if c.relation.titled
        and c.status is RoleStatus.CURRENT
        and c.object is not None
        and c.object.type is EntityType.ORGANIZATION
    }
    for candidate in roles:
        employer = employers.get((candidate.subject.entity, candidate.trigger.sent.start))
        bare = candidate.relation.titled and candidate.object is None and candidate.rule.startswith("role:clause")
        if employer is not None and bare and (candidate.title_text or "") in _titles("body_offices"):
            yield replace(candidate, object=employer, confidence=0.6)
        else:
            yield candidate


def _over(status: RoleStatus | None) -> RoleStatus | None:
    """What a membership has of the status of its words: that it is over, nothing else."""
    return status if status is RoleStatus.FORMER else None


def _is_constituency(discourse: Discourse, holder: TokenMention) -> bool:
    """Whether what a legislator's title names is no chamber, so that it sent the legislator there."""
    subtype = discourse.entities[holder.entity].subtype
    return holder.type is EntityType.PLACE or subtype not in {"Parliament", "InternationalOrganization"}


def _of(discourse: Discourse, person: TokenMention) -> TokenMention | None:
    """The holder named behind the name: "Prime Minister Narendra Modi of India"."""
    doc, i = discourse.doc, person.end
    if i + 1 >= len(doc) or doc[i].lower_ != "of":
        return None
    holder = discourse.at(i + 2 if doc[i + 1].lower_ == "the" else i + 1)
    return holder if holder is not None and holder.type is not EntityType.PERSON and not holder.demonym else None


def _is_of_body(phrase: TitlePhrase, holder: TokenMention, behind: TokenMention | None) -> bool:
    """ "Argentine coach X of the Herons": a post that bodies have, not states, so that the nation is the person's."""
    body = behind is not None and behind.type is EntityType.ORGANIZATION
    return body and holder.demonym and phrase.text in _titles("body_offices")


def _where(discourse: Discourse, title: Token) -> TokenMention | None:
    """The body that a relative clause tells a post of: "Y, where she was finance director"."""
    clause = next((t for t in title.ancestors if t.pos_ in {"VERB", "AUX"}), None)
    if clause is None or clause.dep_ not in {"relcl", "acl"} or all(c.lower_ != "where" for c in clause.children):
        return None
    body = discourse.at(clause.head)
    return body if body is not None and body.type is EntityType.ORGANIZATION else None


def _is_membership(discourse: Discourse, phrase: TitlePhrase, holder: TokenMention) -> bool:
    """ "a Hamas militant" belongs to Hamas; a member of a parliament holds a post in it."""
    plain = phrase.head_word in _titles("members") and phrase.text == phrase.head_word
    in_parliament = discourse.entities[holder.entity].subtype == "Parliament"
    return plain and holder.type is EntityType.ORGANIZATION and not in_parliament


def _held_somewhere(phrase: TitlePhrase, holder: TokenMention | None) -> bool:
    """A plain occupation is a role only in a named body, for a person, or in the service of a state."""
    if phrase.served:
        return True
    if holder is None:
        return False
    return holder.type is EntityType.ORGANIZATION or phrase.head_word in _titles("state_servants")


def _party_office(phrase: TitlePhrase) -> bool:
    return not _titles("party_offices").isdisjoint(phrase.text.replace("-", " ").split())


def _claim(person: TokenMention, predicate: str, object_: TokenMention | None, trigger: Token, rule: str) -> Candidate:
    return Candidate(subject=person, predicate=predicate, object=object_, trigger=trigger, rule=rule, factual=False)
