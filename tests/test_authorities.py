"""Authorities of any format: an IRI for each record, one line a kind of record that cannot be used."""

from pathlib import Path

import pytest

from kg.authorities import read_authorities
from kg.config import Settings
from kg.errors import UsageError

BASE = "https://kg.example/"
TURTLE = "@prefix s: <https://schema.org/> . <http://x.example/ada> a s:Person ; s:name 'Ada Lin' ."


def settings(folder: Path, **files: str) -> Settings:
    for name, content in files.items():
        (folder / name.replace("_dot_", ".")).write_text(content, encoding="utf8")
    return Settings(authorities=tuple(str(folder / name.replace("_dot_", ".")) for name in files))


@pytest.mark.parametrize(
    ("identifier", "iri"),
    [
        ("Q42", "http://www.wikidata.org/entity/Q42"),
        ("http://x.example/a;b", "http://x.example/a;b"),
        ("a;b|c d", f"{BASE}authority/a%3Bb%7Cc%20d"),
        ("..", f"{BASE}authority/%2E%2E"),
        (".", f"{BASE}authority/%2E"),
        ("../../x", f"{BASE}authority/..%2F..%2Fx"),
        ("a.b", f"{BASE}authority/a.b"),
    ],
)
def test_each_record_has_an_iri_that_leads_nowhere_else(tmp_path: Path, identifier: str, iri: str) -> None:
    records, problems = read_authorities(settings(tmp_path, a_dot_csv=f"id,type,name\n{identifier},Person,Ada Lin\n"))
    assert ([record.id for record in records], problems) == ([iri], [])


def test_bad_records_of_all_files_are_told_by_kind(tmp_path: Path) -> None:
    lines = "".join(f'{{"id": "{n}", "type": "Person"}}\n' for n in range(500)) + "broken\n"
    good = "id,type,name\n1,Person,Ada Lin\n"
    records, problems = read_authorities(settings(tmp_path, a_dot_jsonl=lines, b_dot_csv=good, c_dot_ttl=TURTLE))
    assert [record.name for record in records] == ["Ada Lin", "Ada Lin"]
    nameless, broken = map(str, problems)
    assert nameless.startswith(f"the authority {tmp_path}/a.jsonl: line 1, line 2, ")
    assert nameless.endswith(" more: it has no name: mend it or leave it out")
    assert broken.endswith("a.jsonl: line 501: it is no JSON in UTF-8: mend it or leave it out")


@pytest.mark.parametrize("name", ["/dev/zero", "/dev/null", "none.csv", ".", "x" * 300 + ".ttl"])
def test_a_file_that_is_none_is_refused_before_any_article_is_read(tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError, match=r"the authority .*: it (is|cannot)"):
        read_authorities(Settings(authorities=(str(tmp_path / name),)))


def test_what_is_no_iri_in_turtle_is_named_and_no_noise(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    odd = TURTLE + ' <http://x.example/a b"> a s:Person ; s:name "Bea Lin" .'
    records, problems = read_authorities(settings(tmp_path, a_dot_ttl=odd))
    assert [record.name for record in records] == ["Ada Lin"]
    assert ["line 1" in str(problem) for problem in problems] == [True]
    assert capfd.readouterr().err == ""
