"""The files of a build appear together or not at all; files of two builds are never answered from."""

import json
import os
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from kg.errors import BusyError, OutputError
from kg.store import Store, is_of_build, load_graph, open_folder, read_options, write_build

from .conftest import killed

NAMES = ["build.json", "documents.jsonl", "entities.jsonl", "graph.html", "graph.ttl", "statements.jsonl"]
RENAMES = len(NAMES) + 1  # of the draft, then of each file


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def content(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


@pytest.fixture(scope="module")
def builds(graph, turtle, tmp_path_factory):
    """Two builds of the same names: the bytes of the files of each."""
    folder, made = tmp_path_factory.mktemp("builds"), []
    for page, part in (("old", graph), ("new", replace(graph, statements=graph.statements[:1]))):
        write_build(part, folder / page, turtle=f"# {page}\n{turtle}", page=page)
        made.append(content(folder / page))
    return made


def put(folder: Path, files: dict[str, bytes]) -> None:
    folder.mkdir(exist_ok=True)
    for name, data in files.items():
        (folder / name).write_bytes(data)


def install(folder: Path, files: dict[str, bytes]) -> None:
    with open_folder(folder) as place:
        place.install(files)


@pytest.mark.parametrize("first", [True, False], ids=["nothing there", "a build there"])
@pytest.mark.parametrize("at", range(RENAMES + 1))
def test_killed_at_any_rename_it_is_the_old_build_or_the_new(builds, tmp_path, at, first):
    old, new = ({}, builds[1]) if first else builds
    folder = tmp_path / "graph"
    put(folder, old)
    assert killed(lambda: install(folder, new), at=at) == (at < RENAMES)
    expected = new if at else old
    if expected:
        load_graph(folder)  # any command that reads puts things in order
    left = {path.name: path.read_bytes() for path in folder.glob("[!.]*")}
    assert left == expected
    install(folder, new)
    assert content(folder) == new  # no leftovers either


@pytest.mark.parametrize("command", [load_graph, Store.open, read_options])
def test_every_reader_finishes_what_was_cut_short(builds, tmp_path, command):
    old, new = builds
    put(tmp_path, old)
    killed(lambda: install(tmp_path, new), at=3)
    command(tmp_path)
    assert content(tmp_path) == new


@pytest.mark.parametrize("name", ["documents.jsonl", "entities.jsonl", "statements.jsonl"])
def test_files_of_two_builds_are_refused_by_name(builds, tmp_path, name):
    old, new = builds
    put(tmp_path, old | {name: new[name] + b"\n"})
    with pytest.raises(OutputError, match=rf"{name}.*not as the build wrote.*build again"):
        load_graph(tmp_path)
    Store.open(tmp_path)
    put(tmp_path, {"graph.ttl": new["graph.ttl"]})
    for path in (tmp_path, tmp_path / "graph.ttl"):
        with pytest.raises(OutputError, match=r"graph\.ttl.*build again"):
            Store.open(path)


DAMAGE = [
    *(b"", b"{", b"[]", b'{"files": 7}', b"\xff", b"[" * 100_000, b'{"files": {}, "check": []}'),
    b'{"base_iri": "https://other.example/", "check": "0"}',
]


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_list_of_files_is_named_and_built_anew(builds, tmp_path, damage):
    old, new = builds
    put(tmp_path, old | {"build.json": damage})
    with pytest.raises(OutputError, match=r"build\.json is damaged: build again"):
        load_graph(tmp_path)
    install(tmp_path, new)
    assert content(tmp_path) == new


def test_files_without_a_list_are_read_as_they_are(builds, tmp_path, graph):
    put(tmp_path, builds[0])
    (tmp_path / "build.json").unlink()
    assert load_graph(tmp_path) == graph


@pytest.mark.parametrize("name", NAMES)
def test_a_folder_in_the_way_is_found_before_anything_is_replaced(builds, tmp_path, name):
    old = builds[0]
    put(tmp_path, {k: v for k, v in old.items() if k != name})
    (tmp_path / name).mkdir()
    (tmp_path / name / "mine").write_text("x")
    with pytest.raises(OutputError, match=rf"{name} is a folder"), open_folder(tmp_path):
        pytest.fail("found too late")
    assert all((tmp_path / k).read_bytes() == v for k, v in old.items() if k != name)
    assert names(tmp_path) == NAMES


@pytest.mark.parametrize("name", [*NAMES, "extractions.jsonl"])
def test_what_no_build_wrote_is_not_overwritten(builds, tmp_path, name):
    put(tmp_path, {name: b"mine\n"})
    with pytest.raises(OutputError, match=rf"no build wrote {name}.*--replace"):
        install(tmp_path, builds[0])
    assert content(tmp_path) == {name: b"mine\n"}
    with open_folder(tmp_path, replace=True) as place:
        place.install(builds[0])
    assert (tmp_path / name).read_bytes() == builds[0].get(name, b"mine\n")


def test_a_link_is_replaced_and_not_written_through(builds, tmp_path):
    put(tmp_path / "graph", builds[0])
    (tmp_path / "theirs").write_bytes(builds[0]["graph.ttl"])
    (tmp_path / "graph" / "graph.ttl").unlink()
    (tmp_path / "graph" / "graph.ttl").symlink_to(tmp_path / "theirs")
    install(tmp_path / "graph", builds[1])
    assert (tmp_path / "theirs").read_bytes() == builds[0]["graph.ttl"]
    assert content(tmp_path / "graph") == builds[1]


def test_leftovers_are_cleared_and_the_users_files_are_not(builds, tmp_path):
    put(tmp_path, builds[0] | {"notes.txt": b"mine", ".kg-decisions.jsonl.draft": b"x", ".kg.lock": b"{}"})
    for name in (".kg-x1y2z3ab", ".kg/draft"):
        (tmp_path / name).mkdir(parents=True)
        (tmp_path / name / "graph.ttl").write_text("half")
    (tmp_path / ".kg-mine").mkdir()
    install(tmp_path, builds[1])
    assert names(tmp_path) == sorted([*NAMES, "notes.txt", ".kg-decisions.jsonl.draft", ".kg-mine"])


@pytest.mark.parametrize("edit", [{"base_iri": "x"}, {"decisions": "/etc/passwd"}, {"files": {}}, {"extra": 1}])
def test_an_edited_list_of_files_is_refused(builds, tmp_path, edit):
    put(tmp_path, builds[0])
    options = json.loads(builds[0]["build.json"])
    (tmp_path / "build.json").write_text(json.dumps(options, indent=4))  # laid out otherwise, it says the same
    assert load_graph(tmp_path).documents
    (tmp_path / "build.json").write_text(json.dumps({**options, **edit}))
    for command in (load_graph, Store.open, read_options):
        with pytest.raises(OutputError, match=r"build.json is damaged: build again"):
            command(tmp_path)
    install(tmp_path, builds[1])
    assert content(tmp_path) == builds[1]


def lay_link(work: Path, theirs: Path) -> None:
    work.symlink_to(theirs)


def lay_file(work: Path, _theirs: Path) -> None:
    work.write_text("mine")


# What stands where kg keeps its work, beside whole files.
WORK = [
    *((".kg", lay_link), (".kg", lay_file), (".kg/draft", lay_link), (".kg/ready", lay_link), (".kg/ready", lay_file)),
    *((".kg/extractions.jsonl", lay_link), (".kg/extractions.jsonl", lambda work, _: work.mkdir())),
]


@pytest.mark.parametrize(("name", "lay"), WORK, ids=range(len(WORK)))
def test_nothing_is_written_or_moved_through_what_others_laid_there(builds, tmp_path, graph, name, lay):
    theirs = tmp_path / "theirs"
    put(theirs, {"graph.ttl": b"theirs", "notes.txt": b"theirs"})
    folder = tmp_path / "graph"
    put(folder, builds[0])
    work = folder / name
    work.parent.mkdir(exist_ok=True)
    lay(work, theirs)
    assert load_graph(folder) == graph
    with pytest.raises(OutputError, match=f"{name} stands where kg keeps its work.*: move it away"):
        install(folder, builds[1])
    assert content(theirs) == {"graph.ttl": b"theirs", "notes.txt": b"theirs"}
    assert all((folder / file).read_bytes() == data for file, data in builds[0].items())


def test_of_a_build_that_was_cut_short_only_its_own_files_are_moved(builds, tmp_path):
    put(tmp_path, builds[0] | {"notes.txt": b"mine"})
    (tmp_path / ".kg").mkdir()
    put(tmp_path / ".kg" / "ready", builds[1] | {"notes.txt": b"theirs"})
    assert read_options(tmp_path)
    assert content(tmp_path) == builds[1] | {"notes.txt": b"mine"}


def test_a_folder_that_was_made_in_vain_goes_away(tmp_path):
    with pytest.raises(KeyError), open_folder(tmp_path / "a" / "b"):
        raise KeyError
    assert names(tmp_path) == []


def test_a_second_writer_is_told_of_the_first(builds, tmp_path):
    with open_folder(tmp_path), pytest.raises(BusyError, match=f"process {os.getpid()} on"):
        install(tmp_path, builds[0])
    install(tmp_path, builds[0])


def test_a_reader_sees_one_build_while_others_come_and_go(builds, tmp_path):
    """No mixture is ever read, nor anything refused, while another process puts one build in the place of the other."""
    put(tmp_path, builds[0])
    seen = {len(load_graph(tmp_path).statements)}
    child = os.fork()
    if not child:
        try:
            for i in range(20):
                install(tmp_path, builds[i % 2])
        finally:
            os._exit(0)
    counts = {len(data["statements.jsonl"].splitlines()) for data in builds}
    while not os.waitpid(child, os.WNOHANG)[0]:
        seen.add(len(load_graph(tmp_path).statements))
    assert seen <= counts


PAGE = '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'


def test_what_a_build_wrote_is_told_from_articles(builds, tmp_path):
    put(tmp_path / "build", builds[0] | {"extractions.jsonl": b"", "article.html": PAGE.encode()})
    put(tmp_path / "build", {"view.html": PAGE.encode() + b'<meta name="generator" content="kg">\n'})
    put(tmp_path / "bare", {k: v for k, v in builds[0].items() if k != "build.json"})
    put(tmp_path / "mine", {"documents.jsonl": b"", "statements.jsonl": b"", "build.json": b"{}", "graph.html": b""})
    os.mkfifo(tmp_path / "mine" / "pipe.html")
    ours = {str(p.relative_to(tmp_path)) for p in tmp_path.rglob("*") if p.parent != tmp_path and is_of_build(p)}
    bare = {f"bare/{name}" for name in NAMES if name != "build.json"}
    assert ours == {f"build/{name}" for name in (*NAMES, "view.html")} | bare


def test_a_build_that_was_moved_is_whole(builds, tmp_path, graph):
    put(tmp_path / "here", builds[0])
    shutil.move(tmp_path / "here", tmp_path / "there")
    assert load_graph(tmp_path / "there") == graph


def test_one_file_is_put_anew_with_its_hash(builds, tmp_path):
    put(tmp_path, builds[0])
    with open_folder(tmp_path) as place:
        place.install_one("graph.html", builds[1]["graph.html"])
    hashes = json.loads((tmp_path / "build.json").read_bytes())["files"]
    assert hashes["graph.html"] == json.loads(builds[1]["build.json"])["files"]["graph.html"]
    assert hashes["graph.ttl"] == json.loads(builds[0]["build.json"])["files"]["graph.ttl"]
