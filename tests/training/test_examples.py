"""From annotated passages to arrays, with the real pipeline and a tokenizer of single letters."""

import random

import pytest

from kg.extraction.learned.features import windows
from kg.extraction.learned.labels import FORMS, OUTPUTS, REASONS, SAME, STATUSES, TAGS
from kg.model import Document
from kg.training.examples import encode, make_examples, split
from kg.training.records import Annotated, GoldMention, Pair

PASSAGE = """# a
[[p1|P|Ana Ruiz]], [[t1|T|mayor]] of [[l1|L|Leeds]], met [[p2|P|Bo Keller]] in [[d1|D|1999]].
[[p1|P~|She]] did not visit [[l2|L|Geneva]].
= p1 holdsRole l1 title=t1 status=former
= p1 metWith p2
- p1 visited l2 planned
"""
PLAIN = "John Roy, mayor of Leeds, met Bo Keller in 1999. She likes Acme Ltd."


@pytest.fixture(scope="module")
def look(analyzer, pieces):
    """Return a function: passage -> its first example, read with words in place of numbers."""

    def run(passage, most=200, number=0):
        (doc,) = analyzer.analyze([Document(id="d", text=passage.text)])
        window = list(windows(doc, pieces, special=pieces.special, most_pieces=most))[number]
        return Look(doc, window, encode(doc, window, passage, source="s", noise=random.Random(0)))

    return run


class Look:
    def __init__(self, doc, window, example):
        self.doc, self.window, self.example = doc, window, example

    @property
    def words(self):
        """The words of each candidate."""
        first, start = self.window.first, self.window.start
        return [
            self.doc[start + first.index(low) : start + max(i for i, n in enumerate(first[:-1]) if n <= high) + 1].text
            for low, high, *_ in self.example.spans.tolist()
        ]

    def name(self, cluster):
        return self.words[self.example.spans[:, 3].tolist().index(cluster)]

    def pairs(self, rows, names=OUTPUTS):
        return {(self.name(s), names[n], self.name(o)) for s, o, n in rows.tolist()}

    @property
    def tags(self):
        first = self.window.first
        words = self.doc[self.window.start : self.window.end]
        return [
            f"{t.text} {TAGS[self.example.tags[n]]}"
            for t, n in zip(words, first, strict=False)
            if self.example.tags[n] > 0
        ]


def test_mentions_of_one_entity_are_one_cluster(parse, look):
    found = look(*parse(PASSAGE))
    clusters = {}
    for word, row in zip(found.words, found.example.spans.tolist(), strict=True):
        clusters.setdefault(row[3], []).append(word)
    assert next(iter(clusters.values())) == ["Ana Ruiz", "She"]
    assert sorted(map(len, clusters.values())) == [1] * (len(clusters) - 1) + [2]
    assert sorted(clusters) == list(range(len(clusters)))


def test_what_is_said_of_clusters(parse, look):
    found = look(*parse(PASSAGE))
    met = {("Ana Ruiz", "metWith", "Bo Keller"), ("Bo Keller", "metWith", "Ana Ruiz")}
    role = {("Ana Ruiz", "holdsRole", "Leeds"), ("Ana Ruiz", "titleOf", "mayor"), ("mayor", "titleAt", "Leeds")}
    assert found.pairs(found.example.ones) == met | role | {("Ana Ruiz", "not visited", "Geneva")}
    assert found.pairs(found.example.statuses, STATUSES) == {("Ana Ruiz", "former", "mayor")}
    assert found.pairs(found.example.reasons, REASONS) == {("Ana Ruiz", ("affirmed", "planned"), "Geneva")}
    same = {(found.words[a], found.words[b]) for a, b in found.example.same.tolist()}
    assert same == {("Ana Ruiz", "She"), ("She", "Ana Ruiz")}
    assert set(found.example.supervised) == set(range(len(OUTPUTS) - len(REASONS) - len(STATUSES)))
    assert found.example.exhaustive


def test_tags_stand_at_the_first_piece_of_each_word(parse, look):
    found = look(*parse(PASSAGE))
    number = {(str(f.type), f.kind and str(f.kind)): i for i, f in enumerate(FORMS)}
    person, place, title = number["Person", "name"], number["Place", "name"], number["Title", None]
    assert found.tags == [
        f"Ana B-{person}",
        f"Ruiz I-{person}",
        f"mayor B-{title}",
        f"Leeds B-{place}",
        f"Bo B-{person}",
        f"Keller I-{person}",
        f"She B-{number['Person', 'pronoun']}",
        f"Geneva B-{place}",
    ]  # dates come from the parser
    heads = {n for n, after in zip(found.window.first, found.window.first[1:], strict=False) if after > n}
    assert {i for i, tag in enumerate(found.example.tags.tolist()) if tag >= 0} == heads


@pytest.mark.parametrize(
    ("mentions", "candidates"),
    [
        ([], ["John Roy", "mayor", "Leeds", "Bo Keller", "1999", "She", "Acme Ltd."]),
        ([(0, 4, "Person")], ["John", "mayor", "Leeds", "Bo Keller", "1999", "She", "Acme Ltd."]),  # nothing overlaps
        ([(0, 25, "Person")], ["John Roy, mayor of Leeds,", "Bo Keller", "1999", "She", "Acme Ltd."]),
    ],
)
def test_what_may_be_taken_for_a_mention_is_a_candidate(look, mentions, candidates):
    gold = tuple(GoldMention(*m) for m in mentions)
    found = look(Annotated(id="a", group="a", text=PLAIN, mentions=gold))
    assert {w.rstrip(".") for w in found.words} == {w.rstrip(".") for w in candidates}
    assert len(set(found.example.spans[:, 3].tolist())) == len(found.words)  # each a cluster of its own
    annotated = [t.text for t in found.doc for m in gold if m.start <= t.idx < m.end]
    assert [tag.split()[0] for tag in found.tags] == annotated
    assert 0 not in found.example.tags  # what else is a mention is not known


def test_half_of_them_where_every_mention_is_annotated(look):
    text = " ".join(["Ana Ruiz met Bo Keller in Leeds."] * 20)
    every = look(Annotated(id="a", group="a", text=text), most=2000)
    half = look(Annotated(id="a", group="a", text=text, complete=True), most=2000)
    assert 0.3 < len(half.words) / len(every.words) < 0.7


@pytest.mark.parametrize(
    ("type_", "start", "end", "form"),
    [
        ("Person", 0, 8, ("Person", "name")),
        ("Person", 10, 15, ("Person", "nominal")),
        ("Person", 49, 52, ("Person", "pronoun")),
        ("Organization", 49, 52, ("Organization", "pronoun")),
        ("Place", 19, 24, ("Place", "name")),
        ("Place", 10, 15, ("Other", None)),
        ("Date", 43, 47, ("Date", None)),
        (None, 0, 8, ("Person", "name")),
    ],
)
def test_form_of_a_mention_of_which_the_type_alone_is_told(look, type_, start, end, form):
    found = look(Annotated(id="a", group="a", text=PLAIN, mentions=(GoldMention(start, end, type_),)))
    told = FORMS[found.example.spans[0, 2]]
    assert (str(told.type), told.kind and str(told.kind)) == form


def test_who_is_not_one_is_taught_of_mentions(look):
    mentions = (GoldMention(0, 8, "Person", "a"), GoldMention(30, 39, "Person"), GoldMention(49, 52, "Person", "a"))
    found = look(Annotated(id="a", group="a", text=PLAIN, mentions=mentions, zeros=(Pair(1, 2, SAME),)))
    words = found.words
    assert [(words[a], words[b]) for a, b in found.example.apart.tolist()] == [("Bo Keller", "She")]
    assert {(words[a], words[b]) for a, b in found.example.same.tolist()} == {("John Roy", "She"), ("She", "John Roy")}
    assert not found.example.exhaustive


def test_a_long_text_makes_several_examples(parse, look, analyzer, pieces):
    (passage,) = parse(PASSAGE)
    found = list(make_examples([passage], source="s", analyzer=analyzer, pieces=pieces, most_pieces=50, seed=1))
    assert len(found) == 2
    for example in found:
        assert (example.id, example.source) == ("a", "s")
        assert len(example.pieces) == len(example.features) == len(example.tags) <= 50
        assert (example.spans[:, 0] <= example.spans[:, 1]).all()
        assert (example.spans[:, 1] < len(example.pieces) - 1).all()
    second = look(passage, most=50, number=1)
    assert second.pairs(second.example.ones) == {("She", "not visited", "Geneva")}  # of what stands in the window
    again = list(make_examples([passage], source="s", analyzer=analyzer, pieces=pieces, most_pieces=50, seed=1))
    assert [e.spans.tolist() for e in again] == [e.spans.tolist() for e in found]


def test_a_passage_without_mentions_is_an_example(look):
    found = look(Annotated(id="a", group="a", text="So it went.", complete=True))
    assert found.example.ones.shape == found.example.statuses.shape == (0, 3)
    assert found.example.same.shape == (0, 2)
    assert found.example.spans.shape[1] == 4
    assert found.tags == []


@pytest.mark.parametrize(("share", "count"), [(0.0, 0), (0.1, 1), (0.5, 5), (1.0, 10)])
def test_a_fixed_share_of_the_groups_is_kept_apart(share, count):
    groups = [str(n) for n in range(10)]
    apart = split(groups, share=share, seed=3)
    assert len(apart) == count
    assert split([*reversed(groups), *groups], share=share, seed=3) == apart  # whatever their order and number
