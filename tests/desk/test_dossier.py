"""The report on one or two: what stands in it, that it is safe, offline and cites every line; sources counted once."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from kg.desk.deciding import confirm, state
from kg.desk.dossier import dossier
from kg.errors import UnknownEntityError, UsageError
from kg.model import EntityType
from kg.store import load_graph

from .conftest import write_graph


class Checker(HTMLParser):
    """Follows links and collects tags."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.ids: list[str] = []
        self.links: list[str] = []

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        given = dict(attrs)
        if "id" in given:
            self.ids.append(given["id"])
        if "href" in given:
            self.links.append(given["href"])
        assert "src" not in given


def checked(html: str) -> Checker:
    checker = Checker()
    checker.feed(html)
    assert "script" not in checker.tags
    assert {link[1:] for link in checker.links if link.startswith("#")} == set(checker.ids)  # each cited, each there
    for line in re.findall(r"<li>(?:(?!</li>).)*\d source", html):
        assert "[" in line, f"no citation: {line}"
    return checker


def text(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<(style|title)>.*?</\1>|<[^>]+>", " ", html, flags=re.DOTALL))


def test_a_dossier_tells_all_with_its_sentences(here, kg):
    code, out, err = kg("dossier", "graph", "Amara Diallo")
    assert (code, out, err) == (0, "The dossier: dossier-amara-diallo.html\n", "")
    html = Path("dossier-amara-diallo.html").read_text(encoding="utf8")
    checked(html)
    said = text(html)
    for words in (
        "Amara Diallo: chair, Port of Lomé", "as of 2 March 2021", "met Kenji Watanabe", "in Dakar; 1 March 2021",
        "born", "4 May 1970", "Tomás Quiroga succeeded Amara Diallo", "harbour, 2 March 2021", "Sources",
    ):  # fmt: skip
        assert words in said, words
    assert "<mark>She</mark> met <mark>Kenji Watanabe</mark>" in html
    assert "Ilse Brandt: mayor" not in said  # she is not asked about
    assert html.count("<svg") == 2
    assert dossier("graph", "Amara Diallo") == html


def test_a_dossier_of_two(here, kg):
    html = dossier("graph", "Kenji Watanabe", "Ilse Brandt")
    checked(html)
    said = text(html)
    assert "Not asserted" in said
    assert "denied, according to Kenji Watanabe" in said
    assert "What is stated of the two together" not in said  # nothing is stated
    assert "What is stated of the two together" in text(dossier("graph", "Kenji Watanabe", "Amara Diallo"))


def test_what_clashes_and_who_checked_stands_in_it(here):
    quote = "Ilse Brandt is mayor of Dakar."
    state("graph", "Amara Diallo", "holdsRole", "Dakar", document="harbour", quote=quote, details={"title": "mayor"}, by="R. Ek")  # fmt: skip
    founded = next(s for s in load_graph("graph").statements if s.predicate == "founded")
    confirm("graph", founded.id, by="N. Osei")
    said = text(dossier("graph", "Amara Diallo"))
    assert "What clashes" in said
    assert "both hold the post of mayor of Dakar" in said
    assert "checked by N. Osei" in said


@pytest.mark.parametrize("names", [(), ("Dakar", "Dakar"), ("Dakar", "Sahel Freight", "Ilse Brandt")])
def test_only_one_or_two(here, names):
    with pytest.raises(UsageError, match="one or two"):
        dossier("graph", *names)


def test_nobody_is_an_error(here, kg):
    with pytest.raises(UnknownEntityError):
        dossier("graph", "Nobody")
    assert kg("dossier", "graph", "Nobody")[0] == 2


HOSTILE = "Evil </mark><script>alert(1)</script> & Sons"


def test_what_articles_say_cannot_break_the_page(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    told = {
        "x": (
            "2020-01-02",
            f"Mara Onyango runs {HOSTILE}.",
            [("Mara Onyango", EntityType.PERSON), (HOSTILE, EntityType.ORGANIZATION)],
            [("Mara Onyango", "holdsRole", HOSTILE, {"title": "runs <b>", "status": "current"})],
        )
    }
    told["x"][3][0][3]["title"] = "runs"
    write_graph(Path("graph"), Path("articles"), told)
    html = dossier("graph", "Mara Onyango")
    checked(html)
    assert "<script" not in html


STORY = "Lena Moreau met Ravi Shankaran in Oslo on Monday. " + " ".join(
    f"The {word} of the harbour took part in the talks about {other} and ships." for word, other in zip(
        ["master", "pilot", "keeper", "warden", "owner", "clerk", "porter", "guard", "cook", "mate"],
        ["grain", "steel", "timber", "coal", "oil", "salt", "wool", "glass", "fish", "paper"], strict=True))  # fmt: skip


def reprints(copies: int, others: int) -> dict:
    names = [("Lena Moreau", EntityType.PERSON), ("Ravi Shankaran", EntityType.PERSON)]
    claims = [("Lena Moreau", "metWith", "Ravi Shankaran", {"date": "2021-03-01"})]
    told = {f"copy-{n}": ("2021-03-02", f"{STORY} Edition {n}.", names, claims) for n in range(copies)}
    for n in range(others):
        own = " ".join(f"Of {n} things the {n}{i}th was told by hand {i * 7 + n} times." for i in range(12))
        told[f"own-{n}"] = ("2021-03-03", f"Lena Moreau met Ravi Shankaran. {own}", names, claims)
    return told


@pytest.mark.parametrize(("copies", "others"), [(1, 0), (4, 0), (3, 2), (1, 3), (6, 1)])
def test_reprints_are_one_source(tmp_path, monkeypatch, kg, copies, others):
    monkeypatch.chdir(tmp_path)
    write_graph(Path("graph"), Path("articles"), reprints(copies, others))
    (statement,) = load_graph("graph").statements
    assert statement.documents == copies + others
    assert statement.sources == 1 + others  # k copies and m independent ones
    query = "SELECT ?s { ?s a kg:MeetingStatement }"
    for least in (1, 1 + others, 2 + others):
        told = least <= 1 + others
        rows = kg("query", "graph", query, "--format", "csv", "--min-sources", least)[1].split()
        assert len(rows) == 1 + told
        html = dossier("graph", "Lena Moreau", min_sources=least)
        assert ("met Ravi" in text(html)) is told
    code, out, _ = kg("view", "graph", "--no-open", "--min-sources", 2 + others)
    assert (code, out) == (0, "The page: graph/view.html\n")
    assert kg("query", "graph/graph.ttl", query, "--min-sources", 2)[0] == 2


def test_a_dossier_as_pdf_is_the_same_each_time_and_tells_the_same(here, kg):
    pytest.importorskip("weasyprint")
    pypdfium2 = pytest.importorskip("pypdfium2")
    assert kg("dossier", "graph", "Amara Diallo", "-o", "one.pdf")[0] == 0
    assert kg("dossier", "graph", "Amara Diallo", "-o", "two.pdf")[0] == 0
    assert Path("one.pdf").read_bytes() == Path("two.pdf").read_bytes()
    pages = pypdfium2.PdfDocument("one.pdf")
    said = " ".join(page.get_textpage().get_text_range() for page in pages)
    for words in ("Amara Diallo", "Port of Lomé", "Kenji Watanabe", "Sources"):
        assert words in said


def test_a_pdf_fetches_nothing():
    pytest.importorskip("weasyprint")
    from kg.desk.printing import to_pdf

    hostile = "<p>x<img src='http://127.0.0.1:9/a.png'><link rel=stylesheet href='file:///etc/passwd'></p>"
    assert to_pdf(hostile).startswith(b"%PDF")


def test_what_has_no_object_reads_well(here, kg):
    from kg.view.words import edge_label

    graph = load_graph("graph")
    from dataclasses import replace

    bare = replace(graph.statements[0], predicate="chargedBy", object=None, literal=None, title=None, offence="fraud")
    assert edge_label(bare) == "was charged"
    assert edge_label(replace(bare, object="x")) == "was charged by"
