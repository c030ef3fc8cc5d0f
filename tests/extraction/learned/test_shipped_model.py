"""The weights that ship, on sentences of a kind they were trained for."""

import pytest

from kg.analysis import Analyzer
from kg.config import DEFAULT_SPACY_MODEL
from kg.errors import ModelError
from kg.extraction import EXTRACTORS, extract_one, make_extractors
from kg.extraction.decision.weights import read_weights
from kg.extraction.learned import LearnedExtractor
from kg.model import PREDICATES, Document
from kg.resources import data_path

MOST_BYTES = 40_000_000


@pytest.fixture(scope="module")
def read():
    analyzer = Analyzer(model=DEFAULT_SPACY_MODEL)
    extractors = make_extractors("model")

    def run(text):
        (doc,) = analyzer.analyze([Document(id="d", text=text)])
        return extract_one(doc, extractors=extractors)

    return run


@pytest.mark.parametrize(
    ("text", "subject", "predicate", "target"),
    [
        ("Anna Keller was born in Zurich in 1971.", "Anna Keller", "bornIn", "Zurich"),
        ("Anna Keller studied law at Harvard University.", "Anna Keller", "educatedAt", "Harvard University"),
        ("Anna Keller, who is married to Paul Brandt, lives in Vienna.", "Anna Keller", "spouseOf", "Paul Brandt"),
        ("Paul Brandt founded Nordic Shipping in 1998.", "Paul Brandt", "founded", "Nordic Shipping"),
        ("Anna Keller works in Bern. She was born in Zurich.", "Anna Keller", "bornIn", "Zurich"),
    ],
)
def test_plain_facts_are_found(read, text, subject, predicate, target):
    found = read(text)
    names = [e.name for e in found.entities]
    said = {
        (names[c.subject], c.predicate, names[c.object]) for c in found.claims if c.asserted and c.object is not None
    }
    assert (subject, predicate, target) in said


def test_claims_keep_the_contract(read):
    text = "Prime Minister Anna Keller met Paul Brandt in Geneva. She was born in Zurich. He did not visit Vienna."
    found = read(text)
    assert found.claims
    for claim in found.claims:
        predicate = PREDICATES[claim.predicate]
        assert found.entities[claim.subject].type in predicate.domain
        assert claim.object is None or found.entities[claim.object].type in predicate.range
        assert 0 < claim.confidence <= 1
        evidence = claim.evidence
        assert text[evidence.start : evidence.end] == evidence.text
        assert evidence.start <= evidence.subject[0] < evidence.subject[1] <= evidence.end
        assert evidence.extractor.startswith("model:")
    assert read(text) == found


def test_text_without_words_is_read(read):
    for text in ("", " \n ", "…", "🙂" * 400, "a" * 3000):
        assert read(text).claims == ()


def test_weights_are_small_and_have_their_card():
    folder = data_path("model")
    assert sum(path.stat().st_size for path in folder.iterdir()) <= MOST_BYTES
    assert "CC BY-SA 4.0" in (folder / "MODEL_CARD.md").read_text(encoding="utf8")


@pytest.mark.parametrize("name", EXTRACTORS)
def test_each_setting_has_its_weights_of_the_decision(name):
    weights = read_weights(name)
    assert 0.3 <= weights.least <= 0.9
    assert all(0 < p < 1 for p in weights.precision.values())


def test_missing_weights_are_named(tmp_path):
    with pytest.raises(ModelError, match="rules"):
        _ = LearnedExtractor(folder=tmp_path).network
