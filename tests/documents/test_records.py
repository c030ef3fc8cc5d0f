import json
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.config import FieldNames, Settings
from kg.documents.content import Content
from kg.documents.records import read_csv, read_jsonl
from kg.errors import InputError

SETTINGS = Settings()
TEXT = "The minister met the general."


def jsonl(data: bytes, settings: Settings = SETTINGS) -> list[Content | InputError]:
    return list(read_jsonl(BytesIO(data), settings=settings))


def csv(data: bytes, settings: Settings = SETTINGS) -> list[Content | InputError]:
    return list(read_csv(BytesIO(data), settings=settings))


def test_a_line_is_a_document() -> None:
    record = {
        "id": 7,
        "title": " A\nb ",
        "published": "15 Nov 2020",
        "source": "https://a.example",
        "text": TEXT,
        "x": [1],
    }
    data = b"\xef\xbb\xbf" + json.dumps(record).encode() + b"\r\n\n" + json.dumps({"text": TEXT}).encode()
    assert jsonl(data) == [
        Content(text=TEXT, title="A b", published="2020-11-15", source="https://a.example", id="7", where="line 1"),
        Content(text=TEXT, where="line 3"),
    ]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (b"{", "line 2: it is no JSON"),
        (b"\xff\xfe", "line 2: it is no JSON"),
        (b"[" * 100_000, "line 2: it is nested too deeply"),
        (b"[1]", "line 2: it is no JSON object"),
        (b"1" * 5_000, "line 2: it is no JSON"),
        (b'{"body": "x"}', "line 2: no field 'text'"),
        (b'{"text": null}', "line 2: no field 'text'"),
        (b'{"text": 5}', "line 2: no text in field 'text'"),
        (b'{"text": "' + b"x" * 20_000 + b'"}', "line 2: it is larger than 10,000 bytes"),
    ],
)
def test_a_bad_line_is_told_and_reading_goes_on(line: bytes, message: str) -> None:
    good = json.dumps({"text": TEXT}).encode()
    settings = Settings(max_bytes=200_000 if line.startswith(b"[[") else 10_000)
    first, second, third = jsonl(good + b"\n" + line + b"\n" + good, settings)
    assert isinstance(first, Content) and isinstance(third, Content) and third.where == "line 3"
    assert isinstance(second, InputError) and str(second).startswith(message)


def test_a_file_that_is_no_json_lines_is_given_up() -> None:
    found = jsonl(b"plain text\n" * 1_000)
    assert len(found) == 21 and "rest of the file" in str(found[-1])
    found = csv(b"text\n" + b"\n" * 1_000)
    assert found == []


def test_what_no_file_can_hold_is_replaced() -> None:
    (content,) = jsonl(b'{"text": "a\\u0000b\\ud800c", "id": "x\\u001b[31m\\u202ey", "title": "\\ud800"}')
    assert isinstance(content, Content)
    assert (content.text, content.id, content.title) == ("a\ufffdb\ufffdc", "x [31m y", None)
    content.text.encode("utf-8")


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_row_is_a_document(delimiter: str, encoding: str) -> None:
    text = f'José said: "No{delimiter}\nnever."'
    quoted = text.replace('"', '""')
    rows = [["id", "published", "text"], ["a1", "2020-11-15", f'"{quoted}"'], ["", "", ""], ["a2", "", "He went."]]
    data = "\r\n".join(delimiter.join(row) for row in rows).encode(encoding)
    first, second = csv(data)
    assert first == Content(text=text, published="2020-11-15", id="a1", where="line 2")
    assert second == Content(text="He went.", id="a2", where="line 5")


def test_other_names_of_fields() -> None:
    fields = FieldNames(id="nr", title="head", published="day", source="link", text="body")
    settings = Settings(fields=fields)
    expected = Content(text=TEXT, title="H", published="2020-11-15", source="https://a.example", id="3", where="line 2")
    assert csv(f"nr,head,day,link,body\n3,H,2020-11-15,https://a.example,{TEXT}\n".encode(), settings) == [expected]


def test_a_missing_column_is_told_once() -> None:
    with pytest.raises(InputError, match="no field 'text'"):
        csv(b"id,body\n1,x\n2,y\n")


def test_a_long_field_is_read() -> None:
    (content,) = csv(b"text\n" + b"word " * 100_000)
    assert isinstance(content, Content) and len(content.text) == 500_000


@given(st.binary(max_size=300))
def test_any_bytes_give_documents_or_messages(data: bytes) -> None:
    jsonl(data)
    try:
        csv(b"text\n" + data)
    except InputError as error:
        assert str(error)


BIG = "word " * 1_000_000


@pytest.mark.parametrize(
    ("data", "texts", "message"),
    [
        ("id,text\n1,x\x00y\n2,z", ["x\ufffdy", "z"], None),
        ("sep=;\r\nid;text\r\n1;x, y\r\n", ["x, y"], None),
        ('id,text\n1,"a\n2,b\n3,c', ["b", "c"], "line 2: a quotation mark in it is not closed"),
        (f"id,text\n1,{BIG}\n2,b", ["b"], "line 2: it is longer than 4,000,000 characters: split it"),
        (f'id,text\n1,"{BIG}"\n2,b', ["b"], "line 2: it is longer than 4,000,000 characters: split it"),
        ('id,text\n1,"' + ("word " * 50 + "\n") * 20_000 + '"\n2,b', ["b"], "line 2: it is longer than 4,000,000"),
        (
            "id,text\n1,a\n2,He met her, then left\n3,c",
            ["a", "c"],
            "line 3: it has more fields than the first row names",
        ),
        ("id,text\n1,a,,\n2,b,", ["a", "b"], None),  # as spreadsheets fill up their rows
        ('id,text\n1,"He said \\"no\\", then left"\n2,b', ['He said "no", then left', "b"], None),
        ("id,text\n" + '1,"a\n' * 25 + "2,b", ["b"], "line 2: a quotation mark"),  # however many are bad
    ],
)
def test_a_bad_row_is_told_and_the_others_are_read(data: str, texts: list[str], message: str | None) -> None:
    found = csv(data.encode())
    assert [item.text for item in found if isinstance(item, Content)] == texts
    told = [str(item) for item in found if isinstance(item, InputError)]
    assert told[:1] == [text for text in told[:1] if message and text.startswith(message)]
    assert bool(told) is bool(message)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_nul_and_the_line_of_excel_in_any_encoding(encoding: str) -> None:
    found = csv("sep=|\r\nid|text\r\n1|Jos\u00e9 a\x00b\r\n".encode(encoding))
    assert found == [Content(text="José a\ufffdb", id="1", where="line 3")]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ('{"text": "a\tb\x00c"}', "a\tb\ufffdc"),  # not as JSON has it, but no harm
        ('{"text": "' + BIG + '"}', "line 1: it is larger than 4,000,000 bytes: split it"),
    ],
)
def test_a_line_of_json_is_mended_or_bounded(line: str, expected: str) -> None:
    first, second = jsonl(f'{line}\n{{"text": "{TEXT}"}}'.encode())
    assert (first.text if isinstance(first, Content) else str(first)) == expected
    assert isinstance(second, Content)


def test_records_without_text_do_not_end_a_file() -> None:
    found = jsonl(b'{"id": 1}\n' * 100 + b'{"text": "a"}')
    assert len(found) == 101 and isinstance(found[-1], Content)
