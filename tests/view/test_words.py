import pytest

from kg.model import PREDICATES, EntityType, Modality, Polarity, RoleStatus, Statement
from kg.view.words import date_in_words, doubt, edge_label, labels, qualifiers


def statement(**fields):
    return Statement(id="s", subject="a", predicate=fields.pop("predicate", "holdsRole"), object="b", **fields)


def test_every_predicate_and_type_has_words():
    words = labels()
    assert set(words["predicates"]) == set(PREDICATES)
    assert set(words["types"]) == set(EntityType)
    assert {t["shape"] for t in words["types"].values()} <= {"dot", "square", "triangle", "diamond"}
    assert len({t["shape"] for t in words["types"].values()}) == len(EntityType)
    for name, predicate in PREDICATES.items():
        symmetric_or_value = predicate.symmetric or not predicate.range
        assert ("inverse" in words["predicates"][name]) is not symmetric_or_value


def test_every_status_and_doubt_has_words():
    words = labels()
    assert set(words["statuses"]) == set(RoleStatus)
    assert set(words["modalities"]) == set(Modality) - {Modality.ACTUAL}
    assert set(words["polarities"]) == set(Polarity) - {Polarity.AFFIRMED}


@pytest.mark.parametrize(
    ("date", "words"),
    [
        ("1979", "1979"),
        ("1979-02", "February 1979"),
        ("1979-02-01", "1 February 1979"),
        ("2020-12-31", "31 December 2020"),
        ("2020-13", "2020-13"),
        ("next year", "next year"),
    ],
)
def test_dates(date, words):
    assert date_in_words(date) == words


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, ""),
        ({"status": RoleStatus.CURRENT}, ""),
        ({"status": RoleStatus.CURRENT, "start": "2016"}, "since 2016"),
        ({"status": RoleStatus.FORMER, "end": "2019-04"}, "former, until April 2019"),
        ({"status": RoleStatus.FORMER, "start": "2009", "end": "2019-04-21"}, "former, from 2009 to 21 April 2019"),
        ({"date": "2020-01-03"}, "3 January 2020"),
        ({"status": RoleStatus.DESIGNATE}, "designate"),
    ],
)
def test_qualifiers(fields, words):
    assert qualifiers(statement(**fields)) == words


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, ""),
        ({"modality": Modality.DENIED}, "denied"),
        ({"polarity": Polarity.NEGATED}, "not the case"),
        ({"polarity": Polarity.NEGATED, "modality": Modality.PLANNED}, "not the case, planned"),
    ],
)
def test_doubt(fields, words):
    made = statement(**fields)
    assert doubt(made) == words
    assert bool(words) is not made.asserted


def test_edge_labels():
    assert edge_label(statement(title="chief of staff")) == "chief of staff"
    assert edge_label(statement()) == "holds a post at"
    assert edge_label(statement(predicate="metWith")) == "met"
