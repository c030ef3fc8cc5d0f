"""Word pieces of single tokens."""

from functools import lru_cache
from pathlib import Path

from kg.errors import ModelError

__all__ = ["Pieces"]

_CACHE = 65_536


class Pieces:
    """Split a token's text into the numbers of its word pieces; ``special`` are those of [CLS] and [SEP]."""

    def __init__(self, path: Path) -> None:
        from tokenizers import Tokenizer

        tokenizer = Tokenizer.from_file(str(path))
        tokenizer.no_truncation()
        tokenizer.no_padding()

        @lru_cache(maxsize=_CACHE)
        def split(text: str) -> tuple[int, ...]:
            return tuple(tokenizer.encode(text, add_special_tokens=False).ids)

        self._split = split
        first, last = (tokenizer.token_to_id(mark) for mark in ("[CLS]", "[SEP]"))
        if first is None or last is None:
            raise ModelError(f"{path} is no BERT tokenizer: install kg again")
        self.special: tuple[int, int] = (first, last)

    def __call__(self, text: str) -> tuple[int, ...]:
        """Return the pieces of a token (at most 32: a longer token is no word)."""
        return self._split(text[:256])[:32]
