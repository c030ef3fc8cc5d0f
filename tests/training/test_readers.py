"""The readers of training data, without PyTorch."""

import json

import pytest

from kg.errors import InputError
from kg.extraction.learned.labels import (
    ASSERTED,
    FORMS,
    OUTPUTS,
    PAIR_OUTPUTS,
    REASONS,
    SAME,
    STATUSES,
    TAGS,
    UNASSERTED,
)
from kg.model import PREDICATES, MentionKind
from kg.training import gap, knowledgenet, passages, standoff
from kg.training.sources import PASSAGES

PASSAGE = """# x-1 published 2024-03-05
[[p1|P|Ana Ruiz]], [[t1|T|chief executive]] of [[o1|O|Kaltio]], met [[p2|P|Bo Li]].
[[p1|P~|She]] did not see [[p3|P|Cy]].
= p1 holdsRole o1 title=t1 status=former
= p1 metWith p2 date=Sunday
- p1 metWith p3 negated
"""


def named(found, mentions, table):
    numbers = {v: k for k, v in table.items()}
    return {(mentions[s], numbers[p], mentions[o]) for s, o, p in found if p in numbers}


@pytest.fixture
def passage(tmp_path):
    path = tmp_path / "x.txt"
    path.write_text(PASSAGE, encoding="utf8")
    (found,) = passages.read(path)
    return found


def test_passage_has_plain_text_and_offsets(passage):
    assert passage.text == "Ana Ruiz, chief executive of Kaltio, met Bo Li.\nShe did not see Cy."
    words = [passage.text[m.start : m.end] for m in passage.mentions]
    assert words == ["Ana Ruiz", "chief executive", "Kaltio", "Bo Li", "She", "Cy"]
    assert passage.published == "2024-03-05"
    assert passage.complete


def test_passage_teaches_facts_for_every_mention(passage):
    words = [passage.text[m.start : m.end] for m in passage.mentions]
    found = named(passage.ones, words, ASSERTED)
    for person in ("Ana Ruiz", "She"):
        assert {(person, "holdsRole", "Kaltio"), (person, "worksFor", "Kaltio")} <= found
        assert {(person, "metWith", "Bo Li"), ("Bo Li", "metWith", person)} <= found
        assert (person, "titleOf", "chief executive") in found
        assert (person, "chiefExecutive", "Kaltio") in found
        assert (person, "metWith", "Cy") not in found
    assert {("Ana Ruiz", "same", "She"), ("chief executive", "titleAt", "Kaltio")} <= found
    assert ("She", "metWith", "Cy") in named(passage.ones, words, UNASSERTED)


def test_passage_teaches_status_and_reason(passage):
    assert {STATUSES[k] for _, _, k in passage.statuses} == {"former"}
    assert {REASONS[k][0] for _, _, k in passage.reasons} == {"negated"}
    party = {output for _, _, output in passage.unknown}
    assert party == {ASSERTED["politicalAffiliation"]}


@pytest.mark.parametrize(
    ("mark", "type_", "kind"),
    [
        ("P", "Person", MentionKind.NAME),
        ("O", "Organization", MentionKind.NAME),
        ("L", "Place", MentionKind.NAME),
        ("P~", "Person", MentionKind.PRONOUN),
        ("O~", "Organization", MentionKind.PRONOUN),
        ("P^", "Person", MentionKind.NOMINAL),
        ("O^", "Organization", MentionKind.NOMINAL),
        ("T", "Title", None),
        ("D", "Date", None),
        ("L^", "Other", None),  # places are read by their names alone
        ("L~", "Other", None),
    ],
)
def test_forms_of_mentions(parse, mark, type_, kind):
    (found,) = parse(f"# a\nSo [[x1|{mark}|the word]] it is.\n")
    (mention,) = found.mentions
    assert (FORMS[mention.form].type, FORMS[mention.form].kind) == (type_, kind)
    assert (found.text[mention.start : mention.end], mention.entity) == ("the word", "x1")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[[p1|P|Ana]] left.", "begins a block"),
        ("# a\n[[p1|P|Ana]] met [[p2|P|Bo]].\n= p1 met p2", "unknown ends or name"),
        ("# a\n[[p1|P|Ana]] left.\n= p1 metWith p2", "unknown ends or name"),
        ("# a\n[[p1|P|Ana] left.", "marked badly"),
        ("# a\n[[p1|P|Ana]] is [[t1|T|mayor]].\n= p1 holdsRole null title=t1 status=once", "once"),
    ],
)
def test_broken_passage_is_named(tmp_path, text, words):
    path = tmp_path / "broken.txt"
    path.write_text(text, encoding="utf8")
    with pytest.raises(InputError, match=words) as error:
        list(passages.read(path))
    assert "broken.txt" in str(error.value)


def test_passages_of_the_project_are_well_formed():
    found = [p for path in sorted(PASSAGES.glob("*.txt")) for p in passages.read(path)]
    assert len(found) > 1500
    assert len({p.id for p in found}) == len(found)
    taught = {output for p in found for _, _, output in p.ones}
    learned = {name for name, relation in PREDICATES.items() if not relation.by_rules}
    assert learned <= {name for name, number in ASSERTED.items() if number in taught}


def news(folder, **changed):
    """A text of two stories, and the marks of its second."""
    source = {"id": "r-1", "published": "2024-03-05", "text": "Rain fell. \nBo Li met Cy Dunn.\nHe left.\n"}
    marks = {
        "id": "r-1-2", "of": "r-1", "lines": [1, 2], "sha": "b9a19b9d",
        "mentions": [[0, 5, "e1|P"], [10, 17, "e2|P"], [19, 21, "e1|P~"]], "relations": ["= e1 metWith e2"],
    }  # fmt: skip
    for name, record in (("texts.jsonl", source), ("marks.jsonl", {**marks, **changed})):
        (folder / name).write_text(json.dumps(record) + "\n", encoding="utf8")
    return folder / "marks.jsonl", folder / "texts.jsonl"


def test_marks_apart_from_their_text_are_read_like_those_in_it(tmp_path):
    marks, texts = news(tmp_path)
    (found,) = standoff.read(marks, [texts])
    path = tmp_path / "marked.txt"
    path.write_text(
        "# r-1-2 published 2024-03-05\n[[e1|P|Bo Li]] met [[e2|P|Cy Dunn]].\n[[e1|P~|He]] left.\n= e1 metWith e2\n",
        encoding="utf8",
    )
    assert [found] == list(passages.read(path))


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"of": "r-2"}, "r-2"),
        ({"lines": [1, 9]}, "index"),
        ({"lines": [0, 1]}, "another one"),
        ({"mentions": [[0, 5, "e1|X"]]}, "marked badly"),
        ({"relations": ["= e1 metWith e7"]}, "unknown ends"),
        ({"relations": ["= e1 hugged e2"]}, "unknown ends"),
    ],
)
def test_marks_that_do_not_fit_their_text_are_named(tmp_path, changed, words):
    with pytest.raises(InputError, match=f"r-1-2.*{words}"):
        marks, texts = news(tmp_path, **changed)
        list(standoff.read(marks, [texts]))


@pytest.mark.parametrize(
    ("name", "content", "of"),
    [
        ("part.tsv", "ID\tText\tURL\nd-1\tBo Li met Cy \"Red\" Dunn.\thttp://a\n", "d-1"),
        ("fold.jsonl", json.dumps({"id": "9", "passages": [{"start": 5, "end": 31, "text": 'Bo Li met Cy "Red" Dunn.'}]}), "9:5:31"),
        ("dev.jsonl", json.dumps({"id": "Bo Li", "text": 'Bo Li met Cy "Red" Dunn.'}), "Bo Li"),
        ("older/li.json", json.dumps({"id": "li", "published": None, "text": 'Bo Li met Cy "Red" Dunn.'}, indent=1), "li"),
    ],
)  # fmt: skip
def test_marks_point_into_data_sets_as_their_authors_give_them(tmp_path, name, content, of):
    file = tmp_path / name
    file.parent.mkdir(exist_ok=True)
    file.write_text(content, encoding="utf8")
    marks, texts = news(tmp_path, of=of, lines=[0], sha="40de98c1", mentions=[[0, 5, "e1|P"], [10, 23, "e2|P"]])
    (found,) = standoff.read(marks, [texts, file if file.parent == tmp_path else file.parent])
    assert [found.text[m.start : m.end] for m in found.mentions] == ["Bo Li", 'Cy "Red" Dunn']
    assert found.published is None


def test_the_marks_of_the_project_point_into_no_text_of_the_project():
    files = [PASSAGES / "news.jsonl", PASSAGES / "news-held.jsonl"]
    marks = [json.loads(line) for path in files for line in path.read_text(encoding="utf8").splitlines()]
    assert len({mark["id"] for mark in marks}) == len(marks) > 4000
    keys = {"id", "of", "lines", "sha", "mentions", "relations"}
    assert all(set(mark) == keys and mark["mentions"] == sorted(mark["mentions"]) for mark in marks)


def test_knowledgenet_supervises_only_what_was_annotated(tmp_path):
    text = "Tim Cook runs Apple. He was born in Mobile."
    cook, he, apple, mobile = (
        [100 + text.index(w), 100 + text.index(w) + len(w)] for w in ("Tim Cook", "He", "Apple", "Mobile")
    )
    facts = [
        {"property": "CEO", "subject": apple, "object": cook, "subject_uri": "a", "object_uri": "t"},
        {"property": "PLACE_OF_BIRTH", "subject": he, "object": mobile, "subject_uri": "t", "object_uri": None},
    ]
    passage = {"start": 100, "end": 143, "text": text, "properties": ["CEO", "PLACE_OF_BIRTH"], "facts": facts}
    path = tmp_path / "fold.jsonl"
    path.write_text(json.dumps({"id": "7", "fold": 1, "passages": [passage]}) + "\n", encoding="utf8")
    (found,) = knowledgenet.read(path)
    words = [found.text[m.start : m.end] for m in found.mentions]
    ones = named(found.ones, words, ASSERTED)
    assert ("Tim Cook", "chiefExecutive", "Apple") in ones
    assert ("Tim Cook", "worksFor", "Apple") in ones
    assert ("He", "bornIn", "Mobile") in ones
    assert ("He", "same", "Tim Cook") in ones
    assert found.supervised == {ASSERTED["chiefExecutive"], ASSERTED["bornIn"]}
    assert {(words[s], words[o]) for s, o, _ in found.zeros} >= {("Apple", "Tim Cook"), ("He", "Apple")}


GAP_TEXT = "Ana Ruiz met Bo Li. She left."


@pytest.mark.parametrize(
    ("a", "b", "chain", "apart"),
    [
        ("TRUE", "FALSE", {"She", "Ana Ruiz"}, {"Bo Li"}),
        ("FALSE", "TRUE", {"She", "Bo Li"}, {"Ana Ruiz"}),
        ("FALSE", "FALSE", {"She"}, {"Ana Ruiz", "Bo Li"}),
        ("True", "False", {"She", "Ana Ruiz"}, {"Bo Li"}),  # as some parts write it
    ],
)
def test_gap_tells_of_three_mentions_who_is_one(tmp_path, a, b, chain, apart):
    columns = ["ID", "Text", "Pronoun", "Pronoun-offset", "A", "A-offset", "A-coref", "B", "B-offset", "B-coref", "URL"]
    row = ["d-1", GAP_TEXT, "She", "20", "Ana Ruiz", "0", a, "Bo Li", "13", b, "http://example.org/x"]
    path = tmp_path / "gap.tsv"
    path.write_text("\t".join(columns) + "\n" + "\t".join(row) + "\n", encoding="utf8")
    (found,) = gap.read(path)
    words = [found.text[m.start : m.end] for m in found.mentions]
    assert words == ["She", "Ana Ruiz", "Bo Li"]
    assert (found.id, found.group) == ("d-1", "http://example.org/x")
    assert {w for w, m in zip(words, found.mentions, strict=True) if m.entity} == chain
    assert {(words[s], words[o]) for s, o, n in found.zeros if n == SAME} == {
        pair for name in apart for pair in (("She", name), (name, "She"))
    }
    assert not (found.supervised or found.ones or found.complete)


def test_outputs_are_numbered_without_gaps():
    numbers = sorted((*ASSERTED.values(), *UNASSERTED.values()))
    assert numbers == list(range(len(numbers)))
    assert len(numbers) + len(REASONS) + len(STATUSES) == PAIR_OUTPUTS
    assert len(OUTPUTS) == len(set(OUTPUTS)) == PAIR_OUTPUTS
    assert len(TAGS) == 1 + 2 * sum(form.type not in ("Date", "Other") for form in FORMS)
