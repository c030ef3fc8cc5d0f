"""Correcting by mouse: each button is one line of the file of decisions, and nobody else can press it."""

from pathlib import Path

import pytest

pytest.importorskip("starlette")
from starlette.testclient import TestClient

from kg.cli.edit import _decisions
from kg.desk.forms import act
from kg.serve.app import Options, application
from kg.serve.editing import Editing
from kg.store import load_graph

HERE = "http://127.0.0.1:8000"
FILES = ["documents.jsonl", "entities.jsonl", "statements.jsonl", "graph.ttl", "graph.html", "build.json"]


@pytest.fixture
def editing(here) -> Editing:
    folder = Path("graph")
    return Editing(
        decide=lambda action, fields: act(folder, action, fields, by="R. Ek"), decisions=lambda: _decisions(folder)
    )


@pytest.fixture
def client(editing) -> TestClient:
    return TestClient(application(Path("graph"), Options(editing=editing)), base_url=HERE)


@pytest.fixture
def press(client, editing):
    def pressed(action, headers=None, **fields):
        given = {"Origin": HERE, "X-Kg-Token": editing.token} | (headers or {})
        return client.post("/edit", json={"action": action, "fields": fields}, headers=given)

    return pressed


def iri(name: str) -> str:
    return next(e.id for e in load_graph("graph").entities if e.name == name)


def the(predicate: str) -> str:
    return next(s.id for s in load_graph("graph").statements if s.predicate == predicate)


def content() -> dict[str, bytes]:
    return {name: Path("graph", name).read_bytes() for name in FILES}


def undo(client, press):
    """Undo the latest decision by its button."""
    made = _decisions(Path("graph"))[-1]
    return press("undo", decision=str(made.number), line=made.line)


ACTIONS = {
    "reject": lambda: {"statement": the("metWith")},
    "confirm": lambda: {"statement": the("metWith")},
    "correct": lambda: {"statement": the("metWith"), "date": "2021-02-28", "place": ""} | {"place": iri("Dakar")},
    "rename": lambda: {"name": iri("Sahel Freight"), "new": "Sahel Freight Ltd."},
    "retype": lambda: {"name": iri("Sahel Freight"), "type": "Place"},
    "merge": lambda: {"name": iri("Kenji Watanabe"), "other": iri("Tomás Quiroga")},
    "split": lambda: {"name": iri("Amara Diallo"), "documents": "harbour"},
    "drop": lambda: {"name": iri("Dakar")},
}


@pytest.mark.parametrize("action", ACTIONS)
def test_a_button_is_a_decision_that_is_undone_byte_for_byte(client, press, action):
    before = content()
    answer = press(action, **ACTIONS[action]())
    assert (answer.status_code, content() == before) == (200, False), answer.text
    assert len(_decisions(Path("graph"))) == 1
    assert "Undo" in client.get("/decisions").text
    assert undo(client, press).status_code == 200
    assert content() == before


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"X-Kg-Token": "wrong"}, 403),
        ({"X-Kg-Token": ""}, 403),
        ({"Origin": "https://elsewhere.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://127.0.0.1:9000"}, 403),
        ({"Host": "elsewhere.example", "Origin": "http://elsewhere.example"}, 421),
        ({"Content-Type": "text/plain"}, 415),
    ],
)
def test_nobody_else_can_press_it(press, headers, status):
    before = content()
    assert press("drop", headers, name=iri("Dakar")).status_code == status
    assert content() == before


@pytest.mark.parametrize(
    "body",
    ["", "[]", "{}", '{"action": "drop"}', '{"action": 1, "fields": {}}', '{"action": "drop", "fields": []}',
     '{"action": "drop", "fields": {"name": 1}}', '{"action": "drop", "fields": {"name": "' + "x" * 20_000 + '"}}',
     "[" * 100_000],
)  # fmt: skip
def test_what_is_no_request_is_refused(client, editing, body):
    headers = {"Origin": HERE, "X-Kg-Token": editing.token, "Content-Type": "application/json"}
    assert client.post("/edit", content=body, headers=headers).status_code == 400


@pytest.mark.parametrize(
    ("action", "fields", "said"),
    [
        ("drop", {"name": "Nobody"}, "Nobody"),
        ("rename", {"name": "Dakar", "new": " "}, "empty"),
        ("correct", {"statement": "none"}, "nothing is changed"),
        ("explode", {}, "there is no action"),
        ("undo", {"decision": "1", "line": "x"}, "load the page again"),
    ],
)
def test_what_cannot_be_is_told(press, action, fields, said):
    answer = press(action, **fields)
    assert answer.status_code == 409
    assert said in answer.json()["said"]


def test_the_pages_have_the_buttons_and_nothing_hostile(client, press):
    assert press("rename", name=iri("Dakar"), new='<script>alert("x")</script>').status_code == 200
    page = client.get(iri("Amara Diallo").removeprefix("https://kg.example"))
    assert 'data-action="reject"' in page.text
    assert "<script>alert" not in page.text
    assert "script-src 'self'" in page.headers["content-security-policy"]
    assert "<script>alert" not in client.get("/decisions").text


def test_what_was_checked_is_marked(client, press):
    assert press("confirm", statement=the("metWith")).status_code == 200
    assert "checked by" in client.get(the("metWith").removeprefix("https://kg.example")).text


def test_a_server_that_only_reads_has_no_buttons(here):
    client = TestClient(application(Path("graph"), Options()), base_url=HERE)
    assert "data-action" not in client.get(iri("Amara Diallo").removeprefix("https://kg.example")).text
    assert client.get("/decisions").status_code == 404
    assert client.post("/edit", json={}, headers={"Origin": HERE}).status_code in {404, 405}
