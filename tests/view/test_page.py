import base64
import hashlib
import json
import re
from html.parser import HTMLParser

import pytest

from kg.errors import UnknownEntityError
from kg.model import Document, Entity, EntityType, Graph, Statement
from kg.view.page import Opening, render_page
from tests.graphs import quoted


class Parts(HTMLParser):
    """The elements of a page and the content of its scripts and styles."""

    def __init__(self, page: str):
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.contents: dict[str, list[str]] = {"script": [], "style": [], "title": []}
        self._open: str | None = None
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        if tag in self.contents:
            self.contents[tag].append("")
            self._open = tag

    def handle_endtag(self, tag):
        self._open = None

    def handle_data(self, data):
        if self._open:
            self.contents[self._open][-1] += data

    def data(self):
        return json.loads(self.contents["script"][0])


@pytest.fixture(scope="module")
def page(newsroom):
    return Parts(render_page(newsroom, title="The Sereno papers"))


def tiny(name: str, sentence: str, title: str | None = None) -> Graph:
    a = Entity(id="https://kg.example/person/a", type=EntityType.PERSON, name=name, aliases=(name + "!",))
    b = Entity(id="https://kg.example/organization/b", type=EntityType.ORGANIZATION, name=name)
    evidence = quoted(sentence, (0, 1), (1, 2), extractor=name)
    role = Statement(
        id="s", subject=a.id, predicate="holdsRole", object=b.id, title=title or name, evidence=(evidence,)
    )
    document = Document(id="d", text=sentence, title=name, source="javascript:alert(1)")
    return Graph(documents=(document,), entities=(a, b), statements=(role,))


def test_equal_graphs_give_equal_bytes(newsroom):
    assert render_page(newsroom, title="x") == render_page(newsroom, title="x")


def test_nothing_is_loaded(page):
    for tag, attributes in page.elements:
        assert not {"src", "srcset", "href", "action", "data", "style"} & attributes.keys(), (tag, attributes)
        assert tag not in {"link", "iframe", "object", "embed", "img", "base", "form"}
        assert not any(name.startswith("on") for name in attributes)
    assert not re.search(r"url\(|@import", page.contents["style"][0])
    assert "sourceMappingURL" not in page.contents["script"][1]


def test_the_policy_allows_these_scripts_and_styles_only(page):
    policy = next(a["content"] for t, a in page.elements if a.get("http-equiv") == "Content-Security-Policy")
    assert policy.startswith("default-src 'none';")
    assert "unsafe" not in policy
    for content in page.contents["script"][1:] + page.contents["style"]:
        digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in policy
    assert policy.count("sha256-") == 3


def test_the_licence_of_vis_network_travels_with_it(page):
    assert "The Apache 2.0 License" in page.contents["script"][1][:1500]
    assert "Almende" in page.contents["script"][1][:1500]


def test_our_scripts_never_parse_markup(page):
    banned = r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|new Function|createContextualFragment"
    assert not re.search(banned, page.contents["script"][2])


def test_the_drawing_has_every_statement_between_two(page, newsroom):
    data = page.data()
    drawing = data["drawing"]
    between = {i for i, s in enumerate(newsroom.statements) if s.object and s.object != s.subject}
    assert {i for e in drawing["edges"] for i in e["statements"]} == between
    linked = {end for i in between for end in (newsroom.statements[i].subject, newsroom.statements[i].object)}
    assert {newsroom.entities[n["id"]].id for n in drawing["nodes"]} == linked
    for edge in drawing["edges"]:
        said = [newsroom.statements[i] for i in edge["statements"]]
        assert {s.predicate for s in said} == {edge["predicate"]}
        assert {s.asserted for s in said} == {edge["asserted"]}


def test_statements_between_two_are_edges_by_predicate(page, newsroom, iri):
    number = {e.id: i for i, e in enumerate(newsroom.entities)}
    ends = {number[iri("person:marta-velasco")], number[iri("person:ilya-brandt")]}
    between = [e for e in page.data()["drawing"]["edges"] if {e["from"], e["to"]} == ends]
    assert {e["predicate"] for e in between} == {"metWith", "spokeWith"}


def test_people_and_organizations_are_central_not_countries(page, newsroom, iri):
    nodes = sorted(page.data()["drawing"]["nodes"], key=lambda n: n["rank"])
    assert newsroom.entities[nodes[0]["id"]].name == "Marta Velasco"
    sizes = {newsroom.entities[n["id"]].name: n["size"] for n in nodes}
    assert sizes["Velmar"] < sizes["Velmar Armed Forces"] < sizes["Marta Velasco"]
    assert sizes["Velmar"] == sizes["Kaldhavn"]
    assert {n["shape"] for n in nodes} == {"dot", "square", "triangle"}


HOSTILE = [
    "<img src=x onerror=alert(1)>",
    "</script><script>alert(1)</script>",
    "<!--<script>",
    "]]>&lt;b&gt;",
    "\"'`${alert(1)}{{7*7}}{%raw%}",
    "line\u2028end\u2029\x00\x1b[2J",
    "\u202egnorw\u2066",
    "\ud800 lone",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text(text):
    calm = Parts(render_page(tiny("Ann", "Ann runs B."), title="Ann"))
    parts = Parts(page := render_page(tiny(text, text, text), title=text))
    assert [t for t, _ in parts.elements] == [t for t, _ in calm.elements]
    assert parts.contents["script"][1:] == calm.contents["script"][1:]
    raw = parts.contents["script"][0]
    assert not re.search("[<>&\u2028\u2029]", raw)
    assert "\x00" not in page
    assert parts.data()["entities"][0]["name"] == text.encode("utf8", "replace").decode()
    shown = parts.data()["entities"][0].get("short", text)
    assert not re.search("[\x00-\x1f\u202a-\u202e\u2066-\u2069]", shown)


def test_focus_and_limit(newsroom):
    data = Parts(render_page(newsroom, title="x", focus="Okafor", limit=5)).data()
    assert [data["entities"][i]["name"] for i in data["focus"]] == ["Ruth Okafor"]
    assert data["limit"] == 5
    assert sum("x" in n for n in data["drawing"]["nodes"]) == 5
    assert len(Parts(render_page(newsroom, title="x", focus=["Okafor", "Vale"])).data()["focus"]) == 2
    with pytest.raises(UnknownEntityError):
        render_page(newsroom, title="x", focus="Nobody at all")


def test_an_empty_graph_has_a_page():
    data = Parts(render_page(Graph(documents=(), entities=(), statements=()), title="Nothing yet")).data()
    assert data["entities"] == data["statements"] == data["drawing"]["nodes"] == []


def test_how_the_page_opens_is_told(newsroom):
    opening = Opening(since="2031", doubtful=True, confidence=0.5, tab="table")
    data = Parts(render_page(newsroom, title="x", opening=opening)).data()
    assert data["opening"] == {"since": "2031", "doubtful": True, "confidence": 0.5, "tab": "table"}


def test_a_page_stays_within_its_size(newsroom):
    from dataclasses import replace

    long = tuple(replace(d, text=d.text + "and so on " * 200_000) for d in newsroom.documents)
    page = render_page(replace(newsroom, documents=long), title="x")
    assert len(page.encode()) <= 1_500_000 + 1_000 * len(newsroom.statements)
    assert any("text" not in d for d in Parts(page).data()["documents"])
    whole = Parts(render_page(newsroom, title="x")).data()["documents"]
    assert all("text" in d for d in whole if d["id"] != "obituary" or d.get("text"))
