"""Titles of posts in a text: the words, whether the post is held, and the body or state that it is held in.

A title phrase grows from its head noun: leftwards over modifiers and portfolios ("deputy foreign minister") up to a
possessor or modifier that names the holder ("Iran's ...", "IRGC ..."), rightwards over its complements. The
words are data (``titles.yaml``).
"""

from collections.abc import Iterator, Set
from dataclasses import replace

from spacy.tokens import Doc, Span, Token

from kg.extraction.discourse import Discourse, TokenMention
from kg.extraction.language.title_words import title_words
from kg.extraction.language.tokens import hyphenated
from kg.extraction.posts.complements import with_complements
from kg.extraction.posts.phrase import TitlePhrase, is_article, named_at, phrase_words, title_head
from kg.lexicons import lexicon
from kg.model import EntityType, RoleStatus

__all__ = ["title_phrases"]

_FAR = 5  # words of a time before a title
_PARTICIPLES = frozenset({"VBN", "VBG", "JJ", "CD"})


def title_phrases(discourse: Discourse) -> Iterator[TitlePhrase]:
    """Yield the title phrases of a document in text order; none overlaps a name."""
    doc, position = discourse.doc, 0
    while position < len(doc):
        head = title_head(discourse, position)
        if head is None:
            position += 1
            continue
        yield _surroundings(discourse, head)
        position = head.end


def _surroundings(discourse: Discourse, phrase: TitlePhrase) -> TitlePhrase:
    head_words = discourse.doc[phrase.start : phrase.end]
    phrase = _suffix(discourse.doc, phrase)
    phrase = _leftwards(discourse, phrase)
    phrase = with_complements(discourse, phrase)
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
    head = phrase.start
    phrase, i = _grown(discourse, phrase)
    if phrase.start < head:
        phrase = _uncounted(doc, phrase)
    start, outer = phrase.start, phrase.start
    if i >= doc[phrase.head].sent.start:
        phrase, outer = _held(discourse, phrase, i)
    if phrase.holder is not None:
        phrase, outer = _with_outer_status(discourse, phrase, outer)
    if outer > 0 and is_article(doc[outer - 1]):
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
        mention = named_at(discourse, i)
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


def _uncounted(doc: Doc, phrase: TitlePhrase) -> TitlePhrase:
    """The phrase without the number of its holder: "its first foreign minister", but "the first secretary"."""
    start = phrase.start
    ranked = not phrase_words("numbered").isdisjoint(t.lower_ for t in doc[start + 1 : phrase.end])
    return phrase if ranked or doc[start].lower_ not in phrase_words("numbers") else replace(phrase, start=start + 1)


def _held(discourse: Discourse, phrase: TitlePhrase, i: int) -> tuple[TitlePhrase, int]:
    """Take the body, the state or the person in that the title belongs to by the word before it ("Iran's", "his")."""
    token, mention = discourse.doc[i], named_at(discourse, i)
    owned = token.tag_ == "POS"
    if owned:
        mention = named_at(discourse, i - 1) if i else None
    if mention is not None and mention.type is EntityType.PERSON:
        return replace(phrase, served=owned), mention.start if owned else phrase.start
    if mention is not None:
        return replace(phrase, holder=mention), mention.start
    if token.tag_ == "PRP$":
        pointed = discourse.at(i)
        holder = pointed if pointed and pointed.type is not EntityType.PERSON else None
        return replace(phrase, holder=holder, served=True), i
    return phrase, i if is_article(token) else i + 1


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
    if once or _until(doc, start) or doc[end : end + 3].text.lower() in phrase_words("past"):
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
    return discourse.doc[i].lower_ in {"and", "&"} and i > 0 and named_at(discourse, i - 1) is not None


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
