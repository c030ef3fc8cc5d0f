"""What is done for a text grows with its length and not faster, whatever it is made of; counted, not timed."""

import cProfile
import pstats

import pytest

from kg.analysis import Analyzer
from kg.extraction import extract_one, make_extractors
from kg.extraction.extractor import Extractors
from kg.model import Document

GIVEN = "James Mary John Linda Robert Susan Michael Karen David Nancy".split()  # noqa: SIM905
SURNAMES = "Smith Brown Jones Miller Davis Wilson Moore Taylor Clark Lewis Young King Wright Hill Scott Green".split()  # noqa: SIM905
PEOPLE = [f"{given} {surname}{end}" for end in ("", "son", "ton") for surname in SURNAMES for given in GIVEN]
SIZES = (1800, 3600)  # characters: both hold more than the longest sentence that is read as one

KINDS = {
    "one name": ["John Smith "],
    "people at one table": ["Angela Merkel met ", *(f"{name}, " for name in PEOPLE)],
    "surnames": [f"{name} left. {name.split()[1]} was late. " for name in PEOPLE],
    "relatives": ["John Smith met Mary Jones ", *["and her brother "] * 400],
    "quotations": ['John Smith said: "I am late." '],
    "brackets": ["(a [b "],
    "headings": ["# Peace Talks In Geneva\n"],
    "datelines": ["OSLO, 15 October 2021 (Reuters) - Talks began.\n"],
    "ministers": [f"{name}, the minister, left. The minister spoke. " for name in PEOPLE],
    "bodies": [f"The Ministry of {name} Affairs met the Smith Bank. " for name in PEOPLE],
    "journeys": ["John Smith visited Paris on Monday. He met Mary Jones. "],
    "rows": [f"| {name} | Minister of Trade | {name} Bank |\n" for name in PEOPLE],
    "items": [f"{name}, minister of trade\n" for name in PEOPLE],
    "ages": [f"{name}, 44, a plumber from Oslo, left. " for name in PEOPLE],
    "words": ["the old man and the sea went to see the minister of "],
}


CASES = [*((kind, "rules") for kind in KINDS), *((kind, "both") for kind in ("one name", "ministers", "journeys"))]


@pytest.mark.parametrize(("kind", "extractor"), CASES)
def test_work_grows_with_the_text(analyzer: Analyzer, kind: str, extractor: str) -> None:
    text = "".join(KINDS[kind])
    text *= 1 + SIZES[-1] // len(text)
    extractors = make_extractors(extractor)
    extract_one(next(analyzer.analyze([Document(id="first", text="Jane Roe spoke.")])), extractors=extractors)
    short, long = (_calls(analyzer, extractors, text[:size]) for size in SIZES)
    assert long <= 2.6 * short


def _calls(analyzer: Analyzer, extractors: Extractors, text: str) -> int:
    """The number of function calls that reading a text takes."""
    (doc,) = analyzer.analyze([Document(id="d", text=text, published="2020-11-16")])
    profile = cProfile.Profile()
    profile.enable()
    extract_one(doc, extractors=extractors)
    profile.disable()
    return int(pstats.Stats(profile).total_calls)  # type: ignore[attr-defined]
