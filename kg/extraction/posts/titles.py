"""Titles of posts in a text: the words, whether the post is held, and the body or state that it is held in.

A title phrase grows from its head noun: leftwards over modifiers and portfolios ("deputy foreign minister") up to a
possessor or modifier that names the holder ("Iran's ...", "IRGC ..."), rightwards over complements ("chairman of the
board of ...") up to the first body or state named. The words are data (``titles.yaml``).
"""

from collections.abc import Iterator, Set
from dataclasses import dataclass, replace
from functools import partial

from spacy.tokens import Doc, Span, Token

from kg.extraction.discourse import Discourse, TokenMention
from kg.extraction.language.title_words import is_rank, title_words
from kg.extraction.language.tokens import hyphenated
from kg.extraction.language.words import bodies
from kg.lexicons import lexicon, word_set
from kg.model import EntityType, MentionKind, RoleStatus

__all__ = ["TitlePhrase", "is_late", "title_phrases"]

_words = partial(word_set, "posts/phrases")
_FAR = 5  # words of a time before a title
_PARTICIPLES = frozenset({"VBN", "VBG", "JJ", "CD"})
_LONGEST_PHRASE = 6  # words of the longest fixed title


@dataclass(frozen=True, slots=True, kw_only=True)
class TitlePhrase:
    """A title and its surroundings, by token indices, ends exclusive.

    ``start``/``end`` delimit the title itself; ``outer_start``/``outer_end`` also take in holder, article and status
    words. ``office`` tells a post from a plain occupation. ``fact`` is False for "nominee", "would-be" and the like.
    ``served`` is the person whose the post is ("his deputy").
    """

    head: int
    start: int
    end: int
    outer_start: int
    outer_end: int
    office: bool
    text: str
    holder: TokenMention | None = None
    party: TokenMention | None = None
    served: bool = False
    status: RoleStatus | None = None
    fact: bool = True
    plural: bool = False
    head_word: str = ""

    def status_by(self, verb: RoleStatus | None) -> RoleStatus | None:
        """Return the status by the words around the title and the verb that gives the post, None where neither tells.

        Who "will become the new mayor" is not in office yet, who "was the longtime mayor" no longer: a word that only
        tells somebody in office yields to the verb.
        """
        return verb or self.status if self.status is RoleStatus.CURRENT else self.status or verb


def title_phrases(discourse: Discourse) -> Iterator[TitlePhrase]:
    """Yield the title phrases of a document in text order; none overlaps a name."""
    doc, position = discourse.doc, 0
    while position < len(doc):
        head = _head(discourse, position)
        if head is None:
            position += 1
            continue
        yield _surroundings(discourse, head)
        position = head.end


def _named(discourse: Discourse, i: int) -> TokenMention | None:
    """The mention at a token, if it names something or points to a state or a body (not "the minister")."""
    mention = discourse.at(i)
    if mention is None or (mention.kind is not MentionKind.NAME and mention.type is EntityType.PERSON):
        return None
    return mention


def _head(discourse: Discourse, i: int) -> TitlePhrase | None:
    """The longest fixed title that begins at a token, or the title noun there."""
    doc, words = discourse.doc, title_words()
    if _named(discourse, i):
        return None
    longest = min(_LONGEST_PHRASE, len(doc) - i) if doc[i].lower_ in words.starts else 1
    for length in range(longest, 1, -1):
        tokens = doc[i : i + length]
        low = tuple(t.lower_ for t in tokens)
        singular = (*low[:-1], tokens[-1].lemma_.lower())
        for form in (low, singular):
            if form in words.phrases and not any(_named(discourse, t.i) for t in tokens):
                text = " ".join(form).replace(" - ", "-")
                return _phrase(
                    i, i + length, text, office=words.phrases[form], plural=low != singular or text in words.plurals
                )
    token = doc[i]
    word, lemma = token.lower_, token.lemma_.lower()
    if word in words.inner and i + 1 < len(doc) and _head(discourse, i + 1) is not None:
        return None  # "deputy head": the head is the next word
    if (token.text.isupper() or word.endswith(".")) and {word, f"{word}."} & words.abbreviations.keys():
        return _phrase(i, i + 1, word, office=True, plural=word.rstrip(".").endswith("s"))
    if token.pos_ in {"NOUN", "PROPN", "ADJ", "VERB"} or token.text[0].isupper():
        for noun in (word, lemma, word.removesuffix("s")):
            if noun in words.heads and (token.pos_ != "VERB" or token.text[0].isupper()):
                return _phrase(
                    i, i + 1, noun, office=words.heads[noun], plural=token.tag_ in {"NNS", "NNPS"} or noun != word
                )
    return None


def _phrase(start: int, end: int, text: str, *, office: bool, plural: bool) -> TitlePhrase:
    return TitlePhrase(
        head=end - 1, start=start, end=end, outer_start=start, outer_end=end, office=office, text=text, plural=plural,
        head_word=text,
    )  # fmt: skip


def _surroundings(discourse: Discourse, phrase: TitlePhrase) -> TitlePhrase:
    head_words = discourse.doc[phrase.start : phrase.end]
    phrase = _suffix(discourse.doc, phrase)
    phrase = _leftwards(discourse, phrase)
    phrase = _rightwards(discourse, phrase)
    text = _wording(discourse.doc[phrase.start : phrase.end])
    if phrase.plural:  # "cabinet ministers A and B": each is a cabinet minister
        plural = _wording(head_words)
        text = text.replace(plural, title_words().plurals.get(plural, phrase.head_word), 1)
    return replace(phrase, text=text)


def _wording(title: Span) -> str:
    return " ".join("".join(t.lower_ + t.whitespace_ for t in title).split()).strip(" ,'\"")


def _suffix(doc: Doc, phrase: TitlePhrase) -> TitlePhrase:
    """ "president-elect" and the like."""
    end = phrase.end
    if end + 1 < len(doc) and doc[end].text == "-" and doc[end + 1].lower_ in title_words().suffixes:
        end += 2
    elif end < len(doc) and doc[end].lower_.lstrip("-") in title_words().suffixes and doc[end].pos_ != "VERB":
        end += 1
    else:
        return phrase
    former = doc[end - 1].lower_ == "emeritus"
    status = RoleStatus.FORMER if former else RoleStatus.DESIGNATE
    return replace(phrase, end=end, outer_end=end, status=status, fact=doc[end - 1].lower_ != "nominate")


def _leftwards(discourse: Discourse, phrase: TitlePhrase) -> TitlePhrase:
    """The phrase with what stands before its head: words of the title and its status, then whose it is."""
    doc = discourse.doc
    phrase, i = _grown(discourse, phrase)
    start, outer = phrase.start, phrase.start
    if i >= doc[phrase.head].sent.start:
        phrase, outer = _held(discourse, phrase, i)
    if phrase.holder is not None:
        phrase, outer = _with_outer_status(discourse, phrase, outer)
    if outer > 0 and _is_article(doc[outer - 1]):
        outer -= 1
    status = phrase.status or _by_adverb(doc, outer, phrase.outer_end)
    return replace(phrase, outer_start=min(outer, start), status=status)


def _grown(discourse: Discourse, phrase: TitlePhrase) -> tuple[TitlePhrase, int]:
    """Take the words of the title and of its status before the head in; return what stands before them, too."""
    doc, words = discourse.doc, title_words()
    i, start, status, fact = phrase.start - 1, phrase.start, phrase.status, phrase.fact
    growing, sentence = True, doc[phrase.head].sent.start
    party: TokenMention | None = None
    while i >= sentence:
        token, (first, word) = doc[i], _word_at(doc, i)
        mention = _named(discourse, i)
        if mention is not None:
            if _is_party(discourse, mention) and party is None and i + 1 == start:
                party, i, growing = mention, mention.start - 1, False
                continue
            break
        if word in words.status and words.status[word] is None and token.pos_ in {"NOUN", "PROPN"}:
            break  # "the candidate Senator X": a title of its own
        if word in words.status and word not in words.inner - words.kept:
            status, fact = status or words.status[word], fact and words.status[word] is not None
            growing = growing and word in words.kept and i + 1 == start
            start = i if growing else start
            i = first
        elif growing and (first < i or (_belongs(token, phrase.head, last=start) and not _joins_name(discourse, i))):
            start = i = first
        elif word in {"ex", "-"} or token.pos_ in {"ADJ", "ADV"} or _modifies(token, phrase.head, tags=_PARTICIPLES):
            status = RoleStatus.FORMER if word == "ex" else status
            growing = False
        else:
            break
        i -= 1
    while start < phrase.start and (doc[start].text in "-&" or doc[start].lower_ == "and"):
        start += 1
    return replace(phrase, start=start, status=status, fact=fact, party=party, holder=None, served=False), i


def _held(discourse: Discourse, phrase: TitlePhrase, i: int) -> tuple[TitlePhrase, int]:
    """Take the body, the state or the person in that the title belongs to by the word before it ("Iran's", "his")."""
    token, mention = discourse.doc[i], _named(discourse, i)
    owned = token.tag_ == "POS"
    if owned:
        mention = _named(discourse, i - 1) if i else None
    if mention is not None and mention.type is EntityType.PERSON:
        return replace(phrase, served=owned), mention.start if owned else phrase.start
    if mention is not None:
        return replace(phrase, holder=mention), mention.start
    if token.tag_ == "PRP$":
        pointed = discourse.at(i)
        holder = pointed if pointed and pointed.type is not EntityType.PERSON else None
        return replace(phrase, holder=holder, served=True), i
    return phrase, i if _is_article(token) else i + 1


def _with_outer_status(discourse: Discourse, phrase: TitlePhrase, outer: int) -> tuple[TitlePhrase, int]:
    """ "The former Iranian ambassador": words of status before the holder."""
    doc, words = discourse.doc, title_words()
    i, status, fact = outer - 1, phrase.status, phrase.fact
    while i >= doc[phrase.head].sent.start and discourse.at(i) is None:
        word = doc[i].lower_
        if word in words.status and (doc[i].pos_ in {"ADJ", "ADV", "NOUN", "PROPN", "VERB"} or word == "then"):
            status, fact = status or words.status[word], fact and words.status[word] is not None
        elif word == "ex" or (doc[i].text == "-" and i and doc[i - 1].lower_ == "ex"):
            status = RoleStatus.FORMER
        elif doc[i].pos_ not in {"ADJ", "ADV"}:
            break
        outer = i
        i -= 1
    return replace(phrase, status=status, fact=fact), outer


def _word_at(doc: Doc, i: int) -> tuple[int, str]:
    """Where the word of a token begins and what it is: with those that hyphens join to it where it is known so."""
    word, known = hyphenated(doc[i]), title_words()
    return (i - 2 * word.count("-"), word) if word in known.status or word in known.inner else (i, doc[i].lower_)


def _by_adverb(doc: Doc, start: int, end: int) -> RoleStatus | None:
    """The status that words around a title tell: "once the head", "until recently mayor", "mayor at the time"."""
    before = [t.lower_ for t in doc[max(0, start - 2) : start]]
    once = bool(before) and before[-1] in lexicon("posts/terms")["formerly"] and doc[start - 1].pos_ in {"ADV", "SCONJ"}
    if once or _until(doc, start) or doc[end : end + 3].text.lower() in _words("past"):
        return RoleStatus.FORMER
    return None


def _until(doc: Doc, start: int) -> bool:
    """ "Until recently mayor", "until last week the spokeswoman": a time up to which stands before a title."""
    for i in range(start - 1, max(start - _FAR, doc[start].sent.start) - 1, -1):
        if doc[i].lower_ == "until":
            return i + 1 < start
        if doc[i].is_punct or doc[i].pos_ in {"AUX", "VERB", "PRON"}:
            return False
    return False


def _joins_name(discourse: Discourse, i: int) -> bool:
    """Whether an "and" joins a title to a name, not to the words of another: "the Workers' Union and Mayor X"."""
    return discourse.doc[i].lower_ in {"and", "&"} and i > 0 and _named(discourse, i - 1) is not None


def is_late(discourse: Discourse, person: TokenMention) -> bool:
    """Whether somebody is named as dead, and so in no post any more: "the late X, chairman of Y"."""
    return person.start > 0 and discourse.doc[person.start - 1].lower_ == "late"


def _is_article(token: Token) -> bool:
    """Whether a token is an article or stands like one."""
    return token.lower_ in _words("determiners")


def _is_hyphen(doc: Doc, i: int) -> bool:
    return (
        doc[i].text == "-"
        and i > 0
        and not doc[i - 1].whitespace_
        and not doc[i].whitespace_
        and doc[i - 1].lower_ != "ex"
    )


def _belongs(token: Token, head: int, *, last: int) -> bool:
    """Whether a word before the title's first word (at ``last``) is part of its wording."""
    doc, inner = token.doc, title_words().inner
    if token.lower_ in {"and", "&"}:
        return token.i > token.sent.start and doc[token.i - 1].lower_ in inner and token.i + 1 == last
    return token.lower_ in inner or _is_hyphen(doc, token.i) or _modifies(token, head, pos={"NOUN", "PROPN"})


def _modifies(token: Token, head: int, *, pos: Set[str] = frozenset(), tags: Set[str] = frozenset()) -> bool:
    """Whether a word of these kinds modifies inside the title's noun phrase, no word of the clause before it."""
    if token.pos_ not in pos and token.tag_ not in tags:
        return False
    return (
        token.dep_ in {"compound", "nmod", "amod", "npadvmod", "poss"}
        and token.i < token.head.i
        and token.tag_ != "POS"
        and (head <= token.head.i <= head + 8 or token.i < token.head.i <= head)
    )


def _is_party(discourse: Discourse, mention: TokenMention) -> bool:
    return discourse.entities[mention.entity].subtype == "PoliticalParty"


def _rightwards(discourse: Discourse, phrase: TitlePhrase) -> TitlePhrase:
    """Take in the complements behind a title, up to the first that names the holder."""
    doc = discourse.doc
    limit = min(doc[phrase.head].sent.end, phrase.end + 16)
    while phrase.outer_end < limit and doc[phrase.outer_end].lower_ in _words("complements"):
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
    while first < limit and (_is_article(doc[first]) or doc[first].tag_ == "PRP$"):
        first += 1
    end = _nouns_end(discourse, first, limit)
    nouns = end - first
    mention = _named(discourse, end) if end < limit else None
    mention = mention and _titled_person(discourse, mention, limit)
    if nouns and (doc[end - 1].lower_ == "and" or is_rank(doc[end - 1])):
        return None, False
    if mention is None:
        if not nouns or preposition in _words("loose"):
            return None, False
        return replace(phrase, end=end, outer_end=end), False
    if mention.type is EntityType.PERSON:
        personal = nouns == 0 or all(is_rank(t) or t.text[0].isupper() for t in doc[first:end])
        if personal and phrase.holder is None and preposition in _words("served"):
            return replace(phrase, end=mention.end, outer_end=mention.end, served=True), True
        return None, False
    mention, tail = _owner(discourse, mention, limit)
    if tail is not None:  # "president of Iran's football federation": the federation has no name
        return replace(phrase, holder=phrase.holder or mention, end=tail, outer_end=tail), False
    if nouns and preposition in _words("belonging") and nouns > 2:
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


def _titled_person(discourse: Discourse, mention: TokenMention, limit: int) -> TokenMention:
    """The person behind a state and a title: "an aide to Palestinian President X" is an aide to X."""
    doc = discourse.doc
    first = mention.end + (mention.end < len(doc) and doc[mention.end].tag_ == "POS")
    end = _nouns_end(discourse, first, limit)
    person = _named(discourse, end) if mention.type is EntityType.PLACE and first < end < limit else None
    titled = person is not None and person.type is EntityType.PERSON and _opens_title(discourse, first)
    return person if person is not None and titled else mention


def _governs(phrase: TitlePhrase) -> bool:
    """Whether a post can be held in a place itself ("minister of finance in Costa Rica")."""
    classes = lexicon("role_classes")
    return phrase.head_word in {*classes["state_offices"], *classes["portfolio_offices"], *classes["sent_abroad"]}


def _nouns_end(discourse: Discourse, first: int, limit: int) -> int:
    """The end of the common nouns and adjectives of a complement ("the board of directors", "fuel and energy")."""
    doc, i = discourse.doc, first
    while i < limit and _named(discourse, i) is None and doc[i].ent_type_ != "DATE":
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
    while tail < limit and doc[tail].pos_ in {"NOUN", "PROPN", "ADJ"} and _named(discourse, tail) is None:
        tail += 1
    following = _named(discourse, tail) if tail < limit else None
    if following is not None and tail == mention.end and following.type is EntityType.ORGANIZATION:
        return following, None
    return mention, tail


def _opens_title(discourse: Discourse, i: int) -> bool:
    return i < len(discourse.doc) and _head(discourse, i) is not None


def _opens_name(discourse: Discourse, i: int) -> bool:
    """Whether ranks from here on lead up to a person's name."""
    j = i
    while j < len(discourse.doc) and is_rank(discourse.doc[j]):
        j += 1
    mention = _named(discourse, j) if j < len(discourse.doc) else None
    return j > i and mention is not None and mention.type is EntityType.PERSON


def _possessed(discourse: Discourse, mention: TokenMention, limit: int) -> tuple[TokenMention, int | None]:
    """What a possessor owns: a body with a name of its own, or nouns (then the end of those)."""
    i = mention.end + 1
    first = i
    while (
        i < limit
        and _named(discourse, i) is None
        and discourse.doc[i].pos_ in {"NOUN", "ADJ", "PROPN"}
        and not _opens_name(discourse, i)
    ):
        i += 1
    owned = _named(discourse, i) if i < limit else None
    if owned is not None and owned.type is EntityType.ORGANIZATION:
        return owned, None
    return mention, i if i > first else None


def _described(discourse: Discourse, i: int, limit: int) -> int:
    """Skip the kind behind a body's name ("The Mac Observer online news site", "the IG Metall union")."""
    doc, end = discourse.doc, i
    for j in range(i, min(i + 4, limit)):
        if doc[j].pos_ not in {"NOUN", "ADJ"} or _named(discourse, j) is not None:
            break
        if doc[j].lower_ in bodies():
            end = j + 1
    return end


def _within(discourse: Discourse, i: int, limit: int) -> int:
    """Skip what a body is of, behind its name ("chairman of the Chiefs of Staff of the Iranian Armed Forces")."""
    while i + 1 < limit and discourse.doc[i].lower_ == "of":
        whole = _named(discourse, i + 1 + _is_article(discourse.doc[i + 1]))
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
