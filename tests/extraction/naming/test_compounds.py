"""Names longer than the place, party or acronym in them, names of teams, and what belongs to a bearer of a name."""

import pytest

from kg.analysis import Analyzer
from kg.extraction.reference.reading import read_discourse
from kg.model import Document, LocalEntity, MentionKind


def entities(analyzer: Analyzer, text: str) -> tuple[LocalEntity, ...]:
    (doc,) = analyzer.analyze([Document(id="d", text=text)])
    return read_discourse(doc).entities


def names(analyzer: Analyzer, text: str) -> set[tuple[str, str]]:
    """Every name in the text with its type."""
    return {
        (text[mention.start : mention.end], str(entity.type))
        for entity in entities(analyzer, text)
        for mention in entity.mentions
        if mention.kind is MentionKind.NAME
    }


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        # a number before a broadcaster
        ("The minister told Europe 1 radio that he would stay.", "Europe 1", "Organization"),
        ("The interview was aired on Norden 4 television on Monday.", "Norden 4", "Organization"),
        # an acronym and a part of the world
        ("The network opened two centers, CCTV Africa and CCTV America.", "CCTV Africa", "Organization"),
        ("The report by BBC Africa won praise.", "BBC Africa", "Organization"),
        # parts of a country, states that are no more
        ("His photos show racism in the US South.", "US South", "Place"),
        ("They believe in the existence of the German Reich and its borders.", "German Reich", "Place"),
        # heads written small
        ("Nobody was hurt in the attacks at Brussels airport in March.", "Brussels airport", "Place"),
        ("A report by the Reuters institute for the study of Journalism says so.",
         "Reuters institute for the study of Journalism", "Organization"),
        ("She works for the Konrad Adenauer foundation in Berlin.", "Konrad Adenauer foundation", "Organization"),
        # parties
        ("She is deputy leader of the pro-European Democratic Left party.", "Democratic Left", "Organization"),
        ("Axel Fischer is a Christian Democrat member of the Bundestag.", "Christian Democrat", "Organization"),
        # hyphens, quotation marks
        ("Air France-KLM acquired a share in the company.", "Air France-KLM", "Organization"),
        ('They would merge into one broadcaster called "Voice of China," he said.', "Voice of China", "Organization"),
    ],
)  # fmt: skip
def test_takes_the_whole_name(analyzer: Analyzer, text: str, name: str, kind: str) -> None:
    assert (name, kind) in names(analyzer, text)


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("In 2014 Germany 2 newspapers closed.", "Germany", "Place"),
        ("Turkey won 3 seats on the council.", "Turkey", "Place"),
        ("The NATO Afghanistan mission ended in 2014.", "Afghanistan", "Place"),
        ("The US North Korea envoy left on Monday.", "North Korea", "Place"),
        ("Storms hit the US West Coast on Monday.", "US", "Place"),
        ("He went from the airport to Brussels by train.", "Brussels", "Place"),
        ("The US Republican party is split over taxes.", "Republican party", "Organization"),
        ("The Geert Wilders party won nine seats.", "Geert Wilders", "Person"),
        ("She works at an institute for research in Oxford.", "Oxford", "Place"),
    ],
)
def test_leaves_other_names_alone(analyzer: Analyzer, text: str, name: str, kind: str) -> None:
    assert (name, kind) in names(analyzer, text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Finally, Hamburg's 2-1 loss to Hanover means they can write off their hopes.", "Hamburg"),
        ("Spain beat Chile 2-1 in Brazil on Sunday.", "Spain"),
        ("Spain beat Chile 2-1 in Brazil on Sunday.", "Chile"),
        ("Spain midfielder Andres Iniesta was named the best player. Spain is a kingdom.", "Spain"),
        ("England captain Harry Kane scored twice.", "England"),
        ("He scored a double on international duty with Chile in May.", "Chile"),
        ("It is very different to play for Peru than to play for a club.", "Peru"),
    ],
)
def test_a_team_is_an_organization(analyzer: Analyzer, text: str, name: str) -> None:
    assert (name, "Organization") in names(analyzer, text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Spain beat Chile 2-1 in Brazil on Sunday.", "Brazil"),
        ("Spain midfielder Andres Iniesta was named the best player. Spain is a kingdom.", "Spain"),
        ("Bayern won 2-1 in Hamburg on Saturday.", "Hamburg"),
        ("Hamburg's 2-1 loss to Hanover was bitter. The striker lives in Hamburg.", "Hamburg"),
        ("Germany's 2-1 majority rule was criticized.", "Germany"),
        ("He played with his children in Peru.", "Peru"),
    ],
)
def test_a_venue_or_a_country_is_a_place(analyzer: Analyzer, text: str, name: str) -> None:
    assert (name, "Place") in names(analyzer, text)


def test_who_coaches_what_is_no_team(analyzer: Analyzer) -> None:
    text = "Memory coach Oliver Geisselhart\nMemory coach and author Oliver Geisselhart spoke to us on Friday."
    assert {name for name, _ in names(analyzer, text)} == {"Oliver Geisselhart"}


@pytest.mark.parametrize(
    ("text", "one", "other", "same"),
    [
        ("The EU Commission gave in. The Commission said that the EU would wait.", "EU Commission", "EU", False),
        ("The EU Commission gave in. The European Commission said so.", "EU Commission", "European Commission", True),
        ("Amazon pays as much as Apple. Apple Music has many users.", "Apple", "Apple Music", False),
        ("Jobs founded Apple Computer in 1976. Apple was sold later.", "Apple", "Apple Computer", True),
        ("The BBC reported it. BBC Africa opened in 2010.", "BBC", "BBC Africa", False),
        ("The Australian Federal Police raided the house. AFP learned it.", "Australian Federal Police", "AFP", False),
        ("The Australian Federal Police (AFP) raided the house.", "Australian Federal Police", "AFP", True),
        ("The Securities and Exchange Commission sued. The SEC won.", "Securities and Exchange Commission", "SEC", True),
        ("The US Securities and Exchange Commission sued. The SEC won.", "US Securities and Exchange Commission", "SEC", True),
    ],
)  # fmt: skip
def test_what_belongs_to_a_body_is_another(analyzer: Analyzer, text: str, one: str, other: str, *, same: bool) -> None:
    bearers = {text[m.start : m.end]: i for i, e in enumerate(entities(analyzer, text)) for m in e.mentions}
    assert (bearers[one] == bearers[other]) is same
