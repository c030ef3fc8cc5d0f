"""Texts are made easy to parse without moving a character; page furniture and wrapped lines do no harm."""

import re
from pathlib import Path

import hypothesis.strategies as st
import pytest
from hypothesis import given

from kg.analysis import MOST_TOKENS, Analyzer, prepare, verify
from kg.config import DEFAULT_SPACY_MODEL
from kg.errors import ModelError
from kg.model import Document


@pytest.fixture(scope="module")
def analyzer() -> Analyzer:
    return Analyzer(model=DEFAULT_SPACY_MODEL)


def sentences(analyzer: Analyzer, text: str) -> list[str]:
    (doc,) = analyzer.analyze([Document(id="d", text=text)])
    return [stripped for s in doc.sents if (stripped := s.text.strip())]


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=300))
def test_preparing_keeps_every_offset(text: str) -> None:
    prepared = prepare(text)
    assert len(prepared.text) == len(text)
    assert list(prepared.blocks) == sorted(set(prepared.blocks))
    for before, after in zip(text, prepared.text, strict=True):
        assert after == before or after in " \"'-—"


@pytest.mark.parametrize(
    "line",
    [
        "Read more:", "SHARE THIS ARTICLE", "Leave a Comment", "www.example.org", "News   /   Politics", "Advertisement",
        "Press Gazette’s website can also be accessed at the following alternate addresses:", "12 comments", "NA/PA",
        "Length: 312 words", "Section: NEWS; Pg. A1", "Load-Date: May 4, 2021", "312 words", "End of Document", "2 of 14 DOCUMENTS",
        "Document TAKCOU0020180612ee6c0001x", "Subject: GOVERNORS (90%); BANKING (78%)", "Publication title: Takora Courier", "Body",
        "May 4, 2021 Tuesday 8:00 PM GMT", "May 04, 2021 08:00 AM Eastern Daylight Time", "Published 4 May 2021 at 08:15 BST",
        "Facebook Twitter WhatsApp", "Sign up for our newsletter", "Related stories", "Follow us on Twitter", "5 min read",
    ],
)  # fmt: skip
def test_page_furniture_is_blanked(line: str) -> None:
    prepared = prepare(f"A minister resigned.\n\n{line}\n\nShe gave no reason.")
    assert " ".join(prepared.text.split()) == "A minister resigned. She gave no reason."


@pytest.mark.parametrize(
    "line",
    [
        "Share prices fell on Monday.", "Read the ruling, the judge told them.", "Politics is his trade.", "The home secretary resigned.",
        "Sport England named a new chairman.", "Comment is free, he said.", "The section: what is it for?",
        "The body was found at 8:00 PM on May 4, 2021.", "Document 14 of the file says so.", "Person: who is it?", "Title: The governor", "15 March 2003",
        "On Tuesday 4 May 2021 at 8:00 Ama left.", "In 312 words he told all.",
    ],
)  # fmt: skip
def test_prose_is_not_blanked(line: str) -> None:
    assert prepare(line).text == line


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Minister resigns\n\nA minister resigned. She left.",
            ["Minister resigns", "A minister resigned.", "She left."],
        ),
        ("TEHRAN - The minister met her.", ["TEHRAN -", "The minister met her."]),
        ("OSLO, 15 October 2021 - The minister met her.", ["OSLO, 15 October 2021 -", "The minister met her."]),
        ("PARIS, Nov. 15 (Xinhua) -- The man met her.", ["PARIS, Nov. 15 (Xinhua) --", "The man met her."]),
        ("MOSCOW (AP) _ The minister met her.", ["MOSCOW (AP) _", "The minister met her."]),
        ("KYIV/MOSCOW, Feb 24 (Reuters) - He met her.", ["KYIV/MOSCOW, Feb 24 (Reuters) -", "He met her."]),
        ("NEW DELHI, Jan 4 (ANI): The minister met her.", ["NEW DELHI, Jan 4 (ANI):", "The minister met her."]),
        ("LONDON: The minister met her.", ["LONDON:", "The minister met her."]),
        ("BEIJING, Nov 3, 2020 /PRNewswire/ -- He met her.", ["BEIJING, Nov 3, 2020 /PRNewswire/ --", "He met her."]),
        ("PARIS (AP) — Élise met him.", ["PARIS (AP) —", "Élise met him."]),
        ("PORTO--(BUSINESS WIRE)--Lumen Bank named her.", ["PORTO--(BUSINESS WIRE)--", "Lumen Bank named her."]),
        ("Angela Merkel - the chancellor - met him.", ["Angela Merkel - the chancellor - met him."]),
        ("MOSCOW (AP) — The minister met her.", ["MOSCOW (AP) —", "The minister met her."]),
        ("---\ntitle: Minister resigns\n---\n\n# Why\n\nShe left.", ["Why", "She left."]),
        ("- First item\n- Second item", ["First item", "Second item"]),
        ("Jane Roe\n, AP\nThe minister met her.", ["Jane Roe , AP", "The minister met her."]),
        ("The chairman of Acme Inc. Jane Roe met her.", ["The chairman of Acme Inc. Jane Roe met her."]),
        (
            "The minister of a small country in the north of\nthe continent met her colleague on Monday and flew\nhome.",
            [
                "The minister of a small country in the north of the continent met her colleague on Monday and flew home."
            ],
        ),
        (
            "The secretary of the council (SNSC) Ali Rezaei left.",
            ["The secretary of the council (SNSC) Ali Rezaei left."],
        ),
        # glued without a space
        ("Bo Ek paid in 2021.Ada Osei did not.", ["Bo Ek paid in 2021.", "Ada Osei did not."]),
        ("Will Bo Ek go?Ada Osei said no!Mori laughed.", ["Will Bo Ek go?", "Ada Osei said no!", "Mori laughed."]),
        ("Bo Ek left on Monday.Ada Osei stayed.", ["Bo Ek left on Monday.", "Ada Osei stayed."]),
        ('"We won,"Bo Ek said.Then he left.', ['"We won,"Bo Ek said.', "Then he left."]),
        ("He paid $5.5 million to J.K. Mori's firm.", ["He paid $5.5 million to J.K. Mori's firm."]),
        ("Osei.com paid 3.5m for No.10 and the U.S.'s bank.", ["Osei.com paid 3.5m for No.10 and the U.S.'s bank."]),
    ],
)
def test_sentence_boundaries(analyzer: Analyzer, text: str, expected: list[str]) -> None:
    assert sentences(analyzer, text) == expected


@pytest.mark.parametrize("text", ['"We won,"Bo Ek said.', "He paid in 2021.Bo Ek did not.", "It was no!Bo Ek laughed."])
def test_a_name_that_is_glued_to_a_sentence_is_words_of_its_own(analyzer: Analyzer, text: str) -> None:
    (doc,) = analyzer.analyze([Document(id="d", text=text)])
    assert {"Bo", "Ek"} <= {token.text for token in doc} and doc.text == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ama Boateng[1] met Bo Ek¹ there.[2]", "Ama Boateng met Bo Ek there."),
        (
            "Ama Boateng1 met Bo Ek,2 who left.\n\n1 A cousin.\n2 A clerk.",
            "Ama Boateng met Bo Ek, who left. 1 A cousin. 2 A clerk.",
        ),
        ("Ama Boateng1 met Bo Ek.", "Ama Boateng1 met Bo Ek."),  # no notes
        ("Covid19 rose.\n\n1. The first.\n3. The third.", "Covid19 rose. The first. The third."),
        ("It won [the cup] 3 to 1.", "It won [the cup] 3 to 1."),
    ],
)
def test_marks_of_notes_are_blanked(text: str, expected: str) -> None:
    assert re.sub(r" +(?=[,.])", "", " ".join(prepare(text).text.split())) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("| Name | Post |\n| Ama Boateng | clerk |\n| Bo Ek | guard |", ["Ama Boateng", "clerk", "Bo Ek", "guard"]),
        ("Ama Boateng\tclerk\nBo Ek\tguard", ["Ama Boateng", "clerk", "Bo Ek", "guard"]),
        (
            "Ama Boateng, the\ngovernor of Takora,\nmet Bo\nEk on Monday.",
            ["Ama Boateng, the governor of Takora, met Bo Ek on Monday."],
        ),
        ("Ama Boateng, clerk\nBo Ek, guard", ["Ama Boateng, clerk", "Bo Ek, guard"]),
    ],
)
def test_cells_and_broken_lines(analyzer: Analyzer, text: str, expected: list[str]) -> None:
    assert [" ".join(s.split()) for s in sentences(analyzer, text)] == expected


def test_blocks_and_datelines_are_known_by_token(analyzer: Analyzer) -> None:
    (doc,) = analyzer.analyze(
        [Document(id="d", text="Jo Reed\n\nBody of it\n\nTAKORA, May 4 (Lumen) - Ama Boateng left.")]
    )
    assert [doc[i].text for i in doc.user_data["blocks"]] == ["Jo", "Body", "TAKORA", "Ama"]
    assert [doc[i].text for i in sorted(doc.user_data["datelines"])] == ["TAKORA"]


@pytest.mark.parametrize("text", ["", " ", "\n\n", "Read more:", "x" * 5, "“Quoted,” she said – and left."])
def test_odd_texts(analyzer: Analyzer, text: str) -> None:
    (doc,) = analyzer.analyze([Document(id="d", text=text)])
    assert len(doc.text) == len(text)


def test_long_text_is_read_in_pieces_at_the_same_offsets(analyzer: Analyzer) -> None:
    text = "\n\n".join(f"Minister number {n} met Angela Merkel in Berlin on Monday." for n in range(1500))
    (doc,) = analyzer.analyze([Document(id="d", text=text)])
    assert doc.text == prepare(text).text
    assert sum(1 for s in doc.sents if s.text.strip()) == 1500


@pytest.mark.parametrize(
    ("text", "tokens", "cut"),
    [
        ("Angela Merkel met Boris Johnson in Berlin. She left.", 11, 0),
        ("the old man and the sea " * 200, 1200, 1),
        ("Mark, " * 600, 1200, 1),
        ("(" * 3000, 3000, 3),  # begun anew at every thousandth word
        ('"' * 3000, 3000, 3),
        ("(a [b " * 600 + "c) d] " * 600, 4800, 5),
        ("word " * 250, 250, 0),
        ("word " * 251, 251, 1),
        ("Oslo said no. " * 100 + "very " * 400, 800, 1),
        ("x" * 5000, 5, 0),
    ],
)
def test_no_sentence_is_longer_than_is_read_as_one(analyzer: Analyzer, text: str, tokens: int, cut: int) -> None:
    (doc,) = analyzer.analyze([Document(id="d", text=text)])
    assert doc.text == prepare(text).text
    assert len(doc) == tokens
    assert doc.user_data["cut"] == cut
    for sentence in doc.sents:
        assert len(sentence) <= MOST_TOKENS
        assert all(sentence.start <= t.head.i < sentence.end for t in sentence)
        assert (
            [t.i for t in sentence if t.head == t] == [t.i for t in sentence if t.dep_ == "ROOT"] == [sentence.root.i]
        )


def test_several_documents_keep_their_order_and_dates(analyzer: Analyzer) -> None:
    documents = [Document(id=str(n), text=f"Text {n}.", published=f"2020-01-0{n}") for n in range(1, 6)]
    docs = list(analyzer.analyze(documents))
    assert [d.user_data["document"] for d in docs] == documents
    assert [d._.published for d in docs] == [d.published for d in documents]


def test_missing_pipeline_names_the_remedy() -> None:
    with pytest.raises(ModelError, match="--spacy-model"):
        list(Analyzer(model="no_such_pipeline").analyze([Document(id="d", text="Text.")]))


def test_a_recorded_pipeline_with_other_files_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="is not the file recorded"):
        verify(DEFAULT_SPACY_MODEL, tmp_path)


def test_an_unrecorded_pipeline_is_not_checked(tmp_path: Path) -> None:
    verify("en_core_web_lg", tmp_path)
