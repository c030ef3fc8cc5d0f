"""The command that measures: every set on a small folder of data made up here, read by rules."""

import importlib
import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
NEWS = "Ana Ruiz met Boris Lindqvist in Oslo on Sunday. Boris Lindqvist is the chancellor of Norway."
LINES = "Boris Lindqvist is the chancellor of Norway."
BORN = "Ana Ruiz was born in Oslo."
HE = "Boris Lindqvist said he met Ana Ruiz in Oslo."


def _news(name: str) -> dict[str, object]:
    entities = [
        {"id": "a", "type": "Person", "name": "Ana Ruiz", "aliases": []},
        {"id": "b", "type": "Person", "name": "Boris Lindqvist", "aliases": []},
        {"id": "n", "type": "Place", "name": "Norway", "aliases": []},
        {"id": "o", "type": "Organization", "name": "Kaltio Oyj", "aliases": []},
        {"id": "p", "type": "Organization", "name": "Kaltio Group", "aliases": []},
    ]
    relations = [
        {"s": "a", "p": "metWith", "o": "b", "title": None},
        {"s": "b", "p": "holdsRole", "o": "n", "title": "chancellor"},
        {"s": "o", "p": "partOf", "o": "p", "title": None},
    ]
    traps = [{"s": "a", "p": "killed", "o": "b", "title": None}]
    return {"id": name, "published": None, "text": NEWS, "entities": entities, "relations": relations, "traps": traps}


def _shaped(name: str) -> dict[str, object]:
    def entity(key: str, kind: str, text: str) -> dict[str, object]:
        at = LINES.index(text)
        return {"id": key, "type": kind, "link": text, "mentions": [[at, at + len(text)]]}

    entities = [entity("b", "Person", "Boris Lindqvist"), entity("n", "Place", "Norway")]
    return {"id": name, "text": LINES, "entities": entities, "relations": [{"s": "b", "p": "head_of", "o": "n"}]}


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("data")

    def write(path: str, *records: object, text: str = "") -> None:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text or "".join(json.dumps(r) + "\n" for r in records), encoding="utf8")

    write("open/dev-gold/a.json", _news("a"))
    write("news/b.json", _news("b"))
    fact = {"property": "PLACE_OF_BIRTH", "subject": [0, 8], "object": [21, 25]}
    passage = {"start": 0, "end": len(BORN), "text": BORN, "properties": ["PLACE_OF_BIRTH"], "facts": [fact]}
    write("knowledgenet/fold3.jsonl", {"id": "k", "passages": [passage]})
    row = {"ID": "g", "Text": HE, "Pronoun": "he", "Pronoun-offset": HE.index("he "), "A": "Boris Lindqvist"}
    row |= {"A-offset": 0, "A-coref": "TRUE", "B": "Ana Ruiz", "B-offset": HE.index("Ana"), "B-coref": "FALSE"}
    lines = ("\t".join(map(str, cells)) for cells in (row, row.values()))
    write("gap/gap-validation.tsv", text="".join(f"{line}\n" for line in lines))
    for name in ("dwie", "conll04"):
        write(f"{name}/dev.jsonl", _shaped("one"), _shaped("two"))
        write(f"{name}/mapping.json", {"relations": {"head_of": {"to": "holdsRole"}}})
    return folder


@pytest.fixture(scope="module")
def modules():
    """The command and the writer of tables, each set read by rules and the CPU measured once."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(ROOT / "benchmarks")
        cpu, measure, table = (importlib.import_module(name) for name in ("cpu", "measure", "table"))
        patch.setattr(measure, "RUNS", {name: replace(run, reader="rules") for name, run in measure.RUNS.items()})
        patch.setattr(cpu, "_TIMES", 1)
        yield measure, table


@pytest.fixture(scope="module")
def results(modules, data, tmp_path_factory):
    measure, _ = modules
    output = tmp_path_factory.mktemp("results") / "results.json"
    wanted = [name for name in measure.RUNS if name != "cpu/both"]  # a whole build twice is enough
    assert measure.main(["--data", str(data), "--output", str(output), *(f"--only={name}" for name in wanted)]) == 0
    sets = json.loads(output.read_text(encoding="utf8"))["sets"]
    assert set(sets) == set(wanted)
    return {"sets": sets | {"cpu/both": sets["cpu/rules"]}}


def test_each_set_says_what_it_is_of(results):
    for name, measured in results["sets"].items():
        assert set(measured) == {"name", "what", "learned_from", "note", "reader", "figures"}, name
        assert measured["learned_from"] is None  # none of the known parts
        assert measured["what"] in ("1 text", "2 texts")


@pytest.mark.parametrize(
    ("name", "table", "row", "f1"),
    [
        ("open-dev/both", "news", "metWith", 1),
        ("open-dev/both", "news", "holdsRole", 1),
        ("open-dev/rules", "news", "partOf", 0),
        ("news/both", "news", "RELATIONS", 0.8),
        ("knowledgenet-fold3/both", "facts, by overlap of spans", "ALL", 1),
        ("gap-validation/both", "pronouns", "Overall", 1),
        ("dwie-dev/both", "mentions", "exact ALL", 1),
        ("dwie-dev/both", "links in two documents or more, all", "ALL", 1),
        ("conll04-dev/both", "relations", "ALL", 1),
    ],
)
def test_figures_are_those_of_the_evaluation(results, name, table, row, f1):
    assert results["sets"][name]["figures"][table][row]["f1"] == f1


def test_numbers_beside_the_rates(results):
    figures = results["sets"]["open-dev/both"]["figures"]
    assert (figures["news"]["traps sprung"], figures["news"]["traps"]) == (0, 1)
    assert 0 <= figures["confidence"]["expected calibration error"] <= 1
    cpu = results["sets"]["cpu/rules"]["figures"]["CPU"]
    assert set(cpu) == {"spaCy alone", "build", "ratio"}
    assert min(cpu.values()) > 0


def test_every_figure_of_the_tables_is_one_of_the_results(modules, results):
    _, table = modules
    assert set(results["sets"]) == table.TOLD
    rates = {
        (measured["name"], *(f"{row[rate]:.3f}" for rate in ("precision", "recall", "f1")))
        for measured in results["sets"].values()
        for rows in measured["figures"].values()
        for row in rows.values()
        if isinstance(row, dict)
    }
    shown = [[cell.strip() for cell in line.strip("|").split("|")] for line in table.tables(results).splitlines()]
    found = [(cells[0], *cells[3:]) for cells in shown if len(cells) == 6 and re.fullmatch(r"\d\.\d+", cells[-1])]
    assert len(found) > 10
    assert set(found) <= rates
    assert {cells[0] for cells in found} == {cells[0] for cells in shown if cells[-1] == "not known"}
    assert "0 of 1" in table.tables(results)


def test_one_set_is_measured_again_and_the_others_stay(modules, data, tmp_path):
    measure, _ = modules

    def run(output: Path, *names: str) -> bytes:
        for name in names:
            assert measure.main(["--data", str(data), "--output", str(output), "--only", name]) == 0
        return output.read_bytes()

    first = run(tmp_path / "a.json", "gap-validation", "conll04-dev/both")
    assert list(json.loads(first)["sets"]) == ["conll04-dev/both", "gap-validation/both"]
    assert run(tmp_path / "b.json", "conll04-dev", "gap-validation") == first
    assert run(tmp_path / "a.json", "gap-validation") == first


@pytest.mark.parametrize(
    ("only", "held", "told"),
    [
        ("dwie", None, "no set 'dwie'"),
        ("gap-validation/both", "[]", "is no file of results"),
        ("gap-validation/both", "{", "is no file of results"),
        ("news/both", None, "give the folder"),
    ],
)
def test_what_cannot_be_measured_is_named_and_nothing_is_written(modules, tmp_path, capsys, only, held, told):
    measure, _ = modules
    output = tmp_path / "results.json"
    if held is not None:
        output.write_text(held, encoding="utf8")
    assert measure.main(["--data", str(tmp_path / "none"), "--output", str(output), "--only", only]) == 2
    assert told in capsys.readouterr().err
    assert (output.read_text(encoding="utf8") if output.exists() else None) == held
