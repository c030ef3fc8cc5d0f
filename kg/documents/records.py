"""Files of many documents, one a record: JSON Lines and CSV."""

import io
import json
from collections.abc import Iterator, Mapping
from itertools import count, zip_longest
from typing import BinaryIO, TextIO

from kg.config import FieldNames, Settings
from kg.documents.content import Content, one_line, storable
from kg.documents.decoding import find_encoding
from kg.documents.limits import MAX_RECORD
from kg.documents.record_dates import read_date, unread_date
from kg.errors import InputError
from kg.rows import read_rows, separator

__all__ = ["read_csv", "read_jsonl"]

_GIVE_UP = 20  # lines in a row that are no records: the file is not what its name says
_DELIMITERS = ",;\t|"
_SAMPLE = 200_000  # bytes by which the encoding of a CSV file is told
_SURPLUS = "it has more fields than the first row names: put its text in quotation marks"
_NAME_FIELD = "name the field that holds the text"


def read_jsonl(stream: BinaryIO, *, settings: Settings) -> Iterator[Content | InputError]:
    """Yield one document a line, each a JSON object with the fields of ``settings.fields``; blank lines are skipped."""
    bad, limit = 0, min(MAX_RECORD, settings.max_bytes)
    for number in count(1):
        line = stream.readline(limit + 1)
        if not line:
            return
        if not line.strip():
            continue
        where = f"line {number}"
        if len(line) > limit:
            yield InputError(f"it is larger than {limit:,} bytes: split it", where=where)
            _skip_line(stream, line)
            continue
        record = _json_record(line, where=where)
        yield record if isinstance(record, InputError) else _content(record, where=where, fields=settings.fields)
        bad = bad + 1 if isinstance(record, InputError) else 0
        if bad == _GIVE_UP:
            yield InputError(f"{bad} lines in a row are no records: the rest of the file is skipped", where=where)
            return


def read_csv(stream: BinaryIO, *, settings: Settings) -> Iterator[Content | InputError]:
    """Yield one document a row of a CSV file (comma, semicolon, tab or bar) whose first row names the fields.

    Excel's line before it ("sep=;") names the delimiter. A NUL is replaced, as in any text.
    """
    text, first = _text(stream)
    try:
        given = separator(first)
        if given:
            text.readline()
        delimiter = given or max(_DELIMITERS, key=first.count)
        yield from _csv_records(text, delimiter=delimiter, first=2 if given else 1, settings=settings)
    finally:
        text.detach()  # the stream is the caller's to close


def _csv_records(text: TextIO, *, delimiter: str, first: int, settings: Settings) -> Iterator[Content | InputError]:
    rows = read_rows(text, delimiter=delimiter, limit=min(MAX_RECORD, settings.max_bytes), first=first)
    fields = settings.fields
    header = next(rows, None)
    if isinstance(header, InputError):
        raise header
    names = [name.strip() for name in header.fields] if header else []
    if fields.text not in names:
        listed = one_line(", ".join(names), limit=120)
        raise InputError(f"its first row has no field {fields.text!r} (but {listed}): {_NAME_FIELD}")
    try:
        for row in rows:
            if isinstance(row, InputError):
                yield row
            elif any(row.fields[len(names) :]):
                yield InputError(_SURPLUS, where=f"line {row.line}")
            elif any(row.fields):
                padded = dict(zip_longest(names, row.fields[: len(names)], fillvalue=""))
                yield _content(padded, where=f"line {row.line}", fields=fields)
    except UnicodeError:
        yield InputError("its encoding changes, the rest is skipped: save the file again as UTF-8 CSV")


def _json_record(line: bytes, *, where: str) -> dict[str, object] | InputError:
    try:
        record = json.loads(line.decode("utf-8-sig"), strict=False)  # a control character in a text does no harm
    except (ValueError, RecursionError) as error:
        reason = "nested too deeply" if isinstance(error, RecursionError) else "no JSON"
        return InputError(f"it is {reason}: write one JSON object a line, in UTF-8", where=where)
    return record if isinstance(record, dict) else InputError("it is no JSON object: write one a line", where=where)


def _content(record: Mapping[str, object], *, where: str, fields: FieldNames) -> Content | InputError:
    text = record.get(fields.text)
    if not isinstance(text, str):
        problem = "no field" if text is None else "no text in field"
        return InputError(f"{problem} {fields.text!r}: {_NAME_FIELD}, or fill it", where=where)

    def field(name: str) -> str | None:
        value = record.get(name)
        if isinstance(value, bool) or not isinstance(value, str | int):
            return None
        return one_line(f"{value:d}" if isinstance(value, int) else value) or None

    day = record.get(fields.published)
    return Content(
        text=storable(text),
        title=field(fields.title),
        published=read_date(day),
        source=field(fields.source),
        id=field(fields.id),
        where=where,
        misdated=bool(unread_date(day)),
        notes=unread_date(day),
    )


def _text(stream: BinaryIO) -> tuple[io.TextIOWrapper, str]:
    """Open a stream as text in the encoding that its beginning shows; return also its first line."""
    sample = stream.read(_SAMPLE)
    whole = sample if len(sample) < _SAMPLE else sample[: sample.rfind(b"\n") + 1]  # not within a character
    mark, encoding = find_encoding(whole)
    stream.seek(mark)
    first = whole[mark:].decode(encoding, "replace").partition("\n")[0].rstrip("\r")
    return io.TextIOWrapper(stream, encoding=encoding, newline=""), first


def _skip_line(stream: BinaryIO, line: bytes) -> None:
    while line and not line.endswith(b"\n"):
        line = stream.readline(1 << 20)
