"""Small real files for the tests, made by hand where the library of the format cannot write it."""

import zipfile
from collections.abc import Sequence
from gzip import compress
from io import BytesIO

import docx

from kg.documents.content import Content

__all__ = ["alone", "make_docx", "make_pdf", "make_pdf_of", "make_warc"]

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def alone(found: Sequence[Content]) -> Content:
    """Return the one article that a file holds."""
    (content,) = found
    return content


def make_pdf(pages: Sequence[Sequence[tuple[str, float, float, float]]], *, title: str = "") -> bytes:
    """Return a PDF; a page is a list of lines ``(text, x, y, type size)`` in points from the lower left corner."""
    shown = [
        [f"BT /F1 {size} Tf 1 0 0 1 {x} {y} Tm ({_escape(text)}) Tj ET" for text, x, y, size in page] for page in pages
    ]
    return make_pdf_of(["\n".join(page).encode("cp1252") for page in shown], title=title)


def make_pdf_of(pages: Sequence[bytes], *, title: str = "", filter_: str = "") -> bytes:
    """Return a PDF of pages given as their streams of drawing operators, as ``filter_`` packs them."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>"]
    kids = " ".join(f"{4 + 2 * i} 0 R" for i in range(len(pages)))
    objects.append(f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode())
    objects.append(b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>")
    packed = f"/Filter /{filter_} ".encode() if filter_ else b""
    for i, stream in enumerate(pages):
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {5 + 2 * i} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>".encode()
        )
        objects.append(b"<< %s/Length %d >>\nstream\n%s\nendstream" % (packed, len(stream), stream))
    objects.append(f"<< /Title ({_escape(title)}) /CreationDate (D:20010101000000Z) >>".encode("cp1252"))
    out = BytesIO(b"%PDF-1.4\n")
    out.seek(0, 2)
    offsets = []
    for number, body in enumerate(objects, start=1):
        offsets.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.writelines(b"%010d 00000 n \n" % offset for offset in offsets)
    out.write(b"trailer << /Size %d /Root 1 0 R /Info %d 0 R >>\n" % (len(objects) + 1, len(objects)))
    out.write(b"startxref\n%d\n%%%%EOF\n" % start)
    return out.getvalue()


def make_docx(body: str) -> bytes:
    """Return a Word document with the given content of its body, in WordprocessingML with the prefix ``w``."""
    plain, made = BytesIO(), BytesIO()
    docx.Document().save(plain)
    start = f"<w:document xmlns:w={_WORD!r}><w:body>"
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, f"{start}{body}</w:body></w:document>" if name == "word/document.xml" else content)
    return made.getvalue()


def make_warc(pages: Sequence[tuple[str, str, bytes]], *, gzip: bool = True) -> bytes:
    """Return a WARC of responses ``(address, status and headers joined by CRLF, body)`` after a warcinfo record."""
    records = [_record("warcinfo", "", "application/warc-fields", 99, b"software: test\r\n")]
    for i, (address, head, body) in enumerate(pages):
        content = f"HTTP/1.1 {head}\r\n\r\n".encode() + body
        records.append(_record("response", address, "application/http; msgtype=response", i, content))
    return b"".join(compress(record, mtime=0) if gzip else record for record in records)


def _record(kind: str, address: str, media_type: str, number: int, content: bytes) -> bytes:
    head = [
        "WARC/1.0",
        f"WARC-Type: {kind}",
        f"WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-{number:012d}>",
        "WARC-Date: 2021-03-20T00:00:00Z",
        *([f"WARC-Target-URI: {address}"] if address else []),
        f"Content-Type: {media_type}",
        f"Content-Length: {len(content)}",
    ]
    return "\r\n".join(head).encode() + b"\r\n\r\n" + content + b"\r\n\r\n"


def _escape(text: str) -> str:
    return text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
