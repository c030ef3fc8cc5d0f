"""Whether the name of a town or country is that of its team: by a score, its players or fans, a report on a match."""

from spacy.tokens import Doc, Token

from kg.extraction.language.places import role_of
from kg.extraction.language.tokens import Name, score_at
from kg.extraction.language.words import heads
from kg.extraction.naming.surroundings import cues
from kg.model import EntityType

__all__ = ["is_club", "is_match_report", "is_team", "is_venue"]


def is_match_report(doc: Doc) -> bool:
    """Whether a text speaks of a match all the time, so that the name of a town may be that of its club."""
    words = sum(t.lemma_.lower() in heads().sport for t in doc)
    return words >= 12 and words > 0.03 * len(doc)


def is_club(doc: Doc, name: Name) -> bool:
    """Whether a name stands as a club's does in a report on a match."""
    lexicon = heads()
    root = doc[name.start : name.end].root
    before = doc[name.start - 1].lower_ if name.start else ""
    following = [t for t in doc[name.end : name.end + 3] if t.tag_ != "POS"]
    if role_of(root) == "subject" and root.head.lemma_.lower() in lexicon.sport_verbs:
        return True
    if before in cues("opponents") or (before == "to" and root.head.head.lemma_.lower() in cues("defeats")):
        return True
    return bool(following) and following[0].lemma_.lower() in lexicon.sport - cues("not_clubs")


def is_team(doc: Doc, name: Name) -> bool:
    """Whether a name can only be a team's, whatever the text is about: "Spain's 2-1 win", "Spain midfielder Xavi"."""
    i = name.end
    if i < len(doc) and doc[i].text in cues("players"):
        return name.type in {EntityType.PLACE, EntityType.ORGANIZATION}  # but not "memory coach" in a headline
    if i < len(doc) and doc[i].tag_ == "POS":
        i += 1
    if score_at(doc, i) and i + 3 < len(doc) and doc[i + 3].lemma_.lower() in cues("results"):
        return True
    root = doc[name.start : name.end].root
    if root.dep_ == "pobj" and f"{root.head.head.lemma_.lower()} {root.head.lower_}" in cues("memberships"):
        return True
    return _is_opponent(root) and _has_score(doc, root)


def is_venue(doc: Doc, name: Name) -> bool:
    """Whether a name that elsewhere is a team's is the town's here: "lives in Hamburg"."""
    before = doc[name.start - 1].lower_ if name.start else ""
    return name.type is EntityType.PLACE and before in cues("venues")


def _is_opponent(root: Token) -> bool:
    """Whether a name is the subject or object of a verb of matches, or stands in "loss to", "draw with"."""
    if root.dep_ in {"nsubj", "dobj"}:
        return root.head.lemma_.lower() in cues("matches")
    if root.dep_ != "pobj" or root.head.lower_ not in cues("played"):
        return False
    return root.head.head.lemma_.lower() in cues("matches") | cues("results")


def _has_score(doc: Doc, root: Token) -> bool:
    """Whether a score stands within a few words in the sentence of a name."""
    sentence = root.sent
    return any(score_at(doc, i) for i in range(max(sentence.start, root.i - 8), min(sentence.end, root.i + 9)))
