"""Files -> ``Document``: plain text, Markdown, HTML, PDF, DOCX, JSON Lines, CSV and WARC."""

from kg.documents.read import read_documents

__all__ = ["read_documents"]
