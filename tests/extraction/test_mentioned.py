"""What carries a claim is a mention of the entity that it is told of."""

import pytest

from kg.config import Settings
from kg.model import Document, Extraction
from kg.reader import Reader


@pytest.fixture(scope="module")
def read():
    reader = Reader(Settings(extractor="rules"))

    def extraction(text: str) -> Extraction:
        found = reader.read(Document(id="d", text=text, published="2020-11-16"), enter=lambda _stage: None)
        assert isinstance(found, Extraction)
        return found

    return extraction


@pytest.mark.parametrize(
    "text",
    [
        "Paris was hot. Aino Berg arrived in the French capital on Sunday.",
        "Rome was hot. Aino Berg flew to the Italian capital on Sunday.",
    ],
)
def test_a_description_that_carries_a_claim_is_a_mention(read, text):
    found = read(text)
    assert any(c.predicate == "visited" for c in found.claims)
    for claim in found.claims:
        for index, span in ((claim.subject, claim.evidence.subject), (claim.object, claim.evidence.object)):
            if index is not None and span is not None:
                assert any(m.start < span[1] and span[0] < m.end for m in found.entities[index].mentions), claim
