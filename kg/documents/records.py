"""Files of many documents, one a record: JSON Lines and CSV."""

import csv
import io
import json
from collections.abc import Iterator, Mapping
from itertools import count
from typing import BinaryIO, TextIO

from kg.config import FieldNames, Settings
from kg.documents.content import Content, one_line, storable
from kg.documents.dateline import parse_date
from kg.documents.decoding import find_encoding
from kg.errors import InputError

__all__ = ["read_csv", "read_jsonl"]

_GIVE_UP = 20  # records in a row that cannot be read: the file is not what its name says
_DELIMITERS = ",;\t|"
_SAMPLE = 200_000  # bytes by which the encoding of a CSV file is told
_NAME_FIELD = "name the field that holds the text"
_MAX_FIELD = 2**31 - 1  # what the csv module can be told on every platform


def read_jsonl(stream: BinaryIO, *, settings: Settings) -> Iterator[Content | InputError]:
    """Yield one document a line, each a JSON object with the fields of ``settings.fields``; blank lines are skipped."""
    bad = 0
    for number in count(1):
        line = stream.readline(settings.max_bytes + 1)
        if not line:
            return
        if not line.strip():
            continue
        where = f"line {number}"
        if len(line) > settings.max_bytes:
            yield InputError(f"{where}: it is larger than {settings.max_bytes:,} bytes: raise the limit on size")
            _skip_line(stream, line)
            continue
        read = _json_record(line, where=where, fields=settings.fields)
        yield read
        bad = bad + 1 if isinstance(read, InputError) else 0
        if bad == _GIVE_UP:
            yield InputError(f"{where}: {bad} lines in a row cannot be used: the rest of the file is skipped")
            return


def read_csv(stream: BinaryIO, *, settings: Settings) -> Iterator[Content | InputError]:
    """Yield one document a row of a CSV file (comma, semicolon, tab or bar) whose first row names the fields."""
    text, header = _text(stream)
    csv.field_size_limit(max(csv.field_size_limit(), min(settings.max_bytes, _MAX_FIELD)))
    try:
        yield from _csv_records(text, delimiter=max(_DELIMITERS, key=header.count), fields=settings.fields)
    finally:
        text.detach()  # the stream is the caller's to close


def _csv_records(text: TextIO, *, delimiter: str, fields: FieldNames) -> Iterator[Content | InputError]:
    rows = csv.reader(text, delimiter=delimiter)
    names = [name.strip() for name in next(rows, [])]
    if fields.text not in names:
        listed = one_line(", ".join(names), limit=120)
        raise InputError(f"its first row has no field {fields.text!r} (but {listed}): {_NAME_FIELD}")
    bad = 0
    while bad < _GIVE_UP:
        where = f"line {rows.line_num + 1}"
        try:
            row = next(rows, None)
        except csv.Error as error:
            yield InputError(f"{where}: its quoting is broken ({error}): save the file again as CSV")
            bad += 1
            continue
        except UnicodeError:
            yield InputError(f"{where}: its encoding changes, the rest is skipped: save the file again as UTF-8 CSV")
            return
        if row is None:
            return
        bad = 0
        if any(row):
            yield _content(dict(zip(names, row, strict=False)), where=where, fields=fields)
    yield InputError(f"line {rows.line_num}: {bad} rows in a row cannot be used: the rest of the file is skipped")


def _json_record(line: bytes, *, where: str, fields: FieldNames) -> Content | InputError:
    try:
        record = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        reason = "nested too deeply" if isinstance(error, RecursionError) else "no JSON"
        return InputError(f"{where}: it is {reason}: write one JSON object a line, in UTF-8")
    if not isinstance(record, dict):
        return InputError(f"{where}: it is no JSON object: write one a line")
    return _content(record, where=where, fields=fields)


def _content(record: Mapping[str, object], *, where: str, fields: FieldNames) -> Content | InputError:
    text = record.get(fields.text)
    if not isinstance(text, str):
        problem = "no field" if text is None else "no text in field"
        return InputError(f"{where}: {problem} {fields.text!r}: {_NAME_FIELD}, or fill it")

    def field(name: str) -> str | None:
        value = record.get(name)
        if isinstance(value, bool) or not isinstance(value, str | int):
            return None
        return one_line(f"{value:d}" if isinstance(value, int) else value) or None

    return Content(
        text=storable(text),
        title=field(fields.title),
        published=parse_date(field(fields.published) or ""),
        source=field(fields.source),
        id=field(fields.id),
        where=where,
    )


def _text(stream: BinaryIO) -> tuple[io.TextIOWrapper, str]:
    """Open a stream as text in the encoding that its beginning shows; return also its first line."""
    sample = stream.read(_SAMPLE)
    whole = sample if len(sample) < _SAMPLE else sample[: sample.rfind(b"\n") + 1]  # not within a character
    mark, encoding = find_encoding(whole)
    stream.seek(mark)
    first = whole[mark:].decode(encoding, "replace").partition("\n")[0]
    return io.TextIOWrapper(stream, encoding=encoding, newline=""), first


def _skip_line(stream: BinaryIO, line: bytes) -> None:
    while line and not line.endswith(b"\n"):
        line = stream.readline(1 << 20)
