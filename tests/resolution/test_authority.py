import json
from dataclasses import replace
from pathlib import Path

import pytest

from kg.errors import UsageError
from kg.mapping import read_turtle
from kg.model import AuthorityRecord, Claim, EntityType, Evidence, Extraction, LocalEntity, Mention, MentionKind
from kg.resolution import read_authority, resolve

P, L = EntityType.PERSON, EntityType.PLACE
BASE = "https://kg.example/"
SALAMI = AuthorityRecord(id="http://x.example/1", type=P, name="Hossein Salami", aliases=("Salami",))


def local(name: str, type_: EntityType = P) -> LocalEntity:
    return LocalEntity(type=type_, name=name, mentions=(Mention(0, 5, MentionKind.NAME),))


def senator() -> Extraction:
    evidence = Evidence(document="s", start=0, end=1, text="x", subject=(0, 1), object=None, extractor="rule:test")
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


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.csv", "id,type,name\n1,Dragon,Smaug\n", "'Dragon' is none of"),
        ("a.csv", "id,type,name\n,Person,Ada\n", "no identifier"),
        ("a.jsonl", '{"id": "1", "type": "Person"}', "no name"),
        ("a.jsonl", "{", "is no JSON"),
        ("a.json", "[1]", "record 1"),
    ],
)
def test_a_damaged_record_is_named(tmp_path: Path, name: str, content: str, said: str) -> None:
    (tmp_path / name).write_text(content, encoding="utf8")
    with pytest.raises(UsageError, match=said):
        list(read_authority(tmp_path / name))
