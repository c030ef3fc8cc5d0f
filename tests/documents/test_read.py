import hashlib
import itertools
import os
import subprocess
import sys
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

import docx
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kg.config import Settings
from kg.documents import read_documents
from kg.documents.apart import ReaderApart
from kg.documents.content import Notice
from kg.documents.read import FILE_READERS, RECORD_READERS
from kg.errors import InputError
from kg.model import Document

from .samples import make_pdf, make_warc
from .test_html import page

TEXT = "The minister met the general in Tehran."
SAMPLES = Path(__file__).parents[2] / "kg" / "data" / "samples"


def read(
    *inputs: str | Path, stdin: bytes = b"", settings: Settings | None = None
) -> list[Document | InputError | Notice]:
    return list(read_documents([str(i) for i in inputs], settings=settings or Settings(), stdin=BytesIO(stdin)))


def documents(found: Sequence[Document | InputError]) -> list[Document]:
    assert [str(item) for item in found if isinstance(item, InputError)] == []
    return [item for item in found if isinstance(item, Document)]


def write(folder: Path, **files: str | bytes) -> Path:
    for name, content in files.items():
        path = folder / name.replace("__", "/").replace("_dot_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def test_every_format_is_read(tmp_path: Path) -> None:
    word = docx.Document()
    word.add_paragraph(TEXT)
    word.save(str(tmp_path / "word.docx"))
    write(
        tmp_path,
        plain_dot_txt=TEXT,
        none=TEXT,
        wire_dot_0883=TEXT,
        marked_dot_MD=f"# Title\n\n{TEXT}",
        web_dot_html=page(),
        paper_dot_pdf=make_pdf([[(TEXT, 72, 700, 12)]]),
        lines_dot_jsonl=f'{{"id": "j", "text": "{TEXT}"}}\n{{"text": "{TEXT}"}}',
        rows_dot_csv=f"id,text\nc,{TEXT}\n",
        tabs_dot_tsv=f"id\ttext\nt\t{TEXT}\n",
        crawl_dot_warc_dot_gz=make_warc([("https://a.example/", "200 OK\r\nContent-Type: text/html", page().encode())]),
    )
    found = documents(read(tmp_path))
    assert sorted(d.id for d in found) == [
        "00000000-0000-0000-0000-000000000000",
        *("c", "j", "lines-2", "marked", "none", "paper", "plain", "t", "web", "wire.0883", "word"),
    ]
    for document in found:
        assert TEXT[:20] in document.text
        assert document.sha256 == hashlib.sha256(document.text.encode()).hexdigest()


def test_a_folder_is_read_in_depth_and_hidden_files_are_not(tmp_path: Path) -> None:
    write(tmp_path, b_dot_txt=TEXT, a__c_dot_txt=TEXT, _dot_hidden_dot_txt=TEXT, _dot_git__config=TEXT)
    assert [(d.id, d.source) for d in documents(read(tmp_path))] == [("c", "a/c.txt"), ("b", "b.txt")]


def test_the_order_of_inputs_does_not_matter_and_a_file_counts_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, a__x_dot_txt=TEXT + "1", b__x_dot_txt=TEXT + "2", b__x_dot_md=TEXT + "3", b__x2_dot_txt=TEXT + "4")
    (tmp_path / "b" / "link.txt").symlink_to(tmp_path / "a" / "x.txt")
    monkeypatch.chdir(tmp_path)
    inputs = ["a", "b", "b/x.txt", str(tmp_path / "b" / "x.md"), "**/x*.txt", "./b/../a/x.txt"]
    expected = [("x", TEXT + "1"), ("x-2", TEXT + "3"), ("x-3", TEXT + "2"), ("x2", TEXT + "4")]
    for order in itertools.islice(itertools.permutations(inputs), 0, 720, 37):
        found = documents(read(*order))
        assert [(d.id, d.text) for d in found] == expected


def test_a_glob_that_names_folders_reads_them(tmp_path: Path) -> None:
    write(tmp_path, d1__a_dot_txt=TEXT, d2__b_dot_txt=TEXT, c_dot_txt=TEXT)
    assert [d.id for d in documents(read(tmp_path / "d*"))] == ["a", "b"]


def test_a_name_with_glob_characters_is_a_file_if_there_is_one(tmp_path: Path) -> None:
    (tmp_path / "a[1].txt").write_text(TEXT)
    assert [d.id for d in documents(read(tmp_path / "a[1].txt"))] == ["a[1]"]


def test_standard_input_is_plain_text(tmp_path: Path) -> None:
    write(tmp_path, stdin_dot_txt=TEXT)
    found = documents(read(tmp_path, "-", "-", stdin=f"Headline of it\n\n{TEXT}".encode()))
    assert [(d.id, d.title) for d in found] == [("stdin", "Headline of it"), ("stdin-2", None)]


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("empty.txt", b"", "it is empty"),
        ("blank.txt", b" \r\n\t\n", "it is empty"),
        ("marks.txt", b"\xef\xbb\xbf... 123", "no words"),
        ("image.txt", b"\x89PNG\r\n\x1a\n\x00\x00", "not text"),
        ("image.png", b"\x89PNG\r\n\x1a\n\x00\x00", "files of type .png are not read"),
        ("data.json", b"{}", "files of type .json are not read"),
        ("large.txt", b"word " * 3_000, "larger than 10,000 bytes"),
        ("fr.txt", "Le président a rencontré le ministre à Paris lundi.".encode(), "not in English (but in 'fr')"),
        ("fr.jsonl", b'{"text": "Der Kanzler traf den Minister gestern in Berlin."}', "line 1: it is not in English"),
        ("gap.jsonl", b'{"text": " "}', "line 1: there are no words"),
        ("bad.pdf", b"%PDF-1.4", "damaged"),
        ("bad.docx", b"PK\x03\x04", "damaged"),
        ("bad.html", b"<html></html>", "no article"),
        ("bad.warc.gz", b"\x1f\x8b\x08\x00broken", "no document in it"),
        ("none.jsonl", b"\n \n", "no document in it"),
        ("none.csv", b"id,text\n", "no document in it"),
        ("bad.csv", b"id,body\n1,x\n", "no field 'text'"),
        ("e\x1b[31m\nvil.txt", b"", "e [31m vil.txt: it is empty"),
    ],
)
def test_what_cannot_be_used_gets_one_line_and_reading_goes_on(
    tmp_path: Path, name: str, content: bytes, message: str
) -> None:
    (tmp_path / name).write_bytes(content)
    (tmp_path / "zz.txt").write_text(TEXT)
    problem, good = read(tmp_path, settings=Settings(max_bytes=10_000))
    assert isinstance(problem, InputError) and isinstance(good, Document) and good.id == "zz"
    assert message in str(problem)
    assert str(problem).isprintable() and str(problem).count(": ") >= 2  # file: problem: remedy
    assert name.startswith("e\x1b") or name in str(problem)


def test_what_is_not_there_or_no_file_is_told(tmp_path: Path) -> None:
    write(tmp_path, zz_dot_txt=TEXT)
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "dangling.txt").symlink_to(tmp_path / "nowhere")
    *problems, good = read(tmp_path, tmp_path / "no.txt", tmp_path / "*.pdf", "", "a\x00b")
    assert isinstance(good, Document)
    text = "\n".join(str(problem) for problem in problems)
    for expected in (
        "no.txt: there is no such file",
        "*.pdf: no file matches",
        "empty name",
        "pipe.txt: it is no regular",
    ):
        assert expected in text
    assert "dangling.txt: it cannot be read (No such file or directory)" in text
    assert len(problems) == 6 and text.isascii() and "\x00" not in text


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_is_told(tmp_path: Path) -> None:
    write(tmp_path, secret_dot_txt=TEXT)
    (tmp_path / "secret.txt").chmod(0)
    (problem,) = read(tmp_path)
    assert "Permission denied" in str(problem)


@pytest.mark.parametrize(
    ("content", "published"),
    [
        (TEXT, "2021-01-01"),
        (f"March 14, 2021\n\n{TEXT}", "2021-03-14"),
        (f"HERAT, March 14, 2021 - {TEXT}", "2021-03-14"),
        (f"{TEXT} He was born on March 14, 1961.", "2021-01-01"),
    ],
)
def test_the_date_of_publication_is_the_texts_own_or_the_given_one(
    tmp_path: Path, content: str, published: str
) -> None:
    write(tmp_path, a_dot_txt=content)
    (document,) = documents(read(tmp_path, settings=Settings(published="2021-01-01")))
    assert document.published == published


def test_ids_and_sources_are_harmless_and_bounded(tmp_path: Path) -> None:
    record = '{"id": "a\\u001b]0;x\\u0007\\u202e' + "b" * 5_000 + '", "source": "\\u0000", "text": "' + TEXT + '"}'
    write(tmp_path, a_dot_jsonl=f"{record}\n{record}")
    first, second = documents(read(tmp_path))
    assert first.id.isprintable() and len(first.id) == 120 and second.id == f"{first.id}-2"
    assert first.source == "a.jsonl"


@given(st.lists(st.sampled_from(["a", "a-2", "a-2-2", "a-3", "A", " a", "", "\x1b"]), max_size=12))
def test_ids_are_unique(ids: list[str]) -> None:
    from kg.documents.content import Content
    from kg.documents.read import _DocumentMaker

    maker = _DocumentMaker(settings=Settings(), apart=ReaderApart())
    contents = [Content(text=TEXT, id=identifier, where="line 1") for identifier in ids]
    found = [d.id for d in maker.make(contents, name="n", stem="s", source=None, plain=True) if isinstance(d, Document)]
    assert len(set(found)) == len(ids) and all(found)


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), max_size=80), st.sampled_from(["\n", "\r\n"]))
def test_a_plain_text_is_kept_character_for_character(tail: str, end: str) -> None:
    raw = f"The general met the minister.{end}{end}{tail}{end}"
    found = read("-", stdin=b"\xef\xbb\xbf" + raw.encode("utf-8"))
    assume(not any(isinstance(item, Notice) for item in found))  # by chance it may look garbled
    if isinstance(found[0], Document):  # a tail may make it another language
        assert found[0].text == raw


def test_the_samples_are_read_whole(tmp_path: Path) -> None:
    found = documents(read(SAMPLES))
    assert len(found) == 8
    for document in found:
        assert document.published and document.published.startswith("2021-"), document.id
        assert document.title and 4 <= len(document.title.split()) <= 16, document.id
        assert 180 <= len(document.text.split()) <= 350, document.id
    page = next(d for d in found if d.id == "kestrel-buys-halden-optics")
    assert "Most read" not in page.text and "Subscribe" not in page.text
    assert page.source == "https://fenland.example/business/2021/09/08/kestrel-buys-halden-optics"


def test_importing_the_package_loads_no_library_of_a_format() -> None:
    code = (
        "import sys, kg.documents; heavy = {'trafilatura', 'docx', 'pypdfium2', 'warcio', 'charset_normalizer', "
        "'py3langid', 'numpy', 'lxml', 'spacy', 'ftfy', 'brotli'}; print(sorted(heavy & set(sys.modules)))"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "[]"


def test_the_suffixes_are_lower_case_and_read_once() -> None:
    assert not set(FILE_READERS) & set(RECORD_READERS)
    assert all(suffix == suffix.lower() for suffix in [*FILE_READERS, *RECORD_READERS])
