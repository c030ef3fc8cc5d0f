"""Which claims become one statement, and what it says."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.model import Modality, Polarity, RoleStatus

CURRENT, FORMER, ACTING = RoleStatus.CURRENT, RoleStatus.FORMER, RoleStatus.ACTING
PLANNED, DENIED, NEGATED = Modality.PLANNED, Modality.DENIED, Polarity.NEGATED


def rows(statements, *fields):
    """The given fields of each statement, names for IRIs, sorted."""

    def shown(value):
        return value.rpartition("/")[2] if isinstance(value, str) else value

    return sorted((tuple(shown(getattr(s, field)) for field in fields) for s in statements), key=repr)


def tell(world, claims):
    """The claims of a table, each in a sentence of its own unless it says which."""
    return [world.said(s, p, o, **{"sentence": number} | fields) for number, (s, p, o, fields) in enumerate(claims)]


def claim(subject, predicate, object_=None, **fields):
    return subject, predicate, object_, fields


def c(title=None, object_="Corps", subject="Anna", **fields):
    return claim(subject, "holdsRole", object_, title=title, **fields)


# claims -> (object, title) of the roles that are left
ROLES = {
    "one post however often": (
        [c("commander"), c("commander", sentence=1), c("Commander ", document="b")],
        [("corps", "commander")],
    ),
    "the fuller title": ([c("commander"), c("chief commander", sentence=4)], [("corps", "chief commander")]),
    "order of words and function words": (
        [c("head of the staff"), c("staff head", sentence=1), c("head of the staff", sentence=2)],
        [("corps", "head of the staff")],
    ),
    "three steps": (
        [c("minister"), c("defense minister"), c("iraqi defense minister")],
        [("corps", "iraqi defense minister")],
    ),
    "across documents equal words only": (
        [c("commander"), c("chief commander", document="b")],
        [("corps", "chief commander"), ("corps", "commander")],
    ),
    "vice is another post": (
        [c("president"), c("vice president")],
        [("corps", "president"), ("corps", "vice president")],
    ),
    "deputy is another post": (
        [c("minister"), c("deputy minister")],
        [("corps", "deputy minister"), ("corps", "minister")],
    ),
    "the head decides": (
        [c("president"), c("adviser to the president")],
        [("corps", "adviser to the president"), ("corps", "president")],
    ),
    "possessive": (
        [c("president"), c("president's adviser")],
        [("corps", "president"), ("corps", "president's adviser")],
    ),
    "a title's beginning": (
        [c("chief executive"), c("chief executive officer")],
        [("corps", "chief executive officer")],
    ),
    "secretary general": ([c("secretary"), c("secretary general")], [("corps", "secretary general")]),
    "another organization": ([c("head"), c("head", "Ministry")], [("corps", "head"), ("ministry", "head")]),
    "another person": ([c("head"), c("head", subject="Boris")], [("corps", "head"), ("corps", "head")]),
    "without organization, equal": ([c("commander"), c("commander", None, sentence=1)], [("corps", "commander")]),
    "without organization, vaguer": (
        [c("chief commander"), c("commander", None, sentence=1)],
        [("corps", "chief commander")],
    ),
    "without organization, fuller": (
        [c("commander"), c("chief commander", None, sentence=1)],
        [("corps", "chief commander")],
    ),
    "without organization, other title": (
        [c("commander"), c("spokesman", None)],
        [("corps", "commander"), (None, "spokesman")],
    ),
    "without organization, other document": (
        [c("commander"), c("commander", None, document="b")],
        [("corps", "commander"), (None, "commander")],
    ),
    "without organization or title": ([c(None, None)], []),
    "nearest organization": (
        [c("head"), c("head", "Ministry", sentence=9), c("head", None, sentence=8)],
        [("corps", "head"), ("ministry", "head")],
    ),
    "ambiguous goes to the nearest": (
        [c("defense minister"), c("foreign minister", sentence=9), c("minister", sentence=8)],
        [("corps", "defense minister"), ("corps", "foreign minister")],
    ),
    "two terms": (
        [c("mayor", start="1996", end="1999"), c("mayor", start="2009", sentence=1), c("mayor", sentence=2)],
        [("corps", "mayor"), ("corps", "mayor")],
    ),
    "one term": (
        [c("mayor", start="1996", end="2001-05"), c("mayor", start="1996-02", sentence=1), c("mayor", end="2001")],
        [("corps", "mayor")],
    ),
}


@pytest.mark.parametrize("case", ROLES)
def test_roles(world, case):
    claims, expected = ROLES[case]
    made = world.statements(*tell(world, claims))
    assert rows(made, "object", "title") == sorted(expected, key=repr)
    assert sum(len(s.evidence) for s in made) == len(claims) * bool(expected)


def m(date=None, place=None, **fields):
    return claim("Anna", "metWith", "Boris", date=date, place=place, **fields)


def charged(offence=None, by=None, **fields):
    return claim("Anna", "chargedBy", by, offence=offence, **fields)


# claims -> (by whom, offence) of the charges that are left
CHARGES = {
    "by nobody that is named": ([charged("fraud")], [(None, "fraud")]),
    "two offences": ([charged("fraud"), charged("arson", sentence=1)], [(None, "arson"), (None, "fraud")]),
    "one offence in two documents": ([charged("fraud"), charged("fraud", document="b")], [(None, "fraud")]),
    "who charges is told elsewhere": ([charged("fraud"), charged("fraud", "Corps", sentence=1)], [("corps", "fraud")]),
    "not of another offence": ([charged("fraud"), charged("arson", "Corps")], [("corps", "arson"), (None, "fraud")]),
    "the charge of before": ([charged("fraud"), charged(sentence=1)], [(None, "fraud")]),
    "another day": (
        [charged("fraud", date="2020-11-15"), charged("fraud", date="2020-11-16")],
        [(None, "fraud"), (None, "fraud")],
    ),
}


@pytest.mark.parametrize("case", CHARGES)
def test_charges(world, case):
    claims, expected = CHARGES[case]
    found = [(s.object and s.object.rpartition("/")[2], s.offence) for s in world.statements(*tell(world, claims))]
    assert sorted(found, key=repr) == sorted(expected, key=repr)


# claims -> (date, place) of the meetings that are left
MEETINGS = {
    "without a date": ([m(), m(sentence=1), m(document="b")], [(None, None)]),
    "the date of the document's meeting": ([m("2020-11-15"), m(sentence=1)], [("2020-11-15", None)]),
    "not of another document's": ([m("2020-11-15"), m(document="b")], [("2020-11-15", None), (None, None)]),
    "two dates": ([m("2020-11-15"), m("2020-11-16")], [("2020-11-15", None), ("2020-11-16", None)]),
    "one date in two documents": ([m("2020-11-15"), m("2020-11-15", document="b")], [("2020-11-15", None)]),
    "a month of the day": ([m("2020-11-15"), m("2020-11", sentence=1)], [("2020-11-15", None)]),
    "another month": ([m("2020-11-15"), m("2020-10")], [("2020-10", None), ("2020-11-15", None)]),
    "the nearest of two": (
        [m("2020-11-15", "Tehran"), m("2020-11-16", sentence=9), m(sentence=8)],
        [("2020-11-15", "tehran"), ("2020-11-16", None)],
    ),
    "the place of the document's meeting": ([m(place="Tehran"), m(sentence=1)], [(None, "tehran")]),
    "two places without a date": ([m(place="Tehran"), m(place="Iraq")], [(None, "iraq"), (None, "tehran")]),
    "a day is one meeting": ([m("2020-11-15", "Tehran"), m("2020-11-15", sentence=1)], [("2020-11-15", "tehran")]),
    "date here, place there": ([m("2020-11-15"), m(place="Tehran", sentence=1)], [("2020-11-15", "tehran")]),
    "a date elsewhere": ([m("2020-11", "Iraq"), m(place="Tehran")], [("2020-11", "iraq"), (None, "tehran")]),
    "no such day": ([m("2020-02-31")], [(None, None)]),
}


@pytest.mark.parametrize("case", MEETINGS)
def test_meetings(world, case):
    claims, expected = MEETINGS[case]
    made = world.statements(*tell(world, claims))
    assert rows(made, "date", "place") == sorted(expected, key=repr)
    assert sum(len(s.evidence) for s in made) == len(claims)


# claims -> (subject, predicate, object or literal) of what is left
OTHERS = {
    "a role implies membership": (
        [c("head"), claim("Anna", "memberOf", "Corps", sentence=5)],
        ["anna holdsRole corps"],
    ),
    "not in another document": (
        [c("head"), claim("Anna", "memberOf", "Corps", document="b")],
        ["anna holdsRole corps", "anna memberOf corps"],
    ),
    "a planned role implies nothing": (
        [c("head", modality=PLANNED), claim("Anna", "memberOf", "Corps")],
        ["anna holdsRole corps", "anna memberOf corps"],
    ),
    "a party member is a member": (
        [claim("Anna", "politicalAffiliation", "Party"), claim("Anna", "memberOf", "Party", document="b")],
        ["anna politicalAffiliation party"],
    ),
    "symmetric": ([claim("Boris", "metWith", "Anna"), claim("Anna", "metWith", "Boris")], ["anna metWith boris"]),
    "directed": ([claim("Boris", "succeeded", "Anna")], ["boris succeeded anna"]),
    "with itself": ([claim("Anna", "metWith", "Anna"), claim("Anna", "killed", "Anna")], []),
    "domain": (
        [claim("Iraq", "metWith", "Anna"), claim("Corps", "bornIn", "Iraq"), claim("Corps", "holdsRole", "Iraq")],
        [],
    ),
    "range": (
        [claim("Anna", "visited", "Corps"), claim("Anna", "metWith", "Iraq"), claim("Anna", "bornOn", "Iraq")],
        [],
    ),
    "unknown": ([claim("Anna", "likes", "Boris"), claim("Anna", "visited")], []),
    "literal": ([claim("Anna", "bornOn", "1979"), claim("Anna", "diedOn", "soon")], ["anna bornOn 1979"]),
    "literal for a thing": ([claim("Anna", "visited", "1979")], []),
    "a finer date of birth": (
        [
            claim("Anna", "bornOn", "1979"),
            claim("Anna", "bornOn", "1979-02-01", document="b"),
            claim("Anna", "bornOn", "1980"),
        ],
        ["anna bornOn 1979-02-01", "anna bornOn 1980"],
    ),
    "killed once": (
        [
            claim("Corps", "killed", "Anna", date="2020"),
            claim("Corps", "killed", "Anna", date="2020-01-03", document="b"),
        ],
        ["corps killed anna"],
    ),
}


@pytest.mark.parametrize("case", OTHERS)
def test_others(world, case):
    claims, expected = OTHERS[case]
    made = world.statements(*tell(world, claims))
    assert (
        sorted(" ".join(filter(None, r)) for r in rows(made, "subject", "predicate", "object", "literal")) == expected
    )


def test_symmetric_spans_are_swapped(world):
    there, back = (
        world.statements(world.said(*pair))[0] for pair in (("Anna", "metWith", "Boris"), ("Boris", "metWith", "Anna"))
    )
    assert there.id == back.id
    assert (there.evidence[0].subject, there.evidence[0].object) == (back.evidence[0].object, back.evidence[0].subject)


def test_asserted_and_denied_stay_apart(world):
    made = world.statements(
        world.said("Anna", "metWith", "Boris"),
        world.said("Anna", "metWith", "Boris", sentence=1, polarity=NEGATED),
        world.said("Boris", "metWith", "Anna", sentence=2, modality=PLANNED),
        world.said("Boris", "metWith", "Anna", sentence=3, modality=DENIED),
    )
    assert rows(made, "polarity", "modality", "asserted") == [
        ("affirmed", "actual", True),
        ("affirmed", "denied", False),
        ("affirmed", "planned", False),
        ("negated", "actual", False),
    ]


STATUSES = [
    ([("a", CURRENT), ("b", FORMER)], {"a": "2020-01-01", "b": "2021-01-01"}, FORMER),
    ([("a", CURRENT), ("b", FORMER)], {"a": "2021-01-01", "b": "2020-01-01"}, CURRENT),
    ([("a", CURRENT), ("a", ACTING), ("a", CURRENT)], {"a": None}, ACTING),
    ([("a", FORMER), ("b", None)], {"a": "2020", "b": "2021"}, FORMER),
    ([("a", None)], {}, None),
]


@pytest.mark.parametrize(("said", "published", "expected"), STATUSES)
def test_status_is_the_latest(world, said, published, expected):
    claims = [
        world.said("Anna", "holdsRole", "Corps", title="head", sentence=number, document=document, status=status)
        for number, (document, status) in enumerate(said)
    ]
    [made] = world.statements(*claims, published=published)
    assert made.status == expected


def test_details_are_those_most_agree_with(world):
    values = [("2016", None), ("2016-05", "2019"), ("2016-05", "2019-02"), ("2015-07-01", "2018")]
    claims = [
        world.said("Anna", "holdsRole", "Corps", title="head", sentence=number, start=start, end=end)
        for number, (start, end) in enumerate(values)
    ]
    [made] = world.statements(*claims)
    assert (made.start, made.end) == ("2016-05", "2019-02")


# (document, sentence, extractor, confidence) of each claim, the copies among the documents -> confidence, sources
CONFIDENCES = {
    "one claim": ([("a", 0, "r", 0.8)], {}, 0.8, 1),
    "one sentence, twice": ([("a", 0, "r", 0.8), ("a", 0, "r", 0.5)], {}, 0.8, 1),
    "one sentence, found by two": ([("a", 0, "r", 0.5), ("a", 0, "m", 0.8)], {}, 0.8, 1),
    "one document, two sentences": ([("a", 0, "r", 0.8), ("a", 1, "r", 0.5)], {}, 0.8, 1),
    "one document, many sentences": ([("a", number, "r", 0.9) for number in range(9)], {}, 0.9, 1),
    "two documents": ([("a", 0, "r", 0.8), ("b", 0, "r", 0.5)], {}, 0.9, 2),
    "two documents, the surest of each": (
        [("a", 0, "r", 0.8), ("b", 0, "r", 0.1), ("b", 7, "m", 0.5), ("a", 3, "m", 0.2)],
        {},
        0.9,
        2,
    ),
    "two copies": ([("a", 0, "r", 0.8), ("b", 0, "r", 0.5)], {"a": "story", "b": "story"}, 0.8, 1),
    "two copies and another": (
        [("a", 0, "r", 0.5), ("b", 0, "r", 0.8), ("c", 0, "r", 0.5)],
        {"a": "story", "b": "story"},
        0.9,
        2,
    ),
    "many documents": ([(f"d{number}", 0, "r", 0.9) for number in range(9)], {}, 0.99, 9),
    "never certain": ([("a", 0, "r", 1.0)], {}, 0.99, 1),
    "three digits": ([("a", 0, "r", 1 / 3)], {}, 0.333, 1),
}


@pytest.mark.parametrize("case", CONFIDENCES)
def test_confidence(world, case):
    said, stories, confidence, sources = CONFIDENCES[case]
    claims = [
        world.said("Anna", "metWith", "Boris", document=d, sentence=n, extractor=e, confidence=p) for d, n, e, p in said
    ]
    for told in (claims, claims[::-1]):
        [made] = world.statements(*told, sources=stories)
        assert (made.confidence, made.sources) == (confidence, sources)


def found(sentence, *extractors, source=None, document="a"):
    fields = {"sentence": sentence, "extractor": extractors[0], "also": extractors[1:], "source": source}
    return fields | {"document": document}


# claims of one fact -> document, sentence, what found it and who says it, of each piece of evidence
EVIDENCE = {
    "found by one": ([found(0, "r")], [("a", 0, ("r",), None)]),
    "found by two together": ([found(0, "r", "m")], [("a", 0, ("r", "m"), None)]),
    "found by two apart": ([found(0, "m"), found(0, "r")], [("a", 0, ("m", "r"), None)]),
    "found by one twice": ([found(0, "r"), found(0, "r")], [("a", 0, ("r",), None)]),
    "found by one again": ([found(0, "m", "r"), found(0, "r", "n")], [("a", 0, ("m", "r", "n"), None)]),
    "two sentences": ([found(3, "r"), found(0, "r", "m")], [("a", 0, ("r", "m"), None), ("a", 3, ("r",), None)]),
    "two documents": (
        [found(0, "r", document="b"), found(0, "m", document="a")],
        [("a", 0, ("m",), None), ("b", 0, ("r",), None)],
    ),
    "who says it": ([found(0, "r", source="Boris")], [("a", 0, ("r",), "boris")]),
    "who says it by the other": ([found(0, "m"), found(0, "r", source="Boris")], [("a", 0, ("m", "r"), "boris")]),
    "who says it in another sentence": (
        [found(0, "r"), found(1, "r", source="Boris")],
        [("a", 0, ("r",), None), ("a", 1, ("r",), "boris")],
    ),
}


@pytest.mark.parametrize("case", EVIDENCE)
def test_a_sentence_is_evidence_once_with_all_that_found_it(world, case):
    claims, expected = EVIDENCE[case]
    told = [world.said("Anna", "memberOf", "Corps", **fields) for fields in claims]
    for order in (told, told[::-1]):
        [made] = world.statements(*order)
        places = [(e.document, int(e.text.split()[1]), e.extractors) for e in made.evidence]
        sayers = [e.attributed_to and e.attributed_to.rpartition("/")[2] for e in made.evidence]
        assert [(*place, sayer) for place, sayer in zip(places, sayers, strict=True)] == expected


def test_the_same_sentence_is_evidence_of_each_fact_it_states(world):
    made = world.statements(world.said("Anna", "memberOf", "Corps"), world.said("Boris", "memberOf", "Corps"))
    assert [len(s.evidence) for s in made] == [1, 1]


def test_no_quote_no_statement(world):
    from dataclasses import replace

    claim = world.said("Anna", "metWith", "Boris")
    assert world.statements(replace(claim, evidence=replace(claim.evidence, text=" "))) == ()
    assert world.statements(replace(claim, confidence=0.0)) == ()


def test_unassigned_ends_are_left_out(world):
    from kg.mapping import make_statements

    extractions = world.extractions([world.said("Anna", "metWith", "Boris")])
    assert make_statements(extractions, {}, base_iri=world.base_iri) == ()


@given(st.permutations(range(len([row for claims, _ in (*ROLES.values(), *MEETINGS.values()) for row in claims]))))
@settings(max_examples=25, deadline=None)
def test_order_is_immaterial(world, order):
    claims = [claim for table, _ in (*ROLES.values(), *MEETINGS.values()) for claim in tell(world, table)]
    made = world.statements(*(claims[number] for number in order))
    assert made == world.statements(*claims)
    assert [s.id for s in made] == sorted({s.id for s in made})


def test_ids_do_not_depend_on_other_documents(world):
    claim = world.said("Anna", "holdsRole", "Corps", title="head")
    [alone] = world.statements(claim)
    more = world.statements(
        claim, world.said("Boris", "memberOf", "Party", document="b"), world.said("Anna", "metWith", "Carla")
    )
    assert alone in more
    assert alone.id.startswith("https://kg.example/statement/")
    assert len(alone.id.rpartition("/")[2]) == 12


@pytest.mark.parametrize(
    ("deed", "status"),
    [
        (claim("Boris", "killed", "Anna", document="b"), RoleStatus.FORMER),
        (claim("Anna", "diedOn", "2020-01-03", document="b"), RoleStatus.FORMER),
        (claim("Boris", "killed", "Anna", document="b", modality=Modality.DENIED), RoleStatus.CURRENT),
        (claim("Anna", "killed", "Boris", document="b"), RoleStatus.CURRENT),
    ],
)
def test_the_dead_hold_no_post_whichever_article_tells_it(world, deed, status):
    told = tell(world, [c("commander", status=RoleStatus.CURRENT), deed])
    (role,) = (s for s in world.statements(*told) if s.predicate == "holdsRole")
    assert role.status is status
