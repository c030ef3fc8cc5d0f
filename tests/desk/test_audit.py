"""Every tampering of every file of a build is found, and a sound build passes."""

import hashlib
import json
import random
import shutil
from pathlib import Path

import pytest

from kg.desk.audit import audit, check_files
from kg.errors import OutputError

MUTATIONS = 110  # of each file of the build: more than a thousand in all


def test_a_clean_build_passes(here, kg):
    report = audit("graph")
    assert [str(finding) for finding in report.findings] == []
    assert report.passed
    assert (report.statements, report.quotes, report.sources, report.files) == (8, 8, 2, 8)
    assert [(c.mention, c.stands_for) for c in report.chains] == [("She", "Amara Diallo")]
    code, out, err = kg("audit", "graph", "--chains")
    assert (code, err) == (0, "")
    assert "'She' means 'Amara Diallo'" in out
    assert "all as it should be" in out


def files_of(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file() and path.name not in {"LOCK", ".kg.lock"})


def mutated(content: bytes, random_: random.Random) -> bytes:
    """Content with a byte changed, put in or left out, lines exchanged, or its end cut off."""
    at = random_.randrange(max(1, len(content)))
    match random_.randrange(6):
        case 0 | 1:
            return content[:at] + bytes([(content[at] + random_.randrange(1, 256)) % 256]) + content[at + 1 :]
        case 2:
            return content[:at] + bytes([random_.randrange(256)]) + content[at:]
        case 3:
            return content[:at] + content[at + random_.randrange(1, 9) :]
        case 4:
            return content[:at]
        case _:
            lines = content.split(b"\n")
            random_.shuffle(lines)
            return b"\n".join(lines)


def test_a_thousand_tamperings_by_mutation_are_found(here):
    random_ = random.Random(7)
    planted = 0
    files = files_of(here / "graph")
    assert len(files) * MUTATIONS >= 1_000
    for path in files:
        before = path.read_bytes()
        name = path.relative_to(here / "graph").as_posix()
        for _ in range(MUTATIONS):
            after = mutated(before, random_)
            if after == before:
                continue
            path.write_bytes(after)
            planted += 1
            found = [finding.where for finding in check_files(here / "graph")]
            # What is wrong in store/files.json may be told of the file whose hash it is.
            assert any(where.startswith(name.partition("/")[0]) for where in found), (name, before[:80], after[:80])
        assert not audit("graph", sources=False).passed  # and the whole audit goes on with what is left
        path.unlink()
        assert name in [finding.where for finding in check_files(here / "graph")]
        path.write_bytes(before)
    assert planted >= 1_000
    assert audit("graph").passed


FORGED = [
    ("statements.jsonl", "chair", "owner"),
    ("statements.jsonl", "2021-03-01", "2021-03-02"),
    ("statements.jsonl", '"asserted": false', '"asserted": true'),
    ("statements.jsonl", '"denied"', '"actual"'),
    ("statements.jsonl", "person/kenji-watanabe", "person/ilse-brandt"),
    ("statements.jsonl", '"confidence": 0.8', '"confidence": 0.9'),
    ("statements.jsonl", "rule:by-hand", "rule:other"),
    ("statements.jsonl", "She met Kenji", "She saw Kenji"),
    ("statements.jsonl", '"start": 34', '"start": 33'),
    ("entities.jsonl", "Sahel Freight", "Sahel Fright"),
    ("entities.jsonl", '"pronoun"', '"nominal"'),
    ("documents.jsonl", "4 May 1970", "5 May 1970"),
    ("documents.jsonl", "2021-03-02", "2021-04-02"),
    ("documents.jsonl", "harbour.txt", "parbour.txt"),
    ("graph.ttl", "1970-05-04", "1970-05-05"),
    ("graph.ttl", "kg:asserted false", "kg:asserted true"),
    ("graph.html", "Watanabe", "Watanabi"),
    ("extractions.jsonl", "1970-05-04", "1971-05-04"),
    ("store/kg.json", "person/", "persom/"),
    ("store/kg.json", '"format": ', '"format":  '),
    ("store/kg.json", '"format": ', '"note": 1, "format": '),
    ("extractions.jsonl", '"}\n', '"}'),
    ("documents.jsonl", "Amara Diallo chairs", "Amara Diallo chaired"),
]


@pytest.mark.parametrize(("name", "old", "new"), FORGED)
def test_who_changes_the_hashes_too_is_found(here, name, old, new):
    path = here / "graph" / name
    content = path.read_text(encoding="utf8")
    assert old in content
    path.write_text(
        new.join(content.rsplit(old, 1)) if old.endswith("\n") else content.replace(old, new, 1), encoding="utf8"
    )
    rehash(here / "graph", name)
    assert not audit("graph").passed


def rehash(folder: Path, name: str) -> None:
    """Write the hash of a changed file into build.json, as one would who covers his tracks."""
    options = json.loads((folder / "build.json").read_bytes())
    options["files"][name] = hashlib.sha256((folder / name).read_bytes()).hexdigest()
    options.pop("check")
    options["check"] = hashlib.sha256(json.dumps(options, sort_keys=True).encode()).hexdigest()[:32]
    (folder / "build.json").write_bytes(json.dumps(options, indent=2).encode() + b"\n")


def test_a_record_that_quotes_another_document_is_found(here):
    path = here / "graph/extractions.jsonl"
    bodies = [line.rpartition(b', "check": "')[0] for line in path.read_bytes().splitlines()]
    forged = [
        body.replace(b'"evidence": {"document": "inquiry"', b'"evidence": {"document": "inqu"') for body in bodies
    ]
    assert forged != bodies
    checked = (b'%b, "check": "%b"}\n' % (b, hashlib.sha256(b).hexdigest()[:32].encode()) for b in forged)
    path.write_bytes(b"".join(checked))
    rehash(here / "graph", "extractions.jsonl")
    assert [str(f) for f in audit("graph").findings] == [
        "source inquiry: what is recorded of it quotes another document"
    ]


def test_a_database_of_another_graph_is_found(here, written, tmp_path):
    from .conftest import ARTICLES, write_graph

    other = {name: told for name, told in ARTICLES.items() if name == "inquiry"}
    write_graph(tmp_path / "other", tmp_path / "more", other)
    manifest = (here / "graph/store/kg.json").read_bytes()
    shutil.rmtree(here / "graph/store")
    shutil.copytree(tmp_path / "other/store", here / "graph/store")
    (here / "graph/store/kg.json").write_bytes(manifest)  # so that it passes for the one of this build
    findings = audit("graph").findings
    assert [f.where for f in findings] == ["store"]
    assert "lacks" in findings[0].what


def test_a_database_that_cannot_be_read_is_a_finding(here):
    for table in sorted((here / "graph/store").glob("*.sst")):
        content = table.read_bytes()
        table.write_bytes(content[:60] + bytes(40) + content[100:])
    hashes = here / "graph/store/files.json"
    known = json.loads(hashes.read_bytes())
    for name in known:
        known[name] = hashlib.sha256((here / "graph/store" / name).read_bytes()).hexdigest()
    hashes.write_bytes(json.dumps(known, indent=2).encode() + b"\n")
    for name in json.loads((here / "graph/build.json").read_bytes())["files"]:
        rehash(here / "graph", name)
    (finding,) = audit("graph").findings
    assert (finding.where, "damaged" in finding.what) == ("store", True)


DECISIONS = [
    ("same", "different"),
    ("same", "sane"),
    ("{", ""),
    ("Ilse", "Ilsa"),
    ('"verdict"', '"verdic"'),
    ('{"verdict"', '{"verdict": "unsure", "a": [{"document": "x", "name": "y"}], "b": [{"document": "y", "name": "z"}]}\n{"verdict"'),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new"), DECISIONS)
def test_a_file_of_decisions_that_was_tampered_with_is_named(here, kg, old, new):
    assert kg("merge", "graph", "Ilse Brandt", "Amara Diallo")[0] == 0
    where = here / "articles/kg-decisions.jsonl"
    content = where.read_text(encoding="utf8")
    assert old in content
    where.write_text(content.replace(old, new, 1), encoding="utf8")
    assert [(f.kind, f.where) for f in audit("graph").findings] == [("decision", "../articles/kg-decisions.jsonl")]
    assert kg("audit", "graph")[0] == 1


def test_a_decision_that_the_graph_does_not_follow_is_named(here, kg):
    assert kg("merge", "graph", "Ilse Brandt", "Amara Diallo")[0] == 0
    assert audit("graph").passed
    where = here / "articles/kg-decisions.jsonl"
    where.write_text(where.read_text().replace("same", "different"))
    assert [(f.kind, f.where) for f in audit("graph").findings] == [("decision", "../articles/kg-decisions.jsonl")]


def test_an_article_that_says_something_else_is_named(here, kg):
    article = here / "articles/inquiry.txt"
    article.write_text(article.read_text(encoding="utf8").replace("1970", "1971"), encoding="utf8")
    code, out, _ = kg("audit", "graph")
    assert code == 1
    assert "source inquiry: no article says this any more" in out
    assert kg("audit", "graph", "--no-sources")[0] == 0


def test_what_cannot_be_compared_is_said(here, kg):
    shutil.rmtree(here / "articles")
    code, _, err = kg("audit", "graph")
    assert code == 0
    assert "2 articles could not be read again" in err
    options = json.loads((here / "graph/build.json").read_bytes())
    options["program"] = "0.0.1+abc"
    (here / "graph/build.json").write_text(json.dumps(options))
    rehash(here / "graph", "graph.ttl")
    assert "was made by kg 0.0.1+abc" in kg("audit", "graph")[2]


@pytest.mark.parametrize("folder", ["nowhere", "articles"])
def test_no_build_is_an_error(here, kg, folder):
    with pytest.raises(OutputError):
        audit(folder)
    assert kg("audit", folder)[0] == 2
