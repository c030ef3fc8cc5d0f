"""The training configuration."""

from pathlib import Path

import pytest

from kg.errors import UsageError
from kg.training.config import load_config

CONFIG = Path(__file__).parents[2] / "kg" / "training" / "config.toml"


def test_the_configuration_of_the_shipped_model_is_read():
    read = load_config(CONFIG)
    assert set(read.data.held) <= {"open", "passages", "knowledgenet", "gap"}
    assert isinstance(read.data.passages, tuple)
    assert all(0 <= run.focused_epochs <= run.epochs and 0 <= run.constant < 1 for run in read.runs)


@pytest.mark.parametrize(
    "text",
    ["", "seed = 1", "seed = [", "seed = 1\n[data]\nnewer = 1\n[model]\n[training]\n[[runs]]\n[export]\nopset = 17"],
)
def test_another_configuration_is_refused_by_name(tmp_path, text):
    path = tmp_path / "other.toml"
    path.write_text(text, encoding="utf8")
    with pytest.raises(UsageError, match=r"other\.toml"):
        load_config(path)
