"""One declaration a relation: what is wrong with it is said by name, and all else asks it."""

import re
from pathlib import Path

import pytest

from kg.errors import ModelError
from kg.predicates import BIRTH, DEATH, MEMBERSHIP, POST, PREDICATES, Predicate, broader, together
from kg.resources import read_data

ROOT = Path(__file__).parents[1]
DECLARED = """
metWith:
  label: met with
  inverse: met with
  comment: Met.
  kind: event
  domain: [Person]
  range: [Person]
"""


def read(folder: Path, text: str) -> dict[str, Predicate]:
    path = folder / "predicates.yaml"
    path.write_text(text, encoding="utf8")
    return read_data(path, dict[str, Predicate])


def test_a_declaration_needs_no_more_than_its_words_and_its_ends(tmp_path):
    declared = read(tmp_path, DECLARED)["metWith"]
    assert declared.page_words() == {"edge": "met with", "forward": "Met with", "inverse": "Met with"}
    assert not (declared.symmetric or declared.titled or declared.ends or declared.kin)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("  label: met with\n", "", "metWith: Object missing required field `label`"),
        ("  inverse: met with\n", "", "metWith: Object missing required field `inverse`"),
        ("  comment: Met.\n", "", "metWith: Object missing required field `comment`"),
        ("label:", "lable:", "metWith: Object"),
        ("range: [Person]", "range: [Persons]", "metWith: Invalid enum value 'Persons'"),
        ("range: [Person]", "range: Person", "metWith: Expected `array`, got `str`"),
        ("kind: event", "kind: events", "metWith: Invalid enum value 'events'"),
        ("kind: event", "kind: event\n  symmetric: maybe", "metWith: Expected `bool`, got `str`"),
        ("kind: event", "kind: event\n  tells: [when]", "metWith: Invalid enum value 'when'"),
        ("  kind: event", "  kind: [event", "is no YAML"),
    ],
)
def test_what_is_wrong_names_file_and_entry(tmp_path, old, new, said):
    with pytest.raises(ModelError, match=re.escape(said)) as error:
        read(tmp_path, DECLARED.replace(old, new))
    assert str(error.value).startswith(str(tmp_path / "predicates.yaml"))


def test_the_declarations_fit_one_another():
    for name, predicate in PREDICATES.items():
        for other in filter(None, (predicate.broader, predicate.implies)):
            assert predicate.domain <= PREDICATES[other].domain, name
        assert not (predicate.symmetric and predicate.one_way), name
        assert not predicate.symmetric or (predicate.domain == predicate.range and predicate.label == predicate.inverse)
        assert not predicate.together or predicate.symmetric, name


def test_what_the_rooms_of_extraction_tell_by_name():
    assert [name for name, predicate in PREDICATES.items() if predicate.titled] == [POST]
    assert PREDICATES[POST].implies == MEMBERSHIP
    assert broader("politicalAffiliation") == broader(MEMBERSHIP) == MEMBERSHIP
    assert together() == {"metWith", "spokeWith"}
    assert [PREDICATES[name].life for name in (BIRTH, DEATH)] == ["begins", "ends"]


def test_code_asks_what_a_relation_is_and_not_which():
    """A rule names the relation that it tells; nothing but a benchmark's own table compares with a name."""
    name = re.compile(rf"""["']({"|".join(PREDICATES)})["']""")
    found = {
        str(path.relative_to(ROOT / "kg")): len(name.findall(path.read_text(encoding="utf8")))
        for path in sorted((ROOT / "kg").rglob("*.py"))
    }
    assert {path: count for path, count in found.items() if count} == {
        "cli/statements.py": 6,  # how a few relations are worded with their dates
        "desk/conflicts.py": 36,  # what cannot both be so, relation by relation
        "desk/dossier.py": 7,  # the order of its sections
        "desk/questions.py": 9,  # what is asked for
        "evaluation/knowledgenet.py": 14,
        "export/ftm.py": 8,  # the terms of another schema
        "extraction/posts/beside.py": 1,  # the verb
        "extraction/posts/roles.py": 3,
        "extraction/relations/affiliation.py": 13,
        "extraction/relations/presence.py": 1,
        "extraction/relations/rosters.py": 2,
        "extraction/relations/scenes.py": 1,
        "mapping/vocabulary.py": 1,  # an example
        "predicates.py": 5,
        "resolution/edits.py": 1,
        "training/passages.py": 1,
    }
