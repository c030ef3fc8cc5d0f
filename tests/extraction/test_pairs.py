"""Minimal pairs: of two sentences that hardly differ one asserts a relation and the other does not, for every extractor.

A row is "subject | predicate | object" (" | title" for a role). What is asserted must be found where ``by`` says so; what
is not must be asserted by none of the three. Rules must assert nothing else; what the network adds hangs on its weights.
"""

from collections.abc import Callable
from functools import cache

import pytest

from kg.analysis import Analyzer
from kg.extraction import EXTRACTORS, extract_one, make_extractors
from kg.model import Document, Extraction

from .conftest import PUBLISHED, Reading

ALL, RULES = ("both", "rules", "model"), ("both", "rules")
Row = tuple[str, str, str, str, tuple[str, ...]]  # relation, what asserts it, what does not, and who must find it

KILLED = "Stefan Novak | killed | Marta Horvat"
VERDICTS = [
    ("A court convicted Stefan Novak of murdering Marta Horvat.", "A court acquitted Stefan Novak of murdering Marta Horvat.", RULES),
    ("Stefan Novak was found guilty of killing Marta Horvat.", "Stefan Novak was cleared of killing Marta Horvat.", RULES),
    ("Stefan Novak was jailed for life for murdering Marta Horvat.", "Stefan Novak was arrested for murdering Marta Horvat.", RULES),
    ("Stefan Novak was hanged for the murder of Marta Horvat.", "Stefan Novak was tried for the murder of Marta Horvat.", RULES),
    ("Stefan Novak was rightly convicted of killing Marta Horvat.", "Stefan Novak was wrongly convicted of killing Marta Horvat.", RULES),
    ("Stefan Novak confessed to killing Marta Horvat.", "Stefan Novak is suspected of killing Marta Horvat.", RULES),
    ("Stefan Novak instantly killed Marta Horvat.", "Stefan Novak nearly killed Marta Horvat.", RULES),
    ("A judge upheld the conviction of Stefan Novak for killing Marta Horvat.",
     "A judge overturned the conviction of Stefan Novak for killing Marta Horvat.", RULES),
    ("Stefan Novak killed Marta Horvat.", "Stefan Novak, charged with the murder of Marta Horvat, kept silent.", RULES),
    ("Stefan Novak, Marta Horvat's killer, kept silent.", "Stefan Novak, Marta Horvat's alleged killer, kept silent.", RULES),
    ("Stefan Novak admitted that he had killed Marta Horvat.", "Stefan Novak is alleged to have killed Marta Horvat.", ("rules",)),
    ("It is true that Stefan Novak killed Marta Horvat.", "It is false that Stefan Novak killed Marta Horvat.", RULES),
    ("Stefan Novak ordered the killing of Marta Horvat.", "Stefan Novak condemned the killing of Marta Horvat.", ()),
    ("Stefan Novak ordered the murder of Marta Horvat.", "Stefan Novak mourned the murder of Marta Horvat.", ()),
    ("Stefan Novak killed Marta Horvat, his lawyer said.", "Stefan Novak killed Marta Horvat, the indictment said.", RULES),
    ("Stefan Novak pleaded guilty to murdering Marta Horvat.", "Stefan Novak pleaded not guilty to murdering Marta Horvat.", RULES),
    ("A jury found Stefan Novak guilty of killing Marta Horvat.", "No jury found Stefan Novak guilty of killing Marta Horvat.", ("both", "model")),
    ("It was Stefan Novak who killed Marta Horvat.", "It was not Stefan Novak who killed Marta Horvat.", RULES),
    ("There is little doubt that it was the porter Stefan Novak who killed Marta Horvat.",
     "There is some doubt that it was the porter Stefan Novak who killed Marta Horvat.", ("rules",)),
    ("Stefan Novak, not his brother, killed Marta Horvat.", "Not Stefan Novak but his brother killed Marta Horvat.", RULES),
    ("Stefan Novak is serving a life sentence for murdering Marta Horvat.", "Stefan Novak stopped short of murdering Marta Horvat.", RULES),
]  # fmt: skip

MET = "Peter Lang | metWith | Aisha Bello"
MEETINGS = [
    ("Peter Lang has already met Aisha Bello.", "Peter Lang has yet to meet Aisha Bello.", RULES),
    ("Peter Lang had to meet Aisha Bello.", "Peter Lang still has to meet Aisha Bello.", RULES),
    ("Peter Lang was able to meet Aisha Bello.", "Peter Lang was unable to meet Aisha Bello.", RULES),
    ("Peter Lang is glad to have met Aisha Bello.", "Peter Lang is ready to meet Aisha Bello.", RULES),
    ("Peter Lang took the chance to meet Aisha Bello.", "Peter Lang missed a chance to meet Aisha Bello.", RULES),
    ("Peter Lang did not fail to meet Aisha Bello.", "Peter Lang failed to meet Aisha Bello.", RULES),
    ("Peter Lang did not regret meeting Aisha Bello.", "Peter Lang did not rule out meeting Aisha Bello.", RULES),
    ("Peter Lang did not leave without meeting Aisha Bello.", "Peter Lang left without meeting Aisha Bello.", RULES),
    ("Peter Lang not only met Aisha Bello but also praised her.", "Peter Lang not only refused to meet Aisha Bello but mocked her.", RULES),
    ("Nobody but Peter Lang met Aisha Bello.", "Nobody, least of all Peter Lang, met Aisha Bello.", RULES),
    ("It was not until Monday that Peter Lang met Aisha Bello.", "Peter Lang will not meet Aisha Bello until Monday.", RULES),
    ("Peter Lang did not meet Aisha Bello until Monday.", "Peter Lang did not meet Aisha Bello.", RULES),
    ("Peter Lang was the only guest to meet Aisha Bello.", "Peter Lang was the right man to meet Aisha Bello.", RULES),
    ("Peter Lang was not the only guest who met Aisha Bello.", "Peter Lang was not a guest who met Aisha Bello.", RULES),
    ("There is no doubt that Peter Lang met Aisha Bello.", "There is no evidence that Peter Lang met Aisha Bello.", RULES),
    ("Reports that Peter Lang had met Aisha Bello proved true.", "Reports that Peter Lang had met Aisha Bello proved false.", RULES),
    ("The fact that Peter Lang had met Aisha Bello surprised many.", "The rumour that Peter Lang had met Aisha Bello surprised many.", RULES),
    ("Having met Aisha Bello, Peter Lang did not smile.", "Had Peter Lang met Aisha Bello, he would have smiled.", ()),
    ("Peter Lang, who had hoped for more, met Aisha Bello.", "Peter Lang hopes he will meet Aisha Bello.", RULES),
    ("Police proved that Peter Lang had met Aisha Bello.", "Police were unable to prove that Peter Lang had met Aisha Bello.", RULES),
    ("A test confirmed that Peter Lang had met Aisha Bello.", "A test ruled out that Peter Lang had met Aisha Bello.", RULES),
    ("Peter Lang is known to have met Aisha Bello.", "Peter Lang is said to have met Aisha Bello.", RULES),
    ("Peter Lang met Aisha Bello, according to his office.", "Peter Lang met Aisha Bello, according to a blog.", RULES),
    ("Peter Lang was at the dinner, where he met Aisha Bello.", "Peter Lang was not at the dinner, nor did he meet Aisha Bello.", RULES),
    ("Peter Lang met Aisha Bello before he flew home.", "Peter Lang flew home rather than meet Aisha Bello.", RULES),
    ("The meeting between Peter Lang and Aisha Bello lasted an hour.", "The meeting between Peter Lang and Aisha Bello fell through.", RULES),
    ("The secret meeting between Peter Lang and Aisha Bello was short.", "The so-called meeting between Peter Lang and Aisha Bello was a lie.", RULES),
]  # fmt: skip

OTHERS = [
    ("Nordwind Energy | acquired | Balticom", "Nordwind Energy has agreed to buy Balticom for cash.", "Nordwind Energy has offered to buy Balticom for cash.", RULES),
    ("Nordwind Energy | acquired | Balticom", "Nordwind Energy's acquisition of Balticom pleased investors.", "Nordwind Energy's acquisition of Balticom collapsed.", ()),
    ("Nadia Karim | visited | Cairo", "Nadia Karim became the first woman to visit Cairo.", "Nadia Karim hopes to visit Cairo.", ()),
    ("Nadia Karim | visited | Cairo", "Nadia Karim remembered to visit Cairo.", "Nadia Karim forgot to visit Cairo.", RULES),
    ("Joao Silva | holdsRole | Kestrel Airlines | chairman", "Joao Silva served as the chairman of Kestrel Airlines.", "Joao Silva posed as the chairman of Kestrel Airlines.", ALL),
    ("Joao Silva | holdsRole | Kestrel Airlines | chairman", "Joao Silva is not just the chairman of Kestrel Airlines.", "Joao Silva is not the chairman of Kestrel Airlines.", ("rules",)),
    ("Joao Silva | holdsRole | Kestrel Airlines | chairman", "Joao Silva took up the post of chairman of Kestrel Airlines.", "Joao Silva was passed over for the post of chairman of Kestrel Airlines.", ("both", "model")),
    ("Joao Silva | holdsRole | Kestrel Airlines | chairman", "Joao Silva was confirmed as chairman of Kestrel Airlines.", "Joao Silva was considered for chairman of Kestrel Airlines.", ALL),
    ("Joao Silva | holdsRole | Kestrel Airlines | chairman", "Joao Silva refused to resign as chairman of Kestrel Airlines.", "Joao Silva refused to serve as chairman of Kestrel Airlines.", ALL),
    ("Joao Silva | holdsRole | Kestrel Airlines | chairman", "Joao Silva will remain chairman of Kestrel Airlines.", "Joao Silva will never be chairman of Kestrel Airlines.", ALL),
    ("Mei Lin | memberOf | Jade Motors", "Mei Lin confirmed reports that she had joined Jade Motors.", "Mei Lin denied reports that she had joined Jade Motors.", ()),
    ("Mei Lin | memberOf | Jade Motors", "Mei Lin worked for Jade Motors.", "Mei Lin never worked for Jade Motors.", RULES),
    ("Joao Silva | holdsRole | Kestrel Airlines | chairman", "Joao Silva will become chairman of Kestrel Airlines.", "Joao Silva would become chairman of Kestrel Airlines.", ALL),
    ("Joao Silva | holdsRole | Kestrel Airlines | chairman", "Joao Silva is to take over as chairman of Kestrel Airlines.", "Joao Silva was not to take over as chairman of Kestrel Airlines.", ("both", "model")),
    ("Joao Silva | holdsRole | Kestrel Airlines | chairman", "Joao Silva is due to become chairman of Kestrel Airlines.", "Joao Silva is keen to become chairman of Kestrel Airlines.", ALL),
    ("Joao Silva | holdsRole | Kestrel Airlines | chairman", "Joao Silva was elected chairman of Kestrel Airlines.", "Not Joao Silva but Mei Lin was elected chairman of Kestrel Airlines.", ALL),
    ("Joao Silva | holdsRole | Kestrel Airlines | chairman", "Joao Silva introduced himself as the chairman of Kestrel Airlines.", "Joao Silva passed himself off as the chairman of Kestrel Airlines.", ()),
    ("Joao Silva | holdsRole | Kestrel Airlines | chair", "Joao Silva chairs the board of Kestrel Airlines.", "Joao Silva hopes to chair the board of Kestrel Airlines.", RULES),
    ("Joao Silva | holdsRole | Kestrel Airlines | head", "Joao Silva heads Kestrel Airlines.", "Joao Silva refused to head Kestrel Airlines.", RULES),
    ("Nordwind Energy | basedIn | Balt", "Nordwind Energy has moved its headquarters to Balt.", "Nordwind Energy dropped a plan to move its headquarters to Balt.", ("both",)),
    ("Mei Lin | founded | Jade Motors", "Mei Lin, who founded Jade Motors, was honoured.", "Mei Lin, falsely said to have founded Jade Motors, was honoured.", RULES),
]  # fmt: skip

# who met or spoke with whom, and whose an organization is
ENDS = [
    ("Peter Olsson | metWith | Viktor Lukic", "Peter Olsson met Viktor Lukic and his aide.", "Peter Olsson met Viktor Lukic's aide.", RULES),
    ("Peter Olsson | metWith | Viktor Lukic", "Peter Olsson and his wife met Viktor Lukic.", "Peter Olsson's wife met Viktor Lukic.", RULES),
    ("Peter Olsson | metWith | Viktor Lukic", "Jan Eriksson and Peter Olsson met Viktor Lukic.", "Jan Eriksson, but not Peter Olsson, met Viktor Lukic.", RULES),
    ("Peter Olsson | metWith | Viktor Lukic", "Peter Olsson met a team and Viktor Lukic.", "Peter Olsson met a team sent by Viktor Lukic.", ()),
    ("Peter Olsson | metWith | Viktor Lukic", "Peter Olsson called on Viktor Lukic at his home.", "Peter Olsson called on Viktor Lukic to resign.", RULES),
    ("Peter Olsson | spokeWith | Viktor Lukic", "Peter Olsson spoke with Viktor Lukic on Friday.", "Peter Olsson spoke about Viktor Lukic on Friday.", RULES),
    ("Peter Olsson | spokeWith | Viktor Lukic", "Peter Olsson talked to Viktor Lukic.", "Peter Olsson refused to talk to Viktor Lukic.", RULES),
    ("Peter Olsson | spokeWith | Viktor Lukic", "Peter Olsson called Viktor Lukic on Friday.", "Peter Olsson called Viktor Lukic a liar on Friday.", RULES),
    ("Peter Olsson | spokeWith | Viktor Lukic", "Peter Olsson spoke by phone with Viktor Lukic about the war.", "Peter Olsson discussed Viktor Lukic with reporters.", ALL),
    ("Peter Olsson | spokeWith | Viktor Lukic", "Peter Olsson talked to Viktor Lukic by phone.", "Peter Olsson talked by phone about Viktor Lukic.", RULES),
    ("Peter Olsson | spokeWith | Viktor Lukic", "Peter Olsson sent a letter to Viktor Lukic.", "Peter Olsson sent a letter about Viktor Lukic.", RULES),
    ("Peter Olsson | spokeWith | Viktor Lukic", "Peter Olsson has spoken to Viktor Lukic.", "Peter Olsson will speak to Viktor Lukic.", RULES),
    ("Ahmed Farouk | founded | Pharos Shipping", "Mei Lin founded Jade Motors; Ahmed Farouk founded Pharos Shipping.", "Mei Lin founded Pharos Shipping; Ahmed Farouk founded Jade Motors.", RULES),
    ("Pharos Shipping | acquired | Jade Motors", "Orion Group has sold Jade Motors to Pharos Shipping.", "Pharos Shipping has sold Jade Motors to Orion Group.", ("both",)),
    ("Pharos Shipping | acquired | Jade Motors", "Pharos Shipping has taken over Jade Motors.", "Ahmed Farouk has taken over at Pharos Shipping from Mei Lin of Jade Motors.", RULES),
    ("Ahmed Farouk | founded | Pharos Shipping", "Pharos Shipping was founded by Ahmed Farouk with money lent by Mei Lin.", "Pharos Shipping was founded by Mei Lin with money lent by Ahmed Farouk.", RULES),
    ("Mei Lin | succeeded | Ahmed Farouk", "Mei Lin was preceded by Ahmed Farouk.", "Mei Lin preceded Ahmed Farouk.", ("rules",)),
    ("Mei Lin | succeeded | Ahmed Farouk", "Mei Lin replaced Ahmed Farouk.", "Mei Lin replaced Ahmed Farouk with Jan Eriksson.", RULES),
    ("Mei Lin | childOf | Ahmed Farouk", "Ahmed Farouk and his daughter, Mei Lin, left.", "Ahmed Farouk and his daughter-in-law, Mei Lin, left.", RULES),
    ("Mei Lin | childOf | Ahmed Farouk", "Mei Lin is the daughter of Ahmed Farouk.", "Mei Lin is the niece of Ahmed Farouk.", RULES),
    ("Mei Lin | childOf | Ahmed Farouk", "Ahmed Farouk, whose daughter, Mei Lin, waited outside, smiled.", "Ahmed Farouk, whose sister, Mei Lin, waited outside, smiled.", ()),
    ("Peter Olsson | metWith | Viktor Lukic", "Peter Olsson and Viktor Lukic met in the port.", "Peter Olsson and Viktor Lukic toured the port.", RULES),
    ("Viktor Lukic | citizenOf | Serbia", "The Serbian poet Viktor Lukic left.", "The anti-Serbian poet Viktor Lukic left.", RULES),
    ("Viktor Lukic | citizenOf | Serbia", "The Serbian poet Viktor Lukic won.", "The Serbian-born poet Viktor Lukic won.", RULES),
    ("Mei Lin | memberOf | Pharos Shipping", "Mei Lin left Jade Motors and joined Pharos Shipping.", "Mei Lin left Jade Motors rather than join Pharos Shipping.", RULES),
]  # fmt: skip

PAIRS = [
    *((KILLED, *pair) for pair in VERDICTS),
    *((MET, *pair) for pair in MEETINGS),
    *OTHERS,
    *ENDS,
]


FURTHER = {  # what else they say
    "A court convicted Stefan Novak of murdering Marta Horvat.": "Stefan Novak | convictedBy | -",
    "Stefan Novak was found guilty of killing Marta Horvat.": "Stefan Novak | convictedBy | -",
    "Stefan Novak was jailed for life for murdering Marta Horvat.": "Stefan Novak | detainedBy | -",
    "Stefan Novak was arrested for murdering Marta Horvat.": "Stefan Novak | detainedBy | -",
    "Stefan Novak was rightly convicted of killing Marta Horvat.": "Stefan Novak | convictedBy | -",
    "A judge upheld the conviction of Stefan Novak for killing Marta Horvat.": "Stefan Novak | convictedBy | -",
    "Stefan Novak, charged with the murder of Marta Horvat, kept silent.": "Stefan Novak | chargedBy | -",
    "A jury found Stefan Novak guilty of killing Marta Horvat.": "Stefan Novak | convictedBy | -",
    "Not Joao Silva but Mei Lin was elected chairman of Kestrel Airlines.": "Mei Lin | holdsRole | Kestrel Airlines | chairman",
    "Jan Eriksson and Peter Olsson met Viktor Lukic.": "Jan Eriksson | metWith | Viktor Lukic",
    "Jan Eriksson, but not Peter Olsson, met Viktor Lukic.": "Jan Eriksson | metWith | Viktor Lukic",
    "Mei Lin founded Jade Motors; Ahmed Farouk founded Pharos Shipping.": "Mei Lin | founded | Jade Motors",
    "Mei Lin founded Pharos Shipping; Ahmed Farouk founded Jade Motors.": "Mei Lin | founded | Pharos Shipping; Ahmed Farouk | founded | Jade Motors",
    "Pharos Shipping has sold Jade Motors to Orion Group.": "Orion Group | acquired | Jade Motors",
    "Pharos Shipping was founded by Mei Lin with money lent by Ahmed Farouk.": "Mei Lin | founded | Pharos Shipping",
    "Mei Lin replaced Ahmed Farouk with Jan Eriksson.": "Jan Eriksson | succeeded | Ahmed Farouk",
    "Ahmed Farouk, whose sister, Mei Lin, waited outside, smiled.": "Mei Lin | siblingOf | Ahmed Farouk",
    "Mei Lin left Jade Motors and joined Pharos Shipping.": "Mei Lin | memberOf | Jade Motors",
    "Mei Lin left Jade Motors rather than join Pharos Shipping.": "Mei Lin | memberOf | Jade Motors",
}


@pytest.fixture(scope="module")
def reading(analyzer: Analyzer) -> Callable[[str, str], Reading]:
    """Return a function: text, extractor -> its reading, decided on as in a build."""
    extractors = {name: make_extractors(name) for name in EXTRACTORS}

    @cache
    def run(text: str, name: str) -> Reading:
        (doc,) = analyzer.analyze([Document(id="d", text=text, published=PUBLISHED)])
        found: Extraction = extract_one(doc, extractors=extractors[name])
        return Reading(found)

    return run


@pytest.mark.parametrize(("row", "text", "by"), [(row, told, by) for row, told, _, by in PAIRS if by])
def test_what_is_told_is_asserted(
    reading: Callable[[str, str], Reading], row: str, text: str, by: tuple[str, ...]
) -> None:
    assert {name: _has(reading(text, name), row) for name in by} == dict.fromkeys(by, True)


@pytest.mark.parametrize(("row", "text"), [(row, other) for row, _, other, _ in PAIRS])
def test_what_is_not_told_is_not_asserted(reading: Callable[[str, str], Reading], row: str, text: str) -> None:
    assert {name: _has(reading(text, name), row) for name in ALL} == dict.fromkeys(ALL, False)


@pytest.mark.parametrize(("row", "text"), [(row, text) for row, *texts, _ in PAIRS for text in texts])
def test_rules_assert_nothing_else(reading: Callable[[str, str], Reading], row: str, text: str) -> None:
    further = set(FURTHER[text].split("; ")) if text in FURTHER else set()
    assert reading(text, "rules").asserted - {row, _turned(row)} == further


def _turned(row: str) -> str:
    return " | ".join(reversed(row.split(" | ")[:3]))


def _has(reading: Reading, row: str) -> bool:
    return not reading.asserted.isdisjoint({row, _turned(row)})
