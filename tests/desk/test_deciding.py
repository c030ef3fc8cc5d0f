"""The user's word on statements and entities: what it does, what it refuses, and that it can be taken back."""

import json
from collections import defaultdict
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.desk.audit import audit
from kg.desk.deciding import Desk, confirm, correct, drop, reject, rename, retype, state
from kg.desk.pairing import merge
from kg.errors import KgError, UsageError
from kg.integration import integrate
from kg.mapping import to_turtle
from kg.model import Graph, Statement
from kg.project import open_project
from kg.resolution import Decision, Edit, EditKind, NamedIn, Verdict, add_decision, read_decisions, write_decisions
from kg.store import build_files, load_graph

FILES = ["documents.jsonl", "entities.jsonl", "statements.jsonl", "graph.ttl", "graph.html", "extractions.jsonl", "build.json"]  # fmt: skip
QUOTE = "Kenji Watanabe denied that he had called Ilse Brandt."


def content() -> dict[str, bytes]:
    return {name: Path("graph", name).read_bytes() for name in FILES}


def said(graph: Graph | None = None) -> list[tuple[str, ...]]:
    graph = graph or load_graph("graph")
    names = {e.id: e.name for e in graph.entities}
    return sorted((names[s.subject], s.predicate, names.get(s.object or "", s.literal or "")) for s in graph.statements)


def the(subject: str, predicate: str) -> Statement:
    graph = load_graph("graph")
    names = {e.id: e.name for e in graph.entities}
    (found,) = [s for s in graph.statements if (names[s.subject], s.predicate) == (subject, predicate)]
    return found


def test_a_rejected_statement_is_gone_and_comes_back(here, kg):
    before, sentences = content(), said()
    statement = the("Amara Diallo", "metWith").id.rpartition("/")[2]
    code, out, err = kg("reject", "graph", statement, "--by", "R. Ek")
    assert (code, err) == (0, "")
    assert "reject: Amara Diallo (harbour) metWith Kenji Watanabe (harbour)" in out
    assert [s for s in sentences if s not in said()] == [("Amara Diallo", "metWith", "Kenji Watanabe")]
    assert "metWith" not in Path("graph/graph.ttl").read_text(encoding="utf8").partition("a kg:Document")[0]
    line = json.loads(Path("articles/kg-decisions.jsonl").read_text())
    assert (line["verdict"], line["predicate"], line["by"]) == ("reject", "metWith", "R. Ek")
    assert audit("graph").passed
    assert "reject" in kg("decisions", "graph")[1]
    assert kg("decisions", "graph", "--undo", "1")[0] == 0
    assert content() == before


def test_rejecting_by_ends_and_by_extractor(here, kg):
    assert kg("reject", "graph", "--subject", "Nobody", "--object", "Diallo")[0] == 2
    assert (
        kg("reject", "graph", "--subject", "Dakar", "--object", "Sahel Freight")[0] == 2
    )  # nothing is said of the two
    assert kg("reject", "graph", "--subject", "Kenji Watanabe", "--object", "Amara Diallo")[0] == 0
    assert not any(p == "metWith" for _, p, _ in said())
    assert kg("reject", "graph", "--subject", "Ilse Brandt", "--extractor", "rule:by-hand")[0] == 0
    assert not any("Ilse Brandt" in s for s in said())
    assert kg("reject", "graph", "--subject", "Tomás Quiroga", "--extractor", "rule:other")[0] == 2
    assert kg("reject", "graph")[0] == 2


def test_a_confirmed_statement_is_marked_everywhere(here, kg):
    statement = the("Amara Diallo", "founded")
    confirm("graph", statement.id, by="Nadia Osei")
    checked = the("Amara Diallo", "founded")
    assert (checked.checked_by, len(checked.checked_on)) == ("Nadia Osei", 10)
    assert 'kg:checkedBy "Nadia Osei"' in Path("graph/graph.ttl").read_text(encoding="utf8")
    query = "SELECT ?who ?what { ?s kg:checkedBy ?who ; rdf:predicate ?p BIND(STRAFTER(STR(?p), '#') AS ?what) }"
    assert kg("query", "graph", query, "--format", "csv")[1].split() == ["who,what", "Nadia", "Osei,founded"]
    assert "checked by Nadia Osei" in kg("explain", "graph", "Sahel Freight", "--ids")[1]
    assert audit("graph").passed


CORRECTED = [
    ("Amara Diallo", "metWith", {"date": "2021-02-28"}, "date", "2021-02-28"),
    ("Amara Diallo", "metWith", {"date": "", "place": "Dakar"}, "date", None),
    ("Amara Diallo", "holdsRole", {"title": "Board Chair", "status": "former", "end": "2022"}, "title", "board chair"),
    ("Amara Diallo", "holdsRole", {"status": "former"}, "status", "former"),
    ("Ilse Brandt", "holdsRole", {"start": "2019-05"}, "start", "2019-05"),
    ("Amara Diallo", "bornOn", {"literal": "1970-05-03"}, "literal", "1970-05-03"),
    ("Amara Diallo", "founded", {"modality": "possible"}, "modality", "possible"),
    ("Amara Diallo", "founded", {"polarity": "negated"}, "asserted", False),
    ("Kenji Watanabe", "spokeWith", {"modality": "actual"}, "asserted", True),
]  # fmt: skip


@pytest.mark.parametrize(("subject", "predicate", "changes", "field", "value"), CORRECTED)
def test_a_correction_changes_what_it_says(here, subject, predicate, changes, field, value):
    before, graph = content(), load_graph("graph")
    names = {e.id: e.name for e in graph.entities}
    (old,) = [
        s for s in graph.statements if subject in {names[s.subject], names.get(s.object)} and s.predicate == predicate
    ]
    correct("graph", old.id, changes, by="R. Ek")
    (new,) = [s for s in load_graph("graph").statements if s.id == old.id]
    assert (getattr(new, field), new.checked_by) == (value, "R. Ek")
    assert audit("graph").passed
    with_decisions = open_project("graph").read_decisions()
    assert len(with_decisions) == 1
    from kg.project import change_project

    with change_project("graph") as project:
        project.rebuild(())
    assert content() == before


def test_ends_are_corrected_and_two_that_then_say_the_same_are_one(here):
    correct("graph", the("Tomás Quiroga", "holdsRole").id, {"subject": "Amara Diallo"}, by="R. Ek")
    held = the("Amara Diallo", "holdsRole")
    assert (len(held.evidence), held.sources, held.checked_by) == (2, 2, "R. Ek")
    correct("graph", the("Tomás Quiroga", "succeeded").id, {"object": "Amara Diallo", "date": "2022"}, by="R. Ek")
    assert audit("graph").passed


def test_a_second_correction_keeps_what_the_first_changed(here):
    statement = the("Amara Diallo", "metWith").id
    correct("graph", statement, {"date": "2021-02-27"})
    correct("graph", statement, {"date": "2021-02-28"})
    correct("graph", statement, {"place": "Dakar"})
    assert len(open_project("graph").read_decisions()) == 1
    assert the("Amara Diallo", "metWith").date == "2021-02-28"


def test_a_statement_is_added_with_its_quote(here, kg):
    before = content()
    code, out, err = kg(
        "state", "graph", "Kenji Watanabe", "metWith", "Ilse Brandt", "-d", "harbour", "-q", QUOTE, "--date", "2021-03",
        "--by", "R. Ek",
    )  # fmt: skip
    assert (code, err) == (0, ""), out
    added = next(s for s in load_graph("graph").statements if s.predicate == "metWith" and s.date == "2021-03")
    (evidence,) = added.evidence
    text = load_graph("graph").documents[0].text
    assert {text[slice(*evidence.subject)], text[slice(*evidence.object)]} == {"Kenji Watanabe", "Ilse Brandt"}
    assert (evidence.text, evidence.extractor, added.checked_by) == (QUOTE, "hand", "R. Ek")
    assert audit("graph").passed
    assert kg("decisions", "graph", "--undo", "1")[0] == 0
    assert content() == before


REFUSED = [
    (lambda: state("graph", "Kenji Watanabe", "metWith", "Ilse Brandt", document="harbour", quote="They met."), "word by word"),
    (lambda: state("graph", "Kenji Watanabe", "metWith", "Ilse Brandt", document="porto", quote=QUOTE), "'porto'"),
    (lambda: state("graph", "Kenji Watanabe", "killed", "Dakar", document="harbour", quote=QUOTE), "the object of killed"),
    (lambda: correct("graph", the("Amara Diallo", "founded").id, {"object": "Ilse Brandt"}), "the object of founded"),
    (lambda: correct("graph", the("Amara Diallo", "founded").id, {"date": "last May"}), "no ISO date"),
    (lambda: correct("graph", the("Amara Diallo", "holdsRole").id, {"status": "gone"}), "status cannot be"),
    (lambda: state("graph", "Kenji Watanabe", "metWitH", "Ilse Brandt", document="harbour", quote=QUOTE), "no relation 'metWitH'; one is metWith"),
    (lambda: correct("graph", the("Amara Diallo", "founded").id, {"title": "boss", "status": "former"}), "no status and no title"),
    (lambda: correct("graph", the("Amara Diallo", "founded").id, {"offence": "fraud"}), "founded has no offence"),
    (lambda: correct("graph", the("Amara Diallo", "holdsRole").id, {"start": "2017", "end": "2012-05"}), "before it begins"),
    (lambda: correct("graph", "nonsense", {"date": "2020"}), "give no statement"),
    (lambda: retype("graph", "Dakar", "City"), "Person, Organization or Place"),
    (lambda: rename("graph", "Dakar", " "), "empty"),
    (lambda: rename("graph", "Kenji Watanabe", "Ilse Brandt"), "person/ilse-brandt> already: `kg merge`"),
    (lambda: rename("graph", "Kenji Watanabe", " ILSE  brandt"), "`kg merge`"),
    (lambda: reject("graph"), "which statement"),
]  # fmt: skip


@pytest.mark.parametrize(("decide", "why"), REFUSED)
def test_what_cannot_be_is_refused_and_nothing_changes(here, decide, why):
    before = content()
    with pytest.raises(UsageError, match=why):
        decide()
    assert content() == before
    assert not Path("articles/kg-decisions.jsonl").exists()


def test_entities_are_renamed_retyped_and_dropped(here, kg):
    before = content()
    assert kg("rename", "graph", "Port of Lomé", "Autonomous Port of Lomé")[0] == 0
    port = next(e for e in load_graph("graph").entities if e.name == "Autonomous Port of Lomé")
    assert "Port of Lomé" in port.aliases
    assert kg("retype", "graph", "Sahel Freight", "Person")[0] == 0
    assert not any(p == "founded" for _, p, _ in said())  # nobody founds a person
    assert kg("drop", "graph", "Dakar")[0] == 0
    graph = load_graph("graph")
    assert "Dakar" not in {e.name for e in graph.entities}
    assert next(s for s in graph.statements if s.predicate == "metWith").place is None
    assert audit("graph").passed
    assert kg("decisions", "graph", "--undo", "1", "--undo", "2", "--undo", "3")[0] == 0
    assert content() == before


def test_a_renamed_entity_is_dropped_and_comes_back_renamed(here, kg):
    rename("graph", "Ilse Brandt", "Ilse Brandt-Sow")
    retype("graph", "Dakar", "Organization")
    before = content()
    drop("graph", "Ilse Brandt-Sow")
    drop("graph", "Dakar")
    assert not {"Ilse Brandt", "Ilse Brandt-Sow", "Dakar"} & {e.name for e in load_graph("graph").entities}
    assert audit("graph").passed
    code, _, err = kg("rename", "graph", "Ilse Brandt-Sow", "Ilse Sow")
    assert (code, "Ilse Brandt-Sow was dropped" in err) == (2, True)
    assert kg("decisions", "graph", "--undo", "3", "--undo", "4")[0] == 0
    assert content() == before


def test_two_that_were_renamed_are_one_with_both_names(here, kg):
    rename("graph", "Ilse Brandt", "Ilse Brandt-Sow")
    rename("graph", "Amara Diallo", "Amara Sow")
    before = content()
    assert kg("merge", "graph", "Ilse Brandt-Sow", "Amara Sow")[0] == 0
    one = next(e for e in load_graph("graph").entities if "Amara Diallo" in e.aliases)
    assert one.name == "Amara Sow"  # two articles name her, one the other
    assert {"Ilse Brandt-Sow", "Ilse Brandt", "Amara Diallo"} == set(one.aliases)
    assert audit("graph").passed
    merged = content()
    rename("graph", "Ilse Brandt-Sow", "Amara Brandt")  # a word on the one that they now are
    assert "Amara Brandt" in {e.name for e in load_graph("graph").entities}
    assert kg("decisions", "graph", "--undo", "4")[0] == 0
    assert content() == merged
    assert kg("decisions", "graph", "--undo", "3")[0] == 0
    assert content() == before


def test_what_got_a_name_gets_another_when_more_articles_name_it(here):
    told = [NamedIn(document, "Amara Diallo") for document in ("harbour", "inquiry")]
    one, both = (
        Edit(kind=EditKind.RENAME, subject=tuple(subject), sets=(("name", name),))
        for subject, name in ((told[:1], "Amara Sow"), (told, "Amara Ba"))
    )
    other = replace(one, subject=(told[0], NamedIn("harbour", "Kenji Watanabe")))
    project = open_project("graph")
    for decisions in ((one, both), (both, one)):
        graph = integrate(project.documents, [*project.extractions.values()], decisions=decisions)
        assert "Amara Ba" in {e.name for e in graph.entities}
    with pytest.raises(UsageError, match="contradict"):
        integrate(project.documents, [*project.extractions.values()], decisions=(both, other))


def test_two_of_two_types_by_the_user_are_not_one(here):
    retype("graph", "Ilse Brandt", "Organization")
    retype("graph", "Kenji Watanabe", "Place")
    before = content()
    with pytest.raises(UsageError, match=r"retype: .*retype: "):
        merge("graph", "Ilse Brandt", "Kenji Watanabe")
    assert content() == before


def test_a_name_may_be_that_of_another_type_or_one_that_is_given_up(here):
    rename("graph", "Kenji Watanabe", "Dakar")
    rename("graph", "Ilse Brandt", "Ilse Brandt-Sow")
    with pytest.raises(UsageError, match="ilse-brandt> already"):
        rename("graph", "Amara Diallo", "Ilse Brandt-Sow")
    rename("graph", "Amara Diallo", "Ilse Brandt")
    assert {"Dakar", "Ilse Brandt", "Ilse Brandt-Sow"} <= {e.name for e in load_graph("graph").entities}


def answer(monkeypatch, *lines):
    import io

    monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{line}\n" for line in lines)))


def test_statements_are_reviewed_one_by_one(here, kg, monkeypatch):
    before = content()
    answer(monkeypatch, "right", "wrong", "maybe", "unsure", "undo", "wrong", "quit")
    code, out, err = kg("review", "graph", "--statements", "--by", "R. Ek")
    assert (code, err) == (0, "")
    assert "1 of 7, confidence 0.80" in out
    assert "Type r, w, u, z or q and press Enter." in out
    assert "Taken back: reject: " in out
    assert "Decisions: 2 in articles/kg-decisions.jsonl" in out
    graph = load_graph("graph")
    assert sorted(s.checked_by for s in graph.statements) == ["", "", "", "", "", "", "R. Ek"]
    assert audit("graph").passed
    answer(monkeypatch, "undo", "unsure", "q")
    assert "There is no decision of this session" in kg("review", "graph", "--statements")[1]
    assert kg("decisions", "graph", "--undo", "1", "--undo", "2")[0] == 0
    assert content() == before
    answer(monkeypatch)
    assert "Nothing was decided" in kg("review", "graph", "--statements", "--limit", "1")[1]


def test_pairs_and_statements_are_decided_side_by_side(here, kg, monkeypatch):
    confirm("graph", the("Amara Diallo", "founded").id)
    assert kg("merge", "graph", "Ilse Brandt", "Tomás Quiroga")[0] == 0
    assert the("Amara Diallo", "founded").checked_by
    assert kg("split", "graph", "Amara Diallo", "-d", "inquiry")[0] == 0
    assert the("Amara Diallo", "founded").checked_by  # it follows the name of its article
    assert audit("graph").passed


CONTRADICTORY = [
    (lambda: reject("graph", the("Amara Diallo", "founded").id), lambda: confirm("graph", FOUNDED[0]), "reject: .*confirm: "),
    (lambda: drop("graph", "Dakar"), lambda: rename("graph", "Dakar", "Dakar City"), "was dropped"),
    (lambda: drop("graph", "Sahel Freight"), lambda: confirm("graph", FOUNDED[0]), "drop: .*confirm: "),
    (
        lambda: state("graph", "Amara Diallo", "metWith", "Kenji Watanabe", document="harbour", quote=QUOTE),
        lambda: reject("graph", subject="Amara Diallo", object_="Kenji Watanabe"),
        "reject: .*add: ",
    ),
]  # fmt: skip
FOUNDED: list[str] = []


@pytest.mark.parametrize(("first", "second", "why"), CONTRADICTORY)
def test_contradictory_decisions_are_refused_by_name(here, first, second, why):
    FOUNDED[:] = [the("Amara Diallo", "founded").id]
    first()
    before = content()
    with pytest.raises(UsageError, match=why):
        second()
    assert content() == before


def test_what_no_article_says_any_more_is_told(here, kg):
    confirm("graph", the("Amara Diallo", "founded").id)
    code, _, err = kg("remove", "graph", "inquiry", "-q")
    assert code == 0
    assert (
        "decision not used, no article names this any more: confirm: Amara Diallo (inquiry) founded Sahel Freight (inquiry)"
        in err
    )


@pytest.mark.parametrize(
    "line",
    [
        '{"verdict": "reject", "subject": []}',
        '{"verdict": "reject", "subject": [{"document": "x", "name": "y"}], "predicate": "likes"}',
        '{"verdict": "confirm", "subject": [{"document": "x", "name": "y"}]}',
        '{"verdict": "correct", "subject": [{"document": "x", "name": "y"}], "predicate": "metWith"}',
        '{"verdict": "correct", "subject": [{"document": "x", "name": "y"}], "predicate": "metWith", "set": {"mood": "x"}}',
        '{"verdict": "add", "subject": [{"document": "x", "name": "y"}], "predicate": "metWith"}',
        '{"verdict": "reject", "subject": [{"document": "x", "name": "y"}], "which": {"title": 3}}',
        '{"verdict": "burn", "subject": [{"document": "x", "name": "y"}]}',
    ],
)
def test_a_line_that_is_no_decision_is_named(here, line):
    Path("articles/kg-decisions.jsonl").write_text(line + "\n")
    with pytest.raises(UsageError, match=r"kg-decisions.jsonl:1 is no decision"):
        open_project("graph").read_decisions()


# 500 random sequences of decisions of all kinds, each taken back in a random order


class World:
    """A build in memory: its decisions go through their file, its files are bytes."""

    def __init__(self, where: Path) -> None:
        self.project = open_project(where / "graph")
        self.desk = Desk(self.project)
        self.graph = self.desk.graph
        self.file = where / "random.jsonl"
        self.choices = defaultdict(list)
        for choice in (*self._edits(), *self._pairs()):
            self.choices[choice.kind if isinstance(choice, Edit) else choice.verdict].append(choice)

    def _pairs(self):
        """Whatever two of one type are one, two or perhaps one, and an entity is two of two articles."""
        named = {entity: self.desk.names(entity.id) for entity in self.graph.entities}
        for a, b in combinations(self.graph.entities, 2):
            if a.type is b.type:
                yield from (Decision(verdict=verdict, a=named[a], b=named[b]) for verdict in Verdict)
        for one, *others in named.values():
            if others:
                yield Decision(verdict=Verdict.DIFFERENT, a=(one,), b=tuple(others))

    def _edits(self):
        quotes = [(d.id, s) for d in self.graph.documents for s in (d.text[:36], d.text[37:90])]
        for statement in self.graph.statements:
            for kind in (EditKind.REJECT, EditKind.CONFIRM):
                yield self.desk.on(kind, statement, by="A", on="2026-01-02")
            for sets in (
                (("status", "former"),),
                (("date", "2020"),),
                (("modality", "possible"),),
                (("title", "boss"),),
            ):
                yield self.desk.on(EditKind.CORRECT, statement, sets=sets, by="B")
            for entity in self.graph.entities:
                yield self.desk.on(EditKind.CORRECT, statement, ends=(("object", self.desk.names(entity.id)),), by="C")
        for entity in self.graph.entities:
            names = self.desk.names(entity.id)
            yield Edit(kind=EditKind.DROP, subject=names)
            for name in ("Somebody Else", f"New {entity.name}"):
                yield Edit(kind=EditKind.RENAME, subject=names, sets=(("name", name),))
            for type_ in ("Organization", "Place"):
                yield Edit(kind=EditKind.RETYPE, subject=names, sets=(("type", type_),))
            yield Edit(kind=EditKind.REJECT, subject=names, which=(("extractor", "rule:by-hand"),))
            for other in self.graph.entities:
                for document, quote in quotes[:2]:
                    for predicate in ("metWith", "visited"):
                        fields = {"document": document, "quote": quote, "by": "D"}
                        yield Edit(kind=EditKind.ADD, subject=names, predicate=predicate, object=self.desk.names(other.id), **fields)  # fmt: skip

    def files(self, decisions) -> dict[str, bytes]:
        write_decisions(self.file, decisions)
        decisions = read_decisions(self.file)
        graph = integrate(self.project.documents, [*self.project.extractions.values()], decisions=decisions)
        turtle = to_turtle(graph, base_iri=self.project.settings.base_iri)
        return build_files(graph, turtle=turtle, page="")


@pytest.fixture(scope="module")
def world(written, tmp_path_factory) -> World:
    import shutil

    where = tmp_path_factory.mktemp("world") / "desk"
    shutil.copytree(written, where)
    return World(where)


COUNT = st.shared(st.integers(1, 7), key="count")


@settings(max_examples=500, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_random_sequences_of_decisions_are_undone_byte_for_byte(world, data):
    before = world.files(())
    assert not world.file.exists()
    decisions: tuple = ()
    after = {decisions: before}
    for number in range(data.draw(COUNT)):
        choices = world.choices[data.draw(st.sampled_from(sorted(world.choices)), label=f"kind {number}")]
        edit = choices[data.draw(st.integers(0, len(choices) - 1), label=f"choice {number}")]
        grown = add_decision(decisions, edit)
        try:
            after[grown] = world.files(grown)
        except KgError:  # contradictory, or no statement of the ontology: refused
            assert world.files(decisions) == after[decisions]
            continue
        decisions = grown
    shuffled = tuple(data.draw(st.permutations(decisions)))
    assert world.files(shuffled) == after[decisions]
    while decisions:  # the last first: each step back is what was there
        decisions = decisions[:-1]
        if decisions in after:
            assert world.files(decisions) == after[decisions]
    assert world.files(decisions) == before


def test_a_renamed_entity_is_marked_as_checked_everywhere(here, kg):
    assert kg("rename", "graph", "Sahel Freight", "Sahel Freight Ltd.", "--by", "R. Ek")[0] == 0
    (entity,) = [e for e in load_graph("graph").entities if e.name == "Sahel Freight Ltd."]
    assert (entity.checked_by, bool(entity.checked_on)) == ("R. Ek", True)
    assert '"checkedBy": "R. Ek"' in Path("graph/entities.jsonl").read_text(encoding="utf8")
    turtle = Path("graph/graph.ttl").read_text(encoding="utf8")
    assert 'kg:checkedBy "R. Ek"' in turtle.partition("organization:sahel-freight a")[2].partition(" .\n")[0]
    assert '"checked":"R. Ek, ' in Path("graph/graph.html").read_text(encoding="utf8")
    assert "checked by R. Ek" in kg("explain", "graph", "Sahel Freight Ltd.")[1]
    query = "SELECT ?who { ?x rdfs:label 'Sahel Freight Ltd.' ; kg:checkedBy ?who }"
    assert kg("query", "graph", query, "--format", "csv")[1].split() == ["who", "R.", "Ek"]
    assert audit("graph").passed
    assert kg("decisions", "graph", "--undo", "1")[0] == 0
    assert "checkedBy" not in Path("graph/entities.jsonl").read_text(encoding="utf8")


def test_an_added_statement_is_marked_in_the_flat_table(here, kg):
    state("graph", "Kenji Watanabe", "spokeWith", "Ilse Brandt", document="harbour", quote=QUOTE, by="R. Ek")
    table = kg("query", "graph", "--named", "statements", "--format", "csv")[1]
    (row,) = [line for line in table.splitlines() if "R. Ek" in line]
    assert row.startswith(("Ilse Brandt,spokeWith,Kenji Watanabe", "Kenji Watanabe,spokeWith"))


BY_NAME = [
    ("merge", "graph", "NAME", "Ilse Brandt"),
    ("split", "graph", "NAME", "--document", "harbour"),
    ("rename", "graph", "NAME", "Amara Sow"),
    ("retype", "graph", "NAME", "Organization"),
    ("reject", "graph", "--subject", "NAME"),
    ("state", "graph", "NAME", "metWith", "Ilse Brandt", "--document", "harbour", "--quote", QUOTE),
    ("explain", "graph", "NAME"),
    ("explain-match", "graph", "NAME", "Ilse Brandt"),
    ("path", "graph", "NAME", "Kenji Watanabe"),
    ("view", "graph", "--no-open", "--focus", "NAME"),
    ("dossier", "graph", "NAME"),
    ("query", "graph", "--named", "roles", "--param", "person=NAME"),
    ("ask", "graph", "who met NAME?"),
]


@pytest.mark.parametrize("name", ["Amara Diallo", "Nana Touré"])
@pytest.mark.parametrize("command", BY_NAME, ids=lambda command: command[0])
def test_who_was_renamed_is_found_by_either_name(here, kg, command, name):
    assert kg("rename", "graph", "Amara Diallo", "Nana Touré")[0] == 0
    code, _, err = kg(*(word.replace("NAME", name) for word in command))
    assert (code, err) == (0, "")


@pytest.mark.parametrize("command", BY_NAME, ids=lambda command: command[0])
def test_who_was_dropped_is_said_to_be(here, kg, command):
    assert kg("drop", "graph", "Amara Diallo")[0] == 0
    code, _, err = kg(*(word.replace("NAME", "Amara Diallo") for word in command))
    assert code == 2
    decides = command[0] in {"merge", "split", "rename", "retype", "reject", "state", "explain-match"}
    assert ("was dropped" in err) == decides
    assert decides or "no entity is called" in err


def test_a_merge_is_of_what_articles_say(here, kg):
    assert kg("retype", "graph", "Port of Lomé", "Person")[0] == 0
    code, _, err = kg("merge", "graph", "Port of Lomé", "Kenji Watanabe")
    assert code == 2
    assert "articles have Port of Lomé as Organization and Kenji Watanabe as Person" in err


@pytest.mark.parametrize("name", ["", "  ", "Ada\x1b[2J", "Ada\nLin", "Ada\u202eLin"])
def test_a_name_can_be_seen(here, name):
    with pytest.raises(UsageError, match=r"the new name is empty|cannot be seen"):
        rename("graph", "Amara Diallo", name)


def test_what_cannot_be_meant_is_no_error_of_kg(here, kg):
    code, _, err = kg("reject", "graph", "--subject", "Amara Diallo", "--predicate", "metwith")
    assert (code, "there is no relation 'metwith'; one is metWith" in err) == (2, True)
    added = ("state", "graph", "Amara Diallo", "metWith", "Ilse Brandt", "--document", "harbour", "--quote")
    assert (kg(*added, " ")[0], kg(*added, "")[0]) == (2, 2)


def test_all_that_one_relation_tells_of_somebody_is_rejected(here, kg):
    for name, predicate in (("Kenji Watanabe", "metWith"), ("Tomás Quiroga", "holdsRole"), ("Amara Diallo", "bornOn")):
        assert kg("reject", "graph", "--subject", name, "--predicate", predicate)[0] == 0
    assert {p for _, p, _ in said()} == {"holdsRole", "spokeWith", "succeeded", "founded"}
    assert ("Amara Diallo", "holdsRole", "Port of Lomé") in said()
    assert ("Tomás Quiroga", "holdsRole", "Port of Lomé") not in said()
