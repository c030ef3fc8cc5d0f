import zipfile
from io import BytesIO
from typing import Any

import docx
import pytest
from docx.oxml import parse_xml

from kg.documents.docx import read_docx
from kg.errors import InputError

from .samples import alone

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
