"""Names: their ends, their types, their subtypes. Sentences are written for the case."""

from itertools import pairwise

import pytest
from spacy.tokens import Span

from kg.analysis import Analyzer
from kg.extraction.reference.reading import read_discourse
from kg.model import Document, MentionKind
from tests.extraction.conftest import entities


def names(analyzer: Analyzer, text: str) -> dict[str, str]:
    """Every name in the text with its type."""
    found = {}
    for entity in entities(analyzer, text):
        for mention in entity.mentions:
            if mention.kind is MentionKind.NAME:
                found[" ".join(text[mention.start : mention.end].split())] = str(entity.type)
    return found


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        # ranks, titles, honorifics and nationalities stay outside
        ("Iran's Defense Minister Brigadier General Amir Hatami arrived on Monday.", "Amir Hatami", "Person"),
        ("Retired Lt. Gen. Dr. Karl Weber spoke to reporters.", "Karl Weber", "Person"),
        ("Mr. Okonkwo said he would resign.", "Okonkwo", "Person"),
        ("Chancellor Angela Merkel flew home on Friday.", "Angela Merkel", "Person"),
        ("US Deputy Assistant Secretary of State Matthew Bryza disagreed.", "Matthew Bryza", "Person"),
        # whole names
        ("The Ministry of Foreign Affairs of the Islamic Republic of Iran protested.",
         "Ministry of Foreign Affairs of the Islamic Republic of Iran", "Organization"),
        ("The Popular Mobilization Units withdrew on Tuesday.", "Popular Mobilization Units", "Organization"),
        ("He addressed the Supreme National Security Council (SNSC) on Sunday.", "SNSC", "Organization"),
        ("Experts at the Food and Drug Administration met yesterday.", "Food and Drug Administration", "Organization"),
        ("The American College of Obstetricians and Gynecologists objected.",
         "American College of Obstetricians and Gynecologists", "Organization"),
        ("It was the National People's Congress that voted.", "National People's Congress", "Organization"),
        ("The US Securities and Exchange Commission sued the bank.", "US Securities and Exchange Commission", "Organization"),
        ("A spokesman for the SEC said the case was closed.", "SEC", "Organization"),
        ("Deutsche Bank and Dresdner Bank merged in 2000.", "Dresdner Bank", "Organization"),
        ('General Motors chief executive Frederick "Fritz" Henderson resigned.', 'Frederick "Fritz" Henderson', "Person"),
        # bodies of states, also in lower case
        ("The Iraqi parliament passed the law.", "Iraqi parliament", "Organization"),
        ("The Afghan government denied the report.", "Afghan government", "Organization"),
        ("The Obama administration came under fire.", "Obama administration", "Organization"),
        ("Iran's Armed Forces held a drill.", "Iran's Armed Forces", "Organization"),
        # agencies and credits
        ("The talks failed, the news agency dpa reported.", "dpa", "Organization"),
        # what is said of a name tells what it is
        ("Kardelo was founded in 1990. Kardelo makes pumps.", "Kardelo", "Organization"),
        ("Nordkap Bank acquired Kardelo last year.", "Kardelo", "Organization"),
        ("Kardelo's shareholders approved the Kardelo bid for Magna Steel.", "Kardelo", "Organization"),
        ("Investors trust the parts manufacturer Kardelo.", "Kardelo", "Organization"),
        ("The investment group RHJ International made an offer.", "RHJ International", "Organization"),
        ("Polly has two sisters in Oslo. She lives there.", "Polly", "Person"),
        ("Photo: Hau Dinh, AP", "Hau Dinh", "Person"),
        ("Saibal Dasgupta / TNN / Updated: Oct 9, 2019", "Saibal Dasgupta", "Person"),
        ("Laurent Fabius arrived. Kerry met with Fabius and Hollande on Friday.", "Hollande", "Person"),
        ("Tomorrow Harrison's family will arrive. Harrison died on Thursday.", "Harrison", "Person"),
        # places
        ("She lives in Kassongue with her son.", "Kassongue", "Place"),
        ("He was born in The Hague in 1960.", "The Hague", "Place"),
    ],
)  # fmt: skip
def test_finds(analyzer: Analyzer, text: str, name: str, kind: str) -> None:
    assert names(analyzer, text).get(name) == kind


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("The government denied the report on Monday.", "government"),
        ("The parliament will vote in March.", "parliament"),
        ("The Foreign Minister arrived in Vienna on Tuesday.", "Foreign Minister"),
        ("The Health Secretary resigned in January.", "Health"),
        ("Muslims and Christians prayed together on Friday.", "Muslims"),
        ("Lieutenant General Hossein Karimi saluted.", "Lieutenant General"),
        ("They play in the Champions League this season.", "Champions League"),
        ("She starred in the film Scarecrow Gone Wild last year.", "Scarecrow Gone Wild"),
        ("Google hosts its Cloud Next conference this week.", "Cloud Next"),
        ("LONDON, Mar 2 - The bank lost money.", "Mar"),
        ("Cricket Results / AFP", "Results"),
        ("She won the Nobel Peace Prize in 2011.", "Nobel Peace Prize"),
    ],
)
def test_does_not_find(analyzer: Analyzer, text: str, word: str) -> None:
    assert word not in names(analyzer, text)


def test_possessor_and_possessed_are_two_names(analyzer: Analyzer) -> None:
    found = names(analyzer, "He led the IRGC's Quds Force for twenty years.")
    assert {"IRGC", "Quds Force"} <= found.keys()


def test_a_surname_has_the_type_of_the_full_name(analyzer: Analyzer) -> None:
    text = (
        "The report cites Rosa Bankole of the university. Bankole declined to comment. Bankole's office confirmed it."
    )
    assert {n: k for n, k in names(analyzer, text).items() if "Bankole" in n} == {
        "Rosa Bankole": "Person",
        "Bankole": "Person",
    }


def test_demonyms_point_to_the_country_and_are_no_names(analyzer: Analyzer) -> None:
    (place,) = [e for e in entities(analyzer, "Iranian and Iraqi officials met in Iran.") if e.name == "Iran"]
    assert (place.country, place.subtype, place.aliases) == ("IR", "Country", ())
    assert [m.kind for m in place.mentions] == [MentionKind.NOMINAL, MentionKind.NAME]


@pytest.mark.parametrize(
    ("text", "name", "subtype"),
    [
        ("Shares of Halden Optics Ltd. rose on Monday.", "Halden Optics Ltd.", "Company"),
        ("The Ministry of Defence declined to comment.", "Ministry of Defence", "Ministry"),
        ("He studied at the University of Oklahoma.", "University of Oklahoma", "EducationalInstitution"),
        ("The Iraqi parliament passed the law.", "Iraqi parliament", "Parliament"),
        ("The Supreme Court of Kenya ruled on Friday.", "Supreme Court of Kenya", "Court"),
        ("He plays for Melbourne Football Club in Australia.", "Melbourne Football Club", "SportsClub"),
        ("He arrived in Baghdad on Monday.", "Baghdad", "City"),
    ],
)
def test_subtypes(analyzer: Analyzer, text: str, name: str, subtype: str) -> None:
    assert {e.name: e.subtype for e in entities(analyzer, text)}[name] == subtype


@pytest.mark.parametrize(
    "text", ["", " \n\n ", "...", "(", '"', "X", "- - -", "THE END", '"A" (B), C\'s', "of of of", "G7"]
)
def test_reads_anything(analyzer: Analyzer, text: str) -> None:
    (doc,) = analyzer.analyze([Document(id="d", text=text)])
    discourse = read_discourse(doc)
    assert {m.entity for m in discourse.mentions} == set(range(len(discourse.entities)))


def test_mentions_do_not_overlap_and_stand_in_order(analyzer: Analyzer) -> None:
    text = (
        "Iraqi Defense Minister Juma Anad met Iranian counterpart Amir Hatami in Tehran. The minister said his country's "
        'army and the Popular Mobilization Units (PMU) would work together. "I thank Iran," Anad said.'
    )
    (doc,) = analyzer.analyze([Document(id="d", text=text)])
    mentions = read_discourse(doc).mentions
    assert all(a.end <= b.start for a, b in pairwise(mentions))
    assert all(m.start <= m.root < m.end for m in mentions)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("2022 Sri Lankan protests, 2022 Sri Lankan political crisis", "Sri Lanka"),  # the recognizer ends at "Sri"
        ("2021 South Korean protests, 2021 South Korean political crisis", "South Korea"),
        ("The Sri Lankan minister met the South Korean minister.", "Sri Lanka"),
        ("The Iranian. The country was his.", "Iran"),
    ],
)
def test_what_only_its_people_name_has_a_name(analyzer: Analyzer, text: str, name: str) -> None:
    found = entities(analyzer, text)
    assert name in {entity.name for entity in found}
    assert all(entity.name for entity in found)


@pytest.mark.parametrize("cut", range(1, 3))
def test_a_nationality_is_named_whole_wherever_the_recognizer_ends(analyzer: Analyzer, cut: int) -> None:
    (doc,) = analyzer.analyze([Document(id="d", text="Protests. Sri Lankan protests went on.")])
    doc.set_ents([Span(doc, 2, 2 + cut, label="NORP")])
    (entity,) = read_discourse(doc).entities
    assert entity.name == "Sri Lanka"
    assert [doc.text[m.start : m.end] for m in entity.mentions] == ["Sri Lankan"]
