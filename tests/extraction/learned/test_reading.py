"""Whom pronouns and descriptions mean, by scores written by hand."""

import numpy as np
import pytest

from kg.extraction.learned.labels import SAME
from kg.extraction.learned.scores import PairTable, Scores
from kg.model import MentionKind

TWO = "[P Ana Ruiz ] met/VBD [P Bo Li ] . [P~ Who/WP ] left/VBD ."  # the rules do not tell who
ANA, BO = ("Ana Ruiz", "same", "Who"), ("Bo Li", "same", "Who")
CHAIN = "[P Ana Ruiz ] left/VBD . [P~ Who/WP ] told/VBD [P^ the/DT doctor/NN ] ."
FIRST, SECOND = ("Ana Ruiz", "same", "Who"), ("Who", "same", "the doctor")
DIRECT = ("Ana Ruiz", "same", "the doctor")
SHE = "[P Ana Ruiz ] met/VBD [P Bo Li ] . [P~ She/PRP ] left/VBD ."  # by the rules Ana Ruiz
SHE_ANA, SHE_BO = ("Ana Ruiz", "same", "She"), ("Bo Li", "same", "She")
DOCTOR = "[P^ The/DT doctor/NN ] slept/VBD ."
HER = "[P Ana Ruiz ] left/VBD . [P~ She/PRP ] told/VBD [P^ her/PRP$ doctor/NN ] ."


def read(found, scores, **options):
    """Return the entities as "name: words of the mentions"."""
    discourse = found.discourse(scores, **options)
    text = discourse.doc.text
    return [f"{e.name}: " + ", ".join(text[m.start : m.end] for m in e.mentions) for e in discourse.entities]


def who(found, said):
    """Return whom the pronouns and descriptions mean."""
    discourse = found.discourse(found.scores(said))
    return [discourse.entities[m.entity].name for m in discourse.mentions if m.kind is not MentionKind.NAME]


@pytest.mark.parametrize(
    ("marked", "said", "entities"),
    [
        (TWO, {ANA: 0.7, BO: 0.8}, ["Ana Ruiz: Ana Ruiz", "Bo Li: Bo Li, Who"]),
        (TWO, {ANA: 0.8, BO: 0.7}, ["Ana Ruiz: Ana Ruiz, Who", "Bo Li: Bo Li"]),
        (TWO, {ANA: 0.4, BO: 0.3}, ["Ana Ruiz: Ana Ruiz", "Bo Li: Bo Li"]),  # neither is likely enough
        (TWO, {}, ["Ana Ruiz: Ana Ruiz", "Bo Li: Bo Li"]),
        (CHAIN, {FIRST: 0.9, SECOND: 0.9}, ["Ana Ruiz: Ana Ruiz, Who, the doctor"]),
        (CHAIN, {FIRST: 0.7, SECOND: 0.7}, ["Ana Ruiz: Ana Ruiz, Who"]),  # 0.49
        (CHAIN, {FIRST: 0.7, SECOND: 0.7, DIRECT: 0.6}, ["Ana Ruiz: Ana Ruiz, Who, the doctor"]),
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
        ({FIRST: 0.8, SECOND: 0.9}, [1, 0.8 * 0.9, 0.8 * 0.9 * 0.65]),  # 0.9 and 0.65 by their forms
        ({FIRST: 0.8, SECOND: 0.9, DIRECT: 0.75}, [1, 0.8 * 0.9, 0.75 * 0.65]),
        ({FIRST: 0.8, SECOND: 0.9, DIRECT: 0.7}, [1, 0.8 * 0.9, 0.8 * 0.9 * 0.65]),
    ],
)
def test_a_chain_is_as_sure_as_its_links(sketch, said, certainties):
    found = sketch(CHAIN)
    mentions = found.discourse(found.scores(said)).mentions
    assert [m.certainty for m in mentions] == pytest.approx(certainties, abs=1e-5)


@pytest.mark.parametrize(
    ("marked", "certainty"),
    [
        ("[P Ana ] left/VBD . [P~ Who/WP ] came/VBD .", 0.9),
        ("[P Ana ] left/VBD . [P^ the/DT doctor/NN ] came/VBD .", 0.65),
        ("[O Acme ] left/VBD . [O~ Which/WDT ] came/VBD .", 0.75),
        ("[O Acme ] left/VBD . [O^ the/DT company/NN ] came/VBD .", 0.6),
    ],
)
def test_how_often_the_network_is_right_depends_on_the_form(sketch, marked, certainty):
    found = sketch(marked)
    name, other = found.names
    for chance in (0.96, 0.999):
        mentions = found.discourse(found.scores({(name, "same", other): chance})).mentions
        assert [m.certainty for m in mentions] == pytest.approx([1, chance * certainty], abs=1e-5)


@pytest.mark.parametrize(
    ("marked", "said", "means"),
    [
        (SHE, {}, []),  # to the network nobody of the two
        (SHE, {SHE_ANA: 0.02}, []),
        (SHE, {SHE_ANA: 0.04}, [("She", "Ana Ruiz", 0.6)]),  # only the rules tell; the network does not exclude it
        (SHE, {SHE_BO: 0.4}, []),
        (SHE, {SHE_ANA: 0.04, SHE_BO: 0.4}, [("She", "Ana Ruiz", 0.6)]),
        (SHE, {SHE_BO: 0.8}, [("She", "Bo Li", 0.8 * 0.9)]),
        (SHE, {SHE_ANA: 0.02, SHE_BO: 0.8}, [("She", "Bo Li", 0.8 * 0.9)]),
        (SHE, {SHE_ANA: 0.04, SHE_BO: 0.8}, [("She", "Ana Ruiz", 0.6)]),
        (SHE, {SHE_ANA: 0.04, SHE_BO: 0.95}, [("She", "Bo Li", 0.95 * 0.9)]),  # sure enough to overrule them
        (SHE, {SHE_ANA: 0.8}, [("She", "Ana Ruiz", 0.6)]),
        (SHE, {SHE_ANA: 0.95}, [("She", "Ana Ruiz", 0.95 * 0.9)]),
        (SHE.replace("[P~ She/PRP ]", "She/PRP"), {}, [("She", "Ana Ruiz", 0.6)]),  # no mention to the network
        (SHE.replace("[P~", "[O~"), {}, []),  # of another type to the network
        (SHE.replace("[P~", "[O~"), {SHE_ANA: 0.95}, []),
        (SHE.replace("She/PRP", "It/PRP"), {}, []),
        (HER, {}, [("her", "Ana Ruiz", 0.6)]),  # she is not her doctor
        (HER, {SHE_ANA: 0.04}, [("She", "Ana Ruiz", 0.6), ("her", "Ana Ruiz", 0.6)]),
        (HER, {("She", "same", "her doctor"): 0.9}, [("her", "Ana Ruiz", 0.6)]),
        (
            HER,
            {SHE_ANA: 0.04, ("She", "same", "her doctor"): 0.9},
            [("She", "Ana Ruiz", 0.6), ("her doctor", "Ana Ruiz", 0.6 * 0.9 * 0.65)],
        ),
        ("[P~ She/PRP ] left/VBD .", {}, []),
    ],
)
def test_the_rules_of_reference_tell_where_the_network_is_not_sure(sketch, marked, said, means):
    found = sketch(marked)
    discourse = found.discourse(found.scores(said))
    pointing = [m for m in discourse.mentions if m.kind is not MentionKind.NAME]
    assert [(discourse.span(m).text, discourse.entities[m.entity].name) for m in pointing] == [m[:2] for m in means]
    assert [m.certainty for m in pointing] == pytest.approx([m[2] for m in means], abs=1e-4)


@pytest.mark.parametrize(
    ("name", "pronoun", "means"),
    [
        ("[P Ana Ruiz ]", "She", ["Ana Ruiz"]),
        ("[P Ana Ruiz ]", "He", []),  # given name and surname
        ("[P Ana Ruiz ]", "Who", ["Ana Ruiz"]),
        ("[P Ruiz ]", "He", ["Ruiz"]),  # no sign of a gender
        ("[P Ana ]", "He", ["Ana"]),  # a single name may be a surname
        ("[P Ana ] met/VBD [P Ana ]", "He", ["Ana"]),
        ("Mr./NNP [P Ruiz ]", "He", ["Ruiz"]),
        ("Mr./NNP [P Ruiz ]", "She", []),
        ("Mrs./NNP [P Ruiz ]", "She", ["Ruiz"]),
        ("Mrs./NNP [P Ruiz ]", "He", []),
    ],
)
def test_no_pronoun_means_a_person_of_the_other_gender(sketch, name, pronoun, means):
    found = sketch(f"{name} came/VBD . [P~ {pronoun}/PRP ] left/VBD .")
    named, *_ = found.names
    assert who(found, {(named, "same", pronoun): 0.95}) == means


@pytest.mark.parametrize(
    ("name", "chance", "means"),
    [
        ("[P Sasha Ruiz ]", 0.995, ["Sasha Ruiz"]),  # a given name is of either gender somewhere
        ("[P Sasha Ruiz ]", 0.98, []),
        ("Mrs./NNP [P Sasha Ruiz ]", 0.995, []),
        ("[P Sasha Ruiz ] ,/, a/DT waitress/NN ,/,", 0.98, []),
    ],
)
def test_a_sure_network_gainsays_a_given_name_and_no_title(sketch, name, chance, means):
    found = sketch(f"{name} came/VBD . [P~ He/PRP ] left/VBD .")
    named, *_ = found.names
    assert who(found, {(named, "same", "He"): chance}) == means


@pytest.mark.parametrize(
    ("before", "between", "means"),
    [
        ("", "", ["Ana Ruiz"]),
        ("", "It/PRP rained/VBD .", ["Ana Ruiz"]),
        ("", "It/PRP rained/VBD . It/PRP snowed/VBD .", []),
        (DOCTOR, "It/PRP rained/VBD . It/PRP snowed/VBD .", ["Ana Ruiz", "Ana Ruiz"]),  # she has been spoken of
    ],
)
def test_a_pronoun_waits_two_sentences_for_its_name(sketch, before, between, means):
    found = sketch(f"{before} [P~ She/PRP ] left/VBD . {between} [P Ana Ruiz ] came/VBD .")
    said = {("She", "same", "Ana Ruiz"): 0.95}
    if before:
        said |= {("The doctor", "same", "Ana Ruiz"): 0.95}
    assert who(found, said) == means


@pytest.mark.parametrize(
    ("said", "means"),
    [
        ({("Ana Ruiz", "same", "He"): 0.95}, []),
        ({("Ana Ruiz", "same", "He"): 0.95, ("Bo Li", "same", "He"): 0.6}, ["Bo Li"]),  # the likeliest that it may
        ({("Ana Ruiz", "same", "He"): 0.95, ("Bo Li", "same", "He"): 0.02}, []),
    ],
)
def test_a_pronoun_means_the_likeliest_that_it_may(sketch, said, means):
    assert who(sketch(SHE.replace("She", "He")), said) == means


@pytest.mark.parametrize(
    ("same", "entities"),
    [(0.5, ["Ana Ruiz: Ana Ruiz, Who", "Bo Li: Bo Li"]), (0.8, ["Ana Ruiz: Ana Ruiz", "Bo Li: Bo Li"])],
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
    windows = [(["Ana Ruiz", "Who"], {ANA: 0.3}), (["Ana Ruiz", "Bo Li", "Who"], {ANA: 0.8})]
    scores = found.scores({}, windows)
    assert scores.same()[0, 2] == pytest.approx(0.8)
    assert (0, 1) in scores.same()
    assert read(found, scores)[0] == "Ana Ruiz: Ana Ruiz, Who"
    assert read(found, Scores(found.candidates, ())) == read(found, found.scores({}))  # no window at all


@pytest.mark.parametrize(
    ("marked", "said", "entities"),
    [
        (TWO, {ANA: 0.7}, ["Ana Ruiz: Ana Ruiz, Who", "Bo Li: Bo Li"]),
        (TWO, {}, ["Ana Ruiz: Ana Ruiz", "Bo Li: Bo Li", ": Who"]),
        (SHE, {SHE_ANA: 0.04}, ["Ana Ruiz: Ana Ruiz, She", "Bo Li: Bo Li"]),  # by the rules
        (SHE, {}, ["Ana Ruiz: Ana Ruiz", "Bo Li: Bo Li", ": She"]),
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
    lone = PairTable((2,), np.zeros((1, 1, found.scores({}).tables[0].logits.shape[-1]), dtype=np.float32))
    assert Scores(found.candidates, (lone,)).same() == {}
