"""Whom a title stands beside: "the minister, X", "X, the minister,", "Minister X", "appointed X minister"."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Doc

from kg.extraction.discourse import Discourse, TokenMention
from kg.extraction.language.grammar import small_words
from kg.extraction.language.title_words import is_rank
from kg.extraction.posts.phrase import TitlePhrase
from kg.extraction.posts.respective import each, with_all_holders
from kg.extraction.posts.titles import title_phrases
from kg.extraction.stance.governors import governor_of
from kg.lexicons import word_set, words_with
from kg.model import EntityType, MentionKind

__all__ = ["Bearing", "bearings", "coordinated", "titled"]

Bearing = tuple[TitlePhrase, list[TokenMention], str]


def bearings(discourse: Discourse) -> Iterator[Bearing]:
    """Yield each title phrase of a document with the people it stands beside (none, it may be), and how."""
    phrases = [with_all_holders(discourse, p) for p in _inherit(discourse, list(title_phrases(discourse)))]
    around = _Phrases(phrases)
    for phrase in phrases:
        people, rule = _before_name(discourse, phrase, around.starts), "before-name"
        if not people:
            people, rule = _after_name(discourse, phrase, around), "after-name"
        if not people:
            people, rule = _comma_name(discourse, phrase), "before-comma-name"
        if not people:
            people, rule = _named_to(discourse, phrase), "appointed"
        posts = each(discourse, phrase, people)
        if any(post != posts[0] for post in posts):
            yield from ((post, [person], rule) for post, person in zip(posts, people, strict=True))
        else:
            yield phrase, people, rule


def titled(bearings: Iterable[Bearing]) -> dict[int, TokenMention]:
    """Map each token of a title, its holder included, to the person named with it.

    A parser that hangs "the secretary of the council X" on the secretary or on the council means X all the same.
    """
    return {
        i: people[0]
        for phrase, people, _ in bearings
        if people
        for i in range(phrase.outer_start, phrase.outer_end)
        if not people[0].start <= i < people[0].end
    }


def _person_at(discourse: Discourse, i: int) -> TokenMention | None:
    mention = discourse.at(i) if 0 <= i < len(discourse.doc) else None
    return mention if mention and mention.type is EntityType.PERSON and mention.kind is MentionKind.NAME else None


def _skip_ranks(discourse: Discourse, i: int) -> int:
    doc = discourse.doc
    while i < len(doc) and discourse.at(i) is None and (is_rank(doc[i]) or doc[i].is_space) and doc[i].text != ".":
        i += 1
    return i


def coordinated(discourse: Discourse, person: TokenMention) -> list[TokenMention]:
    """Return a name and those listed behind it ("ministers A, B and C", "Presidents A of X, B of Y")."""
    found, doc = [person], discourse.doc
    while True:
        i = found[-1].end
        if (
            i + 1 < len(doc)
            and doc[i].lower_ == "of"
            and (holder := discourse.at(i + 1))
            and holder.type is not EntityType.PERSON
        ):
            i = holder.end
        while i < len(doc) and (doc[i].text in {",", "and", "&"} or is_rank(doc[i])):
            i += 1
        following = _person_at(discourse, i)
        if following is None or i == found[-1].end:
            return found
        found.append(following)


def _before_name(discourse: Discourse, phrase: TitlePhrase, starts: dict[int, TitlePhrase]) -> list[TokenMention]:
    following = starts.get(phrase.outer_end)
    if (
        following is not None
        and following.start == phrase.outer_end
        and following.head != phrase.head
        and not discourse.doc[following.start].is_sent_start
    ):
        return _before_name(discourse, following, starts)  # "church leader Bishop X"
    person = _person_at(discourse, _skip_ranks(discourse, phrase.outer_end))
    if person is None or discourse.doc[person.start].sent.start != discourse.doc[phrase.head].sent.start:
        return []
    return coordinated(discourse, person) if phrase.plural else [person]


class _Phrases:
    """The title phrases of a document by the tokens at their ends."""

    def __init__(self, phrases: Sequence[TitlePhrase]) -> None:
        self.starts = {p.outer_start: p for p in phrases} | {p.start: p for p in phrases}
        self.heads = {p.head for p in phrases}
        self._ends: dict[int, TitlePhrase] = {}
        for phrase in self.starts.values():
            self._ends.setdefault(phrase.outer_end, phrase)

    def before(self, doc: Doc, i: int) -> TitlePhrase | None:
        """The phrase that ends at a token, a comma between them aside."""
        ended = [self._ends.get(i), self._ends.get(i - 1) if doc[i - 1].text == "," else None]
        return min((p for p in ended if p is not None), key=lambda p: p.start, default=None)


def _after_name(discourse: Discourse, phrase: TitlePhrase, around: _Phrases) -> list[TokenMention]:
    """ "X, the former ambassador,", "X (chairman)", also for the second title of "chairman and chief executive"."""
    doc = discourse.doc
    if not _closes(discourse, phrase):
        return []
    i = min(phrase.outer_start, phrase.start) - 1
    sentence = doc[phrase.head].sent.start
    while (
        i > sentence
        and (
            doc[i].pos_ in {"ADJ", "ADV", "DET", "NUM"}
            or doc[i].lower_ in word_set("posts/phrases", "times")
            or doc[i].text == "-"
        )
        and discourse.at(i) is None
    ):
        i -= 1
    if doc[i].lower_ in {"and", "&"} and i > sentence:  # a title or another noun before this one
        if doc[i - 1].pos_ == "NOUN" and doc[i - 2].pos_ in {"DET", "ADJ"} and (i - 1) not in around.heads:
            i -= 3
            return _apposed(discourse, phrase, i)
        previous = around.before(doc, i)
        return _after_name(discourse, replace(previous, outer_end=phrase.outer_end), around) if previous else []
    return _apposed(discourse, phrase, i)


def _apposed(discourse: Discourse, phrase: TitlePhrase, i: int) -> list[TokenMention]:
    """The name before the comma, dash or bracket at ``i``, an age or a side ("47", "left") between them aside."""
    doc, sentence = discourse.doc, discourse.doc[phrase.head].sent.start
    if doc[i].text not in {",", "(", "-", "–", "—"} or i <= sentence:
        return []
    i -= 1
    if doc[i].text in {",", ")"} or doc[i].like_num:  # an age or a side between commas or brackets
        opening = i - 1
        while opening > max(sentence, i - 4) and doc[opening].text not in {",", "("}:
            opening -= 1
        inner = doc[opening + 1 : i + 1 if doc[i].like_num else i]
        if doc[opening].text in {",", "("} and all(
            t.like_num or t.lower_ in word_set("posts/phrases", "sides") for t in inner
        ):
            i = opening - 1
    person = _person_at(discourse, i)
    if person is None or person.end != i + 1:
        return []
    listed = doc[phrase.start : phrase.end].root
    if listed.dep_ == "conj" and listed.head.i < person.start and not phrase.holder:
        return []
    return [person]


def _named_to(discourse: Discourse, phrase: TitlePhrase) -> list[TokenMention]:
    """ "named Sergei Kiriyenko acting prime minister": verb, name and title in a row."""
    person = _person_at(discourse, phrase.outer_start - 1)
    if person is None or person.start == 0:
        return []
    verb = discourse.doc[person.start - 1]
    naming = verb.lemma_.lower() in words_with("role_verbs", "verbs", "object")
    return [person] if naming and verb.tag_ in {"VBD", "VBZ", "VBP", "VBG"} else []


def _closes(discourse: Discourse, phrase: TitlePhrase) -> bool:
    """An apposition ends with punctuation or a clause of its own; a verb right after it makes it a subject instead."""
    doc = discourse.doc
    if phrase.outer_end >= len(doc):
        return True
    following = doc[phrase.outer_end]
    return (
        following.is_punct
        or following.is_space
        or following.pos_ in {"CCONJ", "ADP", "PRON", "SCONJ"}
        or following.is_sent_start is True
    )


def _comma_name(discourse: Discourse, phrase: TitlePhrase) -> list[TokenMention]:
    """ "Russia's new prime minister, Sergei Kiriyenko,"."""
    doc = discourse.doc
    if (
        phrase.outer_end >= len(doc)
        or doc[phrase.outer_end].text not in {",", ":"}
        or phrase.outer_start == phrase.start
    ):
        return []
    before = doc[max(0, phrase.outer_start - 1)]
    bare = doc[phrase.outer_start].lower_ != "the" and before.lower_ != "the"
    if bare and governor_of(before.head, before) is not None:  # "a candidate for U.S. president, X"
        return []
    person = _person_at(discourse, _skip_ranks(discourse, phrase.outer_end + 1))
    if person is None or doc[person.start].sent.start != doc[phrase.head].sent.start:
        return []
    people = coordinated(discourse, person) if phrase.plural else [person]
    root, end = doc[person.root], people[-1].end
    following = doc[end] if end < len(doc) else None
    apposed = root.dep_ == "appos" and phrase.outer_start <= root.head.i < phrase.outer_end
    closed = following is None or following.is_punct or following.is_space
    return people if apposed or closed else []


def _inherit(discourse: Discourse, phrases: list[TitlePhrase]) -> list[TitlePhrase]:
    """Share the body named once: "German Chancellor A and Foreign Minister B", "chairman and chief executive of C"."""
    result: list[TitlePhrase] = []
    for n, phrase in enumerate(phrases):
        if phrase.holder is None and not phrase.served:
            following = phrases[n + 1] if n + 1 < len(phrases) else None
            if (
                following
                and following.holder
                and _joined(discourse, phrase.outer_end, min(following.outer_start, following.start))
            ):
                alike = phrase.office and following.status in (None, phrase.status)  # "a lawyer and former mayor of X"
                alone = discourse.doc[following.outer_start].lower_ in small_words("indefinite")  # "and a member of X"
                if alike and not alone and following.holder.start > following.head:
                    phrase = replace(phrase, holder=following.holder)
                    phrases[n + 1] = replace(following, status=following.status or phrase.status)
            elif result and (previous := result[-1]).holder is not None:
                person = _person_at(discourse, _skip_ranks(discourse, previous.outer_end))
                end = person.end if person else previous.outer_end
                if previous.holder.start < previous.start and _joined(
                    discourse, end, min(phrase.outer_start, phrase.start)
                ):
                    phrase = replace(phrase, holder=previous.holder)
        result.append(phrase)
    return result


def _joined(discourse: Discourse, left: int, right: int) -> bool:
    between = [t.lower_ for t in discourse.doc[left:right]]
    return between in (["and"], [",", "and"], ["&"], [","]) or (
        between[:1] == ["and"] and len(between) == 2 and between[1] in {"the", "its"}
    )
