"""--json: the records of the output contract, from the commands that people read."""

import json
from itertools import pairwise

import pytest

NAMES = {"id", "type", "subtype", "name", "aliases", "same_as"}


def loaded(outcome):
    assert outcome.err == ""
    return json.loads(outcome.out)


def test_explain(kg, folder):
    found = loaded(kg("explain", "graph", "Kalnina", "--json"))
    [entity] = found["entities"]
    assert (set(entity), entity["name"]) == (NAMES, "Marta Kalnina")
    met, denied = found["statements"]
    assert (met["predicate"], met["objectName"], met["placeName"]) == ("metWith", "Liga Ozolina", "Riga")
    assert (denied["asserted"], denied["modality"]) == (False, "denied")
    assert denied["evidence"][0]["attributedToName"] == "Marta Kalnina"


def test_nothing_to_explain_is_exit_code_1(kg, folder):
    outcome = kg("explain", "graph", "Kalnina", "Aasland", "--json")
    assert outcome.code == 1
    assert [entity["name"] for entity in loaded(outcome)["entities"]] == ["Marta Kalnina", "Sigrid Aasland"]
    assert loaded(outcome)["statements"] == []


def test_path(kg, folder):
    steps = loaded(kg("path", "graph", "Ramanan", "Aasland", "--json"))
    assert steps[0]["start"]["name"] == "Priya Ramanan"
    assert steps[-1]["end"]["name"] == "Sigrid Aasland"
    assert all(one["end"] == other["start"] for one, other in pairwise(steps))
    outcome = kg("path", "graph", "Ramanan", "Riga", "--json")
    assert (outcome.code, loaded(outcome)) == (1, [])


def test_rank(kg, folder):
    ranked = loaded(kg("rank", "graph", "--json", "-n", "3"))
    assert [entry["rank"] for entry in ranked] == [1, 2, 3]
    assert set(ranked[0]) == NAMES | {"rank", "degree", "betweenness", "pagerank"}


@pytest.mark.parametrize("arguments", [["explain", "graph", "evil"], ["rank", "graph"]])
def test_a_terminal_gets_ascii(kg, folder, monkeypatch, arguments):
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    out = kg(*arguments, "--json").out
    assert out.isascii()
    assert "\x1b" not in out
    json.loads(out)
