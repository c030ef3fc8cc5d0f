"""Names longer than the place, party or acronym in them, names of teams, and what belongs to a bearer of a name."""

import pytest

from kg.analysis import Analyzer
from kg.model import EntityType, MentionKind
from tests.extraction.conftest import TYPES, entities, marked


def names(analyzer: Analyzer, text: str) -> set[tuple[str, EntityType]]:
    """Every name in the text with its type."""
    return {
        (text[mention.start : mention.end], entity.type)
        for entity in entities(analyzer, text)
        for mention in entity.mentions
        if mention.kind is MentionKind.NAME
    }


@pytest.mark.parametrize(
    "sentence",
    [
        # a number before a broadcaster, an acronym and a part of the world, parts of a country, heads written small, parties, hyphens
        "The minister told [Europe 1]O radio that he would stay.",
        "The interview was aired on [Norden 4]O television on Monday.",
        "The network opened two centers, [CCTV Africa]O and [CCTV America]O.",
        "The report by [BBC Africa]O won praise.",
        "His photos show racism in the [US South]L.",
        "They believe in the existence of the [German Reich]L and its borders.",
        "Nobody was hurt in the attacks at [Brussels airport]L in March.",
        "A report by the [Reuters institute for the study of Journalism]O says so.",
        "She works for the [Konrad Adenauer foundation]O in [Berlin]L.",
        "She is deputy leader of the pro-European [Democratic Left]O party.",
        "[Axel Fischer]P is a [Christian Democrat]O member of the [Bundestag]O.",
        "[Air France-KLM]O acquired a share in the company.",
        'They would merge into one broadcaster called "[Voice of China]O," he said.',
        # other names are left alone
        "In 2014 [Germany]L 2 newspapers closed.",
        "[Turkey]L won 3 seats on the council.",
        "The [NATO]O [Afghanistan]L mission ended in 2014.",
        "The [US]L [North Korea]L envoy left on Monday.",
        "Storms hit the [US]L [West Coast]L on Monday.",
        "He went from the airport to [Brussels]L by train.",
        "The [US]L [Republican party]O is split over taxes.",
        "The [Geert Wilders]P party won nine seats.",
        "She works at an institute for research in [Oxford]L.",
        # a team is an organization, a venue or a country a place
        "Finally, [Hamburg]O's 2-1 loss to [Hanover]O means they can write off their hopes.",
        "[Spain]O beat [Chile]O 2-1 in [Brazil]L on Sunday.",
        "[Spain]O midfielder [Andres Iniesta]P was named the best player. [Spain]L is a kingdom.",
        "[England]O captain [Harry Kane]P scored twice.",
        "He scored a double on international duty with [Chile]O in May.",
        "It is very different to play for [Peru]O than to play for a club.",
        "[Bayern]O won 2-1 in [Hamburg]L on Saturday.",
        "[Hamburg]O's 2-1 loss to [Hanover]O was bitter. The striker lives in [Hamburg]L.",
        "[Germany]L's 2-1 majority rule was criticized.",
        "He played with his children in [Peru]L.",
    ],
)
def test_finds_just_the_names_that_are_marked(analyzer: Analyzer, sentence: str) -> None:
    text, marks = marked(sentence)
    assert names(analyzer, text) == {(text[start:end], TYPES[letter]) for start, end, letter, _ in marks}


def test_who_coaches_what_is_no_team(analyzer: Analyzer) -> None:
    text = "Memory coach Oliver Geisselhart\nMemory coach and author Oliver Geisselhart spoke to us on Friday."
    assert {name for name, _ in names(analyzer, text)} == {"Oliver Geisselhart"}


@pytest.mark.parametrize(
    ("text", "one", "other", "same"),
    [
        ("The EU Commission gave in. The Commission said that the EU would wait.", "EU Commission", "EU", False),
        ("The EU Customs Union grew. Norway is no EU member.", "EU Customs Union", "EU", False),
        ("The World Bank Group lends. The World Bank said so.", "World Bank Group", "World Bank", True),
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
