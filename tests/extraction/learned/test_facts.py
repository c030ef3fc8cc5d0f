"""From scores of pairs of mentions to facts about entities, with scores written by hand."""

import math

import pytest

from kg.extraction.learned.facts import facts
from kg.model import PREDICATES, Modality, Polarity

THRESHOLDS = dict.fromkeys((*PREDICATES, "titleOf", "titleAt", "unasserted"), 0.5)
TEXT = (
    "[P Ana Ruiz ] , [T mayor ] of/IN [L Leeds ] , met/VBD [P Bo Li ] of/IN [O Beta ] ."
    " [P~ She/PRP ] left/VBD [O Acme ] in/IN [D 1999/CD ] ."
)
SHE = {("Ana Ruiz", "same", "She"): 0.9}
HELD, AT = ("Ana Ruiz", "titleOf", "mayor"), ("mayor", "titleAt", "Leeds")
SURE = 1 - 1e-6
ROLES = {("Ana Ruiz", "holdsRole", body): SURE for body in ("Leeds", "Beta", "Acme")}


def odds(p):
    return p / (1 - p)


def chance(x):
    return x / (1 + x)


def told(found, scores, thresholds=THRESHOLDS):
    """Return the facts as rows "subject predicate object", with its title and status for a role."""
    discourse = found.discourse(scores)
    names, rows = [e.name for e in discourse.entities], {}
    for fact in facts(scores, discourse, thresholds):
        end = (
            names[fact.object] if fact.object is not None else found.names[fact.date] if fact.date is not None else "-"
        )
        role = f" as {found.names[fact.title]} {fact.status}" if fact.title is not None else ""
        rows[f"{names[fact.subject]} {fact.predicate} {end}{role}"] = fact
    return rows


@pytest.mark.parametrize(
    ("said", "rows"),
    [
        ({("Ana Ruiz", "bornIn", "Leeds"): 0.8}, {"Ana Ruiz bornIn Leeds": 0.8}),
        ({("Ana Ruiz", "bornIn", "Leeds"): 0.4}, {}),
        ({("Bo Li", "childOf", "Leeds"): 0.9}, {}),  # no parent
        ({("Leeds", "bornIn", "Leeds"): 0.9}, {}),
        ({("Ana Ruiz", "bornOn", "1999"): 0.8}, {"Ana Ruiz bornOn 1999": 0.8}),
        ({("Ana Ruiz", "memberOf", "1999"): 0.8, ("1999", "bornIn", "Leeds"): 0.8}, {}),
        ({("Ana Ruiz", "foundedOn", "1999"): 0.8}, {}),
        ({("Ana Ruiz", "bornIn", "mayor"): 0.8}, {}),
        ({("Ana Ruiz", "worksFor", "Acme"): 0.9, ("Ana Ruiz", "chiefExecutive", "Acme"): 0.9}, {}),  # only helpers
        ({("She", "memberOf", "Acme"): 0.9}, {}),  # of whom is not known
    ],
)
def test_a_fact_needs_its_threshold_and_fitting_ends(sketch, said, rows):
    found = sketch(TEXT)
    scored = {row: fact.score for row, fact in told(found, found.scores(said)).items()}
    assert scored == pytest.approx(rows, abs=1e-3)


NAMED, MEANT = ("Ana Ruiz", "memberOf", "Acme"), ("She", "memberOf", "Acme")
ONE = {("Ana Ruiz", "same", "She"): 0.9999}


@pytest.mark.parametrize(
    ("said", "windows", "score"),
    [
        ({NAMED: 0.8} | ONE, None, 0.8),
        ({MEANT: 0.8} | ONE, None, 0.8),
        ({NAMED: 0.4, MEANT: 0.4} | ONE, None, chance(2 * odds(0.4))),  # two hints add up
        ({NAMED: 0.8, MEANT: 0.6} | ONE, None, chance(odds(0.8) + odds(0.6))),
        (
            ONE,
            [(["Ana Ruiz", "She", "Acme"], {NAMED: 0.6}), (["She", "Acme"], {MEANT: 0.7})],
            0.7,
        ),  # of windows the best
        (ONE, [(["Ana Ruiz", "She", "Acme"], {NAMED: 0.4}), (["She", "Acme"], {MEANT: 0.4})], None),
        ({MEANT: 0.8, ("Ana Ruiz", "same", "She"): 0.6}, None, chance(odds(0.8) * 0.6)),  # less sure of whom
        ({MEANT: 0.6, ("Ana Ruiz", "same", "She"): 0.6}, None, None),
    ],
)
def test_the_score_is_pooled_over_the_pairs_of_mentions(sketch, said, windows, score):
    found = sketch(TEXT)
    rows = told(found, found.scores(said, windows))
    assert {row: fact.score for row, fact in rows.items()} == pytest.approx(
        {} if score is None else {"Ana Ruiz memberOf Acme": score}, abs=1e-3
    )


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({NAMED: 0.9} | ONE, [("Ana Ruiz", "Acme")]),
        ({NAMED: 0.7, MEANT: 0.9} | ONE, [("She", "Acme"), ("Ana Ruiz", "Acme")]),  # the strongest first
        ({NAMED: 0.9, MEANT: 0.4} | ONE, [("Ana Ruiz", "Acme")]),  # less than half as strong
    ],
)
def test_which_pairs_of_mentions_say_it(sketch, said, words):
    found = sketch(TEXT)
    (fact,) = told(found, found.scores(said)).values()
    assert [(found.names[s.subject], found.names[s.object]) for s in fact.supports] == words


@pytest.mark.parametrize(
    ("said", "rows"),
    [
        ({("Ana Ruiz", "metWith", "Bo Li"): 0.9, ("Bo Li", "metWith", "Ana Ruiz"): 0.7}, ["Ana Ruiz metWith Bo Li"]),
        ({("Bo Li", "metWith", "Ana Ruiz"): 0.9, ("Ana Ruiz", "metWith", "Bo Li"): 0.7}, ["Ana Ruiz metWith Bo Li"]),
        ({("Ana Ruiz", "metWith", "Bo Li"): 0.9, ("Bo Li", "spokeWith", "Ana Ruiz"): 0.9}, []),  # each in one direction
        ({("Bo Li", "childOf", "Ana Ruiz"): 0.9}, ["Bo Li childOf Ana Ruiz"]),  # has a direction
        (
            {("Ana Ruiz", "killed", "Bo Li"): 0.9, ("Bo Li", "killed", "Ana Ruiz"): 0.8},
            ["Ana Ruiz killed Bo Li", "Bo Li killed Ana Ruiz"],
        ),
        ({("Ana Ruiz", "childOf", "Bo Li"): 0.9, ("Bo Li", "childOf", "Ana Ruiz"): 0.8}, ["Ana Ruiz childOf Bo Li"]),
    ],
)
def test_a_symmetric_relation_is_told_once_where_both_directions_say_it(sketch, said, rows):
    found = sketch(TEXT)
    assert list(told(found, found.scores(said))) == rows


BOTH = ("Ana Ruiz", "killed", "Bo Li"), ("Ana Ruiz", "not killed", "Bo Li")


@pytest.mark.parametrize(
    ("asserted", "unasserted", "reason", "reading"),
    [
        (0.9, 0.1, "negated actual", (Polarity.AFFIRMED, Modality.ACTUAL)),
        (0.6, 0.7, "negated actual", (Polarity.NEGATED, Modality.ACTUAL)),
        (0.1, 0.7, "affirmed planned", (Polarity.AFFIRMED, Modality.PLANNED)),
        (0.1, 0.7, "affirmed possible", (Polarity.AFFIRMED, Modality.POSSIBLE)),
        (0.1, 0.7, "affirmed denied", (Polarity.AFFIRMED, Modality.DENIED)),
        (0.4, 0.45, "negated actual", None),
        (0.1, 0.45, "negated actual", None),
    ],
)
def test_what_is_not_asserted_says_why(sketch, asserted, unasserted, reason, reading):
    found = sketch(TEXT)
    said = {BOTH[0]: asserted, BOTH[1]: unasserted, ("Ana Ruiz", reason, "Bo Li"): 0.9}
    readings = [(f.polarity, f.modality) for f in told(found, found.scores(said)).values()]
    assert readings == ([reading] if reading else [])


@pytest.mark.parametrize(
    ("said", "rows"),
    [
        ({HELD: 0.9, AT: 0.8}, {"Ana Ruiz holdsRole Leeds as mayor current": 0.72}),
        (
            {HELD: 0.9, AT: 0.8, ("Ana Ruiz", "former", "mayor"): 0.9},
            {"Ana Ruiz holdsRole Leeds as mayor former": 0.72},
        ),
        ({HELD: 0.9}, {"Ana Ruiz holdsRole - as mayor current": 0.9}),
        ({HELD: 0.9, AT: 0.4}, {"Ana Ruiz holdsRole - as mayor current": 0.54}),  # not at the town: 0.6
        ({HELD: 0.4, AT: 0.8}, {}),
        ({AT: 0.8, ("Ana Ruiz", "holdsRole", "Leeds"): 0.9}, {}),  # whose the title is, its words say
        ({HELD: 0.9, ("mayor", "titleAt", "Bo Li"): 0.9}, {"Ana Ruiz holdsRole - as mayor current": 0.9}),
        ({("Leeds", "titleOf", "mayor"): 0.9, AT: 0.8}, {}),
        (
            {HELD: 0.9, ("mayor", "titleAt", "Acme"): 0.9, ("mayor", "titleAt", "Beta"): 0.8},
            {"Ana Ruiz holdsRole Acme as mayor current": 0.81, "Ana Ruiz holdsRole Beta as mayor current": 0.72},
        ),
        ({HELD: 0.9, AT: 0.9, ("mayor", "titleAt", "Beta"): 0.6}, {"Ana Ruiz holdsRole Leeds as mayor current": 0.81}),
        (
            {HELD: 0.9, ("mayor", "titleAt", "Beta"): 0.9, ("Ana Ruiz", "memberOf", "Beta"): 0.9},
            {"Ana Ruiz holdsRole Beta as mayor current": 0.81},  # the role says so too
        ),
        (
            {HELD: 0.9, AT: 0.9, ("Ana Ruiz", "memberOf", "Beta"): 0.9},
            {"Ana Ruiz holdsRole Leeds as mayor current": 0.81, "Ana Ruiz memberOf Beta": 0.9},
        ),
    ],
)
def test_a_role_joins_holder_title_and_body(sketch, said, rows):
    found = sketch(TEXT)
    scores = found.scores({("Ana Ruiz", "current", "mayor"): 0.6} | ROLES | said)
    assert {row: fact.score for row, fact in told(found, scores).items()} == pytest.approx(rows, abs=1e-3)


@pytest.mark.parametrize(
    ("said", "score"),
    [
        ({AT: 0.8, ("Ana Ruiz", "holdsRole", "Leeds"): SURE}, 0.72),
        ({AT: 0.8, ("Ana Ruiz", "holdsRole", "Leeds"): 0.5}, 0.54),
        ({AT: 0.8}, 0.36),  # at half, where only the title's words join the two
        ({AT: 0.8, ("Ana Ruiz", "holdsRole", "Beta"): SURE}, 0.36),  # a role elsewhere
        ({AT: 0.8, ("Ana Ruiz", "memberOf", "Leeds"): SURE}, 0.36),
        ({}, 0.9),  # without a body there is nothing to join
        ({("Ana Ruiz", "holdsRole", "Leeds"): SURE}, 0.9),
    ],
)
def test_a_role_is_as_likely_as_that_its_two_ends_are_joined(sketch, said, score):
    found = sketch(TEXT)
    roles = [f for f in told(found, found.scores({HELD: 0.9} | said)).values() if f.predicate == "holdsRole"]
    assert [f.score for f in roles] == [pytest.approx(score, abs=1e-3)]


@pytest.mark.parametrize(
    ("at", "bodies"),
    [
        ({"Leeds": 0.9}, ["Leeds"]),
        ({"Leeds": 0.9, "Beta": 0.8}, ["Beta"]),  # an organization rather than its place
        ({"Leeds": 0.8, "Beta": 0.9}, ["Beta"]),
        ({"Leeds": 0.9, "Beta": 0.6}, ["Leeds"]),  # much less likely
        ({"Beta": 0.9, "Acme": 0.8}, ["Beta", "Acme"]),
        ({"Beta": 0.9, "Acme": 0.6}, ["Beta"]),
        ({"Leeds": 0.9, "Beta": 0.8, "Acme": 0.85}, ["Beta", "Acme"]),
        ({"Leeds": 0.4, "Beta": 0.45}, ["-"]),
    ],
)
def test_which_body_a_title_is_at(sketch, at, bodies):
    found = sketch(TEXT)
    said = {("mayor", "titleAt", body): p for body, p in at.items()}
    rows = told(found, found.scores({HELD: 0.9} | ROLES | said))
    assert sorted(row.split()[3] for row in rows) == sorted(bodies)


@pytest.mark.parametrize(
    ("title", "second", "holders"),
    [
        ("director/NN", 0.85, ["Ana Ruiz", "Bo Li"]),
        ("director/NN", 0.65, ["Ana Ruiz"]),
        ("directors/NNS", 0.85, ["Ana Ruiz", "Bo Li"]),
        ("directors/NNS", 0.65, ["Ana Ruiz"]),  # much less likely than the first
        ("lead/VBP", 0.85, ["Ana Ruiz", "Bo Li"]),
        ("Directors/NNPS", 0.85, ["Ana Ruiz", "Bo Li"]),
    ],
)
def test_a_title_has_a_second_holder_who_is_nearly_as_likely(sketch, title, second, holders):
    found = sketch(f"[P Ana Ruiz ] and/CC [P Bo Li ] , [T {title} ] of/IN [O Acme ]")
    word = title.split("/")[0]
    scores = found.scores({("Ana Ruiz", "titleOf", word): 0.9, ("Bo Li", "titleOf", word): second})
    assert [row.partition(" holds")[0] for row in told(found, scores)] == holders


@pytest.mark.parametrize(
    ("asserted", "unasserted", "reading"),
    [(0.3, 0.8, Modality.POSSIBLE), (0.9, 0.8, Modality.ACTUAL), (0.3, 0.4, None)],
)
def test_a_role_that_is_not_asserted(sketch, asserted, unasserted, reading):
    found = sketch(TEXT)
    said = {HELD: asserted, ("Ana Ruiz", "not titleOf", "mayor"): unasserted, AT: 0.9}
    rows = told(found, found.scores(said | {("Ana Ruiz", "affirmed possible", "mayor"): 0.9}))
    assert [f.modality for f in rows.values()] == ([reading] if reading else [])


def test_a_role_is_quoted_where_its_words_stand(sketch):
    found = sketch("[P Ana ] left/VBD [O Acme ] . [P Ana ] is/VBZ [T chair ] of/IN [O Acme ] .")
    said = {("Ana#2", "titleOf", "chair"): 0.9, ("chair", "titleAt", "Acme#2"): 0.9}
    said |= {(a, "holdsRole", b): 0.9 for a in ("Ana", "Ana#2") for b in ("Acme", "Acme#2")}
    (fact,) = told(found, found.scores(said)).values()
    assert [(found.names[s.subject], found.names[s.object]) for s in fact.supports] == [("Ana#2", "Acme#2")]


def test_thresholds_are_of_each_output(sketch):
    found = sketch(TEXT)
    scores = found.scores({HELD: 0.6, AT: 0.6, ("Ana Ruiz", "bornIn", "Leeds"): 0.6, BOTH[1]: 0.6})
    every = list(told(found, scores))
    assert every == ["Ana Ruiz holdsRole Leeds as mayor current", "Ana Ruiz bornIn Leeds", "Ana Ruiz killed Bo Li"]
    for name, gone in (("titleOf", every[0]), ("bornIn", every[1]), ("unasserted", every[2])):
        assert list(told(found, scores, THRESHOLDS | {name: 0.7})) == [row for row in every if row != gone]
    assert "Ana Ruiz holdsRole - as mayor current" in told(found, scores, THRESHOLDS | {"titleAt": 0.7})


def test_a_text_without_scores_says_nothing(sketch):
    for text in (TEXT, "No mention .", ""):
        found = sketch(text)
        assert told(found, found.scores({}, [([], {})] if not found.names else None)) == {}
    assert math.isclose(chance(odds(0.3)), 0.3)
