"""Bylines, captions and credits: a person's name and the body set beside it in a line without a verb.

"Photo: Hau Dinh, AP", "Saibal Dasgupta / TNN", "By JANE ROE and JOHN DOE, Associated Press".
"""

from collections.abc import Iterator

from spacy.tokens import Span

from kg.extraction.discourse import Discourse, TokenMention
from kg.extraction.language.tokens import is_verbless
from kg.extraction.posts.candidate import Candidate
from kg.model import EntityType, MentionKind
from kg.predicates import MEMBERSHIP

__all__ = ["byline_candidates"]

_SEPARATORS = {",", "/", "|", "-", "–", "—", "(", "·", "•", "for"}
_LONGEST = 25  # tokens; a longer line without a verb is a list or a headline


def byline_candidates(discourse: Discourse) -> Iterator[Candidate]:
    """Yield memberOf for people credited together with an organization."""
    for sentence in discourse.doc.sents:
        if len(sentence) <= _LONGEST and is_verbless(sentence):
            yield from _line(discourse, sentence)


def _line(discourse: Discourse, line: Span) -> Iterator[Candidate]:
    people: list[TokenMention] = []
    end = line.start
    for mention in discourse.within(line):
        between = [t.text.lower() for t in discourse.doc[end : mention.start] if not t.is_space]
        if mention.kind is not MentionKind.NAME:
            people = []
        elif mention.type is EntityType.PERSON:
            people = [*people, mention] if people and between in (["and"], [","], [",", "and"], ["&"]) else [mention]
        elif mention.type is EntityType.ORGANIZATION and people and len(between) == 1 and between[0] in _SEPARATORS:
            if not _title_follows(discourse, mention, line):
                for person in people:
                    yield Candidate(
                        subject=person, predicate=MEMBERSHIP, object=mention, trigger=discourse.doc[person.root],
                        rule="byline", factual=False,
                    )  # fmt: skip
            people = []
        else:
            people = []
        end = mention.end


def _title_follows(discourse: Discourse, mention: TokenMention, line: Span) -> bool:
    """ "Jane Roe, AP Technology Writer" states a role, which the rules for roles read."""
    following = [t for t in discourse.doc[mention.end : line.end] if not t.is_space]
    return bool(following) and following[0].pos_ in {"NOUN", "PROPN", "ADJ"}
