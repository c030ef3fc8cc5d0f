"""Every frame reads its own sentences and is silent on those that it must not read (``says``, ``unsaid``)."""

from collections.abc import Callable

import pytest
from spacy.tokens import Doc

from kg.analysis import Analyzer
from kg.extraction.discourse import Discourse, TokenMention
from kg.extraction.naming.subtypes import subtype_of
from kg.extraction.relations import RuleExtractor
from kg.extraction.relations.frames import Frame, frames
from kg.extraction.stance.factuality import FACT, reading_of
from kg.lexicons import words_with
from kg.model import Document, LocalEntity, Mention, MentionKind
from tests.extraction.conftest import TYPES, marked

_FRAMES = [(kind, frame) for kind, known in frames().items() for frame in known]
_IDS = [f"{kind}-{frame.predicate}-{frame.words[0]}" for kind, frame in _FRAMES]


def discourse_of(doc: Doc, marks: list[tuple[int, int, str, int]]) -> Discourse:
    spans = [doc.char_span(start, end) for start, end, letter, _ in marks if letter in TYPES]
    assert all(spans), f"a mark cuts a word of {doc.text!r}"
    types = [TYPES[letter] for *_, letter, _ in marks if letter in TYPES]
    entities = tuple(
        LocalEntity(
            type=t,
            name=s.text,
            subtype=subtype_of(s.text, t),
            mentions=(Mention(s.start_char, s.end_char, MentionKind.NAME),),
        )
        for s, t in zip(spans, types, strict=True)
    )
    mentions = tuple(
        TokenMention(start=s.start, end=s.end, root=s.root.i, type=t, kind=MentionKind.NAME, entity=n)
        for n, (s, t) in enumerate(zip(spans, types, strict=True))
    )
    return Discourse(doc, entities, mentions)


Told = set[tuple[str, str | None]]


@pytest.fixture(scope="module")
def told(analyzer: Analyzer) -> Callable[[str, Frame], tuple[Told, tuple[str, str | None]]]:
    """Return a function: what a frame makes a sentence assert as (subject, object or date), and the marked ends."""
    rules = RuleExtractor()

    def read(sentence: str, frame: Frame) -> tuple[Told, tuple[str, str | None]]:
        text, marks = marked(sentence)
        (doc,) = analyzer.analyze([Document(id="d", text=text, published="2020-11-16")])
        discourse = discourse_of(doc, marks)
        names = [entity.name for entity in discourse.entities]
        found: Told = {
            (names[c.subject], names[c.object] if c.object is not None else None)
            for c in rules(doc, discourse)
            if c.predicate == frame.predicate
            and c.evidence.extractor == f"rule:{frame.rule}"
            and (c.polarity, c.modality) == (reading_of(frame.reading) if frame.reading else FACT)
        }
        ends = {end: text[start:stop] if letter in TYPES else None for start, stop, letter, end in marks}
        return found, (str(ends[1]), ends.get(2))

    return read


@pytest.mark.parametrize(("kind", "frame"), _FRAMES, ids=_IDS)
def test_a_frame_says_what_its_sentences_say(told, kind, frame):
    for sentence in frame.says:
        found, ends = told(sentence, frame)
        turned = {(b, a) for a, b in found} if frame.relation.symmetric else set()
        assert ends in found | turned, sentence
        assert len(found) == 1, sentence


@pytest.mark.parametrize(("kind", "frame"), _FRAMES, ids=_IDS)
def test_a_frame_is_silent_where_it_must_be(told, kind, frame):
    for sentence in frame.unsaid:
        assert told(sentence, frame)[0] == set(), sentence


def test_verbs_of_appointing_are_those_of_posts() -> None:
    appointing = {word for frame in frames()["verbs"] if frame.predicate == "appointed" for word in frame.words}
    assert appointing <= words_with("role_verbs", "verbs", "object")
