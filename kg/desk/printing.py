"""A report as PDF, by WeasyPrint (BSD): the same page as the HTML, with nothing fetched from anywhere."""

from kg.errors import UsageError

__all__ = ["to_pdf"]


def to_pdf(html: str) -> bytes:
    """Return a page as PDF: the same bytes for the same page.

    Raises:
        UsageError: WeasyPrint, or the library Pango that it draws with, is not installed.
    """
    try:
        from weasyprint import HTML
        from weasyprint.urls import URLFetcher
    except (ImportError, OSError) as error:
        raise UsageError(
            "a PDF needs WeasyPrint and Pango: pip install '.[pdf]' in kg's clone, and Pango of your system, or print "
            "the HTML in a browser"
        ) from error
    nothing = URLFetcher(allowed_protocols=())
    written: bytes = HTML(string=html, url_fetcher=nothing).write_pdf(pdf_identifier=b"kg")
    return written
