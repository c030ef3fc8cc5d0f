import base64
import hashlib
import json
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import UnknownEntityError
from kg.model import Document, Entity, EntityType, Evidence, Graph, Statement
from kg.view.page import render_page


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
    evidence = Evidence(
        document="d", start=0, end=len(sentence), text=sentence, subject=(0, 1), object=(1, 2), extractor=name
    )
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


def test_the_drawing_is_what_is_asserted(page, newsroom):
    drawing = page.data()["drawing"]
    assert len(drawing["nodes"]) == len(newsroom.entities)
    drawn = {i for e in drawing["edges"] for i in e["statements"]}
    assert drawn == {i for i, s in enumerate(newsroom.statements) if s.asserted and s.object}
    pairs = [tuple(sorted((e["from"], e["to"]))) for e in drawing["edges"]]
    assert len(pairs) == len(set(pairs))


def test_statements_between_two_are_one_edge(page, newsroom, iri):
    number = {e.id: i for i, e in enumerate(newsroom.entities)}
    drawing = page.data()["drawing"]

    def edge(a, b):
        ends = {number[iri(a)], number[iri(b)]}
        return next(e for e in drawing["edges"] if {e["from"], e["to"]} == ends)

    talks = edge("person:marta-velasco", "person:ilya-brandt")
    assert (talks["label"], talks["arrows"]) == ("met +1", "")  # nothing directed: no arrow
    role = edge("person:marta-velasco", "organization:fc-sereno")
    assert (role["label"], role["arrows"]) == (
        "president",
        "from" if role["to"] == number[iri("person:marta-velasco")] else "to",
    )
    node = drawing["nodes"][number[iri("person:marta-velasco")]]
    assert (node["shape"], node["group"], node["degree"]) == ("dot", "Person", 10)


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


@pytest.mark.parametrize(
    ("also", "shown"),
    [((), "rule:a"), (("model:b",), "rule:a and model:b"), (("rule:c", "model:b"), "rule:a and rule:c and model:b")],
)
def test_evidence_names_all_that_found_it(also, shown):
    graph = tiny("rule:a", "Ann runs Acme.")
    [role] = graph.statements
    role = replace(role, evidence=(replace(role.evidence[0], also=also),))
    data = Parts(render_page(replace(graph, statements=(role,)), title="x")).data()
    assert [e["extractor"] for s in data["statements"] for e in s["evidence"]] == [shown]


def test_evidence_names_its_source(newsroom):
    first, *others = newsroom.statements
    said = replace(first, evidence=(replace(first.evidence[0], attributed_to=first.subject),))
    data = Parts(render_page(replace(newsroom, statements=(said, *others)), title="x")).data()
    sources = [e["source"] for s in data["statements"] for e in s["evidence"]]
    assert sources[0] == [e.id for e in newsroom.entities].index(first.subject)
    assert set(sources[1:]) == {None}


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
    label = parts.data()["drawing"]["nodes"][0]["label"]
    assert not re.search("[\x00-\x1f\u202a-\u202e\u2066-\u2069]", label)


@settings(max_examples=30, deadline=None)
@given(text=st.text(min_size=1, max_size=30), spans=st.lists(st.integers(-5, 40), min_size=4, max_size=4))
def testmarked_parts_join_to_the_sentence(text, spans):
    from kg.view.page import marked_parts

    s, e, o, p = spans
    evidence = Evidence(
        document="d", start=2, end=2 + len(text), text=text, subject=(s, e), object=(o, p), extractor="x"
    )
    parts = marked_parts(evidence)
    assert "".join(part for part, _ in parts) == text
    assert {mark for _, mark in parts} <= {"", "subject", "object", "both"}


@pytest.mark.parametrize(
    ("subject", "other", "expected"),
    [
        ((10, 13), (18, 21), [["Ann", "subject"], [" met ", ""], ["Bea", "object"], [".", ""]]),
        ((10, 13), None, [["Ann", "subject"], [" met Bea.", ""]]),
        ((10, 21), (18, 21), [["Ann met ", "subject"], ["Bea", "both"], [".", ""]]),
        ((0, 3), (18, 21), [["Ann met ", ""], ["Bea", "object"], [".", ""]]),  # a subject from the sentence before
    ],
)
def test_mentions_are_marked(subject, other, expected):
    from kg.view.page import marked_parts

    evidence = Evidence(
        document="d", start=10, end=22, text="Ann met Bea.", subject=subject, object=other, extractor="x"
    )
    assert marked_parts(evidence) == expected


def test_focus_and_limit(newsroom):
    data = Parts(render_page(newsroom, title="x", focus="Okafor", limit=5)).data()
    assert data["entities"][data["focus"]]["name"] == "Ruth Okafor"
    assert data["limit"] == 5
    with pytest.raises(UnknownEntityError):
        render_page(newsroom, title="x", focus="Nobody at all")


def test_an_empty_graph_has_a_page():
    data = Parts(render_page(Graph(documents=(), entities=(), statements=()), title="Nothing yet")).data()
    assert data["entities"] == data["statements"] == data["drawing"]["nodes"] == []
