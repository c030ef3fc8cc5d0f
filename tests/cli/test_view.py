"""kg view."""

import errno
import hashlib
import json
import os
import subprocess
import sys

import pytest


def test_the_whole_page_goes_to_the_folder(kg, folder):
    (folder / "graph.html").unlink()
    outcome = kg("view", "graph", "--no-open")
    assert (outcome.code, outcome.out) == (0, "The page: graph/graph.html\n")
    assert "Ingrid Halvorsen" in (folder / "graph.html").read_text(encoding="utf8")


@pytest.mark.parametrize(
    ("options", "kept", "left_out"),
    [
        (["--focus", "Aasland"], "Ingrid Halvorsen", "Margit Halvorsen"),
        (["--focus", "Aasland", "--hops", "2"], "Margit Halvorsen", "Kestrel Instruments"),
        (["--type", "person", "--type", "Place"], "Margit Halvorsen", "Halden Optics"),
        (["--predicate", "metWith"], "Liga Ozolina", "Ingrid Halvorsen"),
        (["--focus", "Aasland", "--focus", "Kalnina"], "Liga Ozolina", "Halden Optics"),
    ],
)
def test_a_part_goes_to_another_file(kg, folder, options, kept, left_out):
    before = (folder / "graph.html").read_bytes()
    outcome = kg("view", "graph", "--no-open", *options)
    assert (outcome.code, outcome.out) == (0, "The page: graph/view.html\n")
    page = (folder / "view.html").read_text(encoding="utf8")
    assert f'"name":"{kept}"' in page
    assert f'"name":"{left_out}"' not in page  # an article's text may name it
    assert (folder / "graph.html").read_bytes() == before


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--as-of", "2021-09"], '"as_of":"2021-09"'),
        (["--since", "2020", "--until", "2021-10-01"], '"since":"2020","until":"2021-10-01"'),
        (["--confidence", "0.7", "--doubtful"], '"confidence":0.7,"doubtful":true'),
        (["--document", "rector"], '"document":"rector"'),
        (["--limit", "20"], '"limit":20'),
        (["--tab", "table", "--timeline"], '"timeline":true,"tab":"table"'),
    ],
)
def test_how_the_page_opens(kg, folder, options, told):
    outcome = kg("view", "graph", "--no-open", *options)
    assert (outcome.code, outcome.out) == (0, "The page: graph/view.html\n")
    assert told in (folder / "view.html").read_text(encoding="utf8")


def test_a_file_of_choice(kg, folder, tmp_path):
    assert kg("view", "graph", "--no-open", "--focus", "Riga", "-o", tmp_path / "new" / "riga.html").code == 0
    assert (tmp_path / "new" / "riga.html").exists()


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--focus", "Riga", "-o", "graph/../graph/graph.html"], "another file"),
        (["--hops", "2"], "--focus"),
        (["--limit", "20", "-o", "graph/graph.html"], "another file"),
        (["--as-of", "autumn"], "is no date"),
        (["--confidence", "2"], "not in the range 0<=x<=1"),
        (["--document", "nothing"], "cabinet, rector"),
        (["--source", "nothing"], "--source nothing"),
        (["--role", "nothing"], "--role nothing"),
        (["-o", "graph"], "cannot be written"),
        (["--focus", "Nobody"], "Nobody"),
    ],
)
def test_what_cannot_be_shown(kg, folder, options, said):
    before = (folder / "graph.html").read_bytes()
    outcome = kg("view", "graph", "--no-open", *options)
    assert outcome.code == 2
    assert said in outcome.err
    assert (folder / "graph.html").read_bytes() == before


@pytest.mark.parametrize("works", [True, False])
def test_the_page_is_opened_and_failing_to_is_a_note(folder, tmp_path, works):
    browser = tmp_path / "browser"
    browser.write_text(f'#!/bin/sh\necho "$1" > "{tmp_path}/opened"\n', encoding="utf8")
    browser.chmod(0o755 if works else 0o644)
    environment = {k: v for k, v in os.environ.items() if k not in {"DISPLAY", "WAYLAND_DISPLAY"}}
    environment |= {"BROWSER": f"{browser} %s", "PATH": str(tmp_path / "no-programs")}
    command = [sys.executable, "-c", "from kg.cli import main; main()", "view", "graph"]
    done = subprocess.run(
        command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout == "The page: graph/graph.html\n"
    assert ("No browser" in done.stderr) is not works
    if works:
        assert (tmp_path / "opened").read_text(encoding="utf8").strip() == (folder / "graph.html").as_uri()


@pytest.mark.parametrize("name", ["graph/graph.html", "graph/view.html", "page.html"])
def test_a_page_that_cannot_be_written_leaves_the_old_one(kg, folder, monkeypatch, name):
    page = folder.parent / name
    page.write_text("old", encoding="utf8")
    options = [] if name == "graph/graph.html" else ["--type", "Person", "-o", name]

    def fail(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", fail)
        outcome = kg("view", "graph", "--no-open", *options)
    assert outcome.code == 2
    assert "No space left" in outcome.err
    assert page.read_text(encoding="utf8") == "old"
    before = {path.name for path in folder.iterdir()} | {path.name for path in folder.parent.iterdir()}
    assert not {found for found in before if found.startswith(".")}
    assert kg("view", "graph", "--no-open", *options).code == 0
    assert "Ingrid Halvorsen" in page.read_text(encoding="utf8")


@pytest.mark.parametrize("name", ["graph/graph.html", "graph/view.html", "page.html"])
def test_a_link_to_a_file_outside_is_not_written_through(kg, folder, tmp_path_factory, name):
    outside = tmp_path_factory.mktemp("outside") / "theirs.html"
    outside.write_text("theirs", encoding="utf8")
    (folder.parent / name).unlink(missing_ok=True)
    (folder.parent / name).symlink_to(outside)
    options = [] if name == "graph/graph.html" else ["--type", "Person", "-o", name]
    assert kg("view", "graph", "--no-open", *options).code == 0
    assert outside.read_text(encoding="utf8") == "theirs"
    assert "Ingrid Halvorsen" in (folder.parent / name).read_text(encoding="utf8")


def test_no_device_or_pipe_is_replaced_by_a_page(kg, folder):
    (folder.parent / "null.html").symlink_to(os.devnull)
    os.mkfifo(folder.parent / "pipe.html")
    for name in ("null.html", "pipe.html"):
        outcome = kg("view", "graph", "--no-open", "--type", "Person", "-o", name)
        assert (outcome.code, outcome.out) == (2, "")
        assert "no regular file" in outcome.err
        assert not (folder.parent / name).is_file()


def test_the_page_keeps_its_place_among_the_files_of_the_build(kg, folder):
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    (folder / "graph.html").write_text("of another version", encoding="utf8")
    assert kg("view", "graph", "--no-open").code == 0
    after = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert after.keys() == before.keys()
    hashes = json.loads(after["build.json"])["files"]
    assert hashes["graph.html"] == hashlib.sha256(after["graph.html"]).hexdigest()
    assert kg("query", "graph", "ASK { ?a kg:metWith ?b }").code == 0


@pytest.mark.parametrize(
    "command",
    [
        ["view", "graph", "--no-open", "-o", "page.html"],
        ["explain", "graph", "Kalnina"],
        ["path", "graph", "Ramanan", "Aasland"],
        ["rank", "graph"],
    ],
)
def test_files_of_two_builds_are_refused(kg, folder, command):
    with (folder / "statements.jsonl").open("ab") as file:
        file.write(b"\n")
    outcome = kg(*command)
    assert (outcome.code, outcome.out) == (2, "")
    assert "statements.jsonl: not as the build wrote them" in outcome.err
