import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kg.errors import InputError, UsageError
from kg.mapping import read_turtle
from kg.model import AuthorityRecord, Claim, EntityType, Extraction, LocalEntity, Mention, MentionKind
from kg.resolution import read_authority, resolve
from tests.graphs import quoted

P, L = EntityType.PERSON, EntityType.PLACE
BASE = "https://kg.example/"
SALAMI = AuthorityRecord(id="http://x.example/1", type=P, name="Hossein Salami", aliases=("Salami",))


def local(name: str, type_: EntityType = P) -> LocalEntity:
    return LocalEntity(type=type_, name=name, mentions=(Mention(0, 5, MentionKind.NAME),))


def senator() -> Extraction:
    evidence = quoted("x", (0, 1), document="s")
    claim = Claim(subject=0, predicate="holdsRole", object=1, title="senator", evidence=evidence)
    return Extraction(document="s", entities=(local("John Miller"), local("Peru", L)), claims=(claim,))


def linked(*extractions: Extraction, authority: list[AuthorityRecord], adopt: bool = False) -> dict[str, tuple]:
    found = resolve(extractions, base_iri=BASE, authority=authority, adopt_iris=adopt)
    return {e.name: (e.id, e.same_as) for e in found.entities}


def test_a_full_name_links_and_may_adopt_the_iri() -> None:
    article = Extraction(document="a", entities=(local("Hossein Salami"),))
    assert linked(article, authority=[SALAMI]) == {
        "Hossein Salami": (f"{BASE}person/hossein-salami", ("http://x.example/1",))
    }
    assert linked(article, authority=[SALAMI], adopt=True) == {
        "Hossein Salami": ("http://x.example/1", (f"{BASE}person/hossein-salami",))
    }


@pytest.mark.parametrize("name", ["Salami", "Hassan Salami", "Hossein Salami Jr."])
def test_a_surname_or_another_name_does_not_link(name: str) -> None:
    assert linked(Extraction(document="a", entities=(local(name),)), authority=[SALAMI])[name][1] == ()


def test_namesakes_are_not_pulled_in() -> None:
    keeper = AuthorityRecord(
        id="http://x.example/2", type=P, name="John Miller", positions=("goalkeeper",), related=("Leeds United",)
    )
    same = AuthorityRecord(id="http://x.example/3", type=P, name="John Miller", positions=("senator",), related=("PE",))
    assert linked(senator(), authority=[keeper])["John Miller"][1] == ()
    assert linked(senator(), authority=[keeper, same])["John Miller"][1] == ("http://x.example/3",)


@pytest.mark.parametrize(
    ("position", "state", "linked_"),
    [
        ("president of the senate and senator", "PE", True),
        ("goalkeeper", "PE", False),  # the state alone is no evidence where the posts differ
        ("senator", "Chile", False),  # though the article names Chile
        ("", "Chile", False),
        ("", "Peru", True),
    ],
)
def test_a_made_up_record_needs_the_post_and_the_state_right(position: str, state: str, *, linked_: bool) -> None:
    record = AuthorityRecord(
        id="http://x.example/2", type=P, name="John Miller", positions=(position,) * bool(position), related=(state,)
    )
    article = senator()
    article = replace(article, entities=(*article.entities, local("Chile", L)))
    assert bool(linked(article, authority=[record])["John Miller"][1]) is linked_


def held(title: str, where: LocalEntity | None = None, **told: Any) -> Extraction:
    """Return an article of 2021 on John Miller, who holds a post, and is of a trade or an age."""
    evidence = quoted("x", (0, 1), document="h")
    claim = Claim(subject=0, predicate="holdsRole", object=1 if where else None, title=title, evidence=evidence)
    people = (replace(local("John Miller"), **told), *([where] if where else []))
    return Extraction(document="h", entities=people, claims=(claim,) if title else ())


def miller(**told: Any) -> AuthorityRecord:
    return AuthorityRecord(id="http://x.example/5", type=P, name="John Miller", **told)


MINISTER = {"positions": ("Minister of Defence",), "related": ("PE",)}


@pytest.mark.parametrize(
    ("article", "record", "linked_"),
    [
        # many share a name: a record that says more asks for something of it
        (held(""), miller(), True),
        (held(""), miller(related=("PE",)), False),
        (held(""), miller(born="1950-02-01"), False),
        (held(""), miller(**MINISTER), False),
        (held("defence minister"), miller(**MINISTER), True),
        (replace(held(""), entities=(local("John Miller"), local("Peru", L))), miller(related=("PE",)), True),
        # an age
        (held("", born=(1949, 1950)), miller(born="1950-02-01"), True),
        (held("", born=(1950, 1951)), miller(born="1950"), True),
        (held("", born=(1996, 1997)), miller(born="1950-02-01"), False),
        (held("defence minister", born=(1996, 1997)), miller(**MINISTER, born="1950-02-01"), False),
        # a trade
        (held("", trades=("footballer",)), miller(**MINISTER), False),
        (replace(held("", trades=("footballer",)), entities=(replace(local("John Miller"), trades=("footballer",)), local("Peru", L))), miller(**MINISTER), False),
        (held("defence minister", trades=("rower",)), miller(**MINISTER), True),  # a minister who rows
        (held("", trades=("footballer",)), miller(positions=("Footballer",)), True),
        # where a post is held
        (held("governor", local("Takora", L)), miller(positions=("Governor of Takora Region",), related=("PE",)), True),
        (held("governor", local("Takora", L)), miller(positions=("Governor of Pampas Region",), related=("PE",)), False),
        (held("chairman", local("Lumen Steel", EntityType.ORGANIZATION)), miller(positions=("Chairman of the Board, Lumen Steel",)), True),
        (held("chairman", local("Lumen Steel", EntityType.ORGANIZATION)), miller(positions=("Chairman, Takora Port",)), False),
        (held("chairman", local("Lumen Steel", EntityType.ORGANIZATION)), miller(positions=("Chairman", "Governor of Pampas")), True),
        (held("chairman", local("Lumen Steel", EntityType.ORGANIZATION)), miller(related=("PE",)), False),
    ],
)  # fmt: skip
def test_what_an_article_says_speaks_for_or_against_a_record(
    article: Extraction, record: AuthorityRecord, *, linked_: bool
) -> None:
    assert bool(linked(article, authority=[record])["John Miller"][1]) is linked_


@pytest.mark.parametrize(
    ("born", "other", "one"), [((1949, 1950), (1950, 1951), True), ((1949, 1950), (1980, 1981), False), (None, (1980, 1981), True)]
)  # fmt: skip
def test_ages_that_do_not_fit_are_two_people(born: Any, other: Any, *, one: bool) -> None:
    articles = [held("defence minister", local("Peru", L), born=born), replace(held("defence minister", local("Peru", L), born=other), document="i")]  # fmt: skip
    people = [e for e in resolve(articles, base_iri=BASE).entities if e.type is P]
    assert (len(people) == 1) is one


def test_two_records_that_fit_alike_link_nothing() -> None:
    other = AuthorityRecord(id="http://x.example/9", type=P, name="Hossein Salami")
    article = Extraction(document="a", entities=(local("Hossein Salami"),))
    assert linked(article, authority=[SALAMI, other])["Hossein Salami"][1] == ()


def test_all_formats_say_the_same(tmp_path: Path) -> None:
    csv = tmp_path / "a.csv"
    csv.write_text("id,type,name,aliases,country\nQ1,Person,Ada Lin,A. Lin;Lin,Peru\n", encoding="utf8")
    lines = tmp_path / "a.jsonl"
    record = {"id": "Q1", "type": "Person", "name": "Ada Lin", "aliases": ["A. Lin", "Lin"], "country": "Peru"}
    lines.write_text(json.dumps(record) + "\n", encoding="utf8")
    money = tmp_path / "a.json"
    properties = {"name": ["Ada Lin"], "alias": ["A. Lin", "Lin"], "country": ["Peru"]}
    entities = [{"id": "Q1", "schema": "Person", "properties": properties}, {"id": "x", "schema": "Ownership"}]
    money.write_text(json.dumps([{**e, "properties": e.get("properties", {})} for e in entities]), encoding="utf8")
    turtle = tmp_path / "a.ttl"
    turtle.write_text(
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix s: <https://schema.org/> .\n"
        '<Q1> a skos:Concept, s:Person ; skos:prefLabel "Ada Lin"@en, "林"@zh ; skos:altLabel "A. Lin", "Lin" ;'
        ' s:nationality "Peru" .',
        encoding="utf8",
    )
    expected = AuthorityRecord(id="Q1", type=P, name="Ada Lin", aliases=("A. Lin", "Lin"), related=("Peru",))
    assert [list(read_authority(path)) for path in (csv, lines, money)] == [[expected]] * 3
    (found,) = read_turtle(turtle)
    assert (found.name, found.related, set(found.aliases)) == ("Ada Lin", ("Peru",), {"A. Lin", "Lin", "林"})


TURTLE = """@prefix s: <https://schema.org/> .
<http://x.example/1> a s:Person ; s:name "Ada Lin" .
%s
<http://x.example/3> a s:Person ; s:name "Bo Ek" .
<http://x.example/4> a s:Person ; s:name "Cy Oda" .
"""


@pytest.mark.parametrize(
    ("broken", "line"),
    [
        ('<http://x.example/2> a s:Person ; s:name "Eva Roe', "line 3"),
        ("<http://x.example/2> a s:Person ; s:name Eva Roe .", "line 3"),
        ("<http://x.example/a b> a s:Person .", "line 3"),
        ('<http://x.example/2> a t:Person ; s:name "Eva Roe" .', "line 3"),
        ('<http://x.example/2> a s:Person ; s:name "Eva Roe"@@ .', "line 3"),
    ],
)
def test_a_statement_that_breaks_the_syntax_costs_no_whole_file(tmp_path: Path, broken: str, line: str) -> None:
    turtle = tmp_path / "known.ttl"
    turtle.write_text(TURTLE % broken, encoding="utf8")
    found = list(read_turtle(turtle))
    assert {r.name for r in found if isinstance(r, AuthorityRecord)} >= {"Ada Lin", "Cy Oda"}
    assert [e.where for e in found if isinstance(e, InputError)][:1] == [line]


LONG = "x" * 4_100_000
GOOD = '{"id": "1", "type": "Person", "name": "Ada Lin"}'


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.csv", "id,type,name\n1,Dragon,Smaug\n2,Person,Ada Lin\n", "line 2: type 'Dragon' is none of"),
        ("a.csv", "id,type,name\n,Person,Ada\n2,Person,Ada Lin\n", "line 2: it has no identifier"),
        ("a.csv", 'id,type,name\n1,Person,"Ada\n2,Person,Ada Lin\n', "line 2: a quotation mark in it is not closed"),
        ("a.csv", "id,type,name\n1,Person,Jos\udce9\n2,Person,Ada Lin\n", "line 2: it is not UTF-8"),
        ("a.csv", f"id,type,name\n1,Person,{LONG}\n2,Person,Ada Lin\n", "line 2: it is longer than 4,000,000"),
        ("a.csv", "sep=;\nid;type;name\n2;Person;\n2;Person;Ada Lin\n", "line 3: it has no name"),
        ("a.jsonl", '{"id": "1", "type": "Person"}\n' + GOOD, "line 1: it has no name"),
        ("a.jsonl", "{\n" + GOOD, "line 1: it is no JSON"),
        ("a.jsonl", "[" * 100_000 + "\n" + GOOD, None),  # begins like an array: no record can be told from the next
        ("a.jsonl", "\udce9\n" + GOOD, "line 1: it is no JSON in UTF-8"),
        ("a.jsonl", f'{{"id": "{LONG}"}}\n{GOOD}', "line 1: it is larger than 4,000,000"),
        ("a.jsonl", GOOD.replace("Ada Lin", "A\\ud800") + "\n" + GOOD, "line 1: it is not UTF-8"),
        ("a.json", f"[1, {GOOD}]", "record 1: it is no record"),
        ("a.json", f'[{{"id": "1", "type": "Person", "name": {{}}}}, {GOOD}]', "record 1: it has no name"),
        ("a.ftm.json", '{"id": "A", "schema": "Address", "properties": {"full": ["1 Main St"]}}\n' + GOOD, "line 1: it has no name"),
    ],
)  # fmt: skip
def test_a_bad_record_is_named_and_the_others_are_read(
    tmp_path: Path, name: str, content: str, said: str | None
) -> None:
    (tmp_path / name).write_text(content, encoding="utf8", errors="surrogateescape")
    if said is None:
        with pytest.raises(UsageError, match="is no JSON"):
            list(read_authority(tmp_path / name))
        return
    problem, record = list(read_authority(tmp_path / name))
    assert isinstance(problem, InputError) and str(problem).startswith(said)
    assert isinstance(record, AuthorityRecord) and record.name == "Ada Lin"


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.csv", "", "no field 'name'"),
        ("a.csv", "nothing\nof,use\n", "no field 'name'"),
        ("a.json", "[1", "is no JSON"),
        ("none.csv", None, "it cannot be read"),
        ("/dev/zero", None, "it is no regular file"),
    ],
)
def test_a_file_without_any_record_is_refused(tmp_path: Path, name: str, content: str | None, said: str) -> None:
    if content is not None:
        (tmp_path / name).write_text(content, encoding="utf8")
    for read in (read_authority, read_turtle) if content is None else (read_authority,):
        with pytest.raises(UsageError, match=said):
            list(read(tmp_path / name))


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ({"id": "a;b|c", "name": "Ada Lin"}, "a;b|c"),
        ({"id": 7, "name": "Ada Lin"}, "7"),
        ({"iri": ["http://x.example/a;b"], "name": "Ada Lin"}, "http://x.example/a;b"),
        ({"id": "x", "wikidataId": "Q1;Q2", "name": "Ada Lin"}, "Q1"),
        ({"id": "x", "firstName": "Ada", "lastName": "Lin"}, "x"),
        ({"id": "x", "schema": "Person", "properties": {"firstName": ["Ada"], "lastName": ["Lin"]}}, "x"),
    ],
)
def test_an_identifier_is_taken_whole_and_a_name_may_be_composed(tmp_path: Path, content: dict, expected: str) -> None:
    (tmp_path / "a.jsonl").write_text(json.dumps({"type": "Person", **content}), encoding="utf8")
    (record,) = read_authority(tmp_path / "a.jsonl")
    assert isinstance(record, AuthorityRecord) and (record.id, record.name) == (expected, "Ada Lin")


@pytest.mark.parametrize(
    ("known", "taken"),
    [("http://x.example/1", 1), (f"{BASE}person/robert-zimmerman", 0), (f"{BASE}person/bob-dylan", 1)],
)
def test_one_iri_is_adopted_by_one_entity(known: str, taken: int) -> None:
    article = Extraction(document="a", entities=(local("Bob Dylan"), local("Robert Zimmerman")))
    names = ("Bob Dylan", "Robert Zimmerman") if known == "http://x.example/1" else ("Bob Dylan",)
    records = [AuthorityRecord(id=known, type=P, name=name) for name in names]
    found = linked(article, authority=records, adopt=True)
    assert len({iri for iri, _ in found.values()}) == 2
    assert sum(iri == known for iri, _ in found.values()) == 1
    assert all(iri not in same for iri, same in found.values())
    assert sum(known in (iri, *same) for iri, same in found.values()) == len(names) + (taken == 0)
