"""The formats that are read, by suffix: files of one document, and files of many."""

from collections.abc import Callable, Iterator

from kg.documents.content import Content
from kg.documents.docx import read_docx
from kg.documents.html import read_html
from kg.documents.markup import read_fragment
from kg.documents.pdf import read_pdf
from kg.documents.records import read_csv, read_jsonl
from kg.documents.text import read_markdown, read_text
from kg.documents.warc import read_warc
from kg.errors import InputError

__all__ = [
    "APART",
    "FILE_READERS",
    "FRAGMENT",
    "OF_PAGES",
    "PART_READERS",
    "PLAIN",
    "RECORD_READERS",
    "FileReader",
    "RecordReader",
]

FileReader = Callable[..., list[Content]]  # (data); raises InputError; its message leaves out the file's name
RecordReader = Callable[..., Iterator[Content | InputError]]  # (stream, *, settings); bounds each record itself

FILE_READERS: dict[str, FileReader] = {
    "": read_text,
    ".docx": read_docx,
    ".htm": read_html,
    ".html": read_html,
    ".markdown": read_markdown,
    ".md": read_markdown,
    ".pdf": read_pdf,
    ".text": read_text,
    ".txt": read_text,
    ".xhtml": read_html,
}
RECORD_READERS: dict[str, RecordReader] = {
    ".csv": read_csv,
    ".jsonl": read_jsonl,
    ".ndjson": read_jsonl,
    ".tsv": read_csv,
    ".warc": read_warc,
    ".warc.gz": read_warc,
}
FRAGMENT = "a piece of HTML"
"""What stands for a suffix where the text of a record is HTML."""
PART_READERS: dict[str, FileReader] = {FRAGMENT: read_fragment}
"""Readers of what is no file; they run in a process apart, too."""
PLAIN = frozenset(suffix for suffix, reader in FILE_READERS.items() if reader is read_text)
"""Formats whose text is as somebody wrote or exported it."""
APART = frozenset(suffix for suffix, reader in FILE_READERS.items() if reader in {read_docx, read_html, read_pdf})
"""Formats whose readers cannot be bounded from within: they run in a process apart."""
OF_PAGES = frozenset(suffix for suffix, reader in RECORD_READERS.items() if reader is read_warc)
"""Files of many pages: their reader takes ``read_page``, a reader of one."""
