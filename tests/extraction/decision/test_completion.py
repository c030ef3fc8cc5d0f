"""When and where: what a claim of the network lacks, read with the real pipeline."""

import pytest

from kg.extraction.decision.completion import Circumstances
from kg.extraction.reference.reading import read_discourse
from kg.model import Claim, Document
from tests.graphs import quoted

MET = "Ana Ruiz met Bo Keller in Geneva on Sunday. John Smith stayed in Vienna."


def made(analyzer, text, predicate, subject, target, extractor="model:pairs@1", **others):
    (doc,) = analyzer.analyze([Document(id="d", text=text, published="2020-11-16")])
    discourse = read_discourse(doc)
    names = [e.name for e in discourse.entities]
    span = {n: (text.index(n), text.index(n) + len(n)) for n in (subject, target) if n}
    evidence = quoted(text, span[subject], span.get(target), extractor=extractor)
    end = None if target is None else names.index(target)
    claim = Claim(subject=names.index(subject), predicate=predicate, object=end, evidence=evidence, **others)
    return Circumstances(discourse), claim, names


@pytest.mark.parametrize(
    ("text", "predicate", "ends", "date", "place"),
    [
        (MET, "metWith", ("Ana Ruiz", "Bo Keller"), "2020-11-15", "Geneva"),
        (MET, "spokeWith", ("Ana Ruiz", "Bo Keller"), "2020-11-15", None),  # has no place
        (MET, "childOf", ("Ana Ruiz", "Bo Keller"), None, None),  # no event
        ("Ana Ruiz visited Geneva in May 2019.", "visited", ("Ana Ruiz", "Geneva"), "2019-05", None),
        ("Ana Ruiz, the successor of Bo Keller, died in 2006.", "succeeded", ("Ana Ruiz", "Bo Keller"), None, None),
        ("In 2006 Ana Ruiz became the successor of Bo Keller.", "succeeded", ("Ana Ruiz", "Bo Keller"), "2006", None),
        ("Ana Ruiz succeeded Bo Keller in 2006.", "succeeded", ("Ana Ruiz", "Bo Keller"), "2006", None),
        ("Ana Ruiz met Bo Keller.", "metWith", ("Ana Ruiz", "Bo Keller"), None, None),
        ("Ana Ruiz met Bo Keller. They left Geneva on Sunday.", "metWith", ("Ana Ruiz", "Bo Keller"), None, None),
    ],
)
def test_date_and_place_of_an_event(analyzer, text, predicate, ends, date, place):
    circumstances, claim, names = made(analyzer, text, predicate, *ends)
    found = circumstances.completed(claim)
    assert (found.date, None if found.place is None else names[found.place]) == (date, place)


@pytest.mark.parametrize(
    ("others", "date", "place"),
    [
        ({"extractor": "rule:frames"}, None, None),  # has read them
        ({"date": "1999"}, "1999", "Geneva"),
        ({"place": 0}, "2020-11-15", "Ana Ruiz"),
    ],
)
def test_what_is_known_stays(analyzer, others, date, place):
    circumstances, claim, names = made(analyzer, MET, "metWith", "Ana Ruiz", "Bo Keller", **others)
    found = circumstances.completed(claim)
    assert (found.date, None if found.place is None else names[found.place]) == (date, place)


def test_a_claim_without_a_quoted_object_stays_as_it_is(analyzer):
    circumstances, claim, _ = made(analyzer, MET, "metWith", "Ana Ruiz", None)
    assert circumstances.completed(claim) == claim
