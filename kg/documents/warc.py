"""Web archives: the article of every HTML page in a .warc or .warc.gz file, by warcio."""

from collections.abc import Iterator
from typing import Any, BinaryIO

from kg.config import Settings
from kg.documents.content import Content, one_line
from kg.documents.html import read_html
from kg.documents.quiet import quiet
from kg.errors import InputError

__all__ = ["read_warc"]

_PAGES = frozenset({"text/html", "application/xhtml+xml"})
_MAX_PAGE = 10_000_000  # bytes, unpacked


def read_warc(stream: BinaryIO, *, settings: Settings) -> Iterator[Content | InputError]:
    """Yield one document a page that was answered with status 200; ``id`` is the UUID of the record.

    Other records (requests, images, redirects) are passed over. The day of the crawl is no date of publication.
    """
    from warcio.archiveiterator import ArchiveIterator

    archive: Any = ArchiveIterator(stream)
    try:
        while (record := _next(archive)) is not None:
            if _is_page(record):
                yield _read_record(record, limit=min(_MAX_PAGE, settings.max_bytes))
    finally:
        archive.close()


def _next(archive: Any) -> Any:
    try:
        with quiet("warcio"):
            return next(archive, None)
    except Exception as error:  # a damaged or hostile archive; what follows cannot be found any more
        why = f"it is no web archive, or is damaged from here on ({type(error).__name__})"
        raise InputError(f"{why}: download it again") from error


def _is_page(record: Any) -> bool:
    if record.rec_type == "response":
        headers = record.http_headers
        return headers is not None and headers.get_statuscode() == "200" and _media_type(headers)[0] in _PAGES
    return record.rec_type == "resource" and _media_type(record.rec_headers)[0] in _PAGES


def _media_type(headers: Any) -> tuple[str, str | None]:
    media_type, _, rest = (headers.get_header("Content-Type") or "").partition(";")
    _, _, charset = rest.lower().partition("charset=")
    return media_type.strip().lower(), charset.split(";")[0].strip(" \"'") or None


def _read_record(record: Any, *, limit: int) -> Content | InputError:
    address = record.rec_headers.get_header("WARC-Target-URI") or ""
    url = one_line(address.strip("<>"), limit=2_000)
    where = one_line(url or "a record without an address", limit=200)
    charset = _media_type(record.http_headers or record.rec_headers)[1]
    try:
        with quiet("warcio"):
            data = record.content_stream().read(limit + 1)
        if len(data) > limit:
            raise InputError(f"the page is larger than {limit:,} bytes: it is skipped")
        page = read_html(data, charset=charset, url=url or None)
    except InputError as error:
        return InputError(f"{where}: {error}")
    except Exception as error:  # broken compression or chunks, anywhere below warcio
        return InputError(f"{where}: its content is damaged ({type(error).__name__}): fetch the page again")
    identifier = (record.rec_headers.get_header("WARC-Record-ID") or "").strip("<>").rpartition(":")[2]
    return Content(
        text=page.text, title=page.title, published=page.published, source=page.source, id=identifier, where=where
    )
