"""kg.toml: options by name, each with its type; whatever is wrong is one line."""

from pathlib import Path

import pytest

from kg.errors import UsageError
from kg.options import read_options_file


def test_options_by_name(tmp_path):
    file = tmp_path / "kg.toml"
    file.write_text(
        'published = "2021-03-14"\nworkers = 2\nmax-document-seconds = 1.5\nadopt-iris = true\nextractor = "rules"\n'
        'id-field = "number"\nauthority = ["people.csv"]\ndecisions = "mine.jsonl"\n'
    )
    assert read_options_file(file) == {
        "published": "2021-03-14",
        "workers": 2,
        "max_document_seconds": 1.5,
        "adopt_iris": True,
        "extractor": "rules",
        "id_field": "number",
        "authority": [str(tmp_path / "people.csv")],
        "decisions": str(tmp_path / "mine.jsonl"),
    }


# content -> what is said of it
WRONG = [
    ("worker = 2", "there is no option 'worker': did you mean workers?"),
    ("zzz = 1", "there is no option 'zzz': it may have published"),
    ('workers = "2"', "workers must be a whole number"),
    ("workers = true", "workers must be a whole number"),
    ("workers = 2.5", "workers must be a whole number"),
    ("published = 2021-03-14", "published must be a text in quotes"),
    ("adopt-iris = 1", "adopt-iris must be true or false"),
    ('authority = "people.csv"', "authority must be a list of files"),
    ("authority = [1]", "authority must be a list of files"),
    ("workers", "is no TOML"),
    ("[build]\nworkers = 2", "there is no option 'build'"),
    ("a = " + "[" * 5_000, "is no TOML"),
    ("workers = 1\nworkers = 2", "is no TOML"),
]


@pytest.mark.parametrize(("content", "said"), WRONG, ids=range(len(WRONG)))
def test_a_slip_is_told(tmp_path, content, said):
    file = tmp_path / "kg.toml"
    file.write_text(content)
    with pytest.raises(UsageError) as raised:
        read_options_file(file)
    assert said in str(raised.value)
    assert str(raised.value).startswith(str(file))


def test_no_file():
    assert read_options_file(Path("no-such/kg.toml"), missing_ok=True) == {}
    with pytest.raises(UsageError, match="check the path"):
        read_options_file(Path("no-such/kg.toml"))
