"""Which claims stand, and what a claim takes from others of its sentence."""

from dataclasses import replace

import pytest

from kg.extraction.decision.decide import decide
from kg.extraction.decision.weights import Weights
from kg.extraction.decision.witnesses import FEATURES
from kg.model import EntityType, LocalEntity, Modality, Polarity, RoleStatus

# the network's score as it is; a rule alone makes 0.7
FEATURE_WEIGHTS = dict.fromkeys(FEATURES, 0.0) | {"model": 1.0, "rule": 3.85}
WEIGHTS = Weights(features=FEATURE_WEIGHTS, bias={"": 0.0, "childOf": -2.0}, least=0.6, precision={})
ROLE = {"title": "mayor"}
NOT = {"polarity": Polarity.NEGATED}
PLANNED = {"modality": Modality.PLANNED}
MET = {"at": (6, 8)}  # "She": never more likely than that she is Ana, 0.8
NAMED = {"at": (0, 8)}


def rows(claims):
    names = ["Ana", "Leeds", "Bo", "Acme"]
    found = []
    for c in claims:
        end = "-" if c.object is None else names[c.object]
        said = "" if c.asserted else " not" if c.polarity is Polarity.NEGATED else f" {c.modality}"
        found.append((f"{names[c.subject]} {c.predicate} {end}{said}", pytest.approx(c.confidence, abs=0.01)))
    return found


@pytest.mark.parametrize(
    ("claims", "decided"),
    [
        ([("Ana metWith Bo", {"p": 0.7})], [("Ana metWith Bo", 0.7)]),
        ([("Ana metWith Bo", {"p": 0.5})], []),
        ([("Ana metWith Bo", {"by": "meet"})], [("Ana metWith Bo", 0.7)]),
        ([("Ana metWith Bo", {"p": 0.9})], [("Ana metWith Bo", 0.8)]),  # as sure as whom it means
        ([("Ana metWith Bo", {"p": 0.9} | NAMED)], [("Ana metWith Bo", 0.9)]),
        ([("Ana metWith Bo", {"p": 0.9}), ("Ana metWith Bo", {"p": 0.7} | NAMED)],
         [("Ana metWith Bo", 0.9)]),  # by the best evidence
        ([("Ana metWith Bo", {"p": 0.3}), ("Ana metWith Bo", {"by": "meet"})], [("Ana metWith Bo", 0.8)]),
        ([("Ana metWith Bo", {"p": 0.3} | NAMED), ("Ana metWith Bo", {"by": "meet"} | NAMED)],
         [("Ana metWith Bo", 0.953)]),
        ([("Ana childOf Bo", {"p": 0.7})], []),  # by the bias of its predicate
        ([("Ana childOf Bo", {"p": 0.95})], [("Ana childOf Bo", 0.72)]),
        ([("Ana metWith Bo", {"p": 0.7, **NOT})], [("Ana metWith Bo not", 0.7)]),
        ([("Ana metWith Bo", {"by": "meet", **PLANNED})], [("Ana metWith Bo planned", 0.9)]),
        ([("Ana metWith Bo", {"p": 0.4}), ("Ana metWith Bo", {"by": "meet", **NOT})], [("Ana metWith Bo not", 0.9)]),
        # what grammar shows as denied or planned the network does not overrule, another rule does
        ([("Ana metWith Bo", {"p": 0.99}), ("Ana metWith Bo", {"by": "meet", **NOT})], [("Ana metWith Bo not", 0.9)]),
        ([("Ana metWith Bo", {}), ("Ana metWith Bo", {"by": "meet", **PLANNED})], [("Ana metWith Bo planned", 0.9)]),
        ([("Ana metWith Bo", {}), ("Ana metWith Bo", {"p": 0.5, **PLANNED})], [("Ana metWith Bo", 0.8)]),
        (
            [("Ana metWith Bo", {"by": "greet"}), ("Ana metWith Bo", {"by": "meet", **PLANNED})],
            [("Ana metWith Bo", 0.7)],
        ),
        ([("Ana metWith Bo", {}), ("Bo metWith Ana", {"p": 0.8, "at": (8, 6)})], [("Ana metWith Bo", 0.8)]),
        ([("Ana metWith Bo", {}), ("Ana bornIn Leeds", {"p": 0.2})], [("Ana metWith Bo", 0.8)]),
        ([], []),
    ],
)  # fmt: skip
def test_what_stands(claim, discourse, claims, decided):
    made = [claim(row, **MET | others) for row, others in claims]
    assert rows(decide(made, discourse, WEIGHTS)) == decided


def test_what_no_witness_asserts_is_never_lost_nor_asserted(claim, discourse):
    sure = Weights(features=FEATURE_WEIGHTS, bias={"": 9.0}, least=0.6, precision={})
    assert rows(decide([claim("Ana metWith Bo", **MET, **NOT)], discourse, sure)) == [("Ana metWith Bo not", 0.9)]


@pytest.mark.parametrize(
    ("bare", "placed", "decided"),
    [
        ({}, {}, [("Ana holdsRole Leeds", 0.9)]),
        ({"title": "deputy mayor"}, {}, [("Ana holdsRole Leeds", 0.9)]),  # shares a word
        ({"title": "lawyer"}, {}, [("Ana holdsRole -", 0.9), ("Ana holdsRole Leeds", 0.9)]),
        ({}, {"p": 0.3}, [("Ana holdsRole -", 0.9)]),  # it does not hold
        ({}, NOT, [("Ana holdsRole -", 0.9), ("Ana holdsRole Leeds not", 0.9)]),
        ({"p": 0.3}, {"p": 0.3}, []),
    ],
)
def test_a_role_with_a_body_goes_before_one_without(claim, discourse, bare, placed, decided):
    claims = [claim("Ana holdsRole -", at=(0, None), **ROLE | bare), claim("Ana holdsRole Leeds", **ROLE | placed)]
    assert rows(decide(claims, discourse, WEIGHTS)) == decided
    others = [claim("Bo holdsRole -", at=(0, None), **ROLE), claim("Ana holdsRole Leeds", **ROLE)]
    assert len(decide(others, discourse, WEIGHTS)) == 2  # of two people


ANA, BO = "Ana holdsRole Leeds", "Bo holdsRole Leeds"


@pytest.mark.parametrize(
    ("claims", "decided"),
    [
        ([(ANA, {"p": 0.9}), (BO, {"p": 0.8})], [(ANA, 0.9)]),
        ([(ANA, {"p": 0.8}), (BO, {"p": 0.9})], [(BO, 0.9)]),
        ([(ANA, {"p": 0.99}), (BO, {"by": "posts"})], [(BO, 0.7)]),  # a rule knows better
        ([(ANA, {"by": "posts"}), (BO, {"by": "posts"})], [(ANA, 0.7), (BO, 0.7)]),  # where rules say both
        ([(ANA, {"by": "posts"}), (BO, {"by": "posts"}), (ANA, {"p": 0.9})], [(ANA, 0.998), (BO, 0.7)]),
        ([(ANA, {"p": 0.9}), (BO, {"p": 0.5})], [(ANA, 0.9)]),  # which does not hold anyway
        ([(ANA, {"p": 0.7}), (BO, {"p": 0.9, **NOT})], [(ANA, 0.7), (f"{BO} not", 0.9)]),  # a denial is no holder
        ([(ANA, {"p": 0.9}), (BO, {"p": 0.8, **NOT})], [(ANA, 0.9), (f"{BO} not", 0.8)]),
        ([(ANA, {}), ("Bo holdsRole Acme", {"p": 0.8})], [(ANA, 0.9), ("Bo holdsRole Acme", 0.8)]),  # of two bodies
        ([(ANA, {}), (BO, {"p": 0.8, "title": "leeds"})], [(ANA, 0.9), (BO, 0.8)]),  # of two titles
        ([(ANA, {}), (BO, {"p": 0.8, "at": (8, 6)})], [(ANA, 0.9), (BO, 0.8)]),  # of two sentences
        ([(ANA, {"title": "a"}), (BO, {"p": 0.8, "title": "a"})], [(ANA, 0.9), (BO, 0.8)]),  # words that stand twice
        ([("Ana metWith Bo", {"title": None}), ("Bo bornIn Leeds", {"title": None})],
         [("Ana metWith Bo", 0.9), ("Bo bornIn Leeds", 0.9)]),
    ],
)  # fmt: skip
def test_a_title_has_one_holder_in_a_sentence(claim, discourse, claims, decided):
    made = [claim(row, **ROLE | others) for row, others in claims]
    assert rows(decide(made, discourse, WEIGHTS)) == decided


@pytest.mark.parametrize(
    ("claims", "kept"),
    [
        ([("Acme partOf Leeds", {"p": 0.9}), ("Acme partOf Hull", {"p": 0.7})], ["Leeds"]),
        ([("Acme partOf Leeds", {"p": 0.9}), ("Acme partOf Hull", {"by": "names"})], ["Hull"]),
        ([("Acme partOf Leeds", {"p": 0.9}), ("Acme partOf Tor", {"p": 0.7})], ["Leeds", "Tor"]),  # a state and a body
        ([("Acme basedIn Leeds", {"p": 0.9}), ("Acme basedIn Hull", {"p": 0.7})], ["Leeds", "Hull"]),
        ([("Acme partOf Leeds", {"p": 0.9}), ("Tor partOf Hull", {"p": 0.7})], ["Leeds", "Hull"]),
        ([("Acme partOf Leeds", {"p": 0.9, **NOT}), ("Acme partOf Hull", {"p": 0.7})], ["Leeds", "Hull"]),
        ([("Ana politicalAffiliation Acme", {"p": 0.9}), ("Ana politicalAffiliation Tor", {"p": 0.7})], ["Acme"]),
        (
            [("Ana politicalAffiliation Acme", {"p": 0.9}), ("Ana politicalAffiliation Tor", {"by": "join"})],
            ["Tor"],
        ),
        (
            [("Ana politicalAffiliation Acme", {"by": "join"}), ("Ana politicalAffiliation Tor", {"by": "leave"})],
            ["Acme", "Tor"],
        ),
        ([("Ana memberOf Acme", {"p": 0.9}), ("Ana memberOf Tor", {"p": 0.7})], ["Acme", "Tor"]),
        ([("Ana politicalAffiliation Acme", {}), ("Bo politicalAffiliation Tor", {})], ["Acme", "Tor"]),
    ],
)
def test_a_body_is_of_one_state_and_a_person_of_one_party(claim, discourse, claims, kept):
    more = {"Hull": EntityType.PLACE, "Tor": EntityType.ORGANIZATION}
    names = [*(e.name for e in discourse.entities), *more]
    wider = replace(discourse, entities=(*discourse.entities, *(LocalEntity(type=t, name=n) for n, t in more.items())))
    made = []
    for row, others in claims:
        one, predicate, other = row.split()
        ends = {"subject": names.index(one), "object": names.index(other)}
        made.append(replace(claim(f"Ana {predicate} Acme", **others), **ends))
    assert [names[c.object] for c in decide(made, wider, WEIGHTS)] == kept


@pytest.mark.parametrize(
    ("claims", "evidence"),
    [
        ([MET], ["model:pairs@1"]),
        ([MET, MET | {"by": "meet"}], ["rule:meet model:pairs@1"]),  # a rule before the network
        ([MET | {"by": "meet"}, MET], ["rule:meet model:pairs@1"]),
        ([MET | {"p": 0.7}, MET | {"p": 0.8}], ["model:pairs@1"]),  # each is named once
        ([MET | {"by": "meet"}, MET | {"by": "meet", "p": 0.8}], ["rule:meet"]),
        ([MET, {"by": "meet", "at": (6, 12)}], ["rule:meet model:pairs@1"]),  # the two quotes overlap
        ([MET, {"by": "meet", "at": (10, 12)}], ["rule:meet", "model:pairs@1"]),
        ([MET, {"at": (10, 12)}, {"by": "meet", "at": (10, 12)}], ["rule:meet model:pairs@1", "model:pairs@1"]),
        ([MET | {"by": "greet"}, MET | {"by": "meet", "p": 0.95}], ["rule:meet rule:greet"]),
        ([MET | {"by": "greet"}, MET, MET | {"by": "meet", "p": 0.95}], ["rule:meet rule:greet model:pairs@1"]),
        ([MET | NOT, MET | {"by": "meet"}], ["rule:meet"]),  # the network says something else
        ([MET | {"p": 0.2}, MET | {"by": "meet"}], ["rule:meet model:pairs@1"]),  # it adds little, but says it
    ],
)
def test_one_claim_a_sentence_names_all_that_found_it(claim, discourse, claims, evidence):
    made = [claim("Ana metWith Bo", **others) for others in claims]
    decided = decide(made, discourse, WEIGHTS)
    assert [" ".join(c.evidence.extractors) for c in decided] == evidence
    assert [c.evidence.extractor for c in decided] == [names.split()[0] for names in evidence]


def test_what_stands_quotes_as_its_first_witness_does(claim, discourse):
    network, rule = claim("Ana metWith Bo", at=(6, 12)), claim("Ana metWith Bo", by="meet", at=(6, 8))
    (found,) = decide([network, rule], discourse, WEIGHTS)
    assert found.evidence == replace(rule.evidence, also=("model:pairs@1",))


@pytest.mark.parametrize(
    ("network", "rule", "kept"),
    [
        ({"title": "mayor of leeds"}, {"title": "mayor"}, {"title": "mayor"}),
        ({"title": "mayor"}, {"title": None}, {"title": "mayor"}),
        ({"status": RoleStatus.FORMER}, {}, {"status": RoleStatus.FORMER}),
        ({"status": RoleStatus.FORMER}, {"status": RoleStatus.CURRENT}, {"status": RoleStatus.CURRENT}),
        ({"attributed_to": 2}, {}, {"attributed_to": 2}),
        ({"start": "1999", "end": "2001"}, {"start": "1998"}, {"start": "1998", "end": "2001"}),
        ({"date": "1999", "place": 1}, {"date": None}, {"date": "1999", "place": 1}),
    ],
)
def test_a_rule_has_its_wording_and_takes_what_it_lacks(claim, discourse, network, rule, kept):
    claims = [claim("Ana holdsRole Leeds", **network), claim("Ana holdsRole Leeds", by="posts", p=0.5, **rule)]
    (found,) = decide(claims, discourse, WEIGHTS)
    assert {name: getattr(found, name) for name in kept} == kept
    assert found.evidence.extractor == "rule:posts"


ACROSS = {"at": (4, 12)}  # from the first sentence to "Bo" in the third


@pytest.mark.parametrize(
    ("across", "other", "told"),
    [
        ({}, None, True),
        ({}, ("Acme metWith Bo", {"by": "meet", "at": (10, 12)}), False),  # the later sentence has its own two
        ({}, ("Acme metWith Bo", {"by": "meet", "at": (10, 12), **NOT}), False),
        (NOT, ("Acme metWith Bo", {"by": "meet", "at": (10, 12), **PLANNED}), False),
        ({}, ("Acme metWith Bo", {"p": 0.9, "at": (10, 12)}), True),  # by a rule alone
        ({}, ("Acme appointed Bo", {"by": "hire", "at": (10, 12)}), True),  # another deed
        ({}, ("Ana metWith Acme", {"by": "meet", "at": (6, 10)}), True),  # "A met B. C attended."
        ({"by": "attend"}, ("Acme metWith Bo", {"by": "meet", "at": (10, 12)}), True),
    ],
)
def test_a_sentence_with_its_own_two_tells_nothing_of_one_before(claim, discourse, across, other, told):
    claims = [claim("Ana metWith Bo", **ACROSS | across)]
    claims += [claim(other[0], **other[1])] if other is not None else []
    found = decide(claims, discourse, WEIGHTS)
    assert any((c.subject, c.object) == (0, 2) for c in found) is told


@pytest.mark.parametrize(
    ("network", "rules", "told"),
    [
        ("Bo memberOf Acme", ["Ana holdsRole Acme", "Bo holdsRole Leeds"], False),  # "A of O met B of P"
        ("Bo holdsRole Acme", ["Ana memberOf Acme", "Bo holdsRole Leeds"], False),
        ("Bo memberOf Acme", ["Ana holdsRole Acme"], True),
        ("Bo memberOf Acme", ["Bo holdsRole Leeds"], True),
        ("Bo memberOf Acme", ["Ana holdsRole Acme", "Bo holdsRole -"], True),
        ("Bo memberOf Acme", ["Ana holdsRole Acme", "Bo holdsRole Leeds", "Bo holdsRole Acme"], True),
        ("Bo founded Acme", ["Ana holdsRole Acme", "Bo holdsRole Leeds"], True),  # another relation
    ],
)
def test_the_network_adds_nothing_crosswise(claim, discourse, network, rules, told):
    title = {name: {"title": name.split()[0] + "'s"} if "holdsRole" in name else {} for name in (network, *rules)}
    made = [claim(row, by="posts", at=(0, None if row[-1] == "-" else 4), **title[row]) for row in rules]
    found = decide(
        [claim(network, **title[network] | {"title": "x"} if title[network] else {}), *made], discourse, WEIGHTS
    )
    predicate = network.split()[1]
    assert any(c.evidence.extractor.startswith("model") and c.predicate == predicate for c in found) is told


@pytest.mark.parametrize(
    ("other", "kept"),
    [
        ({"at": (6, 10)}, 1),  # "She" and "Acme" over two sentences
        ({"at": (8, 10)}, 1),  # a name in another sentence
        ({"at": (12, 10)}, 2),  # a name beside the body
        ({"at": (8, 10), "title": "chair"}, 2),
        ({"at": (8, 10), "status": RoleStatus.FORMER}, 2),
        ({"at": (8, 10), "p": 0.99}, 2),  # surer than the one by name
    ],
)
def test_a_post_over_sentences_is_that_of_the_surer_by_name(claim, discourse, other, kept):
    post = {"title": "head", "status": RoleStatus.CURRENT}
    named = claim("Ana holdsRole Acme", at=(0, 4), p=0.95, **post)
    assert len(decide([named, claim("Bo holdsRole Acme", **post | {"p": 0.8} | other)], discourse, WEIGHTS)) == kept
