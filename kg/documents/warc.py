"""Web archives: the article of every HTML page in a .warc or .warc.gz file."""

import re
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any, BinaryIO

from kg.config import Settings
from kg.documents.content import Content, one_line
from kg.documents.html import read_html
from kg.documents.limits import MAX_PAGE
from kg.errors import InputError

if TYPE_CHECKING:
    from kg.documents.archive import WarcRecord

__all__ = ["read_warc"]

_CUT = "it is cut short or its length is wrong, what follows may be lost: download the archive again"
_DAMAGED = "its content is damaged: fetch the page again"
_PAGES = frozenset({"text/html", "application/xhtml+xml"})
_BROTLI = "br"
_LIKE_HTML = re.compile(rb"[\s\xef\xbb\xbf]*<")
_WINDOWS = {
    "gzip": (16 + zlib.MAX_WBITS,),
    "x-gzip": (16 + zlib.MAX_WBITS,),
    "deflate": (zlib.MAX_WBITS, -zlib.MAX_WBITS),
}


def read_warc(
    stream: BinaryIO, *, settings: Settings, read_page: Callable[..., list[Content]] = read_html
) -> Iterator[Content | InputError]:
    """Yield one document a page that was answered with status 200; ``id`` is the UUID of the record.

    Other records (requests, images, redirects) are passed over. The day of the crawl is no date of publication.

    Args:
        stream: the archive.
        settings: its limit on size counts for each page.
        read_page: reads a page as ``read_html`` does.
    """
    from kg.documents.archive import read_archive

    limit = min(MAX_PAGE, settings.max_bytes)
    for record in read_archive(stream, limit=limit):
        if _is_page(record):
            yield from _read_record(record, limit, read_page)
        elif not record.whole:
            yield InputError(_CUT, where=_where(record))


def _is_page(record: "WarcRecord") -> bool:
    if record.type == "response":
        return (
            record.http is not None and record.http.get_statuscode() == "200" and _media_type(record.http)[0] in _PAGES
        )
    return record.type == "resource" and _media_type(record.headers)[0] in _PAGES


def _media_type(headers: Any) -> tuple[str, str | None]:
    media_type, _, rest = (headers.get_header("Content-Type") or "").partition(";")
    _, _, charset = rest.lower().partition("charset=")
    return media_type.strip().lower(), charset.split(";")[0].strip(" \"'") or None


def _address(record: "WarcRecord") -> str:
    return one_line((record.headers.get_header("WARC-Target-URI") or "").strip("<>"), limit=2_000)


def _where(record: "WarcRecord") -> str:
    return one_line(_address(record) or "a record without an address", limit=200)


def _read_record(
    record: "WarcRecord", limit: int, read_page: Callable[..., list[Content]]
) -> Iterator[Content | InputError]:
    where, url = _where(record), _address(record)
    try:
        if not record.whole:
            raise InputError(_CUT)
        data = _unpacked(record, limit)
        found = read_page(data, charset=_media_type(record.http or record.headers)[1], url=url or None)
    except InputError as error:
        packed = _packing(record)
        unknown = f"its content may be packed by {packed!r}, which is not read: fetch the page again without"
        yield InputError(unknown if packed not in {*_WINDOWS, _BROTLI, "", "identity"} else str(error), where=where)
        return
    identifier = (record.headers.get_header("WARC-Record-ID") or "").strip("<>").rpartition(":")[2]
    for number, page in enumerate(found, start=1):
        own = identifier if len(found) == 1 else f"{identifier}-{number}"
        yield replace(page, id=own, where=where)


def _packing(record: "WarcRecord") -> str:
    named = record.http.get_header("Content-Encoding") if record.http else None
    return one_line(named or "", limit=40).lower()


def _unpacked(record: "WarcRecord", limit: int) -> bytes:
    """Return a page's bytes; crawlers store some unpacked whose header still says that they are compressed."""
    data = record.body
    if data is not None:
        packing = _packing(record)
        data = _unbrotlied(data, limit) if packing == _BROTLI else _inflated(data, limit, _WINDOWS.get(packing, ()))
    if data is None or len(data) > limit:
        raise InputError(f"the page is larger than {limit:,} bytes: save the article alone")
    return data


def _inflated(data: bytes, limit: int, windows: tuple[int, ...]) -> bytes:
    for window in windows:
        try:
            unpacker = zlib.decompressobj(window)
            unpacked = unpacker.decompress(data, limit + 1)
        except zlib.error:
            continue
        if not unpacker.eof and len(unpacked) <= limit:
            raise InputError(_DAMAGED)
        return unpacked
    return data


def _unbrotlied(data: bytes, limit: int) -> bytes:
    import brotli

    unpacker = brotli.Decompressor()
    try:
        unpacked: bytes = unpacker.process(data, output_buffer_limit=limit + 1)
        while not unpacker.is_finished() and len(unpacked) <= limit:
            more = unpacker.process(b"", output_buffer_limit=limit + 1 - len(unpacked))
            if not more:
                raise InputError(_DAMAGED)
            unpacked += more
    except brotli.error as error:
        if _LIKE_HTML.match(data):
            return data
        raise InputError(_DAMAGED) from error
    return unpacked
