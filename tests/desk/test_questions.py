"""Questions in English: which are understood, what they find, and what is said of the others."""

import json
from pathlib import Path

import pytest

from kg.desk.questions import examples, understand
from kg.errors import UnknownEntityError, UsageError
from kg.mapping import prefixes, to_quads
from kg.model import PREDICATES, Document, Entity, EntityType, Evidence, Graph, Statement
from kg.store import Store, open_source

FOUND = [
    ("who met Kenji Watanabe?", "who", ["Amara Diallo"]),
    ("Whom did Amara Diallo meet", "who", ["Kenji Watanabe"]),
    ("who met Kenji Watanabe in March 2021?", "who", ["Amara Diallo"]),
    ("who met Kenji Watanabe on 1 March 2021?", "who", ["Amara Diallo"]),
    ("who met Kenji Watanabe on March 1, 2021?", "who", ["Amara Diallo"]),
    ("who met Kenji Watanabe in 2021", "who", ["Amara Diallo"]),
    ("who met Kenji Watanabe since 2020?", "who", ["Amara Diallo"]),
    ("who met Kenji Watanabe between 2020 and 2022?", "who", ["Amara Diallo"]),
    ("who met Kenji Watanabe before April 2021?", "who", ["Amara Diallo"]),
    ("who met Kenji Watanabe in April 2021?", "who", []),
    ("who met Kenji Watanabe before March 2021?", "who", []),
    ("who met Kenji Watanabe after March 2021?", "who", []),
    ("who met Kenji Watanabe in Dakar?", "who", ["Amara Diallo"]),
    ("who met Kenji Watanabe in Dakar in March 2021?", "who", ["Amara Diallo"]),
    ("when did Amara Diallo meet Kenji Watanabe?", "date", ["2021-03-01"]),
    ("where did Kenji Watanabe and Amara Diallo meet?", "place", ["Dakar"]),
    ("did Kenji Watanabe speak with Ilse Brandt?", "says", ["denied"]),
    ("has Kenji Watanabe met Amara Diallo?", "says", ["stated"]),
    ("who is the mayor of Dakar?", "who", ["Ilse Brandt"]),
    ("who was chair of the Port of Lomé", "who", ["Amara Diallo", "Tomás Quiroga"]),
    ("who was chair of Port of Lomé in 2022", "who", ["Tomás Quiroga"]),
    ("who is Tomás Quiroga?", "title", ["chair"]),
    ("which posts did Amara Diallo hold?", "title", ["chair"]),
    ("who works for Port of Lomé", "who", ["Amara Diallo", "Tomás Quiroga"]),
    ("who succeeded Amara Diallo", "who", ["Tomás Quiroga"]),
    ("whom did Tomás Quiroga succeed", "who", ["Amara Diallo"]),
    ("who founded Sahel Freight?", "who", ["Amara Diallo"]),
    ("what did Amara Diallo found?", "who", ["Sahel Freight"]),
    ("when was Amara Diallo born?", "other", ["1970-05-04"]),
    ("how are Tomás Quiroga and Amara Diallo connected?", "relation", ["succeeded"]),
    ("tell me about Sahel Freight", "relation", ["founded"]),
    ("who killed Amara Diallo?", "who", []),
    ("who leads Dakar?", "who", ["Ilse Brandt"]),
    ("who heads Port of Lomé?", "who", ["Amara Diallo", "Tomás Quiroga"]),
    ("who led Port of Lomé in 2022?", "who", ["Tomás Quiroga"]),
    ("who is in charge of Port of Lomé", "who", ["Amara Diallo", "Tomás Quiroga"]),
    ("who chairs Port of Lomé?", "who", ["Amara Diallo", "Tomás Quiroga"]),
    ("what does Ilse Brandt run?", "other", ["Dakar"]),
    ("does Ilse Brandt run Dakar?", "says", ["stated"]),
    ("who is the chairman of Port of Lomé?", "who", ["Amara Diallo", "Tomás Quiroga"]),
    ("who is Dakar's mayor?", "who", ["Ilse Brandt"]),
    ("Who’s the mayor of Dakar?", "who", ["Ilse Brandt"]),
    ("who was mayor in 2021?", "one", ["Ilse Brandt"]),
    ("is Ilse Brandt mayor?", "says", ["stated"]),
    ("is Ilse Brandt the mayor of Dakar?", "says", ["stated"]),
    ("was Kenji Watanabe mayor of Dakar?", "says", []),
    ("when did Ilse Brandt become mayor?", "title", ["mayor"]),
    ("who does Amara Diallo work for?", "other", ["Port of Lomé"]),
    ("which organizations does Amara Diallo belong to?", "other", ["Port of Lomé"]),
    ("does Tomás Quiroga work for Port of Lomé?", "says", ["stated"]),
    ("who was Tomás Quiroga's predecessor?", "who", ["Amara Diallo"]),
    ("who is the successor of Amara Diallo?", "who", ["Tomás Quiroga"]),
    ("did Tomás Quiroga succeed Amara Diallo?", "says", ["stated"]),
    ("was Amara Diallo replaced by Tomás Quiroga?", "says", ["stated"]),
    ("did Amara Diallo found Sahel Freight?", "says", ["stated"]),
    ("was Sahel Freight founded?", "says", ["stated"]),
    ("by whom was Sahel Freight founded?", "who", ["Amara Diallo"]),
    ("which companies did Amara Diallo found?", "who", ["Sahel Freight"]),
    ("what was founded by Amara Diallo", "who", ["Sahel Freight"]),
    ("when and where was Amara Diallo born?", "other", ["1970-05-04"]),
    ("is Amara Diallo dead?", "says", []),
    ("how does Tomás Quiroga know Amara Diallo?", "relation", ["succeeded"]),
    ("are Tomás Quiroga and Amara Diallo connected?", "relation", ["succeeded"]),
    ("what do we know about Sahel Freight?", "relation", ["founded"]),
    ("what is Sahel Freight?", "relation", ["founded"]),
    ("who met whom in March 2021?", "says", ["stated"]),
    ("what happened in Dakar?", "relation", ["metWith"]),
    ("what happened on 1 March 2021?", "relation", ["metWith"]),
    ("please tell me who founded Sahel Freight", "who", ["Amara Diallo"]),
    ("list everyone who works for Port of Lomé", "who", ["Amara Diallo", "Tomás Quiroga"]),
    ("show me all meetings of Kenji Watanabe", "who", ["Amara Diallo"]),
    ("who was chair of Port of Lomé before Tomás Quiroga?", "who", ["Amara Diallo"]),
    ("who chaired Port of Lomé before Quiroga", "who", ["Amara Diallo"]),
    ("who was chair after Amara Diallo?", "who", ["Tomás Quiroga"]),
    ("who took over from Amara Diallo?", "who", ["Tomás Quiroga"]),
    ("who replaced Amara Diallo as chair?", "who", ["Tomás Quiroga"]),
    ("when did Amara Diallo last meet Kenji Watanabe?", "date", ["2021-03-01"]),
    ("where did the meeting between Kenji Watanabe and Amara Diallo take place?", "place", ["Dakar"]),
    ("who did Amara Diallo meet and where?", "who", ["Kenji Watanabe"]),
    ("whom has Amara Diallo met?", "who", ["Kenji Watanabe"]),
    ("did anyone meet Kenji Watanabe?", "who", ["Amara Diallo"]),
    ("has anyone been arrested?", "says", []),
    ("did Kenji Watanabe talk to Ilse Brandt by phone?", "says", ["denied"]),
    ("what did Kenji Watanabe deny?", "relation", ["spokeWith"]),
    ("who denied knowing Ilse Brandt?", "relation", ["spokeWith"]),
    ("did President Amara Diallo meet Mr. Watanabe?", "says", ["stated"]),
    ("what year was Amara Diallo born?", "other", ["1970-05-04"]),
    ("what is Amara Diallo's date of birth?", "other", ["1970-05-04"]),
    ("where was Amara Diallo born and when?", "other", ["1970-05-04"]),
    ("who was born in 1970?", "one", ["Amara Diallo"]),
    ("who was born in 1971?", "one", []),
    ("who died in 2021?", "one", []),
    ("where did Amara Diallo die?", "place", []),
    ("was Sahel Freight sold?", "who", []),
    ("which mayors does Dakar have?", "who", ["Ilse Brandt"]),
    ("who holds the post of mayor of Dakar?", "who", ["Ilse Brandt"]),
    ("who is the new mayor of Dakar?", "who", ["Ilse Brandt"]),
    ("who is the former mayor of Dakar?", "who", []),
    ("who was named mayor?", "one", ["Ilse Brandt"]),
    ("how long has Ilse Brandt been mayor?", "title", ["mayor"]),
    ("when did Ilse Brandt stop being mayor of Dakar?", "title", ["mayor"]),
    ("list the mayors of Dakar", "who", ["Ilse Brandt"]),
    ("who resigned?", "one", []),
    ("what job does Ilse Brandt have in Dakar?", "title", ["mayor"]),
    ("what links Tomás Quiroga to Amara Diallo?", "relation", ["succeeded"]),
    ("what happened between Tomás Quiroga and Amara Diallo?", "relation", ["succeeded"]),
    ("tell me everything about Sahel Freight", "relation", ["founded"]),
    ("who is linked to Sahel Freight?", "relation", ["founded"]),
    ("is Amara Diallo married?", "says", []),
    ("does Amara Diallo have any siblings?", "who", []),
    ("who will visit Dakar?", "says", []),
    ("is Kenji Watanabe going to visit Dakar?", "says", []),
    ("what is planned by Kenji Watanabe?", "says", []),
    ("which meetings did Kenji Watanabe have in March 2021?", "who", ["Amara Diallo"]),
    ("how often did Kenji Watanabe meet Amara Diallo?", "date", ["2021-03-01"]),
    ("who succeeded whom?", "one", ["Tomás Quiroga"]),
    ("who was in Dakar?", "one", ["Ilse Brandt"]),
    ("was Amara Diallo in Dakar?", "says", []),
    ("who comes from Dakar?", "who", []),
    ("whose successor is Tomás Quiroga?", "who", ["Amara Diallo"]),
    ("what is Ilse Brandt mayor of?", "other", ["Dakar"]),
    ("what does Ilse Brandt do for a living?", "title", ["mayor"]),
    ("when did Ilse Brandt take office?", "title", ["mayor"]),
    ("who used to be mayor of Dakar?", "who", []),
    ("who speaks for Port of Lomé?", "who", []),
    ("who took Port of Lomé to court?", "who", []),
    ("who gave money to Sahel Freight?", "who", []),
    ("was Ilse Brandt convicted of anything?", "says", []),
    ("which union does Amara Diallo belong to?", "other", ["Port of Lomé"]),
]  # fmt: skip


@pytest.fixture(scope="module")
def source(written):
    return open_source(str(written / "graph"))


@pytest.mark.parametrize(("question", "column", "answers"), FOUND)
def test_what_is_asked_is_found(source, question, column, answers):
    result = source.query(understand(question, source).sparql)
    at = result.columns.index(column)
    assert sorted({str(row[at]) for row in result.table()}) == answers


@pytest.mark.parametrize("example", examples())
def test_each_form_reads_its_own_example(example):
    class Anybody:
        def find(self, name):
            return f"https://kg.example/person/{name.replace(' ', '-')}"

    from kg.desk.grammar import read_grammar

    asked = understand(example, Anybody())
    form = next(form for form in read_grammar().forms if form.example == example)
    assert asked.means.startswith(form.means.split("{")[0])


def test_every_relation_has_a_question():
    from kg.desk.grammar import read_grammar

    assert {name for form in read_grammar().forms for name in form.predicates} >= set(PREDICATES)


@pytest.mark.parametrize(
    ("question", "means"),
    [
        ("who charged Ilse Brandt?", "who charged Ilse Brandt"),
        ("what was Ilse Brandt accused of?", "whether and with what Ilse Brandt is charged"),
        ("has Ilse Brandt been convicted?", "whether Ilse Brandt is convicted or acquitted"),
        ("was Ilse Brandt found not guilty?", "whether Ilse Brandt is convicted or acquitted"),
        ("Is Ilse Brandt under sanctions?", "whether and by whom Ilse Brandt is under sanctions"),
        ("did Amara Diallo pay Ilse Brandt in 2021?", "whether Amara Diallo paid or funded Ilse Brandt in 2021"),
        ("who owns Sahel Freight?", "who owns or bought Sahel Freight, and what it is part of"),
        ("who was convicted?", "who is convicted or acquitted of what"),
        ("Who has been charged since 2020?", "who is charged with what since 2020"),
        ("who has been charged with fraud?", "who is charged with what (fraud)"),
        ("what crimes is Ilse Brandt accused of?", "whether and with what Ilse Brandt is charged"),
        ("is Ilse Brandt in prison?", "whether and by whom Ilse Brandt is arrested or held"),
        ("who was detained in Dakar?", "who is arrested or held for what in Dakar"),
        ("whom did Ilse Brandt endorse?", "whom Ilse Brandt endorsed"),
    ],
)
def test_charges_money_and_support_are_asked_for(source, question, means):
    asked = understand(question, source)
    assert asked.means == means
    assert ("?offence" in asked.sparql.split("WHERE")[0]) == (
        any(word in means for word in ("charged", "convict", "sanct", "arrest"))
    )
    assert source.query(asked.sparql).table() is not None


OWNED = [
    ("who owns Tarn Metals?", {("Corvus", "owns"), ("Northern Group", "partOf")}),
    ("who owned Corvus?", {("Nils Aho", "acquired")}),
    ("what does Corvus own?", {("Tarn Metals", "owns")}),
    ("what does Northern Group own", {("Tarn Metals", "partOf")}),
    ("what does Nils Aho own?", {("Corvus", "acquired")}),
    ("who owns Nils Aho?", set()),
]


@pytest.mark.parametrize(("question", "found"), OWNED)
def test_who_owns_what_is_read_of_either_end(question, found):
    kinds = {
        "Tarn Metals": "Organization",
        "Corvus": "Organization",
        "Northern Group": "Organization",
        "Nils Aho": "Person",
    }
    iris = {name: f"https://kg.example/x/{name.replace(' ', '-')}" for name in kinds}
    entities = tuple(Entity(id=iris[name], type=EntityType(kind), name=name) for name, kind in kinds.items())
    quote = Evidence(document="d", start=0, end=2, text="So", subject=(0, 2), object=(0, 2), extractor="x")
    told = [
        ("Corvus", "owns", "Tarn Metals"),
        ("Tarn Metals", "partOf", "Northern Group"),
        ("Nils Aho", "acquired", "Corvus"),
    ]
    statements = tuple(
        Statement(id=f"https://kg.example/statement/{n}", subject=iris[s], predicate=p, object=iris[o], evidence=(quote,))
        for n, (s, p, o) in enumerate(told)
    )  # fmt: skip
    graph = Graph(documents=(Document(id="d", text="So"),), entities=entities, statements=statements)
    base = "https://kg.example/"
    source = Store.of(to_quads(graph, base_iri=base), prefixes=prefixes(base), path=Path("graph"))
    result = source.query(understand(question, source).sparql)
    rows = {(row[result.columns.index("who")], row[result.columns.index("relation")]) for row in result.table()}
    assert rows == found


@pytest.mark.parametrize(
    "question",
    ["", "?", "who said that?", "why did Ilse Brandt resign?", "how much did Amara Diallo earn?",
     "why is the sky blue?", "who will win the election?", "met who when", "x" * 400,
     "SELECT * { ?s ?p ?o }", "who met }; DROP ALL #"],
)  # fmt: skip
def test_what_is_not_understood_is_said(source, question):
    with pytest.raises((UsageError, UnknownEntityError), match=r"not understood|at most 300|no entity is called"):
        understand(question, source)


@pytest.mark.parametrize("question", ["who met Ilse Brandt last week?", "what happened yesterday?"])
def test_a_time_that_is_no_date_is_said(source, question):
    with pytest.raises(UsageError, match="is no date: ask like 'in May 2020'"):
        understand(question, source)


def test_a_name_that_nobody_has_is_said(source):
    with pytest.raises(UnknownEntityError, match="Amara Dialo"):
        understand("who met Amara Dialo Jr?", source)


def test_the_command_shows_what_it_understood_and_asked(here, kg):
    code, out, err = kg("ask", "graph", "who met Kenji Watanabe in March 2021?")
    assert (code, err) == (0, "")
    assert out.startswith("Understood: who met Kenji Watanabe in March 2021\n\n    SELECT ?who ?date")
    assert "Amara Diallo" in out.rpartition("ORDER BY")[2]
    rows = json.loads(kg("ask", "graph", "who founded Sahel Freight?", "--format", "json")[1])
    assert rows["results"]["bindings"][0]["who"]["value"] == "Amara Diallo"
    assert kg("ask", "graph", "who killed Ilse Brandt?")[0] == 1
    assert kg("ask", "graph", "who was mayor of Dakar?", "--as-of", "2020")[0] == 1
    assert len(kg("ask", "--list")[1].splitlines()) == len(examples())
    code, _, err = kg("ask", "graph", "how tall is Ilse Brandt?")
    assert code == 2
    assert "is not understood: ask like " in err
    assert "; `kg ask --list` shows every form" in err
    assert kg("ask", "graph")[0] == 2
