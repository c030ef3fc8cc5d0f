"""A title phrase and what it grows from: a fixed title ("prime minister") or the noun of a title."""

from dataclasses import dataclass
from functools import partial

from spacy.tokens import Token

from kg.extraction.discourse import Discourse, TokenMention
from kg.extraction.language.title_words import title_words
from kg.lexicons import word_set
from kg.model import EntityType, MentionKind, RoleStatus

__all__ = ["TitlePhrase", "is_article", "named_at", "phrase_words", "title_head"]

phrase_words = partial(word_set, "posts/phrases")
_LONGEST_PHRASE = 6  # words of the longest fixed title
_NOMINAL = frozenset({"NOUN", "PROPN", "ADJ"})


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


def title_head(discourse: Discourse, i: int) -> TitlePhrase | None:
    """The longest fixed title that begins at a token, or the title noun there."""
    if named_at(discourse, i):
        return None
    doc, words = discourse.doc, title_words()
    token = doc[i]
    word = token.lower_
    longest = min(_LONGEST_PHRASE, len(doc) - i) if word in words.starts else 1
    for length in range(longest, 1, -1):
        tokens = doc[i : i + length]
        low = tuple(t.lower_ for t in tokens)
        singular = (*low[:-1], tokens[-1].lemma_.lower())
        for form in (low, singular):
            if form in words.phrases and not any(named_at(discourse, t.i) for t in tokens):
                text = " ".join(form).replace(" - ", "-")
                return _phrase(
                    i, i + length, text, office=words.phrases[form], plural=low != singular or text in words.plurals
                )
    if word in words.inner and i + 1 < len(doc) and title_head(discourse, i + 1) is not None:
        return None  # "deputy head": the head is the next word
    if (token.text.isupper() or word.endswith(".")) and {word, f"{word}."} & words.abbreviations.keys():
        return _phrase(i, i + 1, word, office=True, plural=word.rstrip(".").endswith("s"))
    for noun in (word, token.lemma_.lower(), word.removesuffix("s")):
        if noun in words.heads and (token.pos_ in _NOMINAL or token.text[0].isupper()):
            plural = token.tag_ in {"NNS", "NNPS"} or noun != word
            return _phrase(i, i + 1, noun, office=words.heads[noun], plural=plural)
    return None


def _phrase(start: int, end: int, text: str, *, office: bool, plural: bool) -> TitlePhrase:
    return TitlePhrase(
        head=end - 1, start=start, end=end, outer_start=start, outer_end=end, office=office, text=text, plural=plural,
        head_word=text,
    )  # fmt: skip


def named_at(discourse: Discourse, i: int) -> TokenMention | None:
    """The mention at a token, if it names something or points to a state or a body (not "the minister")."""
    mention = discourse.at(i)
    if mention is None or (mention.kind is not MentionKind.NAME and mention.type is EntityType.PERSON):
        return None
    return mention


def is_article(token: Token) -> bool:
    """Whether a token is an article or stands like one."""
    return token.lower_ in phrase_words("determiners")
