"""Who is named only as the one that is not meant; and what a name tells by itself."""

from dataclasses import replace

import pytest
from spacy.tokens import Doc
from spacy.vocab import Vocab

from kg.config import Settings
from kg.extraction.decision.correction import _as_named, _is_anothers_body, _states
from kg.extraction.discourse import Discourse, TokenMention
from kg.extraction.naming.states import with_states
from kg.model import Claim, Document, EntityType, Extraction, LocalEntity, MentionKind, Polarity
from kg.reader import Reader
from tests.graphs import quoted

ORGANIZATION, PLACE = EntityType.ORGANIZATION, EntityType.PLACE
CODES = {"Brazil": "BR", "Colombia": "CO"}


def claim(text: str, subject: str, object_: str) -> Claim:
    spans = [(text.index(part), text.index(part) + len(part)) for part in (subject, object_)]
    evidence = quoted(text, spans[0], spans[1])
    return Claim(subject=0, predicate="partOf", object=1, evidence=evidence)


@pytest.mark.parametrize(
    ("text", "subject", "object_", "polarity"),
    [
        ("Aid came from Oslo, not from Tarn Metals, and Corvus paid.", "Tarn Metals", "Corvus", Polarity.NEGATED),
        ("Aid came from Oslo, not just from Tarn Metals, but Corvus paid.", "Tarn Metals", "Corvus", Polarity.AFFIRMED),
        ("Aid came, not only from Tarn Metals, but from Corvus.", "Tarn Metals", "Corvus", Polarity.AFFIRMED),
        ("Aid came from Oslo, not from the Danish parliament, last year.", "Danish parliament", "Danish", Polarity.AFFIRMED),
        ("It was not Tarn Metals, but Corvus that paid.", "Tarn Metals", "Corvus", Polarity.NEGATED),
    ],
)  # fmt: skip
def test_what_is_set_against_another(text, subject, object_, polarity):
    assert _as_named(claim(text, subject, object_), text).polarity is polarity


@pytest.mark.parametrize(
    ("text", "homes"),
    [
        ("The Oslo-based Tarn Metals grew.", {("Tarn Metals", "Oslo")}),
        (
            "The daily Corvus Post disagreed. The Oslo-based Tarn Metals grew, the newspaper wrote.",
            {("Tarn Metals", "Oslo")},
        ),
        ("Corvus Mining sued the Oslo-based Tarn Metals.", {("Tarn Metals", "Oslo")}),
    ],
)
def test_a_base_is_that_of_the_name_it_stands_before(text, homes):
    found = Reader(Settings()).read(Document(id="d", text=text), enter=lambda _stage: None)
    assert isinstance(found, Extraction)
    names = [entity.name for entity in found.entities]
    assert {(names[c.subject], names[c.object or 0]) for c in found.claims if c.predicate == "basedIn"} <= homes


@pytest.mark.parametrize(
    ("extractor", "predicate", "part", "whole", "stands"),
    [
        ("model:pairs@1", "partOf", "Brazilian police", "Colombia", False),
        ("model:pairs@1", "partOf", "Brazilian police", "Brazil", True),
        ("model:pairs@1", "partOf", "Brazilian police", "Interior Ministry", True),  # a body, not a place
        ("model:pairs@1", "partOf", "Interior Ministry", "Colombia", True),  # its name tells no state
        ("model:pairs@1", "basedIn", "Brazilian police", "Colombia", True),
        ("rule:affiliation:possessive", "partOf", "Brazilian police", "Colombia", True),
    ],
)
def test_a_body_named_after_a_state_is_no_part_of_another(extractor, predicate, part, whole, stands):
    names = {"Brazil": PLACE, "Colombia": PLACE, "Brazilian police": ORGANIZATION, "Interior Ministry": ORGANIZATION}
    text = "Brazil and Colombia agreed . Brazilian police searched the Interior Ministry ."
    doc = Doc(Vocab(), words=text.split())
    doc.user_data["document"] = Document(id="d", text=doc.text)
    mentions = []
    for number, (name, kind) in enumerate(names.items()):
        span = doc.char_span(doc.text.index(name), doc.text.index(name) + len(name), alignment_mode="expand")
        root = span.end - 1
        mentions.append(
            TokenMention(start=span.start, end=span.end, root=root, type=kind, kind=MentionKind.NAME, entity=number)
        )
    entities = [LocalEntity(type=kind, name=name, country=CODES.get(name)) for name, kind in names.items()]
    discourse = with_states(Discourse(doc, tuple(entities), tuple(mentions)))
    told = claim(doc.text, part, whole)
    ends = {"subject": list(names).index(part), "object": list(names).index(whole)}
    told = replace(told, predicate=predicate, **ends, evidence=replace(told.evidence, extractor=extractor))
    assert _is_anothers_body(told, _states(discourse), discourse) is not stands
