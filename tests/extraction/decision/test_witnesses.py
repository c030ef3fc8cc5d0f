"""What is one fact, and how it is described, as tables."""

import math
from dataclasses import replace

import pytest

from kg.extraction.decision.witnesses import FEATURES, features, gather, of_title
from kg.model import Modality, Polarity

ROLE = {"title": "mayor"}
NOT = {"polarity": Polarity.NEGATED}
PLANNED = {"modality": Modality.PLANNED}
MET = {"at": (6, 8)}
NOTHING = -3.0  # logit where the network says nothing


def logit(p):
    return math.log(p / (1 - p))


@pytest.mark.parametrize(
    ("first", "second", "one"),
    [
        (("Ana metWith Bo", {}), ("Ana metWith Bo", {"by": "meet"}), True),
        (("Ana metWith Bo", {}), ("Bo metWith Ana", {}), True),  # symmetric
        (("Ana childOf Bo", {}), ("Bo childOf Ana", {}), False),
        (("Ana metWith Bo", {}), ("Ana spokeWith Bo", {}), False),
        (("Ana metWith Bo", {}), ("Ana metWith Bo", NOT), True),  # whether it is so is what is to be decided
        (("Ana bornIn Leeds", {}), ("Bo bornIn Leeds", {}), False),
        (("Ana bornOn 1999", {}), ("Ana bornOn 1999", {"by": "birth"}), True),
        (("Ana bornOn 1999", {}), ("Ana bornOn 1998", {}), False),
        (("Ana holdsRole Leeds", ROLE), ("Ana holdsRole Leeds", {"title": "deputy mayor"}), True),  # share a word
        (("Ana holdsRole Leeds", ROLE), ("Ana holdsRole Leeds", {"title": "treasurer"}), False),
        (("Ana holdsRole Leeds", ROLE), ("Ana holdsRole Acme", ROLE), False),
        (("Ana holdsRole Leeds", ROLE), ("Ana holdsRole -", ROLE), False),
        (("Ana memberOf Acme", {}), ("Ana holdsRole Acme", ROLE), False),
    ],
)
def test_what_is_one_fact(claim, first, second, one):
    claims = [claim(row, **others) for row, others in (first, second)]
    assert [t.claims for t in gather(claims)] == ([tuple(claims)] if one else [(c,) for c in claims])


@pytest.mark.parametrize(
    ("narrow", "broad", "predicate"),
    [
        ({"p": 0.5}, {"p": 0.6}, "politicalAffiliation"),
        ({"p": 0.2}, {"p": 0.6}, "politicalAffiliation"),  # about as likely
        ({"p": 0.1}, {"p": 0.6}, "memberOf"),
        ({"p": 0.1, "by": "member"}, {"p": 0.6}, "politicalAffiliation"),  # a rule's word
        ({"p": 0.1}, {"p": 0.6, "by": "member"}, "memberOf"),
    ],
)
def test_a_membership_and_an_affiliation_are_one_fact(claim, narrow, broad, predicate):
    (testimony,) = gather([claim("Ana politicalAffiliation Acme", **narrow), claim("Ana memberOf Acme", **broad)])
    assert [c.predicate for c in testimony.claims] == [predicate] * 2


def test_facts_keep_the_order_of_their_first_claims(claim):
    rows = ["Ana metWith Bo", "Ana bornIn Leeds", "Bo metWith Ana", "Bo bornIn Leeds"]
    assert [[c.predicate for c in t.claims] for t in gather([claim(row) for row in rows])] == [
        ["metWith", "metWith"],
        ["bornIn"],
        ["bornIn"],
    ]
    assert gather([]) == []


@pytest.mark.parametrize(
    ("claims", "first"),
    [
        ([{"p": 0.9}, {"by": "meet", "p": 0.5}], 1),  # a rule's wording
        ([{"by": "meet", **NOT}, {"p": 0.2}], 1),  # asserted before not
        ([{"p": 0.2}, {"p": 0.8}], 1),
        ([{"p": 0.8}, {"p": 0.8}], 0),
    ],
)
def test_whose_wording_counts(claim, claims, first):
    (testimony,) = gather([claim("Ana metWith Bo", **others) for others in claims])
    assert testimony.first == testimony.claims[first]


@pytest.mark.parametrize(
    ("claims", "by_rule", "asserted"),
    [
        ([{}], False, True),
        ([NOT], False, False),
        ([{}, NOT], False, True),
        ([{"by": "meet"}], True, True),
        ([{"by": "meet", **NOT}], False, False),
        ([{"by": "meet", **PLANNED}, {"p": 0.99}], False, False),  # grammar shows a plan
        ([{"by": "meet", **NOT}, {"by": "greet"}], True, True),  # one rule says so
        ([{"by": "meet"}, NOT], True, True),
    ],
)
def test_a_rule_goes_before_the_network_on_whether_it_is_so(claim, claims, by_rule, asserted):
    (testimony,) = gather([claim("Ana metWith Bo", **others) for others in claims])
    assert (testimony.by_rule, testimony.asserted) == (by_rule, asserted)


@pytest.mark.parametrize(
    ("row", "claims", "posts"),
    [
        ("Ana holdsRole Leeds", [ROLE], {(0, 1, "mayor")}),
        ("Ana holdsRole -", [ROLE | {"at": (0, None)}], {(0, None, "mayor")}),
        ("Ana holdsRole Leeds", [ROLE, ROLE | {"by": "posts"}], {(0, 1, "mayor")}),
        ("Ana holdsRole Leeds", [ROLE, {"title": "mayor of leeds"}], {(0, 1, "mayor"), (0, 1, "mayor of leeds")}),
        ("Ana holdsRole Leeds", [{"title": "ana"}], {(0, 1, "ana")}),  # whatever its capitals
        ("Ana holdsRole Leeds", [{"title": "treasurer"}], set()),  # not its words
        ("Ana holdsRole Leeds", [{"title": "a"}], set()),  # stands more than once
        ("Ana holdsRole Leeds", [{"title": None}], set()),
        ("Ana metWith Bo", [MET], set()),
    ],
)
def test_the_posts_that_a_role_names(claim, row, claims, posts):
    (testimony,) = gather([claim(row, **others) for others in claims])
    assert testimony.posts == posts


def described(discourse, claims, precision=None):
    """Return the features of the first fact."""
    return next(iter(features(gather(claims), discourse, precision or {})))


PRECISION = {"rule:meet": 0.9, "rule:greet": 0.6}


@pytest.mark.parametrize(
    ("feature", "claims", "value"),
    [
        ("model", [{"p": 0.9}], logit(0.9)),
        ("model", [{"p": 0.3}, {"p": 0.8}], logit(0.8)),
        ("model", [{"p": 1.0}], logit(0.999)),
        ("model", [{"by": "meet"}], NOTHING),
        ("model", [{"p": 0.9, **NOT}], NOTHING),
        ("model unasserted", [{"p": 0.7, **NOT}], logit(0.7)),
        ("model unasserted", [{"p": 0.7}, {"by": "meet", **NOT}], NOTHING),
        ("rule", [{"by": "meet"}, {}], 1),
        ("rule", [{}], 0),
        ("rule", [{"by": "meet", **NOT}], 0),
        ("rule alone", [{"by": "meet"}], 1),
        ("rule alone", [{"by": "meet"}, {}], 0),
        ("rule alone", [{"by": "meet"}, NOT], 0),  # the network speaks of it
        ("rule alone", [{}], 0),
        ("rule alone", [{"by": "meet", **NOT}], 0),
        ("rule precision", [{"by": "meet"}], logit(0.9)),
        ("rule precision", [{"by": "greet"}, {"by": "meet"}], logit(0.9)),
        ("rule precision", [{"by": "never measured"}], 0),
        ("rule precision", [{}], 0),
        ("rules", [{"by": "meet"}], 0),
        ("rules", [{"by": "meet"}, {"by": "meet"}], 0),  # the same one twice
        ("rules", [{"by": "meet"}, {"by": "greet"}], 1),
        ("rules", [{"by": name} for name in "abcd"], 2),
        ("rules", [{}, {}], 0),
        ("rule unasserted", [{"by": "meet", **NOT}, {}], 1),
        ("rule unasserted", [{"by": "meet"}, NOT], 0),
        ("certainty", [{"at": (0, 8)}], 0),
        ("certainty", [{"at": (6, 8)}], math.log(0.8)),
        ("certainty", [{"at": (6, 8)}, {"at": (0, 8)}], 0),  # of the best evidence
        ("pronoun subject", [{"at": (6, 8)}], 1),
        ("pronoun subject", [{"at": (6, 8)}, {"at": (0, 8)}], 0),
        ("pronoun object", [{"at": (8, 6)}], 1),
        ("pronoun object", [{"at": (6, 8)}], 0),
        ("pronoun object", [{"at": (0, None)}], 0),
        ("apart", [{"at": (0, 8)}], 1),
        ("apart", [{"at": (6, 8)}], 0),
        ("apart", [{"at": (0, 8)}, {"at": (6, 8)}], 0),
        ("apart", [{"at": (0, None)}], 1),  # the setting tells the other
        ("no object", [{}], 0),
        ("gap", [{"at": (6, 8)}], math.log(2)),  # one word
        ("gap", [{"at": (8, 6)}], math.log(2)),
        ("gap", [{"at": (0, 8)}, {"at": (6, 8)}], math.log(2)),
        ("gap", [{"at": (0, None)}], 2),
        ("sentences", [{"at": (6, 8)}], 0),
        ("sentences", [{"at": (6, 8)}, {"at": (0, 8)}, {"by": "meet"}], math.log(2)),
        ("only inside a name", [{}], 0),
        ("role model", [{"p": 0.9}], 0),
        ("state", [{}], 0),
    ],
)
def test_features(claim, discourse, feature, claims, value):
    made = [claim("Ana metWith Bo", **MET | others) for others in claims]
    assert described(discourse, made, PRECISION)[feature] == pytest.approx(value, abs=2e-3)


@pytest.mark.parametrize(
    ("row", "others", "value"),
    [("Ana holdsRole -", ROLE, 1), ("Ana holdsRole Leeds", ROLE, 0), ("Ana bornOn 1999", {}, 0)],
)
def test_a_role_without_a_body(claim, discourse, row, others, value):
    assert described(discourse, [claim(row, **others)])["no object"] == value


@pytest.mark.parametrize(
    ("row", "others", "witnesses", "whole"),
    [
        ("Ana holdsRole -", ROLE, ["role:before-name", "model"], True),
        ("Ana holdsRole -", ROLE, ["role:before-name"], False),  # the network says nothing
        ("Ana holdsRole -", ROLE, ["model"], False),
        ("Ana holdsRole -", ROLE | {"p": 0.3}, ["role:before-name", "model"], False),  # it doubts it
        ("Ana holdsRole Leeds", ROLE, ["role:before-name", "model"], False),
        ("Ana bornOn 1999", {}, ["bear", "model"], False),
    ],
)
def test_a_post_without_a_body_is_as_likely_as_its_title_where_both_read_it(
    claim, discourse, row, others, witnesses, whole
):
    precision = {"rule:role:before-name": 0.9, "rule:role:before-name without a body": 0.2}
    (testimony,) = gather([claim(row, by=by, **others) for by in witnesses])
    (described,) = features([testimony], discourse, precision)
    found = of_title(testimony, described, precision)
    assert (found != described) is whole
    if whole:
        assert (found["no object"], found["rule precision"]) == (0.0, pytest.approx(logit(0.9)))


def test_what_roles_have_of_their_own(claim, discourse):
    found = described(discourse, [claim("Ana holdsRole Leeds", p=0.7, **ROLE)])
    assert (found["role model"], found["role gap"], found["state"]) == (found["model"], found["gap"], 1)
    assert described(discourse, [claim("Ana holdsRole Acme", at=(0, 10), **ROLE)])["state"] == 0


def test_a_state_that_only_a_name_holds(claim, discourse):
    nested = replace(discourse, mentions=tuple(m for m in discourse.mentions if m.start != 4))
    made = [claim("Acme partOf Leeds", at=(10, 4))]
    assert described(nested, made)["only inside a name"] == 1
    assert described(discourse, made)["only inside a name"] == 0


RIVALS = ("rival model", "rival rule", "elsewhere model", "elsewhere rule")


@pytest.mark.parametrize(
    ("row", "others", "told"),
    [
        ("Bo holdsRole Leeds", {**ROLE, "p": 0.7}, (logit(0.7), 0, NOTHING, 0)),
        ("Ana holdsRole Acme", {**ROLE, "p": 0.7}, (NOTHING, 0, logit(0.7), 0)),
        ("Bo holdsRole Leeds", {**ROLE, "by": "posts"}, (NOTHING, 1, NOTHING, 0)),
        ("Ana holdsRole Acme", {**ROLE, "by": "posts"}, (NOTHING, 0, NOTHING, 1)),
        ("Ana holdsRole -", {**ROLE, "by": "posts", "at": (0, None)}, (NOTHING, 0, NOTHING, 0)),  # nowhere else
        ("Bo holdsRole Leeds", {**ROLE, **NOT}, (NOTHING, 0, NOTHING, 0)),  # nobody says so
        ("Bo holdsRole Leeds", {"title": "treasurer"}, (NOTHING, 0, NOTHING, 0)),  # another title
        ("Bo holdsRole Leeds", {**ROLE, "at": (8, 8)}, (NOTHING, 0, NOTHING, 0)),  # another sentence
        ("Bo bornIn Leeds", {}, (NOTHING, 0, NOTHING, 0)),
    ],
)
def test_rivals_have_the_title_in_the_same_sentence(claim, discourse, row, others, told):
    found = described(discourse, [claim("Ana holdsRole Leeds", **ROLE), claim(row, **others)])
    assert tuple(found[name] for name in RIVALS) == pytest.approx(told)


def test_every_feature_is_told_of_every_fact(claim, discourse):
    claims = [claim("Ana holdsRole Leeds", **ROLE), claim("Ana metWith Bo", **MET), claim("Ana bornOn 1999")]
    assert [set(row) for row in features(gather(claims), discourse, {})] == [set(FEATURES)] * 3
