"""Bytes -> text: a byte order mark, else UTF-8, else what the file declares, else what its bytes suggest."""

import codecs
import re
from itertools import pairwise

from kg.errors import InputError
from kg.quiet import quiet

__all__ = ["decode", "find_encoding"]

_MARKS = (  # the longer marks first: that of UTF-32 LE begins with that of UTF-16 LE
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE = 200_000  # bytes looked at to guess an encoding
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_CONTROL_BYTES = re.compile(_CONTROL.pattern.encode())
_MAX_CONTROL = 0.01  # share of control characters above which bytes are no text; one damaged character is none too many
_NOT_TEXT = "it is not text: convert it to a format that kg reads"
_UNKNOWN = "its encoding cannot be told: save it as UTF-8"
# Tried in this order where a text is not UTF-8: what an English text with foreign names is saved in. The guess by
# statistics of whole languages comes last, for it takes a few accented names in English for Vietnamese or Chinese.
_LIKELY = ("cp1252", "cp1250", "mac_roman", "cp1251", "koi8_r")
_WORD = re.compile(r"[^\W\d_]+")
_PUNCTUATION = frozenset("“”„‘’‚‹›«»–—…•·™©®°§´€£\xa0")
_CURRENCY_IN_WORD = re.compile(r"[€£][^\W\d_]")
_LATIN = frozenset({"ascii", "iso8859-1"})  # what is declared so is Windows-1252 in practice (WHATWG Encoding Standard)


def decode(data: bytes, *, declared: str | None = None) -> str:
    """Decode a whole file. A byte order mark is dropped, a NUL is replaced, line ends stay as they are.

    Raises:
        InputError: the bytes are no text, or their encoding cannot be told.
    """
    mark, encoding = find_encoding(data, declared=declared)
    try:
        text = data[mark:].decode(encoding)
    except ValueError as error:
        raise InputError(_UNKNOWN) from error
    start = text[:_SAMPLE]
    if len(_CONTROL.findall(start)) > max(1, _MAX_CONTROL * len(start)):
        raise InputError(_NOT_TEXT)
    return text.replace("\x00", "\ufffd")


def find_encoding(data: bytes, *, declared: str | None = None) -> tuple[int, str]:
    """Return the length of the byte order mark (0 if none) and the name of the encoding."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return len(mark), encoding
    sample = data[:_SAMPLE]
    if b"\x00" in sample and len(_CONTROL_BYTES.findall(sample)) > max(1, _MAX_CONTROL * len(sample)):
        raise InputError(_NOT_TEXT)
    if _decodes(data, "utf-8"):
        return 0, "utf-8"
    if declared and _decodes(data, name := _codec(declared)):
        return 0, name
    return 0, _guess(data)


def _codec(name: str) -> str:
    try:
        codec = codecs.lookup(name).name
    except (LookupError, ValueError):
        return ""
    return "cp1252" if codec in _LATIN else codec


def _decodes(data: bytes, encoding: str) -> bool:
    try:
        return isinstance(data.decode(encoding), str)
    except (LookupError, ValueError):
        return False


def _guess(data: bytes) -> str:
    sample = data[:_SAMPLE]
    for encoding in _LIKELY:
        if _decodes(sample, encoding) and _is_plausible(sample.decode(encoding)):
            return encoding
    from charset_normalizer import from_bytes

    with quiet("charset_normalizer"):
        best = from_bytes(sample).best()
    if best is None:
        raise InputError(_UNKNOWN)
    return best.encoding


def _is_plausible(text: str) -> bool:
    """Whether what is not ASCII in an English text looks like punctuation and names, and not like a wrong decoding."""
    if _CURRENCY_IN_WORD.search(text):
        return False
    marks = {c for c in set(text) if c > "\x7f" and not c.isalpha() and not c.isspace()}
    words = {word for word in _WORD.findall(text) if not word.isascii()}
    return marks <= _PUNCTUATION and all(map(_is_name, words))


def _is_name(word: str) -> bool:
    """Whether a word is all in another script, or Latin with few accents and none on a capital after a small letter."""
    if any(a.islower() and b.isupper() and b > "\x7f" for a, b in pairwise(word)):
        return False
    others = sum(c > "\x7f" for c in word)
    foreign = sum(c > "\u036f" for c in word)
    return foreign == len(word) or (foreign == 0 and (others <= len(word) / 2 or len(word) <= 2))
