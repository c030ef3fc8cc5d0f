"""Files made to stop a build: each costs one line that names it and the remedy, and nothing of the article beside it."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from kg.config import Settings
from kg.documents import language, read_documents
from kg.errors import InputError, ModelError
from kg.model import Document

from .samples import make_docx, make_warc
from .test_html import SENTENCE, page

TEXT = "The minister met the general in Tehran."
PARAGRAPH = f"<w:p><w:r><w:t>{TEXT}</w:t></w:r></w:p>"
NAME = "n" * 300


def read(*inputs: str | Path) -> tuple[list[str], list[str]]:
    """Return the ids of the documents and the messages."""
    found = list(read_documents([str(name) for name in inputs], settings=Settings()))
    return [d.id for d in found if isinstance(d, Document)], [str(e) for e in found if isinstance(e, InputError)]


def nested(depth: int) -> str:
    return "<w:tbl><w:tr><w:tc>" * depth + PARAGRAPH + "<w:p/></w:tc></w:tr></w:tbl>" * depth


@pytest.mark.parametrize(
    ("name", "make", "message"),
    [
        ("a.docx", lambda: make_docx(PARAGRAPH + " " * 41_000_000), "its text and layout unpack to more than 40,000,000 bytes: split it"),
        ("a.docx", lambda: make_docx(nested(250)), "its tables or text boxes are nested too deeply"),
        ("a.csv", lambda: b"id,text\n" + b"1,\n" * 5_000 + b"2\n", "line 2, line 3"),
        ("b.csv", lambda: b'text\n"' + b"word " * 1_000_000 + b'"\n', "longer than 4,000,000 characters"),
        ("c.csv", lambda: b'text\n"' + b"word " * 1_000_000, "longer than 4,000,000 characters"),
        ("a.jsonl", lambda: b'{"text": "' + b"word " * 1_000_000 + b'"}', "larger than 4,000,000 bytes"),
        ("a.txt", lambda: b"word " * 4_200_000, "longer than 20,000,000 characters: split it"),
        ("a.html", lambda: b"<p>word" * 1_500_000, "larger than 10,000,000 bytes"),
        ("a.warc", lambda: make_warc([("https://a.example/", "200 OK\r\nX: " + "a" * 200_000, b"")], gzip=False), "longer than 100,000 bytes"),
    ],
)  # fmt: skip
def test_a_hostile_file_is_one_line(tmp_path: Path, name: str, make: Callable[[], bytes], message: str) -> None:
    (tmp_path / name).write_bytes(make())
    (tmp_path / "zz.txt").write_text(TEXT)
    ids, (said,) = read(tmp_path)
    assert ids == ["zz"] and said.startswith(f"{tmp_path / name}: ") and message in said
    assert len(said) < 600 and said.isprintable()


@pytest.mark.parametrize(
    ("name", "make", "count"),
    [
        ("a.docx", lambda: make_docx(nested(80)), 1),
        ("a.docx", lambda: make_docx(PARAGRAPH * 20_000), 1),
        ("a.txt", lambda: f"{SENTENCE}\n".encode() * 100_000, 1),  # 10 MB of prose
        ("a.csv", lambda: b"text\n" + b'"' + SENTENCE.encode() * 20_000 + b'"\n', 1),
        ("a.jsonl", lambda: b'{"text": "' + SENTENCE.encode() * 20_000 + b'"}', 1),
        ("a.html", lambda: page(first=SENTENCE * 5_000).encode(), 1),
        ("a.html", lambda: page(first=f'<a title="{"x y " * 250_000}">{SENTENCE * 3}</a>').encode(), 1),
        ("a.html", lambda: page(first=SENTENCE * 3 + "".join(f'<a href="/{i}">{i}</a> ' for i in range(2_000))).encode(), 1),
    ],
)  # fmt: skip
def test_what_is_large_but_no_bomb_is_read(tmp_path: Path, name: str, make: Callable[[], bytes], count: int) -> None:
    (tmp_path / name).write_bytes(make())
    ids, said = read(tmp_path)
    assert (len(ids), said) == (count, [])


def test_what_many_records_lack_is_one_line_a_kind(tmp_path: Path) -> None:
    rows = [f"{n},{TEXT if n % 3 == 0 else '' if n % 3 == 1 else 'Der Kanzler traf den Minister gestern in Berlin.'}" for n in range(900)]  # fmt: skip
    (tmp_path / "a.csv").write_text("id,text\n" + "\n".join(rows))
    ids, (empty, foreign) = read(tmp_path)
    assert len(ids) == 300
    assert f"a.csv: {', '.join(f'line {n}' for n in range(3, 9, 3))}" in empty and "more: there are no words" in empty
    assert "more: it is not in English (but in 'de')" in foreign


def test_odd_files_and_names_are_told_at_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.jsonl")
    (tmp_path / "zero.html").symlink_to("/dev/zero")
    (tmp_path / "good.txt").write_text(TEXT)
    ids, said = read(tmp_path, tmp_path / NAME, f"{NAME}*", f"{tmp_path / NAME}/x")
    assert ids == ["good"]
    assert {line.removeprefix(f"{tmp_path}/") for line in said} == {
        f"{NAME}*: it cannot be opened (File name too long): check the path",
        f"{NAME}: it cannot be opened (File name too long): check the path",
        f"{NAME}/x: it cannot be opened (File name too long): check the path",
        "pipe.jsonl: it is no regular file: name a file",
        "zero.html: it is no regular file: name a file",
    }


@pytest.mark.skipif(os.geteuid() == 0, reason="root may enter everything")
def test_a_folder_that_may_not_be_entered_is_told(tmp_path: Path) -> None:
    (tmp_path / "closed").mkdir()
    (tmp_path / "closed").chmod(0)
    (tmp_path / "good.txt").write_text(TEXT)
    for inputs in ([tmp_path], [tmp_path / "closed", tmp_path / "good.txt"]):
        ids, (said,) = read(*inputs)
        assert ids == ["good"] and "the folder cannot be opened (Permission denied)" in said
    ids, (said,) = read(tmp_path / "closed" / "a.txt", tmp_path / "good.txt")
    assert ids == ["good"] and "it cannot be opened (Permission denied)" in said


@pytest.mark.parametrize(
    ("redirect", "said"),
    [("<&-", "standard input: it is closed"), ("</dev/null", "standard input: it is empty"), ("<<< 'He met her.'", "")],
)
def test_standard_input_may_be_closed(tmp_path: Path, redirect: str, said: str) -> None:
    code = "from kg.config import Settings\nfrom kg.documents import *\nfor d in read_documents(['-'], settings=Settings()): print(getattr(d, 'id', d))"  # fmt: skip
    command = f'"{sys.executable}" -c "{code}" {redirect}'
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.startswith(said or "stdin\n") and done.stdout.count("\n") == 1 and done.stderr == ""


def test_a_fault_of_the_installation_is_not_put_down_to_the_article(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "good.txt").write_text(TEXT)
    monkeypatch.setattr("py3langid.langid.MODEL_FILE", "gone")
    language._identifier.cache_clear()
    try:
        with pytest.raises(ModelError, match="install py3langid again"):
            read(tmp_path)
    finally:
        language._identifier.cache_clear()
