"""What grammar takes back of what the network claims of one sentence, by the clause that joins its two mentions.

Where the deed is denied, planned or supposed the claim is no fact; who is named only as somebody's aide or brother took
no part in it; nobody did what a clause tells of another subject; and a talk is no meeting.
"""

import re
from collections.abc import Mapping, Sequence, Set
from dataclasses import replace

from spacy.tokens import Doc, Span

from kg.extraction.decision.joint import Joint
from kg.extraction.discourse import Discourse
from kg.extraction.language.title_words import titles
from kg.extraction.stance.factuality import FACT
from kg.extraction.stance.words import stance_words
from kg.lexicons import lexicon
from kg.model import PREDICATES, Claim, EntityType, Polarity
from kg.predicates import BIRTHPLACE, broader

__all__ = ["corrected"]

_NOT = "not "
_WORD = re.compile(r"\w+")
_AGAINST_ANOTHER = re.compile(r", (?:and|but)? ?not ((?:[\w'-]+ ){0,5})$")
_PHRASE = 60  # characters of a name's title
_LONGEST = 6  # characters of these words


def corrected(claims: Sequence[Claim], discourse: Discourse) -> tuple[Claim, ...]:
    """Return the claims of rules as they are and those of the network as grammar leaves them."""
    text: str = discourse.doc.user_data["document"].text
    states, placed = _states(discourse), _placed(claims)
    claims = [c for c in claims if not _is_anothers_body(c, states, discourse) and not _is_placed_twice(c, placed)]
    found = (_corrected(c, discourse) if _is_told_within(c) else c for c in claims)
    return tuple(_as_named(c, text) for c in found if c is not None and not _is_against(c, text))


def _states(discourse: Discourse) -> dict[int, set[int]]:
    """The states that the names of bodies tell, by body: "Brazilian police", "the government of Kenya"."""
    found: dict[int, set[int]] = {}
    for state in discourse.nested:
        if state.type is EntityType.PLACE and (body := discourse.at(state.start)) is not None:
            found.setdefault(body.entity, set()).add(state.entity)
    return found


def _is_anothers_body(claim: Claim, states: Mapping[int, Set[int]], discourse: Discourse) -> bool:
    """Whether the network makes a body named after a state part of another place.

    Of 1,559 such bodies that are marked as part of a place in news, 3 are part of another.
    """
    own, relation = states.get(claim.subject), claim.relation
    if own is None or claim.object is None or not relation.owner or relation.home:
        return False
    other = claim.object not in own and discourse.entities[claim.object].type is EntityType.PLACE
    return other and claim.evidence.extractor.startswith("model:")


def _placed(claims: Sequence[Claim]) -> dict[tuple[int, str | None], tuple[int, int]]:
    """Return where rules read a title with its body in one sentence, by holder and title."""
    told = (c for c in claims if c.title is not None and c.object is not None and _is_rule(c))
    return {(c.subject, c.title): (c.evidence.start, c.evidence.end) for c in told}


def _is_placed_twice(claim: Claim, placed: Mapping[tuple[int, str | None], tuple[int, int]]) -> bool:
    """Whether a post that its own sentence places is told at a body of the next one."""
    sentence, body = placed.get((claim.subject, claim.title)), claim.evidence.object
    if _is_rule(claim) or sentence is None or body is None:
        return False
    return claim.evidence.start == sentence[0] and body[0] >= sentence[1]


def _is_against(claim: Claim, text: str) -> bool:
    """Whether a nation stands only in a compound that tells no citizen: "anti-American", "Iranian-born"."""
    span = claim.evidence.object
    if span is None:
        return False
    before, behind = text[max(0, span[0] - _LONGEST) : span[0]], text[span[1] : span[1] + _LONGEST]
    relation, compounds = PREDICATES[claim.predicate], lexicon("decision/compounds")
    belongs = relation.kind == "state" and not relation.home and claim.predicate != BIRTHPLACE
    return before.lower().endswith(tuple(compounds["against"])) or (
        belongs and behind.startswith(tuple(compounds["origins"]))
    )


def _as_named(claim: Claim, text: str) -> Claim:
    """A claim, negated where one of its ends is named as the one it is not told of: "not X but Y was elected"."""
    spans = [span for span in (claim.evidence.subject, claim.evidence.object) if span is not None]
    within = len(spans) > 1 and spans[0][0] < spans[1][1] and spans[1][0] < spans[0][1]  # the name itself tells it
    excluded = claim.asserted and not within and any(_is_excluded(text, *span, title=claim.title) for span in spans)
    return replace(claim, polarity=Polarity.NEGATED) if excluded else claim


def _is_excluded(text: str, start: int, end: int, *, title: str | None) -> bool:
    """Whether a name is set against the one that is meant: "not X but Y", "Y, and not the former minister X,".

    The ``title`` before such a name is X's all the same.
    """
    before, behind = text[max(0, start - _PHRASE) : start], text[end : end + _LONGEST]
    if title is not None and title in before.lower():
        return False
    if before.lower().endswith(_NOT) and behind.startswith((" but ", ", but ")):
        return True
    against = _AGAINST_ANOTHER.search(before.lower())
    more = against is not None and not stance_words("limits").isdisjoint(against[1].split()[:1])  # "not only X"
    return against is not None and not more and behind.startswith(",")


def _is_told_within(claim: Claim) -> bool:
    """Whether the network tells it of two mentions, titles aside (grammar has read those already)."""
    return claim.title is None and claim.evidence.object is not None and not _is_rule(claim)


def _is_rule(claim: Claim) -> bool:
    return claim.evidence.extractor.startswith("rule:")


def _corrected(claim: Claim, discourse: Discourse) -> Claim | None:
    evidence = claim.evidence
    if evidence.object is None:
        return claim
    if claim.literal is not None and _is_date_line(discourse.doc, evidence.object):
        return None
    if claim.relation.broader and _is_no_party(claim, discourse):
        claim = replace(claim, predicate=broader(claim.predicate))
    spans = [discourse.doc.char_span(*s, alignment_mode="expand") for s in (evidence.subject, evidence.object)]
    if spans[1] is not None and claim.relation.home and _is_anothers_base(claim.subject, spans[1], discourse):
        return None
    if spans[0] is None or spans[1] is None or spans[0].root.sent.start != spans[1].root.sent.start:
        return claim
    joint = Joint(discourse, spans[0], spans[1], claim.predicate)
    if joint.is_no_fact:
        return None
    claim = replace(claim, predicate=joint.predicate)
    if not claim.asserted or (reading := joint.factuality) == FACT:
        return claim
    return replace(claim, polarity=reading.polarity, modality=reading.modality)


def _is_date_line(doc: Doc, date: tuple[int, int]) -> bool:
    """Whether a date has a line of its own, as that of the text itself has: nothing happened on it for that."""
    text = doc.user_data["document"].text
    start = text.rfind("\n", 0, date[0]) + 1
    end = text.find("\n", date[1])
    beside = text[start : date[0]] + text[date[1] : None if end < 0 else end]
    return not any(map(str.isalnum, beside))


def _is_no_party(claim: Claim, discourse: Discourse) -> bool:
    """Whether a body is known for another one, or named after a trade: "Nurses' Union", "United Mine Workers"."""
    if claim.object is None:
        return False
    body = discourse.entities[claim.object]
    if body.subtype is not None:
        return body.subtype != "PoliticalParty"
    return any(word.endswith("s") and word[:-1] in titles().heads for word in _WORD.findall(body.name.lower()))


def _is_anothers_base(subject: int, place: Span, discourse: Discourse) -> bool:
    """Whether a place is that of the name before which it stands: "The Munich-based X" tells nothing of Y's home."""
    behind = discourse.doc[place.end : place.end + len(("-", "based"))]
    based = next((t for t in behind if t.lower_.lstrip("-") == "based"), None)
    named = discourse.at(based.head) if based is not None and based.head.i != based.i else None
    return named is not None and named.entity != subject
