"""Damage that is undone, and what looks like it and is not."""

import json
from io import BytesIO
from pathlib import Path

import pytest

from kg.config import Settings
from kg.documents import read_documents
from kg.documents.content import Notice
from kg.documents.mending import DIVIDED, ESCAPES, MARKUP, MOJIBAKE, NAMED_CHARACTERS, has_markup, mend, unescape
from kg.errors import InputError
from kg.model import Document


def twice(text: str, wrong: str) -> str:
    """Return a text as a program writes it that took its UTF-8 for another encoding."""
    return "".join(bytes([byte]).decode(wrong, "ignore") or chr(byte) for byte in text.encode("utf-8"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (twice("Zoltán Bárány met José Peña", "cp1252"), "Zoltán Bárány met José Peña"),
        (twice("Dvořák of Škoda", "cp1252"), "Dvořák of Škoda"),
        (twice("Recep Güngör in İzmir", "cp1252"), "Recep Güngör in İzmir"),
        (twice("Jiří Wójcik", "cp1250"), "Jiří Wójcik"),
        (twice("“No,” he said – twice…", "cp1252"), "“No,” he said – twice…"),
        (twice(twice("Müller", "cp1252"), "cp1252"), "Müller"),
        (twice("Игорь Седов", "latin-1"), "Игорь Седов"),
        ("It cost Â£5 and â‚¬9", "It cost £5 and €9"),
        ("Osei\x92s brother", "Osei’s brother"),
        (f"Zoltán stays\n{twice('Zoltán', 'cp1252')} is mended", "Zoltán stays\nZoltán is mended"),
    ],
)
def test_garbled_characters_are_restored(text: str, expected: str) -> None:
    assert mend(text) == (expected, (MOJIBAKE,))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Prime Minis-\nter Ana Ruiz left.", "Prime Minister\nAna Ruiz left."),
        ("the for-\nmer chief execu-\ntive, Per-\nnille Holm", "the former\nchief executive,\nPernille\nHolm"),
        ("the appoint-\r\nment, in Mon-\r\nrovia", "the appointment,\r\nin Monrovia\r\n"),
        ("the appoint-\nment of Jean-\nPaul Okou", "the appointment\nof Jean-Paul\nOkou"),  # a hyphen of its own
        ("a long-\nterm appoint-\nment; the long-term plan", "a long-term\nappointment;\nthe long-term plan"),
    ],
)
def test_words_divided_by_syllables_are_put_together(text: str, expected: str) -> None:
    assert mend(text) == (expected, (DIVIDED,))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Anna&nbsp;Lund &amp; Co", "Anna\xa0Lund & Co"),
        ("Tom&aacute;&scaron; O&#39;Dea &#x201C;no&#x201D;", "Tomáš O'Dea “no”"),
        ("Fish &amp;amp; Co", "Fish & Co"),
        ("Ren&amp;eacute;e", "Renée"),
    ],
)
def test_names_of_characters_are_undone(text: str, expected: str) -> None:
    assert mend(text) == (expected, (NAMED_CHARACTERS,))


@pytest.mark.parametrize(
    "text",
    [
        "Zoltán Bárány of Łódź met Nguyễn Văn Âu",
        "SÃO PAULO - MARÇO, NÃO É A CÂMARA",
        "“É ele”, disse Ângela – “não”…",
        "Škoda’s £5 million (≈ €6 million), 20 °C, § 4",
        "The Iran-\nbacked group met the vice-\npresident, a long-\nterm ally.",  # broken at hyphens of their own
        "- one\n-\ntwo - \nter",
        "AT&T and R&D; Smith & Sons; Q&A&B;",
        "Ärzte, Ödön, Ñandú, Ÿ, À LA CARTE",
        "東京 met 北京",
    ],
)
def test_what_is_whole_stays(text: str) -> None:
    assert mend(text) == (text, ())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r"Lund met Osei.\n\nMori left.\nSato stayed.", "Lund met Osei.\n\nMori left.\nSato stayed."),
        (r"Lund met Osei.\r\nMori left.", "Lund met Osei.\nMori left."),
        (r"He said \"no\", then left", 'He said "no", then left'),
        (r"Sean O\'Dea met Lund", "Sean O'Dea met Lund"),
        (r"Tom\u00e1\u0161 \ud83d\ude00", "Tomáš 😀"),
        (r"Lund met Osei.\\nMori left.", "Lund met Osei.\nMori left."),
        (r"https:\/\/a.example \"x\"", 'https://a.example "x"'),
        ('Lund said \\"no\\".\nOsei left.', 'Lund said "no".\nOsei left.'),
    ],
)
def test_escapes_of_a_string_are_undone(text: str, expected: str) -> None:
    assert unescape(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        r"The file C:\new\table.txt and \\server\news were lost.",
        r"The rate \d is \"odd\" here",  # not all are escapes
        "It said \\n here.\nAnd went on.",  # the text has breaks of its own
        r"AC\DC played",
        "no backslash",
    ],
)
def test_other_backslashes_stay(text: str) -> None:
    assert unescape(text) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<p>Lund</p>", True),
        ("Lund<br>Osei", True),
        ("the <b>mayor</b>", True),
        ("x < y and y > z", False),
        ("Lund <lund@a.example> wrote", False),
        ("a <- b, c -> d", False),
        ("<unclear> he said </unclear>", False),
    ],
)
def test_markup_is_told_from_signs(text: str, expected: bool) -> None:
    assert has_markup(text) is expected


HTML = (
    "<p>Tomás Lund, the mayor of <b>Dunmore</b>, met Ada&nbsp;Osei<sup>3</sup> in Oslo.</p>"
    '<!-- ad --><script>var x="Bo Ek"</script><style>p {}</style><p>Lund &amp; Co hired Mori.<br>She left.</p>'
)
READ = "Tomás Lund, the mayor of Dunmore, met Ada\xa0Osei in Oslo.\n\nLund & Co hired Mori.\nShe left."
TABLED = "<table><tr><td>Ada Osei</td><td>Chair</td></tr><tr><td>Bo Ek</td><td>Clerk</td></tr></table>"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (HTML, READ),
        (HTML.replace("<", "&lt;").replace(">", "&gt;"), READ),
        (f"<html><body>{HTML}</body></html>", READ),
        ("Lund met Osei.\n\nThe <b>mayor</b> left.\nHe <i>slept</i>.", "Lund met Osei.\n\nThe mayor left.\nHe slept."),
        (f"The board met in Oslo.{TABLED}", "The board met in Oslo.\n\n| Ada Osei | Chair |\n| Bo Ek | Clerk |"),
    ],
)
def test_html_in_the_text_of_a_record_is_read_as_such(tmp_path: Path, text: str, expected: str) -> None:
    (tmp_path / "a.jsonl").write_text(json.dumps({"id": "1", "title": "A &amp; B", "text": text}), encoding="utf-8")
    document, notice = read_documents([str(tmp_path)], settings=Settings())
    assert isinstance(document, Document) and isinstance(notice, Notice)
    assert (document.id, document.title, document.text) == ("1", "A & B", expected)
    assert str(notice) == f"{tmp_path / 'a.jsonl'}: line 1: {MARKUP}"


def test_html_without_text_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"text": "<p></p>"}\n{"text": "<p>Lund met Osei.</p>"}')
    document, problem, _ = read_documents([str(tmp_path)], settings=Settings())
    assert isinstance(document, Document) and document.text == "Lund met Osei."
    assert isinstance(problem, InputError) and "line 1: there is no text in its HTML" in str(problem)


def test_damage_of_a_plain_text_is_undone_and_told(tmp_path: Path) -> None:
    text = f"{twice('Zoltán', 'cp1252')} &amp; Co met O\\'Dea.\r\n"
    document, *notices = read_documents(["-"], settings=Settings(), stdin=BytesIO(text.encode()))
    assert isinstance(document, Document) and document.text == "Zoltán & Co met O'Dea.\r\n"
    assert [str(n) for n in notices] == [f"standard input: {what}" for what in (ESCAPES, NAMED_CHARACTERS, MOJIBAKE)]
