"""The readers of intricate formats run in a process apart: none of what a file does to them reaches the build."""

from pathlib import Path

import pytest

from kg.documents import apart
from kg.documents.apart import ReaderApart
from kg.errors import InputError

from .samples import alone, make_pdf, make_pdf_of
from .test_html import page

TEXT = "The minister met the general."
GOOD = make_pdf([[(TEXT, 72, 700, 12)]])


def hostile(monkeypatch: pytest.MonkeyPatch, reader: str) -> None:
    """Have the child read .docx by the given statements, and pages and PDFs as ever, for a second at most."""
    code = (
        "import sys; sys.path[:] = sys.argv[1:]; import os; from kg.documents import apart, formats\n"
        "from kg.errors import InputError\n"
        "apart.READING_SECONDS = 1\n"
        f"def read(data):\n    {reader}\n"
        "formats.FILE_READERS['.docx'] = read\n"
        "apart.serve_files()"
    )
    monkeypatch.setattr(apart, "_CODE", code)


@pytest.mark.parametrize(
    ("reader", "message"),
    [
        ("while True: pass", "more than 30 seconds"),
        ("bytearray(10**11)", "bytes of memory"),
        ("os.abort()", "breaks down"),
        ("os._exit(0)", "breaks down"),
        ("raise RuntimeError('odd')", "breaks down"),
        ("os.write(1, b'nonsense'); raise InputError('its own reason: its own remedy')", "its own reason"),
        ("import ctypes; ctypes.string_at(0)", "breaks down"),
    ],
)
def test_a_reader_that_goes_wrong_costs_one_file(monkeypatch: pytest.MonkeyPatch, reader: str, message: str) -> None:
    hostile(monkeypatch, reader)
    with ReaderApart() as readers:
        assert alone(readers.read(".pdf", GOOD)).text == TEXT
        with pytest.raises(InputError, match=message):
            readers.read(".docx", b"")
        assert alone(readers.read(".pdf", GOOD)).text == TEXT


def test_a_child_that_was_killed_in_between_costs_nothing() -> None:
    with ReaderApart() as readers:
        readers.read(".pdf", GOOD)
        assert readers._child
        readers._child.kill()
        readers._child.wait()
        assert alone(readers.read(".pdf", GOOD)).text == TEXT


def test_the_child_ends_with_the_reading() -> None:
    with ReaderApart() as readers:
        readers.read(".html", page().encode(), charset="utf-8", url="https://a.example/1")
        child = readers._child
    assert child and child.returncode is not None
    with ReaderApart():
        pass  # none was started


def test_a_bomb_takes_no_more_memory_than_it_may() -> None:
    import zlib

    packer = zlib.compressobj(9)
    start = packer.compress(b"BT /F1 12 Tf 72 700 Td (The minister met.) Tj ET ") + packer.flush(zlib.Z_FULL_FLUSH)
    megabyte = packer.compress(b" " * 1_000_000) + packer.flush(zlib.Z_FULL_FLUSH)
    bomb = make_pdf_of([start + megabyte * 1_200 + packer.flush()], filter_="FlateDecode")
    assert len(bomb) < 5_000_000
    with ReaderApart() as readers:
        with pytest.raises(InputError, match=r"memory|no PDF or is damaged"):
            readers.read(".pdf", bomb)
        assert alone(readers.read(".pdf", GOOD)).text == TEXT


def test_nothing_in_the_current_folder_is_executed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("json.py", "lxml.py", "pypdfium2.py", "sitecustomize.py"):
        (tmp_path / name).write_text(f"open({str(tmp_path / 'executed')!r}, 'w')")
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend("")
    with ReaderApart() as readers:
        assert alone(readers.read(".pdf", GOOD)).text == TEXT
    assert not (tmp_path / "executed").exists()
