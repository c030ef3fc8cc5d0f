"""Since when, until when and whether a post is held, of posts that another witness than the rules tells."""

from collections.abc import Iterable
from dataclasses import dataclass

from spacy.tokens import Span, Token

from kg.extraction.discourse import Discourse, TokenMention
from kg.extraction.posts.candidate import Candidate
from kg.extraction.posts.terms import with_terms
from kg.extraction.posts.titles import TitlePhrase, title_phrases
from kg.extraction.posts.verbs import governing_verb, is_naming, standing_by
from kg.extraction.stance.factuality import FACT, POSSIBLE, Factuality, factuality
from kg.extraction.time.dates import dates_in
from kg.model import RoleStatus

__all__ = ["Post", "Standing", "standings"]


_CARRIERS = frozenset({"as", "for", "of", "to"})  # "posed as X", "the election for X"


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """The words of a title, who holds the post and where; ``status`` is what the witness takes it for."""

    title: Span
    holder: TokenMention
    body: TokenMention | None
    status: RoleStatus | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What grammar says of a post.

    Attributes:
        reading: how the text holds it, by the verb that gives it or by the words beside its title ("would-be").
    """

    reading: Factuality
    status: RoleStatus | None
    start: str | None
    end: str | None


def standings(posts: Iterable[Post], discourse: Discourse) -> list[Standing]:
    """Return the standing of each post: its status is the witness's only where no word of the text tells it."""
    posts = list(posts)
    if not posts:
        return []
    phrases = {i: phrase for phrase in title_phrases(discourse) for i in range(phrase.start, phrase.end)}
    read = [_read(post, next((phrases[t.i] for t in post.title if t.i in phrases), None)) for post in posts]
    candidates = with_terms([candidate for candidate, *_ in read], discourse, dates_in(discourse.doc))
    return [
        Standing(reading=reading, status=c.status, start=c.start, end=c.end)
        for c, (_, reading) in zip(candidates, read, strict=True)
    ]


def _read(post: Post, phrase: TitlePhrase | None) -> tuple[Candidate, Factuality]:
    """The post as a rule would tell it, and how the text holds it."""
    root = post.title.root
    verb = root if root.pos_ in {"VERB", "AUX"} else governing_verb(root) or _naming_verb(root, post.holder)
    status, reading = None, FACT
    if verb is not None:
        status, reading = standing_by(verb, root)
    elif root.dep_ == "pobj" and root.head.lower_ in _CARRIERS:
        reading = factuality(root)
    if phrase is not None and not phrase.fact:
        reading = POSSIBLE
    told = (phrase.status if phrase is not None else None) or status
    candidate = Candidate(
        subject=post.holder,
        predicate="holdsRole",
        object=post.body,
        trigger=root if verb is None else verb,
        rule="role:told",
        title=post.title,
        status=told or post.status or RoleStatus.CURRENT,
        factual=verb is not None,
    )
    return candidate, reading


def _naming_verb(title: Token, holder: TokenMention) -> Token | None:
    """ "Appointed X chairman", whose two objects a parser takes for one."""
    head = title.head
    inside = title.left_edge.i <= holder.root < title.i
    return head if title.dep_ in {"dobj", "obj"} and inside and is_naming(head) else None
