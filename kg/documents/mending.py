"""Damage that files carry from one program to the next, undone where it shows beyond doubt.

Names of characters left from HTML, text decoded by the wrong encoding, and strings of a program still escaped. What is
undone is told, for a plain text is else the file's content unchanged.
"""

import html
import re
from functools import partial
from html.entities import html5

from kg.lexicons import word_set

__all__ = [
    "DIVIDED",
    "ESCAPES",
    "INVISIBLE",
    "MARKUP",
    "MOJIBAKE",
    "NAMED_CHARACTERS",
    "has_markup",
    "is_page",
    "marked_up",
    "mend",
    "unescape",
]

NAMED_CHARACTERS = "names of characters as in HTML (&amp;) were undone"
MARKUP = "HTML in the text was read as such"
INVISIBLE = "soft hyphens and the like within words were taken out"
DIVIDED = "words divided at the ends of lines were put together"
MOJIBAKE = "characters that a wrong encoding had garbled were restored"
ESCAPES = r"the backslashes of an escaped text (\n, \") were undone"

_ENTITY = re.compile(r"&(#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_NESTED = 2  # a feed may escape what was escaped
# Two characters beyond ASCII side by side, or one that is a control there: nothing is garbled without.
_GARBLED = re.compile(r"[^\x00-\x7f]{2}|[\x80-\x9f]|Ã ")
_INVISIBLE = re.compile("(?<=\\w)[\xad\u200b\u2060\ufeff]{1,9}(?=\\w)")
_DIVISION = re.compile(r"\b([^\W\d_]{1,40})-(\r?\n)[ \t]{0,40}([^\W\d_]{1,40})([^\w\s]{0,5})(?:[ \t]|(?=\s|\Z))")
_LINE = re.compile(r"[^\n]+")
_EXPECTED = re.compile(r"[\x20-\x7e\xa0-\u052f\u1e00-\u1fff\u2000-\u206f\u20a0-\u20bf\u2122]*")  # in English news

_ESCAPE = re.compile(r"""\\(?:u(?P<code>[0-9a-fA-F]{4})|(?P<line>r\\n|[nr])|(?P<letter>[tbf"'/\\]))""")
_TELLING = re.compile(r"""\\(?:u[0-9a-fA-F]{4}|["'])""")  # escapes that a text does not hold by chance
_BREAK = re.compile(r"\\[nr]")
_PATH = re.compile(r"\b[A-Za-z]:\\|(?<!\S)\\\\\w")  # of Windows: its backslashes are no escapes
_BLANKS = frozenset("tbf")

_TAG = (
    "p|br|div|span|a|b|i|u|em|strong|font|ul|ol|li|h[1-6]|table|tr|td|th|img|blockquote|script|style|section|article"
    "|figure|sup|sub|small|hr|html|body|header|footer|center|iframe"
)
_CLOSING = re.compile(rf"</(?:{_TAG})\s*>|<(?:p|br|hr|div|li|img)(?:\s[^<>]{{0,2000}}|\s*/)?>", re.IGNORECASE)
_ESCAPED_TAG = re.compile(r"&lt;/?(?:p|br|div|span|b|i|em|strong|li|h[1-6])\b", re.IGNORECASE)
_PAGE = re.compile(
    r"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,500}?-->\s*)?<(?:!doctype\s+html|html|head|body)\b", re.I | re.S
)


def mend(text: str) -> tuple[str, tuple[str, ...]]:
    """Return a text with garbled and unresolved characters restored, and a line for each kind that there was."""
    done = []
    for undo, what in (
        (_without_entities, NAMED_CHARACTERS),
        (_without_mojibake, MOJIBAKE),
        (partial(_INVISIBLE.sub, ""), INVISIBLE),
        (_without_divisions, DIVIDED),
    ):
        mended = undo(text)
        if mended != text:
            done.append(what)
            text = mended
    return text, tuple(done)


def unescape(text: str) -> str:
    """Undo the escapes of a string where all its backslashes are escapes and one of them tells that it is escaped.

    A break of the line is such only in a text that has none of its own.
    """
    for _ in range(_NESTED):
        if "\\" not in text or _PATH.search(text) or "\\" in _ESCAPE.sub("", text):
            break
        broken = bool(_BREAK.search(text)) and "\n" not in text.strip()
        if not broken and not _TELLING.search(text):
            break
        text = _ESCAPE.sub(partial(_meaning, breaks=broken), text)
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")  # two codes may be one character
    return text


def has_markup(text: str) -> bool:
    """Whether a text is written in HTML."""
    return bool(_CLOSING.search(text))


def marked_up(text: str) -> str:
    """Return a text whose tags were escaped with its tags, any other as it is."""
    return html.unescape(text) if _ESCAPED_TAG.search(text) and not has_markup(text) else text


def is_page(text: str) -> bool:
    """Whether a text is a whole page of HTML."""
    return bool(_PAGE.match(text[:2_000]))


def _without_entities(text: str) -> str:
    for _ in range(_NESTED):
        text = _ENTITY.sub(_character, text)
    return text


def _character(match: re.Match[str]) -> str:
    name = match[1]
    known = name[0] == "#" or f"{name};" in html5
    return html.unescape(match[0]) if known else match[0]


def _without_divisions(text: str) -> str:
    """Put words together that were divided by syllables, the end of the line behind them.

    A hyphen stays before a capital or where the text has it elsewhere.
    """
    endings = word_set("divisions", "endings")
    if not any(match[3] in endings for match in _DIVISION.finditer(text)):
        return text
    return _DIVISION.sub(partial(_undivided, whole=text.lower()), text)


def _undivided(match: re.Match[str], *, whole: str) -> str:
    head, line_end, tail, behind = match.groups()
    kept = not tail[0].islower() or f"{head}-{tail}".lower() in whole
    return f"{head}{'-' if kept else ''}{tail}{behind}{line_end}"


def _without_mojibake(text: str) -> str:
    return text if text.isascii() else _LINE.sub(lambda m: _restored(m[0]), text)


def _restored(line: str) -> str:
    """Return a line decoded anew where that gives letters of Europe and punctuation."""
    if not _GARBLED.search(line):
        return line
    from ftfy import fix_encoding

    restored = fix_encoding(line)
    return restored if _EXPECTED.fullmatch("".join(set(restored) - set(line))) else line


def _meaning(match: re.Match[str], *, breaks: bool) -> str:
    if match["code"]:
        return chr(int(match["code"], 16))
    if match["letter"] and match["letter"] not in _BLANKS:
        return match["letter"]
    if not breaks:
        return match[0]
    return "\n" if match["line"] else " "
