"""kg explain, kg path and kg rank."""

import json


def test_explain_one(kg, folder):
    outcome = kg("explain", folder, "halvorsen")
    assert outcome.code == 0
    lines = outcome.out.splitlines()
    assert lines[0] == "Ingrid Halvorsen (Person), also called Halvorsen"
    where = lines.index("Ingrid Halvorsen —trade minister→ Norway (since 15 October 2021, as of 15 October 2021)")
    assert lines[where + 1] == "  cabinet, 15 October 2021:"
    assert lines[where + 2] == "    [Halvorsen] has been trade minister of [Norway] since Friday."
    assert "Sigrid Aasland —appointed→ Ingrid Halvorsen (15 October 2021)" in lines


def test_explain_two_shows_what_is_not_asserted_last_and_marked(kg, folder):
    out = kg("explain", folder, "Kalnina", "Ozolina").out
    met = out.index("Marta Kalnina —met— Liga Ozolina (in Riga, 3 November 2021)")
    assert out.index("NOT ASSERTED (denied): Marta Kalnina —spoke with— Liga Ozolina") > met
    assert (
        "  rector, no date, according to Marta Kalnina:\n    [Kalnina] denied that she had called [Ozolina].\n" in out
    )
    assert "  rector, no date:\n    [Kalnina] met [Ozolina] in Riga on Wednesday.\n" in out
    assert "Evil" not in out


def test_explain_a_literal(kg, folder):
    assert "Margit Halvorsen —born on→ 3 May 1937\n" in kg("explain", folder, "Margit Halvorsen").out


def test_explain_a_statement_by_its_id(kg, folder):
    from kg.store import load_graph

    for statement in load_graph(folder).statements:
        own = statement.id.rpartition("/")[2]
        for name in (own, f"statement:{own}", statement.id, f"<{statement.id}>"):
            [told] = json.loads(kg("explain", folder, name, "--json").out)["statements"]
            assert told["id"] == statement.id
    assert kg("explain", folder, own, "--ids").out.count(f"  {own}\n") == 1
    assert kg("explain", folder, "statement:zzzzzzzzzzzz").code == 2


def test_explain_nothing(kg, folder):
    outcome = kg("explain", folder, "Norway", "Riga")
    assert outcome.code == 1
    assert "kg read no statement about Norway and Riga." in outcome.out


def test_explain_hostile_text(kg, folder):
    out = kg("explain", folder, "Ozolina").out
    assert "NOT ASSERTED (possible)" in out
    assert "[bold red]Corp[/]" in out
    assert not set("\x1b\x07\u202e\u2028") & set(out)


def test_explain_in_colour(kg, folder, monkeypatch):
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.delenv("NO_COLOR", raising=False)
    out = kg("explain", folder, "Kalnina", "Ozolina").out
    assert "\x1b[1;32mKalnina\x1b[0m met \x1b[1;36mOzolina\x1b[0m in Riga" in out
    assert "[Kalnina]" not in out


def test_path(kg, folder):
    outcome = kg("path", folder, "Ramanan", "Aasland")
    assert outcome.code == 0
    assert [line for line in outcome.out.splitlines() if not line.startswith(" ")] == [
        "Priya Ramanan —chief executive→ Kestrel Instruments",
        "Kestrel Instruments —acquired→ Halden Optics (September 2021)",
        "Halden Optics ←founded— Margit Halvorsen (1968)",
        "Margit Halvorsen ←child of— Ingrid Halvorsen",
        "Ingrid Halvorsen ←appointed— Sigrid Aasland (15 October 2021)",
    ]
    assert "    [Priya Ramanan], the chief executive of [Kestrel Instruments], smiled." in outcome.out


def test_no_path(kg, folder):
    outcome = kg("path", folder, "Ramanan", "Kalnina")
    assert outcome.code == 1
    assert "No path" in outcome.out


def test_rank(kg, folder):
    rows = [line.split() for line in kg("rank", folder, "--type", "person", "-n", "2").out.splitlines() if line.strip()]
    assert rows[0] == ["name", "type", "degree", "betweenness", "pagerank"]
    assert [row[1:5] for row in rows[2:]] == [
        ["Ingrid", "Halvorsen", "Person", "3"],
        ["Margit", "Halvorsen", "Person", "2"],
    ]


def test_rank_by_betweenness(kg, folder):
    lines = kg("rank", folder, "--by", "betweenness", "-n", "3").out.splitlines()
    ranked = [line.split()[:2] for line in lines if line.strip()[:1].isdigit()]
    assert ranked == [["1", "Ingrid"], ["2", "Margit"], ["3", "Halden"]]  # by degree Halden comes before Margit
