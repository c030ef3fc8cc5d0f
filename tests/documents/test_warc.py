import zlib
from collections.abc import Callable
from gzip import compress
from io import BytesIO

import brotli
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


GOOD = [(f"https://a.example/{i}", OK, page().encode()) for i in range(3)]
WRONG = "it is cut short or its length is wrong"


def outcome(data: bytes) -> tuple[list[str | None], str]:
    """Return the ids of the pages read, by their last digit, and all that was said."""
    found, said = [], []
    try:
        for item in read_warc(BytesIO(data), settings=Settings()):
            found.append(item.id and item.id[-1]) if isinstance(item, Content) else said.append(str(item))
    except InputError as error:
        said.append(str(error))
    return found, "\n".join(said)


@pytest.mark.parametrize("gzip", [True, False])
@pytest.mark.parametrize("share", [0.2, 0.45, 0.6, 0.8, 0.9, 0.995])
def test_an_archive_that_is_cut_short_says_so(capsys: pytest.CaptureFixture[str], share: float, *, gzip: bool) -> None:
    data = make_warc(GOOD, gzip=gzip)
    found, said = outcome(data[: int(len(data) * share)])
    assert found == ["0", "1", "2"][: len(found)] and len(found) <= 3 * share + (share > 0.99)
    assert ("cut short" in said or "damaged from here on" in said) and "download" in said
    assert capsys.readouterr().err == ""  # warcio warns there


@pytest.mark.parametrize(
    ("length", "gzip", "read"),
    [
        ("+100", True, ["0", "2"]),
        ("+100", False, ["0"]),
        ("+100000", True, ["0", "2"]),
        ("+100000", False, ["0"]),
        ("-50", True, ["0", "2"]),
        ("-50", False, ["0", "2"]),
        ("none", True, ["0", "2"]),
        ("none", False, ["0"]),
    ],
)
def test_a_wrong_length_is_told_and_spoils_no_article(
    capsys: pytest.CaptureFixture[str], length: str, read: list[str], *, gzip: bool
) -> None:
    records = [b"WARC/1.0\r\n" + rest for rest in make_warc(GOOD, gzip=False).split(b"WARC/1.0\r\n")[1:]]
    head, _, rest = records[2].partition(b"Content-Length: ")
    number, _, rest = rest.partition(b"\r\n")
    records[2] = head + (b"Content-Length: %d\r\n" % (int(number) + int(length)) if length != "none" else b"") + rest
    found, said = outcome(b"".join(compress(record) if gzip else record for record in records))
    assert found == read and f"https://a.example/1: {WRONG}" in said
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(
    ("address", "head", "said"),
    [
        (
            "https://a.example/1",
            f"{OK}\r\nX: {'a' * 5_000_000}",
            "the headers of a record are longer than 100,000 bytes",
        ),
        (f"https://a.example/{'a' * 5_000_000}", OK, "the headers of a record are longer than 100,000 bytes"),
        ("https://a.example/1", OK + "\r\nX: a" * 50_000, "the headers of a record are longer than 100,000 bytes"),
    ],
)
def test_headers_are_bounded(address: str, head: str, said: str) -> None:
    assert said in outcome(make_warc([(address, head, page().encode()), GOOD[1]]))[1]


def test_a_page_in_many_chunks_is_read_whole() -> None:
    body = b"".join(b"1\r\n%c\r\n" % byte for byte in page(first="The minister met the general. " * 700).encode())
    head = f"{OK}\r\nTransfer-Encoding: chunked"
    for gzip in (True, False):
        data = make_warc([("https://a.example/1", head, body + b"0\r\n\r\n"), GOOD[1]], gzip=gzip)
        assert outcome(data) == (["0", "1"], "")
        assert outcome(make_warc([("https://a.example/1", head, body + b"0\r\n\r\n")], gzip=gzip)) == (["0"], "")


def test_a_packing_that_is_not_read_is_named() -> None:
    head = f"{OK}\r\nContent-Encoding: zstd"
    found, said = outcome(make_warc([("https://a.example/1", head, b"\x28\xb5\x2f\xfd\x04" * 99), GOOD[1]]))
    assert found == ["1"] and "packed by 'zstd'" in said


@pytest.mark.parametrize("body", [brotli.compress(page().encode())[:-20], b"\x0b\x02\x80" * 99, b"\xff" * 50])
def test_a_page_of_brotli_that_is_damaged_is_told(body: bytes) -> None:
    head = f"{OK}\r\nContent-Encoding: br"
    found, said = outcome(make_warc([("https://a.example/1", head, body), GOOD[1]]))
    assert found == ["1"] and "https://a.example/1: its content is damaged" in said


@pytest.mark.parametrize(("encoding", "pack"), [("gzip", compress), ("br", brotli.compress)])
@pytest.mark.parametrize("chunked", [True, False])
def test_what_a_page_unpacks_to_is_bounded(encoding: str, pack: Callable[[bytes], bytes], *, chunked: bool) -> None:
    body = pack(b" " * 30_000_000)
    head = f"{OK}\r\nContent-Encoding: {encoding}"
    if chunked:
        head, body = f"{head}\r\nTransfer-Encoding: chunked", b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body)
    found, said = outcome(make_warc([("https://a.example/1", head, body), GOOD[1]]))
    assert found == ["1"] and "the page is larger than 10,000,000 bytes" in said


@pytest.mark.parametrize(
    ("encoding", "packed"),
    [
        ("gzip", compress),
        ("x-gzip", compress),
        ("deflate", zlib.compress),
        ("br", brotli.compress),
        ("BR", brotli.compress),
        ("gzip", bytes),
        ("br", bytes),  # a crawler unpacked it and kept the header
        ("identity", bytes),
    ],
)
def test_a_page_is_unpacked(encoding: str, packed: Callable[[bytes], bytes]) -> None:
    head = f"{OK}\r\nContent-Encoding: {encoding}"
    assert outcome(make_warc([("https://a.example/1", head, packed(page().encode()))])) == (["0"], "")
