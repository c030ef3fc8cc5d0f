"""kg view."""

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
    ],
)
def test_a_part_goes_to_another_file(kg, folder, options, kept, left_out):
    before = (folder / "graph.html").read_bytes()
    outcome = kg("view", "graph", "--no-open", *options)
    assert (outcome.code, outcome.out) == (0, "The page: graph/view.html\n")
    page = (folder / "view.html").read_text(encoding="utf8")
    assert kept in page
    assert left_out not in page
    assert (folder / "graph.html").read_bytes() == before


def test_a_file_of_choice(kg, folder, tmp_path):
    assert kg("view", "graph", "--no-open", "--focus", "Riga", "-o", tmp_path / "new" / "riga.html").code == 0
    assert (tmp_path / "new" / "riga.html").exists()


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--focus", "Riga", "-o", "graph/../graph/graph.html"], "another file"),
        (["--hops", "2"], "--focus"),
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
