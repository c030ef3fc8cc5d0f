"""Files as databases of the press write them out: each article for itself. Papers, people and texts are invented."""

from pathlib import Path

import pytest

from kg.analysis import prepare
from kg.config import Settings
from kg.documents import read_documents
from kg.documents.content import Content
from kg.documents.exports import articles_of
from kg.model import Document

from .samples import make_docx, make_pdf

FIRST = "TAKORA - Ama Boateng, the governor of Takora, met Ilir Hoxha in Porto on Monday. Boateng was pleased."
SECOND = "PORTO - Sota Mori, a climber, married Jana Novotná on Saturday. Kofi Boateng, his uncle, sang."

NEXIS = """Governor meets banker

Takora Courier

June 12, 2018 Tuesday [9:15 PM GMT]

Copyright 2018 Takora Courier All Rights Reserved

Section: NEWS; Pg. B4

Length: 18 words

Byline: Efua Mensah

Body

{first}

Classification

Language: ENGLISH

Subject: GOVERNORS (90%); BANKING & FINANCE (78%)

Person: AMA BOATENG (91%)

Load-Date: June 14, 2018

End of Document

Climber weds

Porto Gazette

March 3, 2011 Thursday
Final Edition

Copyright 2011 Porto Gazette All Rights Reserved

Section: LIFE

Length: 16 words

Body

{second}

Load-Date: March 3, 2011

End of Document
"""
OLD_NEXIS = """                               1 of 2 DOCUMENTS

                              The Takora Courier

                             June 12, 2018 Tuesday
                                 Final Edition

Governor of Takora meets banker

BYLINE: Efua Mensah

SECTION: NEWS; Pg. B4

LENGTH: 18 words

DATELINE: TAKORA

{first}

LOAD-DATE: June 14, 2018

LANGUAGE: ENGLISH

                     Copyright 2018 The Takora Courier
                             All Rights Reserved

                               2 of 2 DOCUMENTS

                               The Porto Gazette

                             March 3, 2011 Thursday

Climber weds in the north

SECTION: LIFE

LENGTH: 16 words

{second}

LOAD-DATE: March 3, 2011
"""
FACTIVA = """Governor meets banker
By Efua Mensah
18 words
12 June 2018
09:15
Takora Courier
TAKCOU
B4
English
(c) 2018 Takora Courier Limited

{first}

Document TAKCOU0020180612ee6c0001x

Climber weds
16 words
3 March 2011
Porto Gazette
PORGAZ
English
Copyright 2011 Porto Gazette

{second}

Document PORGAZ0020110303e7330002b
"""
PROQUEST = """____________________________________________________________
Document 1 of 2

Governor meets banker

Author: Mensah, Efua
Publication info: Takora Courier ; Takora [Takora]12 June 2018: B.4.
Full text:
{first}
Title: Governor meets banker
Publication title: Takora Courier
Publication date: Jun 12, 2018
Country of publication: Ghana

____________________________________________________________
Document 2 of 2

Climber weds

Publication title: Porto Gazette
Publication date: Mar 3, 2011
Full text:
{second}
____________________________________________________________
"""
EXPORTS = {"nexis": NEXIS, "old": OLD_NEXIS, "factiva": FACTIVA, "proquest": PROQUEST}


def filled(name: str) -> str:
    return EXPORTS[name].format(first=FIRST, second=SECOND)


@pytest.mark.parametrize("name", EXPORTS)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_each_article_is_read_for_itself(tmp_path: Path, name: str, end: str) -> None:
    (tmp_path / "export.txt").write_bytes(filled(name).replace("\n", end).encode())
    first, second = (d for d in read_documents([str(tmp_path)], settings=Settings()) if isinstance(d, Document))
    assert (first.id, second.id) == ("export-1", "export-2")
    assert (first.published, second.published) == ("2018-06-12", "2011-03-03")
    assert first.title and first.title.startswith("Governor") and second.title and second.title.startswith("Climber")
    assert FIRST in first.text and "Mori" not in first.text and SECOND in second.text and "Ama" not in second.text
    raw = (tmp_path / "export.txt").read_bytes().decode()
    assert first.text in raw and second.text in raw  # each a piece of the file as it is


@pytest.mark.parametrize("name", EXPORTS)
def test_nothing_is_read_from_the_fields(name: str) -> None:
    for article in articles_of(Content(text=filled(name))):
        left = prepare(article.text).text
        assert not any(
            word in left
            for word in ("B4", "Load", "LOAD", "TAKCOU", "PORGAZ", "GOVERNORS", "English", "Ghana", "BYLINE", "words")
        )
        assert FIRST in left or SECOND in left


def test_paragraphs_of_word_are_an_export_too(tmp_path: Path) -> None:
    lines = [line.replace("&", "&amp;") for line in filled("nexis").split("\n") if line]
    body = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in lines)
    (tmp_path / "export.docx").write_bytes(make_docx(body))
    found = [d for d in read_documents([str(tmp_path)], settings=Settings()) if isinstance(d, Document)]
    assert [(d.title, d.published) for d in found] == [
        ("Governor meets banker", "2018-06-12"),
        ("Climber weds", "2011-03-03"),
    ]


def test_lines_of_a_pdf_are_an_export_too(tmp_path: Path) -> None:
    lines = [line for line in filled("nexis").replace("ná", "na").split("\n") if line]
    drawn = [(line, 72.0, 780.0 - 14 * n, 10.0) for n, line in enumerate(lines)]
    (tmp_path / "export.pdf").write_bytes(make_pdf([drawn]))
    first, second = (d for d in read_documents([str(tmp_path)], settings=Settings()) if isinstance(d, Document))
    assert (first.published, second.published) == ("2018-06-12", "2011-03-03")
    assert FIRST in first.text and "Mori" not in first.text and "Load" not in prepare(first.text).text


COVER = """User Name: E. Mensah
Date and Time: 1 August 2019
Job Number: 123456
Documents (2)
1. Governor meets banker
Client/Matter: -None-
Search Terms: takora
About LexisNexis | Privacy Policy | Terms & Conditions | Copyright © 2019 LexisNexis

"""


def test_the_list_of_results_is_no_article() -> None:
    first, _ = articles_of(Content(text=COVER + filled("nexis")))
    assert (first.title, first.published) == ("Governor meets banker", "2018-06-12")
    assert first.text.startswith("Governor meets banker")


def test_one_article_of_a_database_is_kept_as_it_is() -> None:
    text = filled("nexis").partition("Climber")[0]
    (article,) = articles_of(Content(text=text))
    assert (article.text, article.title, article.published, article.where) == (text, "Governor meets banker", "2018-06-12", None)  # fmt: skip
    (article,) = articles_of(Content(text=f"HD Governor meets banker\nWC 18 words\nPD 12 June 2018\nLP\n{FIRST}\n18 words\n(c) 2018 Courier"))  # fmt: skip
    assert (article.title, article.published) == ("Governor meets banker", "2018-06-12")


@pytest.mark.parametrize(
    "text",
    [
        f"{FIRST}\n\n____________________\n\n{SECOND}",
        f"{FIRST}\n\nCopyright 2018 Takora Courier\n\n* * *\n\n{SECOND}",
        f"Length: he would not say.\n\n{FIRST}",
        f"Document 4 of the file says: {FIRST}\n\nThe end of document. {SECOND}",
        f"Section: what is it?\nByline: none.\n----------------------------------------\n{SECOND} {SECOND}",
        "",
    ],
)
def test_other_texts_are_one_article(text: str) -> None:
    (article,) = articles_of(Content(text=text))
    assert article.text == text and article.where is None


def test_an_export_of_many_lines_takes_no_time() -> None:
    for text in ("_" * 30 + "\n", "Length: 1\n", "Document 1 of 2\n", "a: " * 200 + "\n", "Subject: (90%)" * 40 + "\n"):
        articles_of(Content(text=text * 20_000))
