"""Claims of one small document, as rules and the network would make them."""

from dataclasses import replace
from functools import cache

import pytest
import spacy
from spacy.tokens import Doc

from kg.extraction.discourse import Discourse, TokenMention
from kg.model import Claim, Document, EntityType, Evidence, LocalEntity, Mention, MentionKind

WORDS = "Ana is mayor of Leeds . She met Bo . Acme hired Bo .".split()  # noqa: SIM905
SENTENCES = {0: (0, 6), 1: (6, 10), 2: (10, 14)}
P, O, L = EntityType.PERSON, EntityType.ORGANIZATION, EntityType.PLACE  # noqa: E741
ENTITIES = {"Ana": P, "Leeds": L, "Bo": P, "Acme": O}
MENTIONS = {0: "Ana", 4: "Leeds", 6: "Ana", 8: "Bo", 10: "Acme", 12: "Bo"}
CERTAINTY = 0.8  # of "She"


@cache
def make_discourse():
    doc = Doc(spacy.blank("en").vocab, words=WORDS, sent_starts=[i in (0, 6, 10) for i in range(len(WORDS))])
    doc.user_data["document"] = Document(id="d", text=doc.text)
    names = list(ENTITIES)
    mentions = tuple(
        TokenMention(
            start=i,
            end=i + 1,
            root=i,
            type=ENTITIES[name],
            kind=MentionKind.PRONOUN if i == 6 else MentionKind.NAME,
            entity=names.index(name),
            certainty=CERTAINTY if i == 6 else 1.0,
        )
        for i, name in MENTIONS.items()
    )
    entities = tuple(
        LocalEntity(
            type=kind,
            name=name,
            mentions=tuple(
                Mention(doc[m.start].idx, doc[m.start].idx + len(doc[m.start]), m.kind)
                for m in mentions
                if names[m.entity] == name
            ),
        )
        for name, kind in ENTITIES.items()
    )
    return Discourse(doc, entities, mentions)


def make_claim(row, by="model", at=(0, 4), p=0.9, **others):
    """Return a claim "subject predicate object" ("-" for none) of a rule or the network.

    Args:
        by: "model", or the name of a rule.
        at: tokens of the two mentions; the sentences of both are quoted.
        p: its confidence.
    """
    subject, predicate, target = row.split()
    doc, names = make_discourse().doc, list(ENTITIES)
    edges = [SENTENCES[n] for i in at if i is not None for n in SENTENCES if SENTENCES[n][0] <= i < SENTENCES[n][1]]
    quoted = doc[min(e[0] for e in edges) : max(e[1] for e in edges)]
    spans = [(doc[i].idx, doc[i].idx + len(doc[i])) if i is not None else None for i in at]
    evidence = Evidence(
        document="d",
        start=quoted.start_char,
        end=quoted.end_char,
        text=quoted.text,
        subject=spans[0],
        object=spans[1],
        extractor="model:pairs@1" if by == "model" else f"rule:{by}",
    )
    made = Claim(subject=names.index(subject), predicate=predicate, evidence=evidence, confidence=p)
    literal = target[:1].isdigit()
    end = {"literal": target} if literal else {"object": None if target == "-" else names.index(target)}
    return replace(made, **end, **others)


@pytest.fixture
def discourse():
    return make_discourse()


@pytest.fixture(scope="session")
def claim():
    return make_claim
