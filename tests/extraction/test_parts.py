"""A long text is read in parts that are its text, and what they say is joined by name."""

import re

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

from kg.extraction.parts import in_parts, join
from kg.model import Claim, Document, EntityType, Evidence, Extraction, LocalEntity, Mention, MentionKind

P, O, L = EntityType.PERSON, EntityType.ORGANIZATION, EntityType.PLACE  # noqa: E741
SENTENCE = "Angela Merkel met Boris Johnson in Berlin. "


def parts(text):
    return [part.document.text for part in in_parts(Document(id="d", text=text))]


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ((SENTENCE * 20 + "\n\n") * 100, r"\n\n"),
        ((SENTENCE * 20 + "\n") * 100, r"\n"),
        (SENTENCE * 2000, r"\. "),
        ("word " * 20_000, r"d "),
        ("x" * 150_000, r"x"),
        ("\n" * 150_000, r"\n"),
    ],
)
def test_a_part_ends_where_the_text_pauses(text, end):
    found = parts(text)
    assert "".join(found) == text
    assert len(found) > 1
    assert all(re.search(end + r"\Z", part) for part in found[:-1])
    assert max(map(len, found)) <= 60_000


@pytest.mark.parametrize("text", ["", "x", SENTENCE * 1000])
def test_an_article_is_one_part(text):
    document = Document(id="d", text=text)
    (part,) = in_parts(document)
    assert (part.offset, part.document) == (0, document)


@pytest.mark.parametrize("text", ["(" * 50_000, '" ' * 30_000, "a.b," * 15_000])
def test_parts_have_a_bounded_number_of_words_and_marks(text):
    assert "".join(parts(text)) == text
    assert all(len(re.findall(r"\w+|[^\w\s]", part)) <= 20_000 for part in parts(text))


@settings(max_examples=20, deadline=None)
@given(st.lists(st.sampled_from(["a ", "\n", "\n\n", ". ", "x" * 3000, "(" * 900, "é "]), max_size=200))
def test_offsets_of_parts(pieces):
    text = "".join(pieces)
    found = in_parts(Document(id="d", text=text))
    assert "".join(p.document.text for p in found) == text
    assert all(text[p.offset :].startswith(p.document.text) for p in found)


def entity(name, *aliases, kind=P, at=0, **more):
    return LocalEntity(type=kind, name=name, aliases=aliases, mentions=(Mention(at, at + 5, MentionKind.NAME),), **more)


def read(*entities, claims=()):
    return Extraction(document="d", entities=entities, claims=claims)


@pytest.mark.parametrize(
    ("first", "second", "names"),
    [
        ([entity("Ana Ruiz")], [entity("Ana Ruiz")], ["Ana Ruiz"]),
        ([entity("Ana Ruiz", "Ruiz")], [entity("Ruiz")], ["Ana Ruiz"]),
        ([entity("Ana Ruiz", "Ruiz"), entity("Bo Ruiz", "Ruiz")], [entity("Ruiz")], ["Ana Ruiz", "Bo Ruiz", "Ruiz"]),
        ([entity("Ana Ruiz")], [entity("Ana Ruiz", kind=O)], ["Ana Ruiz", "Ana Ruiz"]),
        ([entity("Ruiz")], [entity("Ana Ruiz", "Ruiz")], ["Ruiz", "Ana Ruiz"]),
        ([entity("")], [entity("")], ["", ""]),
        ([], [entity("Ana Ruiz")], ["Ana Ruiz"]),
    ],
)
def test_entities_are_joined_by_name(first, second, names):
    joined = join([(0, read(*first)), (100, read(*second))])
    assert [e.name for e in joined.entities] == names
    assert joined.parts == 2


def test_what_is_joined_keeps_its_places_and_what_is_known_of_it():
    evidence = Evidence(document="d", start=0, end=20, text="x", subject=(0, 5), object=(9, 14), extractor="rule:x")
    claim = Claim(subject=1, predicate="metWith", object=0, place=2, attributed_to=0, evidence=evidence)
    first = read(entity("Oslo", kind=L), entity("Ana Ruiz"))
    second = read(
        entity("Bo Li", at=9), entity("Ana Ruiz", "Ruiz", gender="feminine"), entity("Oslo", kind=L, country="NO"), claims=[claim]
    )  # fmt: skip
    joined = join([(0, first), (100, second)])
    oslo, ana, bo = joined.entities
    assert (ana.aliases, ana.gender, oslo.country) == (("Ruiz",), "feminine", "NO")
    assert [(m.start, m.end) for m in ana.mentions] == [(0, 5), (100, 105)]
    assert [(m.start, m.end) for m in bo.mentions] == [(109, 114)]
    (moved,) = joined.claims
    assert (moved.subject, moved.object, moved.place, moved.attributed_to) == (1, 2, 0, 2)
    assert (moved.evidence.start, moved.evidence.end) == (100, 120)
    assert (moved.evidence.subject, moved.evidence.object) == ((100, 105), (109, 114))


def test_one_part_is_taken_as_it_is():
    alone = read(entity("Ana Ruiz"))
    assert join([(0, alone)]) is alone
