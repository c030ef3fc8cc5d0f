"""The records of a web archive by warcio, held to a bound, and whether each is whole: warcio itself does not say."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

from warcio.archiveiterator import ArchiveIterator
from warcio.bufferedreaders import ChunkedDataReader, DecompressingBufferedReader

from kg.documents.limits import MAX_HEADER
from kg.errors import InputError
from kg.quiet import quiet

__all__ = ["WarcRecord", "read_archive"]

_CUT = "it is cut short: download it again"


@dataclass(frozen=True, slots=True, kw_only=True)
class WarcRecord:
    """A record: its ``headers`` by WARC, the ``http`` headers or None, and its ``type``; both have ``get_header``.

    Attributes:
        body: its content as it was sent, compressed or not, but for chunks; None where it is longer than the limit.
        whole: whether it is as long as it says.
    """

    type: str
    headers: Any
    http: Any
    body: bytes | None
    whole: bool


def read_archive(stream: BinaryIO, *, limit: int) -> Iterator[WarcRecord]:
    """Yield the records of a WARC file, gzipped or not, with the content of those of at most ``limit`` bytes.

    Raises:
        InputError: the file is no web archive, or is damaged or cut short from here on.
    """
    archive = ArchiveIterator(stream)
    archive.INC_RECORD = ""  # its warning, written to standard error
    reader = archive.reader = _Reader(stream)
    number = 0
    try:
        while (record := _next(archive)) is not None:
            number += 1
            yield _whole(archive, record, limit)
    finally:
        archive.close()
    if reader.header or (reader.unfinished and number):
        raise InputError(_CUT)


def _next(archive: Any) -> Any:
    try:
        with quiet("warcio"):
            return next(archive, None)
    except InputError:
        raise
    except Exception as error:  # a damaged or hostile archive; what follows cannot be found any more
        raise _damaged(error) from error


def _whole(archive: Any, record: Any, limit: int) -> WarcRecord:
    wrong = archive.err_count
    try:
        with quiet("warcio"):
            body = _body(record, limit)
            archive.read_to_end()
        archive.reader.header = 0
    except InputError:
        raise
    except Exception as error:
        raise _damaged(error) from error
    return WarcRecord(
        type=record.rec_type,
        headers=record.rec_headers,
        http=record.http_headers,
        body=body,
        whole=getattr(record.raw_stream, "limit", None) == 0 and archive.err_count == wrong,
    )


def _body(record: Any, limit: int) -> bytes | None:
    if record.length is None or record.length > limit + MAX_HEADER:
        return None
    chunked = record.http_headers and (record.http_headers.get_header("Transfer-Encoding") or "").lower() == "chunked"
    body: bytes = (ChunkedDataReader(record.raw_stream) if chunked else record.raw_stream).read(limit + 1)
    return body if len(body) <= limit else None


def _damaged(error: Exception) -> InputError:
    why = f"it is no web archive, or is damaged from here on ({type(error).__name__})"
    return InputError(f"{why}: download it again")


class _Reader(DecompressingBufferedReader):  # type: ignore[misc]
    """Bounds the lines of headers, for warcio reads them whole in more than linear time; ``header`` counts them."""

    header = 0
    unfinished = False  # whether the file ended within a gzip member

    def readline(self, length: int | None = None) -> bytes:
        """Return the next line, cut at ``length`` bytes; raise an error where the headers grow too long."""
        most = MAX_HEADER + 1
        line: bytes = super().readline(most if length is None else min(length, most))
        self.header += len(line) if line.strip() else 0
        if self.header > MAX_HEADER:
            raise InputError(f"the headers of a record are longer than {MAX_HEADER:,} bytes: the rest is skipped")
        return line

    def read(self, length: int | None = None) -> bytes:
        """Return bytes of a record's content, after which no headers go on."""
        self.header = 0
        return bytes(super().read(length))

    def close_decompressor(self) -> None:
        """Note whether the last member was whole; it cannot be told afterwards."""
        self.unfinished = bool(self.decompressor and self.num_block_read and not self.decompressor.eof)
        super().close_decompressor()

    def _decompress(self, data: bytes) -> bytes:
        if self.decompressor and self.num_block_read:
            return bytes(self.decompressor.decompress(data))  # warcio writes the error to standard error and goes on
        return bytes(super()._decompress(data))
