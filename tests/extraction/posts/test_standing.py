"""Whether a post is held, was held or is to be held, as the default reader has it. All names are invented."""

from collections.abc import Callable
from functools import cache

import pytest

from kg.analysis import Analyzer
from kg.extraction import extract_one, make_extractors
from kg.model import Document, Extraction

from ..conftest import PUBLISHED


@pytest.fixture(scope="module")
def posts(analyzer: Analyzer) -> Callable[[str], dict[str, str]]:
    """Return a function: text -> status of each asserted post, by the name of its holder."""
    extractors = make_extractors("both")

    @cache
    def run(text: str) -> dict[str, str]:
        (doc,) = analyzer.analyze([Document(id="d", text=text, published=PUBLISHED)])
        found: Extraction = extract_one(doc, extractors=extractors)
        return {
            found.entities[c.subject].name: str(c.status)
            for c in found.claims
            if c.predicate == "holdsRole" and c.asserted
        }

    return run


@pytest.mark.parametrize(
    ("status", "text"),
    [
        ("current", "Leila Haddad has been rector of Kasra University since 2011."),
        ("current", "Leila Haddad became rector of Kasra University last week."),
        ("current", "Leila Haddad was re-elected rector of Kasra University."),
        ("current", "Leila Haddad remains the rector of Kasra University."),
        ("current", "Leila Haddad heads Kasra University."),
        ("designate", "Leila Haddad, of Ardon, to be rector of Kasra University."),
        ("designate", "Leila Haddad, of Ardon, to be a judge of the Kasra Court for the term of ten years."),
        ("former", "To be rector of Kasra University: Per Holm, vice Leila Haddad, resigned."),
        ("current", "Officials waited for the rector of Kasra University, Leila Haddad."),
        ("current", "There was support for the rector of Kasra University, Leila Haddad."),
        ("current", "Omid Rahimi endorsed Leila Haddad, the rector of Kasra University."),
        ("former", "Leila Haddad was rector of Kasra University until 2015."),
        ("former", "Leila Haddad, once the rector of Kasra University, spoke."),
        ("former", "Leila Haddad, then the rector of Kasra University, spoke."),
        ("former", "Leila Haddad, then rector of Kasra University, met Omid Rahimi in 2011."),
        ("current", "Leila Haddad then became rector of Kasra University."),
        ("former", "Leila Haddad, until last week the rector of Kasra University, spoke."),
        ("former", "Leila Haddad, until 2019 rector of Kasra University, spoke."),
        ("former", "Leila Haddad no longer heads Kasra University."),
        ("former", "The late Leila Haddad, rector of Kasra University, was honoured."),
        ("former", "Omid Rahimi killed the rector of Kasra University, Leila Haddad."),
        ("former", "Leila Haddad, a former rector and treasurer of Kasra University, spoke."),
        ("designate", "Leila Haddad will become rector of Kasra University in June."),
        ("designate", "Leila Haddad will become the new rector of Kasra University."),
        ("designate", "Leila Haddad will be Kasra University's new rector."),
        ("current", "Leila Haddad was named the new rector of Kasra University."),
        ("current", "Leila Haddad is the longtime rector of Kasra University."),
        ("former", "Leila Haddad was the longtime rector of Kasra University."),
        ("acting", "Leila Haddad was named interim rector of Kasra University."),
        ("designate", "Leila Haddad is to be sworn in as rector of Kasra University on Monday."),
        pytest.param("designate", "Leila Haddad is due to become rector of Kasra University.",
                     marks=pytest.mark.xfail(strict=False, reason="in doubt since version 6 of the network")),
        ("designate", "Leila Haddad was nominated as rector of Kasra University."),
        ("designate", "Leila Haddad was nominated rector of Kasra University."),
        ("acting", "Leila Haddad is standing in as rector of Kasra University."),
    ],
)  # fmt: skip
def test_the_status_of_a_post(posts: Callable[[str], dict[str, str]], status: str, text: str) -> None:
    assert posts(text).get("Leila Haddad") == status


@pytest.mark.parametrize(
    "text",
    [
        "Leila Haddad would become rector of Kasra University.",
        "Leila Haddad hopes she will become rector of Kasra University.",
        "Leila Haddad is expected to become rector of Kasra University.",
        "If she wins, Leila Haddad will become rector of Kasra University.",
        "Leila Haddad is not to become rector of Kasra University.",
        "The board is expected to name Leila Haddad as rector of Kasra University.",
        "The board declined to name the chemist Leila Haddad rector of Kasra University.",
        "Leila Haddad was not nominated as rector of Kasra University.",
        "Omid Rahimi endorsed Leila Haddad for rector of Kasra University.",
        "Omid Rahimi backs Leila Haddad as rector of Kasra University.",
        "A candidate for Croatian president, Leila Haddad, left.",
        "Candidates for U.S. president, Leila Haddad of the Green Party and Omid Rahimi, were arrested.",
        "Leila Haddad, endorsed by Omid Rahimi for rector of Kasra University, left.",
    ],
)
def test_a_post_that_is_not_settled_is_not_held(posts: Callable[[str], dict[str, str]], text: str) -> None:
    assert "Leila Haddad" not in posts(text)


@pytest.mark.parametrize(
    ("text", "holders"),
    [
        ("Omid Rahimi of the Miners' Union and Mayor Leila Haddad left.", {"Leila Haddad"}),
        ("Omid Rahimi, a lawyer and former rector of Kasra University, left.", {"Omid Rahimi"}),
        ("Not Leila Haddad but Omid Rahimi was elected rector of Kasra University.", {"Omid Rahimi"}),
    ],
)
def test_whose_a_post_is(posts: Callable[[str], dict[str, str]], text: str, holders: set[str]) -> None:
    assert set(posts(text)) <= holders
