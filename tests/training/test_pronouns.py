from collections.abc import Callable
from dataclasses import replace
from importlib.util import find_spec
from itertools import product
from pathlib import Path

import pytest
from spacy.tokens import Doc

from kg.analysis import Analyzer
from kg.config import DEFAULT_SPACY_MODEL
from kg.model import Document
from kg.training import pronouns
from kg.training.passages import read
from kg.training.pronouns import PronounExample, fit, of_gap, of_passage, rewritten, share_right

needs_scipy = pytest.mark.skipif(find_spec("scipy") is None, reason="of the training extra")
PREFERRED = {"subject": 1.0}
OTHER = {"object": 1.0}


@pytest.fixture(scope="module")
def analyze() -> Callable[[str], Doc]:
    analyzer = Analyzer(model=DEFAULT_SPACY_MODEL)
    return lambda text: next(analyzer.analyze([Document(id="d", text=text)]))


def example(*candidates: tuple[int, dict[str, float]], right: int, weight: float = 1.0) -> PronounExample:
    return PronounExample(text="d", source="made up", candidates=candidates, right=frozenset({right}), weight=weight)


def made_up(subject: int, objects: int) -> list[PronounExample]:
    """So many pronouns that mean the subject, and the object; either entity comes first as often."""
    both = [((0, PREFERRED), (1, OTHER)), ((1, OTHER), (0, PREFERRED))]
    return [
        example(*pair, right=right) for right, n in ((0, subject), (1, objects)) for _, pair in product(range(n), both)
    ]


@needs_scipy
def test_a_fit_finds_the_preferred_antecedent() -> None:
    known = fit(made_up(30, 10))
    assert known["subject"] > 0 > known["object"]
    assert share_right([example((0, OTHER), (1, PREFERRED), right=1)], known) == 1.0
    assert share_right([example((0, OTHER), (1, PREFERRED), right=0)], known) == 0.0


@needs_scipy
def test_a_fit_comes_to_the_odds_that_made_the_examples() -> None:
    known = fit(made_up(3000, 1000))
    assert known["subject"] - known["object"] == pytest.approx(1.0986, abs=0.01)  # log 3


@needs_scipy
def test_a_fit_is_the_same_each_time_whatever_the_order() -> None:
    examples = made_up(30, 10)
    assert fit(examples) == fit(examples)
    assert fit(examples[::-1]) == pytest.approx(fit(examples), abs=1e-6)


@needs_scipy
def test_weights_of_examples_count() -> None:
    light = [example((0, PREFERRED), (1, OTHER), right=1, weight=0.1) for _ in range(40)]
    known = fit([*made_up(10, 0), *light])
    assert known["subject"] > known["object"]


@needs_scipy
def test_any_mention_of_the_right_entity_may_be_the_one_meant() -> None:
    examples = [example((0, PREFERRED), (0, {"stray": 1.0}), (1, OTHER), right=0) for _ in range(20)]
    examples += made_up(20, 0)
    known = fit(examples)
    assert known["subject"] > known["stray"] > known["object"]


@pytest.mark.parametrize(
    "examples",
    [
        [],
        [example((0, PREFERRED), right=0)] * 20,  # nobody else to mean
        [example((0, PREFERRED), (1, OTHER), right=2)] * 20,  # who is meant was not found
    ],
)
def test_examples_that_tell_nothing_give_no_weight(examples: list[PronounExample]) -> None:
    assert not any(fit(examples).values())


@needs_scipy
def test_a_seldom_feature_has_no_weight() -> None:
    rare = example((0, {"rare": 1.0}), (1, OTHER), right=0)
    assert "rare" not in fit([*made_up(10, 0), *[rare] * 9])
    assert "rare" in fit([*made_up(10, 0), *[rare] * 10])


TEXT = "Anna Weber met Maria Lopez in Vienna. She left early."


@pytest.mark.parametrize(
    ("a", "b", "right"),
    [("TRUE", "FALSE", {0}), ("FALSE", "TRUE", {1}), ("FALSE", "FALSE", set())],
)
def test_examples_of_gap(analyze: Callable[[str], Doc], a: str, b: str, right: set[int]) -> None:
    row = {"ID": "d", "Text": TEXT, "Pronoun": "She", "Pronoun-offset": str(TEXT.index("She"))}
    row |= {"A": "Anna Weber", "A-offset": "0", "A-coref": a}
    row |= {"B": "Maria Lopez", "B-offset": str(TEXT.index("Maria")), "B-coref": b}
    (found,) = of_gap(row, analyze(TEXT))
    assert [entity for entity, _ in found.candidates] == [0, 1]
    assert found.candidates[0][1]["subject before"] == found.candidates[1][1]["object before"] == 1
    assert found.right == right


def test_examples_of_passages(analyze: Callable[[str], Doc], tmp_path: Path) -> None:
    path = tmp_path / "passages.txt"
    path.write_text(
        "# p1\n[[e1|P|Anna Weber]] met [[e2|P|Maria Lopez]] and a woman in [[e3|L|Vienna]]. [[e2|P~|She]] left early.\n",
        encoding="utf8",
    )
    (annotated,) = read(path)
    (found,) = of_passage(annotated, analyze(annotated.text))
    assert {entity for entity, _ in found.candidates} == {0, 1}  # the woman is not marked, so none
    assert found.right == {1}
    assert found.weight < 1


def test_the_lexicon_keeps_its_comments() -> None:
    text = "# weights: of features\n\nweights:\n  old: 1\n"
    assert rewritten(text, {"b here": -0.5, "a": 2.0}) == "# weights: of features\n\nweights:\n  a: 2\n  b here: -0.5\n"


@needs_scipy
def test_the_command_writes_only_if_asked_to(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lexicon = tmp_path / "pronouns.yaml"
    lexicon.write_text("# said\n\nweights:\n  old: 1\n", encoding="utf8")
    examples = [replace(e, text=str(i)) for i, e in enumerate(made_up(30, 10))]
    monkeypatch.setattr(pronouns, "_examples", lambda _: examples)
    monkeypatch.setattr(pronouns, "data_path", lambda *_: lexicon)
    assert pronouns.main(["--data", "."]) == 0
    assert "made up: 80 pronouns, left out 0.750 right" in capsys.readouterr().out
    assert "old: 1" in lexicon.read_text(encoding="utf8")
    assert pronouns.main(["--data", ".", "--write"]) == 0
    head, weights = lexicon.read_text(encoding="utf8").split("weights:\n")
    assert head == "# said\n\n"
    assert [line.split(":")[0] for line in weights.splitlines()] == ["  object", "  subject"]


def test_missing_data_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert pronouns.main(["--data", str(tmp_path)]) == 2
    assert "gap-development.tsv" in capsys.readouterr().err
