"""Plain text and Markdown: the text is the file's content, unchanged but for a byte order mark."""

import re

from kg.documents.content import Content, one_line
from kg.documents.decoding import decode
from kg.documents.headline import find_headline
from kg.documents.record_dates import read_date, unread_date

__all__ = ["read_markdown", "read_text"]

_FRONT_MATTER = re.compile(r"---[ \t]*\r?\n(.{0,20000}?\n)(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_FIELD = re.compile(r"(?P<key>[A-Za-z_]+):[ \t]+(?P<value>\S.*)")
_HEADING = re.compile(r"(?:^|\n)(?:#{1,6}[ \t]+(?P<hash>\S.*)|(?P<underlined>\S.*)\r?\n(?:=+|-+)[ \t]*(?=\r?\n|\Z))")
_SYNTAX = re.compile(r"[*_`]+|(?<=\])\([^)\s]*\)|[\[\]]|[ \t]+#+\s*$")


def read_text(data: bytes) -> list[Content]:
    """Read a plain text file; its title is the headline, if it has one."""
    text = decode(data)
    return [Content(text=text, title=find_headline(text))]


def read_markdown(data: bytes) -> list[Content]:
    """Read a Markdown file, syntax kept; title, date and source come from its front matter.

    Without a title there, the first heading is the title, else the headline.
    """
    text = decode(data)
    front = _FRONT_MATTER.match(text)
    fields = _fields(front[1]) if front else {}
    body = text[front.end() :] if front else text
    heading = _HEADING.search(body[:5_000])
    title = fields.get("title") or (heading and _SYNTAX.sub("", heading["hash"] or heading["underlined"]))
    published = fields.get("published") or fields.get("date")
    return [
        Content(
            text=text,
            title=one_line(title) if title else find_headline(body),
            published=read_date(published),
            source=fields.get("source") or fields.get("url"),
            misdated=bool(unread_date(published)),
            notes=unread_date(published),
        )
    ]


def _fields(front: str) -> dict[str, str]:
    """Read the ``key: value`` lines of front matter; nested YAML says nothing that is used here."""
    matches = (_FIELD.fullmatch(line.rstrip()) for line in front.splitlines())
    return {m["key"].lower(): m["value"].strip().strip("\"'") for m in matches if m}
