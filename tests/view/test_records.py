"""What the page knows: sentences by where they stand, each once, with offsets as browsers count them."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.model import Document, Entity, EntityType, Evidence, Graph, Modality, Polarity, Statement
from kg.view.records import doubt_kind, page_records

ANN, BEA = (
    Entity(id=f"https://kg.example/person/{name}", type=EntityType.PERSON, name=name.title()) for name in ("ann", "bea")
)


def told(*evidence: Evidence, text: str = "", **fields) -> dict:
    statement = Statement(
        id="https://kg.example/statement/1",
        subject=ANN.id,
        predicate="metWith",
        object=BEA.id,
        evidence=evidence,
        **fields,
    )
    graph = Graph(documents=(Document(id="d", text=text),), entities=(ANN, BEA), statements=(statement,))
    return page_records(graph)


def says(text: str, start: int = 0, **fields) -> Evidence:
    given_ = {"subject": (start, start + 3), "object": (start + 8, start + 11), "extractor": "rule:x"} | fields
    return Evidence(document="d", start=start, end=start + len(text), text=text, **given_)


def cut16(text: str, start: int, end: int) -> str:
    """Cut a text as JavaScript does."""
    units = text.encode("utf-16-le", "replace")
    return units[2 * start : 2 * end].decode("utf-16-le")


def test_a_sentence_of_a_carried_text_is_told_by_where_it_stands():
    text = "\U0001f3b6 Hm. Ann met Bea."
    records = told(says("Ann met Bea.", 6), text=text)
    [sentence] = records["statements"][0]["evidence"]
    assert "text" not in sentence
    assert cut16(text, sentence["start"], sentence["end"]) == "Ann met Bea."
    assert (sentence["s"], sentence["o"]) == ([0, 3], [8, 11])


def test_a_sentence_that_the_text_does_not_have_is_told_whole():
    [sentence] = told(says("Ann met Bea."), text="Something else.")["statements"][0]["evidence"]
    assert sentence["text"] == "Ann met Bea."


@pytest.mark.parametrize(
    ("readings", "found"),
    [
        ([says("Ann met Bea.")], ["rule:x"]),
        ([says("Ann met Bea.", also=("model:y",))], ["rule:x", "model:y"]),
        ([says("Ann met Bea."), says("Ann met Bea.", extractor="model:y")], ["rule:x", "model:y"]),
    ],
)
def test_a_sentence_is_told_once_with_all_that_found_it(readings, found):
    records = told(*readings)
    [sentence] = records["statements"][0]["evidence"]
    assert [records["extractors"][i] for i in sentence["by"]] == found


def test_a_sentence_names_who_says_it():
    [sentence] = told(says("Ann met Bea.", attributed_to=BEA.id))["statements"][0]["evidence"]
    assert sentence["who"] == 1
    [sentence] = told(says("Ann met Bea."))["statements"][0]["evidence"]
    assert "who" not in sentence


@pytest.mark.parametrize(
    ("subject", "other", "s", "o"),
    [
        ((10, 13), (18, 21), [0, 3], [8, 11]),
        ((10, 13), None, [0, 3], None),
        ((0, 3), (18, 99), None, [8, 12]),  # a subject from the sentence before, an object that runs on
    ],
)
def test_mentions_are_told_within_the_sentence(subject, other, s, o):
    [sentence] = told(says("Ann met Bea.", 10, subject=subject, object=other))["statements"][0]["evidence"]
    assert (sentence.get("s"), sentence.get("o")) == (s, o)


@settings(max_examples=40, deadline=None)
@given(text=st.text(min_size=1, max_size=30), spans=st.lists(st.integers(-5, 40), min_size=4, max_size=4))
def test_mentions_lie_within_any_sentence(text, spans):
    s, e, o, p = spans
    [sentence] = told(says(text, 2, subject=(s, e), object=(o, p)), text="")["statements"][0]["evidence"]
    units = len(text.encode("utf-16-le", "surrogatepass")) // 2
    for span in (sentence.get("s"), sentence.get("o")):
        assert span is None or 0 <= span[0] < span[1] <= units


@pytest.mark.parametrize(
    ("fields", "kind"),
    [
        ({}, None),
        ({"modality": Modality.DENIED}, "denied"),
        ({"modality": Modality.PLANNED}, "planned"),
        ({"modality": Modality.POSSIBLE}, "possible"),
        ({"polarity": Polarity.NEGATED}, "negated"),
        ({"polarity": Polarity.NEGATED, "modality": Modality.PLANNED}, "negated"),
        ({"polarity": Polarity.NEGATED, "modality": Modality.DENIED}, "denied"),
    ],
)
def test_what_is_no_fact_has_a_kind(fields, kind):
    assert doubt_kind(Statement(id="s", subject="a", predicate="metWith", object="b", **fields)) == kind


def test_mentions_of_a_carried_text_are_marked(newsroom):
    records = page_records(newsroom)
    for document in records["documents"]:
        flat = document.get("mentions", [])
        for start, end, entity in zip(flat[::3], flat[1::3], flat[2::3], strict=True):
            assert cut16(document["text"], start, end)
            assert 0 <= entity < len(newsroom.entities)
    assert sum(len(d.get("mentions", [])) // 3 for d in records["documents"]) == sum(
        len(e.mentions) for e in newsroom.entities
    )


def test_nothing_empty_travels(newsroom):
    for kind in ("documents", "entities", "statements"):
        assert not [
            r for r in page_records(newsroom)[kind] if None in r.values() or "" in r.values() or [] in r.values()
        ]


def test_identifiers_travel_without_what_they_share(newsroom):
    records = page_records(newsroom)
    assert [records["base"] + e["iri"] for e in records["entities"]] == [e.id for e in newsroom.entities]
    other = replace(newsroom.entities[0], id="urn:x")
    assert page_records(Graph(documents=(), entities=(other,), statements=()))["base"] == ""
