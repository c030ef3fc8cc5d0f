"""What stands behind a title and belongs to it: its complements, up to the first that names the holder.

"Chairman of the board of directors of Acme", "ambassador of Latvia to Norway", "an aide to President X".
"""

from dataclasses import replace

from kg.extraction.discourse import Discourse, TokenMention
from kg.extraction.language.title_words import is_rank
from kg.extraction.language.words import bodies
from kg.extraction.posts.phrase import TitlePhrase, is_article, named_at, phrase_words, title_head
from kg.lexicons import lexicon
from kg.model import EntityType

__all__ = ["with_complements"]


def with_complements(discourse: Discourse, phrase: TitlePhrase) -> TitlePhrase:
    """Take in the complements behind a title, up to the first that names the holder."""
    doc = discourse.doc
    limit = min(doc[phrase.head].sent.end, phrase.end + 16)
    while phrase.outer_end < limit and doc[phrase.outer_end].lower_ in phrase_words("complements"):
        if doc[phrase.outer_end].pos_ not in {"ADP", "PART"}:
            break
        longer, closed = _complement(discourse, phrase, limit)
        if longer is None:
            break
        phrase = longer
        sent = (
            phrase.head_word in lexicon("role_classes")["sent_abroad"]
            and phrase.outer_end < limit
            and doc[phrase.outer_end].lower_ == "to"
        )
        if closed and not sent:
            break
    return phrase


def _complement(discourse: Discourse, phrase: TitlePhrase, limit: int) -> tuple[TitlePhrase | None, bool]:
    """The phrase with one more complement, and whether that named something; None where none belongs to the title."""
    doc, preposition = discourse.doc, discourse.doc[phrase.outer_end].lower_
    first = phrase.outer_end + 1
    while first < limit and (is_article(doc[first]) or doc[first].tag_ == "PRP$"):
        first += 1
    first = _past_kind(discourse, first, limit)
    end = _nouns_end(discourse, first, limit)
    nouns = end - first
    mention = named_at(discourse, end) if end < limit else None
    mention = mention and _titled_person(discourse, mention, limit)
    if nouns and (doc[end - 1].lower_ == "and" or is_rank(doc[end - 1])):
        return None, False
    if mention is None:
        if not nouns or preposition in phrase_words("loose"):
            return None, False
        return replace(phrase, end=end, outer_end=end), False
    if mention.type is EntityType.PERSON:
        personal = nouns == 0 or all(is_rank(t) or t.text[0].isupper() for t in doc[first:end])
        if personal and phrase.holder is None and preposition in phrase_words("served"):
            return replace(phrase, end=mention.end, outer_end=mention.end, served=True), True
        return None, False
    mention, tail = _owner(discourse, mention, limit)
    if tail is not None:  # "president of Iran's football federation": the federation has no name
        return replace(phrase, holder=phrase.holder or mention, end=tail, outer_end=tail), False
    if nouns and preposition in phrase_words("belonging") and nouns > 2:
        return None, False
    outer = _within(discourse, _described(discourse, _acronym(discourse, mention.end), limit), limit)
    title_end = end if nouns else phrase.end
    of_body = preposition == "of" and mention.type is EntityType.ORGANIZATION
    if phrase.holder is not None and not (phrase.holder.type is EntityType.PLACE and of_body):
        return replace(phrase, end=mention.end, outer_end=outer), True
    if preposition == "from" or (preposition == "on" and not nouns):
        return None, False
    if preposition == "in" and mention.type is EntityType.PLACE and not _governs(phrase):
        return None, False  # "a professor in Riga" is no professor of Riga
    return replace(phrase, end=title_end, outer_end=outer, holder=mention), True


def _past_kind(discourse: Discourse, first: int, limit: int) -> int:
    """Where the name of a place begins behind words for its kind: "the U.S. state of Ohio", "the capital Lima"."""
    doc, i = discourse.doc, first
    if (country := named_at(discourse, i)) is not None:
        i = country.end if country.type is EntityType.PLACE else limit
    while i < limit and doc[i].pos_ == "ADJ" and named_at(discourse, i) is None:
        i += 1
    if i + 1 >= limit or doc[i].lower_ not in phrase_words("realms") or named_at(discourse, i) is not None:
        return first
    i += 1 + (doc[i + 1].lower_ == "of")
    place = named_at(discourse, i) if i < limit else None
    return i if place is not None and place.type is EntityType.PLACE and place.start == i else first


def _titled_person(discourse: Discourse, mention: TokenMention, limit: int) -> TokenMention:
    """The person behind a state and a title: "an aide to Palestinian President X" is an aide to X."""
    doc = discourse.doc
    first = mention.end + (mention.end < len(doc) and doc[mention.end].tag_ == "POS")
    end = _nouns_end(discourse, first, limit)
    person = named_at(discourse, end) if mention.type is EntityType.PLACE and first < end < limit else None
    titled = person is not None and person.type is EntityType.PERSON and _opens_title(discourse, first)
    return person if person is not None and titled else mention


def _governs(phrase: TitlePhrase) -> bool:
    """Whether a post can be held in a place itself ("minister of finance in Costa Rica")."""
    classes = lexicon("role_classes")
    return phrase.head_word in {*classes["state_offices"], *classes["portfolio_offices"], *classes["sent_abroad"]}


def _nouns_end(discourse: Discourse, first: int, limit: int) -> int:
    """The end of the common nouns and adjectives of a complement ("the board of directors", "fuel and energy")."""
    doc, i = discourse.doc, first
    while i < limit and named_at(discourse, i) is None and doc[i].ent_type_ != "DATE":
        joins = (
            doc[i].lower_ == "and" and i > first and doc[i].head.pos_ == "NOUN" and not _opens_title(discourse, i + 1)
        )
        if not (doc[i].pos_ in {"NOUN", "ADJ", "PROPN"} or doc[i].text in {"-", "&"} or joins):
            break
        if i > first and _opens_name(discourse, i):
            break
        i += 1
    return i


def _owner(discourse: Discourse, mention: TokenMention, limit: int) -> tuple[TokenMention, int | None]:
    """Who holds the post when a possessor or a nationality opens the complement, and the end of the nouns it owns."""
    doc = discourse.doc
    if mention.end < len(doc) and doc[mention.end].tag_ == "POS":
        return _possessed(discourse, mention, limit)
    if not mention.demonym:
        return mention, None
    tail = mention.end
    while tail < limit and doc[tail].pos_ in {"NOUN", "PROPN", "ADJ"} and named_at(discourse, tail) is None:
        tail += 1
    following = named_at(discourse, tail) if tail < limit else None
    if following is not None and tail == mention.end and following.type is EntityType.ORGANIZATION:
        return following, None
    return mention, tail


def _opens_title(discourse: Discourse, i: int) -> bool:
    return i < len(discourse.doc) and title_head(discourse, i) is not None


def _opens_name(discourse: Discourse, i: int) -> bool:
    """Whether ranks from here on lead up to a person's name."""
    j = i
    while j < len(discourse.doc) and is_rank(discourse.doc[j]):
        j += 1
    mention = named_at(discourse, j) if j < len(discourse.doc) else None
    return j > i and mention is not None and mention.type is EntityType.PERSON


def _possessed(discourse: Discourse, mention: TokenMention, limit: int) -> tuple[TokenMention, int | None]:
    """What a possessor owns: a body with a name of its own, or nouns (then the end of those)."""
    i = mention.end + 1
    first = i
    while (
        i < limit
        and named_at(discourse, i) is None
        and discourse.doc[i].pos_ in {"NOUN", "ADJ", "PROPN"}
        and not _opens_name(discourse, i)
    ):
        i += 1
    owned = named_at(discourse, i) if i < limit else None
    if owned is not None and owned.type is EntityType.ORGANIZATION:
        return owned, None
    return mention, i if i > first else None


def _described(discourse: Discourse, i: int, limit: int) -> int:
    """Skip the kind behind a body's name ("The Mac Observer online news site", "the IG Metall union")."""
    doc, end = discourse.doc, i
    for j in range(i, min(i + 4, limit)):
        if doc[j].pos_ not in {"NOUN", "ADJ"} or named_at(discourse, j) is not None:
            break
        if doc[j].lower_ in bodies():
            end = j + 1
    return end


def _within(discourse: Discourse, i: int, limit: int) -> int:
    """Skip what a body is of, behind its name ("chairman of the Chiefs of Staff of the Iranian Armed Forces")."""
    while i + 1 < limit and discourse.doc[i].lower_ == "of":
        whole = named_at(discourse, i + 1 + is_article(discourse.doc[i + 1]))
        if whole is None or whole.type is EntityType.PERSON:
            break
        i = whole.end
    return i


def _acronym(discourse: Discourse, i: int) -> int:
    """Skip "(IRGC)" behind a name."""
    doc = discourse.doc
    if i + 2 < len(doc) and doc[i].text == "(" and doc[i + 2].text == ")":
        return i + 3
    return i
