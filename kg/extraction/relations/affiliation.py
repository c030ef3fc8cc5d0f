"""What names say by standing together: an organization's state, seat and parent, a person's body.

"Iran's Armed Forces", "the Iraqi parliament", "IRGC's Quds Force", "Cornell Law School in New York", "CNN's Jane Roe",
"Ismail Haniya of Hamas". Bodies of a state are part of it; companies, media, parties, clubs and armed groups are based
there, but not by their name alone: "Bank of America", "China Daily" (measured on annotated news: 8 of 115 are).
"""

from collections.abc import Iterator

from kg.extraction.discourse import Discourse, TokenMention
from kg.extraction.language.grammar import small_words
from kg.extraction.language.tokens import is_hyphen
from kg.extraction.language.words import bodies
from kg.extraction.posts.beside import coordinated
from kg.extraction.posts.candidate import Candidate
from kg.extraction.relations.frames import is_at_event, is_before_court
from kg.lexicons import lexicon
from kg.model import EntityType, MentionKind

__all__ = ["affiliation_candidates"]

_IN_PHRASE = {"compound", "amod", "nmod", "appos", "nsubj", "nsubjpass", "dobj", "pobj", "conj", "npadvmod"}
_QUOTES = {'"', "``", "''"}
_STATE_BODIES = {"Ministry", "MilitaryForce", "Parliament", "Court", "GovernmentBody"}
_OF = (["of"], ["of", "the"], [",", "of"], [",", "of", "the"])
_SEATED = {"Company", "MediaOutlet", "PoliticalParty", "ArmedGroup", "SportsClub", "EducationalInstitution"}


def affiliation_candidates(discourse: Discourse) -> Iterator[Candidate]:
    """Yield partOf, basedIn and memberOf from neighbouring mentions."""
    yield from _nested(discourse)
    yield from _partisans(discourse)
    for left, right in zip(discourse.mentions, discourse.mentions[1:], strict=False):
        if left.entity == right.entity or right.start - left.end > 6:
            continue
        between = [t.lower_ for t in discourse.doc[left.end : right.start]]
        match left.type, right.type:
            case EntityType.PLACE, EntityType.ORGANIZATION if _described(discourse, left, right) and _is_name(right):
                yield _candidate(discourse, right, "basedIn", left, "described")
            case EntityType.ORGANIZATION, EntityType.ORGANIZATION if not between and _is_international(discourse, left):
                yield _candidate(discourse, right, "partOf", left, "modifier")
            case ((EntityType.PLACE | EntityType.ORGANIZATION), EntityType.ORGANIZATION):
                yield from _owner(discourse, left, right, between)
            case EntityType.ORGANIZATION, EntityType.PLACE:
                yield from _seat(discourse, left, right, between)
            case EntityType.ORGANIZATION, EntityType.PERSON if (
                between in (["'s"], ["'"]) and right.kind is MentionKind.NAME
            ):
                for person in coordinated(discourse, right):
                    yield _member(discourse, person, left, "possessive")
            case EntityType.PLACE, EntityType.PERSON if (
                between[:2] == ["-", "based"] and right.kind is MentionKind.NAME
            ):
                yield _candidate(discourse, right, "livesIn", left, "based")
            case EntityType.PLACE, EntityType.PERSON if left.demonym and _is_plain(discourse, left, right):
                yield _candidate(discourse, right, "citizenOf", left, "nationality", confidence=0.6)
            case EntityType.PERSON, EntityType.PLACE if _is_home(discourse, left, right, between):
                yield _candidate(discourse, left, "livesIn", right, "home")
            case EntityType.PERSON, EntityType.ORGANIZATION if between in _OF and _is_name(left, right):
                if not _continues(discourse, right):
                    yield _member(discourse, left, right, "of")
            case _:
                pass


def _partisans(discourse: Discourse) -> Iterator[Candidate]:
    """ "John Cornyn, Republican of Texas", "X, an Oklahoma Republican": a party's name for one of its people."""
    doc = discourse.doc
    for party in discourse.mentions:
        if discourse.entities[party.entity].subtype != "PoliticalParty":
            continue
        i = party.start - 1
        while i > 0 and (doc[i].pos_ in {"DET", "ADJ"} or doc[i].ent_type_ in {"GPE", "NORP"}):
            i -= 1
        person = discourse.at(i - 1) if i > 0 and doc[i].text == "," else None
        closed = party.end >= len(doc) or doc[party.end].is_punct or doc[party.end].lower_ in small_words("attaching")
        if person is not None and person.type is EntityType.PERSON and _is_name(person) and closed:
            yield _candidate(discourse, person, "politicalAffiliation", party, "partisan")


def _is_plain(discourse: Discourse, people: TokenMention, person: TokenMention) -> bool:
    """ "his Iraqi trenchmate Abu Mahdi": one common noun that is no title between the nationality and the name."""
    between = discourse.doc[people.end : person.start]
    if len(between) != 1 or person.kind is not MentionKind.NAME:
        return False
    word = between[0]
    titles = lexicon("titles")
    known = word.lower_ in titles["office"] or word.lower_ in titles["occupation"] or word.lower_ == "counterpart"
    return word.tag_ == "NN" and word.head.i == person.root and not known


def _is_home(discourse: Discourse, person: TokenMention, place: TokenMention, between: list[str]) -> bool:
    """ "his Berlin home", "Smith's house in Dublin"."""
    doc = discourse.doc
    owned = (doc[person.start].tag_ == "PRP$" and not between) or between == ["'s"]
    if owned and place.end < len(doc):
        return doc[place.end].lower_ in lexicon("kinds")["homes"]
    phrase = " ".join(between)
    return phrase == "'s home in" or (phrase == "home in" and doc[person.start].tag_ == "PRP$")


def _is_name(*mentions: TokenMention) -> bool:
    return all(m.kind is MentionKind.NAME for m in mentions)


def _continues(discourse: Discourse, mention: TokenMention) -> bool:
    """Whether a possessive makes the mention a mere modifier of what follows."""
    following = discourse.doc[mention.end] if mention.end < len(discourse.doc) else None
    return following is not None and following.tag_ == "POS"


def _nested(discourse: Discourse) -> Iterator[Candidate]:
    """ "Iraqi police": two rules, for whether the text names the state by itself, too, decides who marks it."""
    named = {mention.entity for mention in discourse.mentions}
    for place in discourse.nested:
        rule = "name" if place.entity in named else "inside-name"
        organization = discourse.at(place.start)
        if organization is not None and place.type is EntityType.ORGANIZATION:
            yield _candidate(discourse, organization, "partOf", place, rule)
        elif organization is not None:
            yield from _state_of(discourse, organization, place, rule)


def _owner(discourse: Discourse, left: TokenMention, right: TokenMention, between: list[str]) -> Iterator[Candidate]:
    possessive = between in (["'s"], ["'"])
    if left.type is EntityType.PLACE:
        if (possessive or (not between and (left.demonym or _is_country(discourse, left)))) and _is_name(right):
            yield from _state_of(discourse, right, left, "possessive" if possessive else "modifier")
    elif possessive and _is_name(right):
        yield _candidate(discourse, right, "partOf", left, "possessive")


def _described(discourse: Discourse, place: TokenMention, body: TokenMention) -> bool:
    """ "the Toronto publisher Blue Heron House", "Vienna-based OPEC", "the Florida-based company Acme"."""
    between = [t for t in discourse.doc[place.end : body.start] if t.text not in _QUOTES]
    words = [t.lower_ for t in between]
    if words[:2] in (["-", "based"], ["-", "headquartered"]):
        words = words[2:]
        return not words or words[-1] in bodies()
    plain = all(
        (t.pos_ in {"NOUN", "ADJ", "PROPN"} and t.dep_ in _IN_PHRASE)
        or is_hyphen(t.doc, t.i)
        or is_hyphen(t.doc, t.i - 1)
        for t in between
    )  # "state-owned" is tagged as a verb
    return bool(words) and plain and words[-1] in bodies()


def _is_international(discourse: Discourse, mention: TokenMention) -> bool:
    """ "UN Security Council": what stands under an international body's name belongs to it."""
    return discourse.entities[mention.entity].subtype == "InternationalOrganization"


def _is_country(discourse: Discourse, mention: TokenMention) -> bool:
    return discourse.entities[mention.entity].country is not None


def _state_of(discourse: Discourse, organization: TokenMention, place: TokenMention, rule: str) -> Iterator[Candidate]:
    subtype = discourse.entities[organization.entity].subtype
    troops = subtype == "ArmedGroup" and rule == "possessive" and _is_troops(discourse, organization)
    if troops or (subtype in _STATE_BODIES and (_is_country(discourse, place) or rule == "possessive")):
        yield _candidate(discourse, organization, "partOf", place, rule)
    elif subtype in _SEATED and "name" not in rule:
        yield _candidate(discourse, organization, "basedIn", place, rule)


def _is_troops(discourse: Discourse, organization: TokenMention) -> bool:
    """ "Iraq's Popular Mobilization Units": by its name a force of the state; "Lebanon's Hezbollah" is not."""
    return discourse.doc[organization.end - 1].lower_ in lexicon("kinds")["troops"]


def _seat(discourse: Discourse, left: TokenMention, right: TokenMention, between: list[str]) -> Iterator[Candidate]:
    if not _is_name(left) or right.demonym:
        return
    preposition = discourse.doc[left.end] if between else None
    subtype = discourse.entities[left.entity].subtype
    if subtype not in _SEATED and not (subtype is None and _is_institute(discourse, left)):
        return
    head_noun = bodies()
    if between and between[0] in head_noun:
        between = between[1:]
        preposition = discourse.doc[left.end + 1] if between else None
    if between in (["in"], ["in", "the"]) and preposition is not None:
        attached = preposition.head
        if is_before_court(discourse.doc[left.root]) or is_at_event(discourse.doc[left.root]):
            return
        if left.start <= attached.i < left.end or attached.lower_ in head_noun:
            yield _candidate(discourse, left, "basedIn", right, "in", confidence=0.7)


def _is_institute(discourse: Discourse, body: TokenMention) -> bool:
    """Whether a name tells a body with one seat: "Institute for Palestine Studies", "Nobel Foundation"."""
    words = {t.lower_ for t in discourse.span(body)}
    return not words.isdisjoint(lexicon("kinds")["institutes"])


def _member(discourse: Discourse, person: TokenMention, body: TokenMention, rule: str) -> Candidate:
    party = discourse.entities[body.entity].subtype == "PoliticalParty"
    return _candidate(discourse, person, "politicalAffiliation" if party else "memberOf", body, rule)


def _candidate(
    discourse: Discourse,
    subject: TokenMention,
    predicate: str,
    object_: TokenMention,
    rule: str,
    *,
    confidence: float = 0.8,
) -> Candidate:
    return Candidate(
        subject=subject,
        predicate=predicate,
        object=object_,
        trigger=discourse.doc[subject.root],
        rule=f"affiliation:{rule}",
        factual=False,
        confidence=confidence,
    )
