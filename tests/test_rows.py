"""Rows of CSV: a mark that is not closed takes one row and no more; what is well formed is read as ever."""

from io import StringIO

import pytest

from kg.errors import InputError
from kg.rows import NumberedRow, read_rows, separator

LONG = "x" * 200


def rows(text: str, *, limit: int = 100, delimiter: str = ",") -> list[tuple[int, list[str]] | str]:
    found = read_rows(StringIO(text, newline=""), delimiter=delimiter, limit=limit)
    return [(item.line, item.fields) if isinstance(item, NumberedRow) else str(item) for item in found]


UNCLOSED = "a quotation mark in it is not closed"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a,b\n1,x\r\n2,y", [["a", "b"], ["1", "x"], ["2", "y"]]),
        ('a,b\n1,"x, ""y""\nz"\n2,w\n', [["a", "b"], ["1", 'x, "y"\nz'], ["2", "w"]]),
        ('a,b\n1,He "met" her\n2,w\n', [["a", "b"], ["1", 'He "met" her'], ["2", "w"]]),
        ('a,b\n1,"He" met her\n2,w\n', [["a", "b"], ["1", "He met her"], ["2", "w"]]),
        ("a,b\n\n1,x\ny\x00,z", [["a", "b"], [], ["1", "x"], ["y\x00", "z"]]),
        ('a,b\n1,"x\n2,y\n3,"z"\n', [["a", "b"], f"line 2: {UNCLOSED}", ["2", "y"], ["3", "z"]]),
        ('a,b\n"1","x\n"2","y"\n', [["a", "b"], f"line 2: {UNCLOSED}", ["2", "y"]]),
        ('a,b\n1,"x\n2,y\n3,z', [["a", "b"], f"line 2: {UNCLOSED}", ["2", "y"], ["3", "z"]]),
        ('a,b\n1,x\n2,"y', [["a", "b"], ["1", "x"], f"line 3: {UNCLOSED}"]),
        ('a,b\n1,"x\n2,"y\n3,"z\n4,w\n', [["a", "b"], *(f"line {n}: {UNCLOSED}" for n in (2, 3, 4)), ["4", "w"]]),
        (f"a,b\n1,{LONG}\n2,y", [["a", "b"], "line 2: it is longer than 100 characters", ["2", "y"]]),
        (f'a,b\n1,"{LONG}"\n2,y', [["a", "b"], "line 2: it is longer than 100 characters", ["2", "y"]]),
        ('a,b\n1,"' + "word\n" * 50 + 'end",\n2,y', [["a", "b"], "line 2: it is longer than 100 characters", ["2", "y"]]),
        ('a,b\n1,"' + "3,word\n" * 50 + '2,"y"\n4,z', [["a", "b"], f"line 2: {UNCLOSED}", ["2", "y"], ["4", "z"]]),
        ('a,b\n1,"' + "3,word\n" * 50, [["a", "b"], f"line 2: {UNCLOSED}"]),
        ("", []),
        # marks escaped by backslashes
        ('a,b\n1,"He said \\"no\\", then left"\n2,w\n', [["a", "b"], ["1", 'He said "no", then left'], ["2", "w"]]),
        ('a,b\n1,"\\"No\\", he said"\n2,w\n', [["a", "b"], ["1", '"No", he said'], ["2", "w"]]),
        ('a,b\n1,"He said \\"no\\""\n2,"She \\"left\\""', [["a", "b"], ["1", 'He said "no"'], ["2", 'She "left"']]),
        ('a,b\n1,"x \\"y\\"\nz, w"\n2,v\n', [["a", "b"], ["1", 'x "y"\nz, w'], ["2", "v"]]),
        ('a,b\n1,"x \\", y"\n2,w\n', [["a", "b"], ["1", 'x ", y'], ["2", "w"]]),
        ('a,b\n"C:\\","x ""y"""\n2,w\n', [["a", "b"], ["C:\\", 'x "y"'], ["2", "w"]]),
        ('a,b\n1,"x \\"y\n2,w\n3,v', [["a", "b"], f"line 2: {UNCLOSED}", ["2", "w"], ["3", "v"]]),
    ],
)  # fmt: skip
def test_each_row_is_told_from_the_next(text: str, expected: list[list[str] | str]) -> None:
    found = rows(text)
    assert len(found) == len(expected)
    for item, wanted in zip(found, expected, strict=True):
        if isinstance(wanted, str):
            assert isinstance(item, str) and item.startswith(wanted)
        else:
            assert item[1] == wanted


def test_lines_are_counted_as_an_editor_does() -> None:
    found = rows('a,b\n1,"x\ny"\n2,"z\n3,w\n4,v\n')
    assert [item if isinstance(item, str) else item[0] for item in found] == [1, 2, f"line 4: {UNCLOSED}: mend it, or save the file again as CSV", 5, 6]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        'a,b\n1,"' + "2,x\n" * 60_000,  # no second mark: a row of all, then each line once more
        "a,b\n" + '1,"x\n' * 60_000,
        'a,b\n1,"' + "y" * 3_000_000,
        "a,b\n" + '"' * 3_000_000,
        "a,b\n" + '""\n' * 60_000,
    ],
)
def test_the_worst_of_quoting_is_read_in_linear_time(text: str) -> None:
    found = list(read_rows(StringIO(text, newline=""), delimiter=",", limit=100_000))
    assert any(isinstance(item, InputError | NumberedRow) for item in found)


@pytest.mark.parametrize(
    ("line", "expected"),
    [("sep=;\r\n", ";"), ("SEP=,", ","), ('"sep=|"\n', "|"), ("sep=\t\n", "\t"), ("sep=x", None), ("sep=;,", None), ("", None), ('sep="', None)],
)  # fmt: skip
def test_the_line_of_excel_names_the_delimiter(line: str, expected: str | None) -> None:
    assert separator(line) == expected
