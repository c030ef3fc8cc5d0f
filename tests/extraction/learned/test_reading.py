"""Whom pronouns and descriptions mean, by scores written by hand."""

import numpy as np
import pytest

from kg.extraction.learned.labels import SAME
from kg.extraction.learned.scores import Scores, Table

TWO = "[P Ana Ruiz ] met/VBD [P Bo Li ] . [P~ She/PRP ] left/VBD ."
ANA, BO = ("Ana Ruiz", "same", "She"), ("Bo Li", "same", "She")
CHAIN = "[P Ana Ruiz ] left/VBD . [P~ She/PRP ] told/VBD [P^ her/PRP$ doctor/NN ] ."
FIRST, SECOND = ("Ana Ruiz", "same", "She"), ("She", "same", "her doctor")
DIRECT = ("Ana Ruiz", "same", "her doctor")


def read(found, scores, **options):
    """Return the entities as "name: words of the mentions"."""
    discourse = found.discourse(scores, **options)
    text = discourse.doc.text
    return [f"{e.name}: " + ", ".join(text[m.start : m.end] for m in e.mentions) for e in discourse.entities]


@pytest.mark.parametrize(
    ("marked", "said", "entities"),
    [
        (TWO, {ANA: 0.7, BO: 0.8}, ["Ana Ruiz: Ana Ruiz", "Bo Li: Bo Li, She"]),
        (TWO, {ANA: 0.8, BO: 0.7}, ["Ana Ruiz: Ana Ruiz, She", "Bo Li: Bo Li"]),
        (TWO, {ANA: 0.4, BO: 0.3}, ["Ana Ruiz: Ana Ruiz", "Bo Li: Bo Li"]),  # neither is likely enough
        (TWO, {}, ["Ana Ruiz: Ana Ruiz", "Bo Li: Bo Li"]),
        (CHAIN, {FIRST: 0.9, SECOND: 0.9}, ["Ana Ruiz: Ana Ruiz, She, her doctor"]),
        (CHAIN, {FIRST: 0.7, SECOND: 0.7}, ["Ana Ruiz: Ana Ruiz, She"]),  # 0.49
        (CHAIN, {FIRST: 0.7, SECOND: 0.7, DIRECT: 0.6}, ["Ana Ruiz: Ana Ruiz, She, her doctor"]),
        (CHAIN, {SECOND: 0.9}, ["Ana Ruiz: Ana Ruiz"]),  # of nobody named
        (
            "[O Acme ] hired/VBD [P Ana Ruiz ] . [O^ The/DT company/NN ] grew/VBD .",
            {("Ana Ruiz", "same", "The company"): 0.9, ("Acme", "same", "The company"): 0.6},
            ["Acme: Acme, The company", "Ana Ruiz: Ana Ruiz"],  # of the other type
        ),
        (
            "[P She/PRP ] , [T mayor ] of/IN [L Leeds ] , left/VBD in/IN [D 1999/CD ] .",
            {},
            ["She: She", "Leeds: Leeds"],  # titles and dates are no entities
        ),
        ("[P Ana Ruiz ] left/VBD . [P Ruiz ] came/VBD .", {}, ["Ana Ruiz: Ana Ruiz, Ruiz"]),  # names by the rules
        ("No mention here .", {}, []),
    ],
)
def test_whom_a_pronoun_means(sketch, marked, said, entities):
    found = sketch(marked)
    assert read(found, found.scores(said)) == entities


@pytest.mark.parametrize(
    ("said", "certainties"),
    [
        ({FIRST: 0.8, SECOND: 0.9}, [1, 0.8, 0.72]),
        ({FIRST: 0.8, SECOND: 0.9, DIRECT: 0.75}, [1, 0.8, 0.75]),
        ({FIRST: 0.8, SECOND: 0.9, DIRECT: 0.7}, [1, 0.8, 0.72]),
    ],
)
def test_a_chain_is_as_sure_as_its_links(sketch, said, certainties):
    found = sketch(CHAIN)
    mentions = found.discourse(found.scores(said)).mentions
    assert [m.certainty for m in mentions] == pytest.approx(certainties, abs=1e-5)


@pytest.mark.parametrize(
    ("same", "entities"),
    [(0.5, ["Ana Ruiz: Ana Ruiz, She", "Bo Li: Bo Li"]), (0.8, ["Ana Ruiz: Ana Ruiz", "Bo Li: Bo Li"])],
)
def test_least_probability(sketch, same, entities):
    found = sketch(TWO)
    assert read(found, found.scores({ANA: 0.7}), same=same) == entities


@pytest.mark.parametrize(
    ("logits", "chance"),
    [((2.0, 0.0), 0.7311), ((0.0, 2.0), 0.7311), ((-1.0, 1.0), 0.5), ((-60.0, -60.0), 0.0)],
)
def test_both_directions_say_how_likely_two_are_the_same(sketch, logits, chance):
    scores = sketch("[P Ana ] met/VBD [P Bo ]").scores({})
    scores.tables[0].logits[0, 1, SAME], scores.tables[0].logits[1, 0, SAME] = logits
    assert scores.same() == {(0, 1): pytest.approx(chance, abs=1e-4)}


def test_of_two_windows_the_surer_counts(sketch):
    found = sketch(TWO)
    windows = [(["Ana Ruiz", "She"], {ANA: 0.3}), (["Ana Ruiz", "Bo Li", "She"], {ANA: 0.8})]
    scores = found.scores({}, windows)
    assert scores.same()[0, 2] == pytest.approx(0.8)
    assert (0, 1) in scores.same()
    assert read(found, scores)[0] == "Ana Ruiz: Ana Ruiz, She"
    assert read(found, Scores(found.candidates, ())) == read(found, found.scores({}))  # no window at all


@pytest.mark.parametrize(
    ("marked", "said", "entities"),
    [
        (TWO, {ANA: 0.7}, ["Ana Ruiz: Ana Ruiz, She", "Bo Li: Bo Li"]),
        (TWO, {}, ["Ana Ruiz: Ana Ruiz", "Bo Li: Bo Li", ": She"]),
        (
            "[P~ She/PRP ] said/VBD [P~ she/PRP ] met/VBD [P~ him/PRP ] .",
            {("She", "same", "she"): 0.9},
            [": She, she", ": him"],
        ),
    ],
)
def test_what_is_never_named_is_something_only_on_demand(sketch, marked, said, entities):
    found = sketch(marked)
    assert read(found, found.scores(said), nameless=True) == entities
    assert [e for e in entities if not e.startswith(":")][:2] == read(found, found.scores(said))


GERMANS = "[P Ana ] , a/DT [L German/JJ ] , left/VBD [L Germany ] for/IN a/DT [L German/JJ ] town ."


@pytest.mark.parametrize(
    ("nameless", "entities"),
    [
        (False, ["Ana: Ana", "Germany: German, Germany, German"]),
        (True, ["Ana: Ana", "Germany: German", "Germany: Germany", "Germany: German"]),
    ],
)
def test_each_nationality_word_is_a_thing_of_its_own_only_on_demand(sketch, nameless, entities):
    found = sketch(GERMANS)
    assert read(found, found.scores({}), nameless=nameless) == entities
    mentions = found.discourse(found.scores({}), nameless=nameless).mentions
    assert [m.demonym for m in mentions] == [False, True, False, True]


def test_tables_of_few_candidates_are_read(sketch):
    found = sketch(TWO)
    lone = Table((2,), np.zeros((1, 1, found.scores({}).tables[0].logits.shape[-1]), dtype=np.float32))
    assert Scores(found.candidates, (lone,)).same() == {}
