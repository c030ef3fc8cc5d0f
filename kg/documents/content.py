"""What a reader of one format hands on, and how text of unknown origin is made harmless."""

import re
from dataclasses import dataclass

__all__ = ["Content", "Notice", "one_line", "storable"]

_UNPRINTABLE = re.compile(
    r"[\x00-\x1f\x7f-\x9f\xad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff0-\uffff\ud800-\udfff]"
)
_UNSTORABLE = re.compile(
    r"[\x00\ud800-\udfff]"
)  # neither UTF-8 nor XML can carry a lone surrogate, nor Turtle tools a NUL


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """One document as its file has it.

    Attributes:
        id: a record's own.
        where: names the record or the article of several in messages ("line 3").
        notes: what the user should know of how it was read.
        lost: what of it is not read, and the remedy.
        misdated: whether the file gives it a date that cannot be read.
    """

    text: str
    title: str | None = None
    published: str | None = None
    source: str | None = None
    id: str | None = None
    where: str | None = None
    notes: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    misdated: bool = False


@dataclass(frozen=True, slots=True)
class Notice:
    """One line that the user should know and that costs no document."""

    text: str

    def __str__(self) -> str:
        return self.text


def one_line(value: str, *, limit: int = 300) -> str:
    """Return a name, title or message fit for one line of a terminal or a page: no control character, bounded."""
    line = " ".join(_UNPRINTABLE.sub(" ", value[: 4 * limit]).split())
    return line if len(line) <= limit else line[: limit - 1] + "…"


def storable(text: str) -> str:
    """Replace, one for one, the characters that no output file can carry."""
    return _UNSTORABLE.sub("\ufffd", text)
