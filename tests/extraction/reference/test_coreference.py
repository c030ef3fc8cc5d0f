"""Who is meant: variants of names, descriptions, pronouns. Texts are written for the case."""

import pytest

from kg.analysis import Analyzer
from tests.extraction.conftest import entities


def meant(analyzer: Analyzer, text: str, words: str) -> str | None:
    """The name of the entity that some words of the text mention."""
    start = text.index(words)
    for entity in entities(analyzer, text):
        if any(m.start < start + len(words) and start < m.end for m in entity.mentions):
            return entity.name
    return None


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("Angela Merkel spoke first. Merkel then left.", {"Angela Merkel", "Merkel"}),
        ("Tim Cook will take over. Analysts trust Tim.", {"Tim Cook", "Tim"}),
        ("The International Labour Union (ILU) met. The ILU voted.", {"International Labour Union", "ILU"}),
        ("The European Union agreed. An EU official confirmed it.", {"European Union", "EU"}),
        ("He met Abu Mahdi al-Muhandis in Baghdad. Al-Muhandis agreed.", {"Abu Mahdi al-Muhandis", "Al-Muhandis"}),
        ("Halden Optics Ltd. was sold. Halden Optics employs 300 people.", {"Halden Optics Ltd.", "Halden Optics"}),
        ("The UN Security Council met. The Security Council adjourned.", {"UN Security Council", "Security Council"}),
        ("Her husband, John Smith, is a lawyer. Smith declined to comment.", {"John Smith", "Smith"}),
        ("Robert F. Kennedy Jr. resigned. Critics of RFK Jr. agreed.", {"Robert F. Kennedy Jr.", "RFK Jr."}),
    ],
)
def test_variants_are_one(analyzer: Analyzer, text: str, same: set[str]) -> None:
    assert any(same <= {e.name, *e.aliases} for e in entities(analyzer, text))


@pytest.mark.parametrize(
    ("text", "one", "other"),
    [
        ("Robert Mugabe sat beside Grace Mugabe.", "Robert Mugabe", "Grace Mugabe"),
        ("George Bush met his son Jeb Bush on Monday.", "George Bush", "Jeb Bush"),
        ("The Iraqi army and the Iranian army exchanged fire.", "Iraqi army", "Iranian army"),
        ("The University of Oslo and the University of Bergen signed.", "University of Oslo", "University of Bergen"),
        # who bore the surname before a relative was named goes on bearing it
        ("Ure sang in Oslo. Ure was the daughter of Colin Ure, an engineer.", "Ure", "Colin Ure"),
        ("Swayze taught dance. Her husband, John Swayze, ran the shop.", "Swayze", "John Swayze"),
    ],
)
def test_two_stay_two(analyzer: Analyzer, text: str, one: str, other: str) -> None:
    found = {e.name for e in entities(analyzer, text)}
    assert {one, other} <= found


def test_a_country_under_all_its_names_is_one_place(analyzer: Analyzer) -> None:
    text = "The United States agreed. U.S. officials and American diplomats in the US confirmed it."
    (place,) = [e for e in entities(analyzer, text) if e.country == "US"]
    assert place.name == "United States"
    assert len(place.mentions) == 4


@pytest.mark.parametrize(
    ("text", "pronoun", "name"),
    [
        ("Maria Santos met Paulo Ribeiro. She thanked him.", "She", "Maria Santos"),
        ("Maria Santos met Paulo Ribeiro. She thanked him.", "him", "Paulo Ribeiro"),
        ("Paulo Ribeiro lost his job.", "his", "Paulo Ribeiro"),
        ("In his speech, Paulo Ribeiro thanked the voters.", "his", "Paulo Ribeiro"),
        ("Paulo Ribeiro, who leads the party, resigned.", "who", "Paulo Ribeiro"),
        ("John Smith told Peter Brown that he would leave.", "he", "John Smith"),
        ("Siemens said it would close the plant.", "it", "Siemens"),
        ('"I am ready," John Smith said.', "I", "John Smith"),
        # a bare surname that looks like a given name says little about gender
        ("Kelly joined the choir in 1990. She had sung before.", "She", "Kelly"),
        ("The prize went to Kyoko Inatome, a waitress. Her boss was pleased.", "Her", "Kyoko Inatome"),
        # what is joined to the pronoun, and what it depends on
        ("Peter Brown introduced Maria Santos and her brother.", "her", "Maria Santos"),
        ("Anna Weber said that Maria Santos had asked Julia Roth to help her.", "her", "Maria Santos"),
        ("After his resignation, Paulo Ribeiro left for Oslo.", "his", "Paulo Ribeiro"),
    ],
)
def test_pronouns(analyzer: Analyzer, text: str, pronoun: str, name: str) -> None:
    assert meant(analyzer, text, pronoun) == name


@pytest.mark.parametrize(
    ("text", "pronoun", "wrong"),
    [
        ("Peter Brown praised him.", "him", "Peter Brown"),
        ("Maria Santos is here. He left.", "He", "Maria Santos"),
        ("It rained in Oslo on Monday.", "It", "Oslo"),
        # somebody without a name is meant
        (
            "Maria Santos was in Oslo. A woman was shot there. The woman said that she had no enemies.",
            "she",
            "Maria Santos",
        ),
        ("Julia Roth asked Maria Santos to call her.", "her", "Maria Santos"),
        ("Paulo Ribeiro spoke to her husband, John Smith.", "her", "Paulo Ribeiro"),
    ],
)
def test_pronouns_do_not_mean(analyzer: Analyzer, text: str, pronoun: str, wrong: str) -> None:
    assert meant(analyzer, text, pronoun) != wrong


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        ("Iraqi Defense Minister Juma Anad met Amir Hatami in Tehran. The minister thanked his host.", "minister thanked", "Juma Anad"),
        ("President Kais Saied met Prime Minister Elyes Fakhfakh. The president asked for time.", "president asked", "Kais Saied"),
        ("He founded the commercial bank, Garantia, in 1994. Norsi Oil grew. The bank lent money.", "bank lent", "Garantia"),
        ("Kilbane bought the Harriers. They play in the Atlantic Rugby League. The league grew.", "league grew",
         "Atlantic Rugby League"),
        ("Halden Optics Ltd. was sold to investors. The company employs 300 people.", "company", "Halden Optics Ltd."),
        ("The French envoy Paul Marchand met Iranian envoy Ali Karimi. The Iranian envoy then left.", "envoy then", "Ali Karimi"),
    ],
)  # fmt: skip
def test_descriptions(analyzer: Analyzer, text: str, words: str, name: str) -> None:
    assert meant(analyzer, text, words) == name


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Foreign Minister Ali Karimi spoke. The spokesman of the army declined to comment.", "spokesman"),
        ("A minister was killed. The minister had been ill.", "minister had"),
        ("Maria Santos visited the company of her brother.", "company"),
    ],
)
def test_descriptions_without_a_name_stay_open(analyzer: Analyzer, text: str, words: str) -> None:
    assert meant(analyzer, text, words) is None


def test_gender(analyzer: Analyzer) -> None:
    text = "Mrs. Okafor met Sheikh Hamad. Spokeswoman Kim Novak and Robert Smith were there."
    found = {e.name: e.gender for e in entities(analyzer, text) if e.type == "Person"}
    assert found["Okafor"] == "feminine"
    assert found["Robert Smith"] == "masculine"
    assert found["Kim Novak"] == "feminine"
