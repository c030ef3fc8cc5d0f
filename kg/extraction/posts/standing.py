"""Since when, until when and whether a post is held, of posts that another witness than the rules tells."""

from collections.abc import Iterable
from dataclasses import dataclass

from spacy.tokens import Span, Token

from kg.extraction.discourse import Discourse, TokenMention
from kg.extraction.language.grammar import arguments, is_passive, subjects
from kg.extraction.posts.candidate import Candidate
from kg.extraction.posts.phrase import TitlePhrase
from kg.extraction.posts.terms import with_terms
from kg.extraction.posts.titles import title_phrases
from kg.extraction.posts.verbs import (
    governing_verb,
    is_naming,
    is_post,
    is_replacing,
    standing_before,
    standing_by,
)
from kg.extraction.stance.factuality import FACT, POSSIBLE, Factuality, factuality
from kg.extraction.stance.governors import governor_of
from kg.extraction.time.dates import dates_in
from kg.lexicons import lexicon, word_set
from kg.model import EntityType, RoleStatus
from kg.predicates import POST

__all__ = ["Post", "Standing", "standings"]


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
        body: the mention of the body or state that stands behind the title ("mayor of Riga"), None where none does.
        reading: how the text holds it, by the verb that gives it or by the words beside its title ("would-be").
    """

    body: TokenMention | None
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
    read = [_read(post, next((phrases[t.i] for t in post.title if t.i in phrases), None), discourse) for post in posts]
    candidates = with_terms([candidate for candidate, *_ in read], discourse, dates_in(discourse.doc))
    return [
        Standing(body=_body(phrase, discourse), reading=reading, status=c.status, start=c.start, end=c.end)
        for c, (_, reading, phrase) in zip(candidates, read, strict=True)
    ]


def _body(phrase: TitlePhrase | None, discourse: Discourse) -> TokenMention | None:
    if phrase is None or phrase.holder is None or phrase.holder.start < phrase.end:
        return None
    legislator = phrase.head_word in lexicon("role_classes")["legislators"]  # "the senator of Texas" sits elsewhere
    party = discourse.entities[phrase.holder.entity].subtype == "PoliticalParty"
    return None if legislator or party else phrase.holder


def _read(
    post: Post, phrase: TitlePhrase | None, discourse: Discourse
) -> tuple[Candidate, Factuality, TitlePhrase | None]:
    """The post as a rule would tell it, how the text holds it, and its title's surroundings."""
    root = post.title.root
    verb = root if root.pos_ in {"VERB", "AUX"} else governing_verb(root) or _naming_verb(root, post.holder)
    status, reading = None, _beside(root, post.holder)
    if verb is not None and (part := _part(verb, post.holder, discourse)) is not None:
        status, reading = standing_by(verb, root) if part == "holder" else standing_before(verb)
    if phrase is not None and not phrase.fact:
        reading = POSSIBLE
    if _is_replaced(post.holder, discourse):
        status, reading = RoleStatus.FORMER, FACT
    told = phrase.status_by(status) if phrase is not None else status
    candidate = Candidate(
        subject=post.holder,
        predicate=POST,
        object=post.body,
        trigger=root if verb is None or status is None else verb,
        rule="role:told",
        title=post.title,
        status=told or post.status or RoleStatus.CURRENT,
        factual=status is not None,
    )
    return candidate, reading, phrase


def _part(verb: Token, holder: TokenMention, discourse: Discourse) -> str | None:
    """What a verb makes of somebody: "holder" of the post, "predecessor" in it, None where it speaks of others."""
    slots = arguments(verb)
    if is_replacing(verb) and holder.entity in _people(slots.get("obj", ()), discourse):
        return "predecessor"
    if is_naming(verb) and any(t.left_edge.i <= holder.root <= t.right_edge.i for t in slots.get("obj", ())):
        return "holder"
    people = _people([t for name in ("subj", "obj", "attr") for t in slots.get(name, ())], discourse)
    return "holder" if holder.entity in people or not people else None


def _people(tokens: Iterable[Token], discourse: Discourse) -> set[int]:
    """The people whom tokens name or stand for: by an apposition, "who", "the favourite"."""
    found: set[int] = set()
    for token in tokens:
        if token.tag_ in {"WP", "WDT"} and token.head.dep_ == "relcl":
            found |= _people([token.head.head], discourse)
        elif token.dep_ == "attr" and discourse.at(token) is None:
            found |= _people(subjects(token.head), discourse)
        mentions = (discourse.at(t) for t in (token, *(c for c in token.children if c.dep_ == "appos")))
        found |= {m.entity for m in mentions if m is not None and m.type is EntityType.PERSON}
    return found


def _is_replaced(holder: TokenMention, discourse: Discourse) -> bool:
    """Whether somebody is named as the one before in a post: "vice Ann Lee"."""
    return holder.start > 0 and discourse.doc[holder.start - 1].lower_ in word_set("posts/terms", "replaced")


def _beside(title: Token, holder: TokenMention) -> Factuality:
    """How a text holds a title that hangs on another noun: "the candidate for mayor", "the favourite for the post".

    So does one with the name behind a comma: "a candidate for mayor, X".
    """
    name = title.doc[holder.root]
    the_one = title.is_ancestor(name) and any(c.lower_ == "the" for c in title.children)  # "support for the mayor, X"
    if title.dep_ != "pobj" or the_one or _modifies(title, name):
        return FACT
    carrier = title.head
    while is_post(carrier.head) and carrier.head.dep_ in {"pobj", "dobj"}:
        carrier = carrier.head if carrier.head.dep_ == "dobj" else carrier.head.head
    return factuality(carrier) if governor_of(carrier.head, carrier) is not None else FACT


def _modifies(title: Token, name: Token) -> bool:
    """Whether a title stands in the phrase of a name, with no verb between them."""
    for word in title.ancestors:
        if word.i == name.i:
            return True
        if word.pos_ in {"VERB", "AUX"}:
            return False
    return False


def _stands_at(holder: TokenMention, tokens: Iterable[Token]) -> bool:
    return any(holder.start <= token.i < holder.end for token in tokens)


def _naming_verb(title: Token, holder: TokenMention) -> Token | None:
    """ "Appointed X chairman" and "appointed X as chairman", whose two objects a parser takes for one.

    So too "X was appointed chairman" where it hangs the title on what follows.
    """
    head = title.head
    name = head.head
    before = title.doc[max(0, title.left_edge.i - 1)]
    if before.i < title.i and is_naming(before) and is_passive(before) and _stands_at(holder, subjects(before)):
        return before
    if title.dep_ == "pobj" and head.lower_ == "as" and name.i == holder.root and name.dep_ in {"dobj", "obj"}:
        return name.head if is_naming(name.head) else None
    if title.dep_ == "appos" and head.dep_ in {"dobj", "obj"} and head.i < holder.root < title.i:
        head = head.head  # "named the economist X governor"
        return head if is_naming(head) else None
    inside = title.left_edge.i <= holder.root < title.i
    return head if title.dep_ in {"dobj", "obj"} and inside and is_naming(head) else None
