"""How large an input may be; README has the table. Each limit is far above any article and far below any machine."""

__all__ = [
    "MAX_HEADER",
    "MAX_PAGE",
    "MAX_PARTS",
    "MAX_PDF_PAGES",
    "MAX_RECORD",
    "MAX_TEXT",
    "MAX_UNPACKED",
    "MAX_XML",
    "READING_MEMORY",
    "READING_SECONDS",
]

MAX_TEXT = 20_000_000
"""Characters of one document's text, however small the file is that unpacks to it: a text of 10 MB is still read."""

MAX_RECORD = 4_000_000
"""Bytes of one record of a file of many (a JSON line, a CSV row): a quarter of the Britannica is no article."""

MAX_PAGE = 10_000_000
"""Bytes of one web page, unpacked: the extraction takes up to a second per megabyte."""

MAX_HEADER = 100_000
"""Bytes of the headers of one record of a web archive."""

MAX_PARTS, MAX_UNPACKED, MAX_XML = 10_000, 200_000_000, 40_000_000
"""Files in a .docx, their bytes (pictures too) and the bytes of its XML, which takes 10 to 60 times that in memory."""

MAX_PDF_PAGES = 2_000
"""Pages of one PDF."""

READING_SECONDS = 30
"""Seconds of processor time that the reader of a page, PDF or .docx may take for one document."""

READING_MEMORY = 1_500_000_000
"""Bytes of memory that it may take."""
