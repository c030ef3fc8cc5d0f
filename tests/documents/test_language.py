import json
from pathlib import Path

import pytest

from kg.documents import language
from kg.documents.language import foreign_language

ENGLISH = [
    "Nguyen Van Minh met Tran Duc Thanh in Hanoi.",
    "Andrés Manuel López Obregón met Luis Ebrard Casas in Ciudad de México.",
    "Ahmad Al-Sharif, Mohammad Bagheri, Qassem Rostami and Hossein Salami met in Tehran.",
    "Goals: Müller 12, Schäfer 34, Kovač 55. Referee: Lukáš Novák (Czech Republic).",
    "Elected to the board: "
    + "Giuseppe Bianchi, Francesca della Valle, Pier Luigi Esposito, " * 12
    + "officials said.",
    "President names new cabinet",
    "Obama wins",
    "The coup d'état and the junta's communiqué: generals in Bamako name a premier. (Agence Sahel)",
    "Nok Srisai (Thai: นก ศรีใส; born 3 May 1981) is a rower who competed in the women's eight.",
    "V. K. Thomas (Malayalam: വി. കെ. തോമസ്) is the chairman of the Kerala Spice Board.",
    "The End.",
    "MINISTER MEETS GENERAL IN TEHRAN",
    "12 May",
]
FOREIGN = [
    ("Le président a rencontré le ministre à Paris.", "fr"),
    ("Der Bundeskanzler traf den französischen Präsidenten in Berlin.", "de"),
    ("El presidente se reunió con el ministro de Defensa en Madrid el lunes.", "es"),
    ("Президент встретился с министром обороны в Москве.", "ru"),
    ("رئيس الجمهورية التقى وزير الدفاع في بغداد", "ar"),
    ("习近平主席在北京会见了普京总统。", "zh"),
    ("DER BUNDESKANZLER TRAF DEN FRANZÖSISCHEN PRÄSIDENTEN GESTERN IN BERLIN.", "de"),
    ("Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod tempor incididunt ut labore.", "la"),
]
QUOTED = " Banks have told the press that sales rose, and that more of them will open in spring."
NEWS = Path(__file__).parents[2] / ".." / "shared" / "data" / "news"


@pytest.mark.parametrize("text", ENGLISH)
def test_english_with_many_names_or_few_words_is_english(text: str) -> None:
    assert foreign_language(text) is None


@pytest.mark.parametrize(("text", "code"), FOREIGN)
def test_another_language_is_told(text: str, code: str) -> None:
    assert foreign_language(text) == code


@pytest.mark.parametrize(("text", "code"), [case for case in FOREIGN if case[1] in ("fr", "es")])
def test_a_long_foreign_text_stays_so_with_a_quote_in_english(text: str, code: str) -> None:
    assert foreign_language(text * 12 + QUOTED) == code


def test_plain_english_needs_no_identifier(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(language, "_identify", None)  # calling it fails
    assert foreign_language(QUOTED * 4) is None


@pytest.mark.skipif(not NEWS.is_dir(), reason="the annotated articles are not here")
@pytest.mark.parametrize("length", [40, 160])
def test_no_piece_of_a_news_article_is_foreign(length: int) -> None:
    texts = [json.loads(path.read_text(encoding="utf-8"))["text"] for path in sorted(NEWS.glob("*.json"))]
    pieces = [text[i : i + length] for text in texts for i in range(0, len(text), 5 * length)]
    assert [piece for piece in pieces if foreign_language(piece)] == []
