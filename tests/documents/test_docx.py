import zipfile
from io import BytesIO
from typing import Any

import docx
import pytest
from docx.oxml import parse_xml

from kg.documents.docx import read_docx
from kg.errors import InputError

from .samples import alone, make_docx

NS = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def saved(document: Any) -> bytes:
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def test_paragraphs_and_tables_are_read_in_order() -> None:
    document = docx.Document()
    document.add_heading("Road to reopen", level=0)
    document.add_paragraph("The minister met the general.")
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text = "Minister"
    table.cell(0, 1).text = "Nasrin Sultani"
    last = document.add_paragraph("They agreed")
    last.add_run(" on a date.").bold = True
    content = alone(read_docx(saved(document)))
    assert content.text.split("\n\n") == [
        "Road to reopen",
        "The minister met the general.",
        "Minister",
        "Nasrin Sultani",
        "They agreed on a date.",
    ]
    assert content.title == "Road to reopen"
    assert content.published is None  # the template was made in 2013


def row(*cells: str) -> str:
    return f"<w:tr>{''.join(cell if cell.startswith('<') else tc(cell) for cell in cells)}</w:tr>"


def tc(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>"


def raised(text: str) -> str:
    return f'<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>{text}</w:t></w:r>'


DOWN = '<w:vMerge w:val="restart"/>'


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        (row("Name", "Post") + row("Ama Boateng", "Governor"), "| Name | Post |\n| Ama Boateng | Governor |"),
        (
            row(tc("Takora", DOWN), "Ama Boateng") + row(tc("", "<w:vMerge/>"), "Ilir Hoxha"),
            "| Takora | Ama Boateng |\n| Takora | Ilir Hoxha |",
        ),
        (
            row(tc("Board", '<w:gridSpan w:val="2"/>')) + row("Ama Boateng", "Governor") + row("Ilir Hoxha", "Clerk"),
            "| Board |  |\n| Ama Boateng | Governor |\n| Ilir Hoxha | Clerk |",
        ),
        (row("A | B", "") + row("C", "D") + row("E", "F"), "| A / B |  |\n| C | D |\n| E | F |"),
        (row("One", "Two"), "One\n\nTwo"),  # no rows, a layout
        (row("Menu", "The governor met the banker. " * 20) * 2, "Menu\n\nThe governor"),
        (row(tc("") + f"<w:tc><w:tbl>{row('One', 'Two') * 2}</w:tbl><w:p/></w:tc>"), "| One | Two |\n| One | Two |"),
    ],
)
def test_a_table_is_its_rows(table: str, expected: str) -> None:
    assert expected in alone(read_docx(make_docx(f"<w:tbl>{table}</w:tbl><w:p/>"))).text


@pytest.mark.parametrize(
    ("runs", "expected"),
    [
        (f"<w:r><w:t>Ama Boateng</w:t></w:r>{raised('1')}<w:r><w:t>, the governor</w:t></w:r>", "Ama Boateng, the governor"),
        (f"<w:r><w:t>Ama Boateng,</w:t></w:r>{raised('2, 3')}<w:r><w:t> the governor</w:t></w:r>", "Ama Boateng, the governor"),
        (f"<w:r><w:t>90 m</w:t></w:r>{raised('2')}<w:r><w:t> and the 3</w:t></w:r>{raised('rd')}", "90 m2 and the 3rd"),
        ("<w:r><w:t>Ama</w:t><w:br/><w:t>Boateng</w:t></w:r>", "Ama\nBoateng"),
    ],
)  # fmt: skip
def test_marks_of_footnotes_are_left_out(runs: str, expected: str) -> None:
    assert alone(read_docx(make_docx(f"<w:p>{runs}</w:p>"))).text == expected


def test_paragraphs_with_tabs_are_rows() -> None:
    lines = ["The board met.", "Ama Boateng\tGovernor", "Ilir Hoxha\tClerk", "It was late."]
    body = "".join(f"<w:p><w:r><w:t>{line.replace(chr(9), '</w:t><w:tab/><w:t>')}</w:t></w:r></w:p>" for line in lines)
    assert (
        alone(read_docx(make_docx(body))).text
        == "The board met.\n\nAma Boateng\tGovernor\nIlir Hoxha\tClerk\n\nIt was late."
    )


def test_inserted_text_counts_and_deleted_text_does_not() -> None:
    document = docx.Document()
    body = document.element.body
    body.insert(
        0,
        parse_xml(
            f"<w:p {NS}><w:r><w:t>He </w:t></w:r><w:del><w:r><w:delText>never </w:delText></w:r></w:del>"
            "<w:ins><w:r><w:t>met</w:t></w:r></w:ins><w:moveFrom><w:r><w:t>gone</w:t></w:r></w:moveFrom>"
            "<w:r><w:tab/><w:t>her</w:t><w:br/><w:t>there.</w:t></w:r></w:p>"
        ),
    )
    assert alone(read_docx(saved(document))).text == "He met\ther\nthere."


def bomb() -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("word/document.xml", "w") as part:
        for _ in range(201):
            part.write(b" " * 1_000_000)
    return out.getvalue()


def archive(**parts: str) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as zipped:
        for name, content in parts.items():
            zipped.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"no archive", "damaged"),
        (archive(x="no document"), "damaged"),
        (saved(docx.Document())[:-500], "damaged"),
        (bomb(), "unpacks to more"),
    ],
    ids=["bytes", "zip", "truncated", "bomb"],
)
def test_what_cannot_be_read_says_what_to_do(data: bytes, message: str) -> None:
    with pytest.raises(InputError, match=message):
        read_docx(data)
