"""The pages and the RDF at the IRIs: what they hold, and that no word of an article is ever read as markup."""

import re
from html.parser import HTMLParser
from urllib.parse import urlsplit

import pyoxigraph as ox
import pytest

from kg.mapping import prefixes, to_quads, to_turtle
from kg.model import Document, Entity, EntityType, Graph, MentionAt, MentionKind, Modality, Statement
from kg.store import load_graph, store_files, write_build
from kg.view.page import render_page
from tests.graphs import quoted

BASE = "https://kg.example/"
HOSTILE = "<img src=x onerror=alert(1)></script><script>alert(2)</script>\"'>\u202eevil\u2066 {{7*7}}"


class Page(HTMLParser):
    """Elements and their attributes, links, and the text of a page."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.links, self.ids, self.texts = [], [], [], []
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        named = dict(attributes)
        self.tags.append((tag, named))
        self.links += [named[name] for name in ("href", "src", "action") if named.get(name)]
        self.ids += [named["id"]] if "id" in named else []

    def handle_data(self, data):
        self.texts.append(data)

    @property
    def text(self):
        return " ".join("".join(self.texts).split())


def page(server, path):
    reply = server.ask(path, Accept="text/html")
    assert (reply.status, reply.kind) == (200, "text/html"), path
    return Page(reply.text)


def path_of(iri):
    return iri.removeprefix(BASE.rstrip("/"))


@pytest.fixture(scope="module")
def graph(demo):
    return load_graph(demo.folder)


def test_every_entity_has_a_page_with_its_facts_and_sentences(server, graph):
    for entity in graph.entities[::4]:
        shown = page(server, path_of(entity.id))
        assert entity.name in shown.text
        about = [s for s in graph.statements if entity.id in {s.subject, s.object, s.place}]
        for s in about:
            assert path_of(s.id) in shown.links
            assert " ".join(s.evidence[0].text.split()) in shown.text
        assert shown.text.count("not a fact") >= sum(not s.asserted for s in about)


def test_every_document_has_a_page_with_all_its_mentions_marked(server, graph):
    for document in graph.documents:
        shown = page(server, f"/document/{document.id}")
        for entity in graph.entities:
            for m in entity.mentions:
                if m.document == document.id:
                    assert f"char={m.start},{m.end}" in shown.ids
        html = server.ask(f"/document/{document.id}", Accept="text/html").text
        article = Page(re.search(r"<article.*?</article>", html, re.DOTALL)[0])
        assert "".join(article.texts) == document.text.replace("\r\n", "\n")


def test_every_statement_has_a_page_with_all_its_sentences(server, graph):
    for s in graph.statements[::9]:
        shown = page(server, path_of(s.id))
        for evidence in s.evidence:
            assert " ".join(evidence.text.split()) in shown.text


def test_links_lead_somewhere(server):
    seen, waiting = set(), ["/", "/person/ingrid-halvorsen", "/document/cabinet-reshuffle-oslo", "/search?q=halvorsen"]
    for path in waiting:
        for link in page(server, path).links:
            parts = urlsplit(link)
            if not parts.netloc and parts.path not in seen and len(seen) < 60:
                seen.add(parts.path)
                assert server.ask(f"{parts.path}?{parts.query}").status == 200, link
    assert len(seen) > 20


@pytest.mark.parametrize(
    ("accept", "format_"),
    [
        ("text/turtle", ox.RdfFormat.TURTLE),
        ("application/ld+json", ox.RdfFormat.JSON_LD),
        ("application/n-triples", ox.RdfFormat.N_TRIPLES),
        ("application/rdf+xml", ox.RdfFormat.RDF_XML),
    ],
)
@pytest.mark.parametrize("name", ["person/ingrid-halvorsen", "document/cabinet-reshuffle-oslo", "place/norway"])
def test_an_iri_answers_in_rdf_what_the_graph_says(server, demo, name, accept, format_):
    reply = server.ask(f"/{name}", Accept=accept)
    assert (reply.status, reply.kind) == (200, accept)
    said = {quad.triple for quad in ox.parse(reply.body, format=format_)}
    whole = {quad.triple for quad in ox.parse(path=str(demo.folder / "graph.ttl"), format=ox.RdfFormat.TURTLE)}
    own = {t for t in whole if t.subject.value == f"{BASE}{name}"}
    assert said <= whole
    assert own <= said
    assert "Accept" in reply.headers["Vary"]


def test_the_rdf_of_a_document_is_its_named_graph(server):
    iri = f"{BASE}document/riga-rector-resigns"
    asked = server.query(f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{iri}> {{ ?s ?p ?o }} }}", "application/n-triples")
    told = server.ask("/document/riga-rector-resigns", Accept="application/n-triples")
    # The engine keeps every whole number as xsd:integer.
    assert set(told.text.replace("#nonNegativeInteger", "#integer").splitlines()) == set(asked.text.splitlines())


def test_the_format_may_stand_in_the_address(server):
    assert server.ask("/person/ingrid-halvorsen?format=jsonld", Accept="text/html").kind == "application/ld+json"
    assert server.ask("/person/ingrid-halvorsen?format=turtle").kind == "text/turtle"


def test_what_has_no_page_of_its_own_is_told_in_turtle(server, graph):
    evidence = f"/evidence/{graph.statements[0].id.rpartition('/')[2]}-1"
    for path in (evidence, "/entity?iri=https%3A%2F%2Fkg.example%2Fontology%23holdsRole"):
        assert server.ask(path, Accept="text/turtle").kind == "text/turtle"
        assert server.ask(path, Accept="text/html").kind == "text/plain"


def test_names_are_found_by_how_their_words_begin(server):
    assert "Margit Halvorsen" in page(server, "/search?q=HALV+margit").text
    assert "/document/riga-rector-resigns" in page(server, "/search?q=rector").links
    assert "0 names" in page(server, "/search?q=nobodyatall").text
    assert "Riga" not in page(server, "/search?q=riga&type=Person").text


# --- hostile text, foreign and odd IRIs


def hostile_graph():
    text = f"{HOSTILE} met Bo \u00d8k.\r\nThen {HOSTILE} left."
    at = len(HOSTILE)
    a, b = f"{BASE}person/evil", "http://www.wikidata.org/entity/Q1?x=1#y"
    sentence = text[: text.index("\r")]
    evidence = quoted(sentence, (0, at), (at + 5, at + 10), document=HOSTILE, extractor="rule:<b>")
    return Graph(
        documents=(Document(id=HOSTILE, text=text, title=HOSTILE, published=HOSTILE, source="javascript:alert(3)"),),
        entities=(
            Entity(id=b, type=EntityType.PERSON, name="Bo \u00d8k", mentions=(MentionAt(HOSTILE, at + 5, at + 10, MentionKind.NAME),)),
            Entity(
                id=a, type=EntityType.PERSON, name=HOSTILE, aliases=(HOSTILE, "javascript:alert(4)"),
                same_as=("javascript:alert(5)", f"{BASE}person/once"),
                mentions=(MentionAt(HOSTILE, 0, at, MentionKind.NAME), MentionAt(HOSTILE, 3, at, MentionKind.NAME), MentionAt(HOSTILE, 0, 10**9, MentionKind.NAME)),
            ),
        ),
        statements=(
            Statement(id=f"{BASE}statement/one", subject=a, predicate="metWith", object=b, evidence=(evidence,), title=HOSTILE),
            Statement(id=f"{BASE}statement/two", subject=a, predicate="holdsRole", evidence=(evidence,), title=HOSTILE, modality=Modality.DENIED),
        ),
    )  # fmt: skip


@pytest.fixture(scope="module")
def hostile(serve, tmp_path_factory):
    graph, folder = hostile_graph(), tmp_path_factory.mktemp("hostile")
    turtle = to_turtle(graph, base_iri=BASE)
    quads = to_quads(graph, base_iri=BASE)
    files = store_files(quads, work=folder / "work", turtle=turtle.encode(), prefixes=prefixes(BASE))
    write_build(graph, folder / "build", turtle=turtle, page=render_page(graph, title=HOSTILE), others=files)
    with serve(folder / "build") as found:
        yield found


def test_hostile_text_is_text(hostile):
    paths = [
        "/",
        "/documents",
        "/search?q=img",
        f"/search?q={HOSTILE.encode().hex()}",
        "/person/evil",
        "/statement/one",
        "/statement/two",
    ]
    paths += [link for link in page(hostile, "/documents").links if link.startswith("/document/")][:1]
    paths += [
        "/search?q=%3Cscript%3Ealert(1)%3C%2Fscript%3E",
        "/entity?iri=http%3A%2F%2Fwww.wikidata.org%2Fentity%2FQ1%3Fx%3D1%23y",
    ]
    for path in paths:
        shown = page(hostile, path)
        assert not [tag for tag, _ in shown.tags if tag in {"img", "script", "svg", "iframe", "object"}], path
        assert not [name for _, named in shown.tags for name in named if name.startswith("on") or name == "style"], path
        assert not [link for link in shown.links if link.lower().startswith(("javascript:", "data:"))], path
        assert "49" not in shown.text, path


def test_an_error_page_shows_what_was_asked_as_text(hostile):
    reply = hostile.ask("/graph?focus=%3Csvg%20onload%3Dgo()%3E", Accept="text/html")
    assert reply.status == 404
    assert not [tag for tag, _ in Page(reply.text).tags if tag == "svg"]
    assert "<svg onload=go()>" in Page(reply.text).text


def test_an_iri_from_elsewhere_has_a_page_and_a_merged_one_leads_on(hostile):
    link = next(link for link in page(hostile, "/person/evil").links if "wikidata" in link)
    assert "Bo Øk" in page(hostile, link).text
    moved = hostile.ask("/person/once")
    assert (moved.status, moved.headers["Location"]) == (301, "/person/evil")


def test_a_document_of_any_name_has_its_page_at_its_iri(hostile):
    link = next(link for link in page(hostile, "/documents").links if link.startswith("/document/"))
    assert "left." in page(hostile, link).text
    assert hostile.ask(link.lower().replace("%3c", "%3C"), Accept="text/turtle").status == 200


def test_rdf_of_hostile_text_is_read_back(hostile):
    for accept, format_ in (
        ("text/turtle", ox.RdfFormat.TURTLE),
        ("application/rdf+xml", ox.RdfFormat.RDF_XML),
        ("application/ld+json", ox.RdfFormat.JSON_LD),
    ):
        reply = hostile.ask("/person/evil", Accept=accept)
        assert HOSTILE in {getattr(q.object, "value", "") for q in ox.parse(reply.body, format=format_)}


# --- behind a proxy


def test_behind_a_proxy_links_begin_with_its_path(serve, demo):
    with serve(demo.folder, "--base-url", "https://news.example/who/") as found:
        for path in ("/who/person/ingrid-halvorsen", "/person/ingrid-halvorsen"):
            shown = page(found, path)
            assert all(link.startswith(("/who/", "http", "#")) for link in shown.links)
        assert found.ask("/who/sparql", Accept="text/html").headers["Location"] == "/who/query"
        assert "<https://news.example/who/sparql>" in found.ask("/who/sparql", Accept="text/turtle").text
        assert found.ask("/who", Host="news.example", Accept="text/html").status == 200
        assert found.ask("/", Host="other.example").status == 421
        assert found.query("ASK { ?x a kg:Person }").status == 200
