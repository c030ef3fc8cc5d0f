from io import BytesIO

import pytest

from kg.config import Settings
from kg.documents.content import Content
from kg.documents.warc import read_warc
from kg.errors import InputError

from .samples import make_warc
from .test_html import page

OK = "200 OK\r\nContent-Type: text/html; charset=utf-8"


def read(data: bytes, settings: Settings | None = None) -> list[Content | InputError]:
    return list(read_warc(BytesIO(data), settings=settings or Settings()))


@pytest.mark.parametrize("gzip", [True, False])
def test_html_responses_are_documents(gzip: bool) -> None:
    latin = "200 OK\r\nContent-Type: text/html; charset=windows-1252"
    found = read(
        make_warc(
            [
                ("https://a.example/1", OK, page().encode()),
                ("https://a.example/missing", "404 Not Found\r\nContent-Type: text/html", page().encode()),
                ("https://a.example/image", "200 OK\r\nContent-Type: image/png", b"\x89PNG"),
                ("https://a.example/2", latin, page(first="He met José. " * 20).encode("cp1252")),
            ],
            gzip=gzip,
        )
    )
    first, second = found
    assert isinstance(first, Content) and isinstance(second, Content)
    assert (first.id, first.source, first.published) == (
        "00000000-0000-0000-0000-000000000000",
        "https://a.example/1",
        "2021-03-14",
    )
    assert "He met José." in second.text


def test_a_page_that_cannot_be_used_is_told_and_reading_goes_on() -> None:
    bad = "200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip"
    found = read(
        make_warc(
            [
                ("https://a.example/empty", OK, b"<html></html>"),
                ("https://a.example/broken", bad, b"\x1f\x8b\x08\x00broken"),
                ("https://a.example/large", OK, b"<p>word</p>" * 10_000),
                ("https://a.example/good", OK, page().encode()),
            ]
        ),
        Settings(max_bytes=50_000),
    )
    assert [type(item) for item in found] == [InputError, InputError, InputError, Content]
    assert [str(item).partition(": ")[0] for item in found[:3]] == [
        "https://a.example/empty",
        "https://a.example/broken",
        "https://a.example/large",
    ]


@pytest.mark.parametrize("data", [b"no archive at all", b"\x1f\x8b\x08\x00" + b"x" * 100])
def test_what_is_no_archive_is_refused(data: bytes) -> None:
    with pytest.raises(InputError, match="no web archive"):
        read(data)


def test_a_truncated_archive_gives_what_it_has() -> None:
    data = make_warc([("https://a.example/1", OK, page().encode()), ("https://a.example/2", OK, page().encode())])
    try:
        found = read(data[:-300])
    except InputError:
        return
    assert isinstance(found[0], Content)
