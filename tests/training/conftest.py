"""Passages of two blocks, a tokenizer of single letters and the real pipeline."""

import pytest

from kg.analysis import Analyzer
from kg.config import DEFAULT_SPACY_MODEL
from kg.extraction.learned.pieces import Pieces
from kg.training import passages


@pytest.fixture(scope="session")
def tokenizer(tmp_path_factory):
    """The path of a tokenizer of single letters with BERT's marks."""
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

    letters = {mark: i for i, mark in enumerate(("[PAD]", "[UNK]", "[CLS]", "[SEP]", *"abcdefghijklmnopqrstuvwxyz.,"))}
    letters |= {f"##{c}": len(letters) + i for i, c in enumerate("abcdefghijklmnopqrstuvwxyz.,")}
    made = Tokenizer(models.WordPiece(letters, unk_token="[UNK]"))
    made.normalizer = normalizers.Lowercase()
    made.pre_tokenizer = pre_tokenizers.Whitespace()
    path = tmp_path_factory.mktemp("tokenizer") / "tokenizer.json"
    made.save(str(path))
    return path


@pytest.fixture(scope="session")
def pieces(tokenizer):
    return Pieces(tokenizer)


@pytest.fixture(scope="session")
def analyzer():
    return Analyzer(model=DEFAULT_SPACY_MODEL)


@pytest.fixture
def parse(tmp_path):
    """Return a function: blocks in the format of the project's passages -> annotated texts."""

    def run(text):
        path = tmp_path / "passages.txt"
        path.write_text(text, encoding="utf8")
        return list(passages.read(path))

    return run
