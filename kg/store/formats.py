"""Rows of terms in each format, piece by piece, so that an answer of any size takes little memory."""

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from functools import cache, lru_cache
from html import escape
from itertools import islice

import pyoxigraph as ox

from kg.errors import QueryError
from kg.rows import inert

__all__ = ["MEDIA_TYPES", "Format", "Row", "Term", "answer_text", "shown"]

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Row = tuple[Term | None, ...]


class Format(StrEnum):
    """A format of answers; the last four are of triples, the others of rows, JSON and CSV of both."""

    CSV = "csv"
    TSV = "tsv"
    JSON = "json"
    XML = "xml"
    TURTLE = "turtle"
    JSON_LD = "jsonld"
    N_TRIPLES = "nt"
    RDF_XML = "rdfxml"


MEDIA_TYPES = {
    Format.CSV: "text/csv",
    Format.TSV: "text/tab-separated-values",
    Format.JSON: "application/sparql-results+json",
    Format.XML: "application/sparql-results+xml",
    Format.TURTLE: "text/turtle",
    Format.JSON_LD: "application/ld+json",
    Format.N_TRIPLES: "application/n-triples",
    Format.RDF_XML: "application/rdf+xml",
}

_PIECE = 1_000  # rows
_LOCAL = re.compile(r"[\w][\w.-]*(?<!\.)")
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_STRING = "http://www.w3.org/2001/XMLSchema#string"


def shown(rows: Iterable[Row], prefixes: Mapping[str, str]) -> Iterator[tuple[str, ...]]:
    """Yield the rows as text: literals bare, IRIs by prefix where there is one, unbound cells empty."""
    spaces = sorted(prefixes.items(), key=lambda space: len(space[1]), reverse=True)

    @lru_cache(maxsize=10_000)
    def short(iri: str) -> str:
        name, start = next((space for space in spaces if iri.startswith(space[1])), ("", ""))
        local = iri[len(start) :]
        return f"{name}:{local}" if start and _LOCAL.fullmatch(local) else iri

    for row in rows:
        yield tuple(short(term.value) if isinstance(term, ox.NamedNode) else _value(term) for term in row)


def answer_text(
    format_: Format, *, form: str, columns: Sequence[str], rows: Iterable[Row], prefixes: Mapping[str, str]
) -> Iterator[str]:
    """Yield an answer in a format, as W3C defines them for SPARQL 1.1, in pieces.

    IRIs are in full but in Turtle and JSON-LD. CSV has values without their types, and a cell that a spreadsheet would
    run as a formula begins with an apostrophe. In the formats of rows triples are rows of subject, predicate, object.

    Args:
        format_: the format.
        form: "select", "ask" or "construct".
        columns: names of the columns.
        rows: the rows; for ASK one of one literal.
        prefixes: to shorten IRIs by.

    Raises:
        QueryError: it is a format of triples, and there are none.
    """
    if format_ in _OF_TRIPLES:
        if form != "construct":
            raise QueryError(
                f"a {form.upper()} query gives no triples for {_NAMES[format_]}: use CONSTRUCT or DESCRIBE"
            )
        return _OF_TRIPLES[format_](rows, prefixes)
    return _OF_ROWS[format_](form, columns, rows)


def _csv_text(_: str, columns: Sequence[str], rows: Iterable[Row]) -> Iterator[str]:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(columns)
    for piece in _pieces(rows):
        writer.writerows([[inert(_value(term)) for term in row] for row in piece])
        yield out.getvalue()
        out.seek(0)
        out.truncate()
    yield out.getvalue()


def _tsv_text(_: str, columns: Sequence[str], rows: Iterable[Row]) -> Iterator[str]:
    yield "\t".join(f"?{column}" for column in columns) + "\n"
    for piece in _pieces(rows):
        lines = ("\t".join("" if term is None else str(term) for term in row) for row in piece)  # as N-Triples has it
        yield "".join(f"{line}\n" for line in lines)


def _xml_text(form: str, columns: Sequence[str], rows: Iterable[Row]) -> Iterator[str]:
    yield '<?xml version="1.0"?>\n<sparql xmlns="http://www.w3.org/2005/sparql-results#">\n'
    if form == "ask":
        [(answer,)] = rows
        yield f"<head/>\n<boolean>{_value(answer)}</boolean>\n</sparql>\n"
        return
    yield f"<head>{''.join(f'<variable name={_quoted(column)}/>' for column in columns)}</head>\n<results>\n"
    for piece in _pieces(rows):
        yield "".join(
            "<result>"
            + "".join(
                f"<binding name={_quoted(column)}>{_xml(term)}</binding>"
                for column, term in zip(columns, row, strict=True)
                if term is not None
            )
            + "</result>\n"
            for row in piece
        )
    yield "</results>\n</sparql>\n"


def _xml(term: Term) -> str:
    match term:
        case ox.NamedNode():
            return f"<uri>{_xml_escaped(term.value)}</uri>"
        case ox.BlankNode():
            return f"<bnode>{term.value}</bnode>"
        case ox.Literal():
            kind = f" datatype={_quoted(term.datatype.value)}" if term.datatype.value != _STRING else ""
            kind = f" xml:lang={_quoted(term.language)}" if term.language else kind
            return f"<literal{kind}>{_xml_escaped(term.value)}</literal>"
    parts = (("subject", term.subject), ("predicate", term.predicate), ("object", term.object))
    return "<triple>" + "".join(f"<{name}>{_xml(part)}</{name}>" for name, part in parts) + "</triple>"


def _xml_escaped(text: str) -> str:
    """Escape text; characters that no XML may have become U+FFFD."""
    return escape(_no_xml().sub("\ufffd", text), quote=False).replace("\r", "&#13;")


@cache
def _no_xml() -> re.Pattern[str]:
    return re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def _quoted(text: str) -> str:
    return f'"{escape(text)}"'


def _json_text(form: str, columns: Sequence[str], rows: Iterable[Row]) -> Iterator[str]:
    if form == "ask":
        [(answer,)] = rows
        yield json.dumps({"head": {}, "boolean": _value(answer) == "true"}) + "\n"
        return
    yield f'{{"head": {json.dumps({"vars": list(columns)})}, "results": {{"bindings": ['
    comma = ""
    for piece in _pieces(rows):
        bindings = (
            {column: _binding(term) for column, term in zip(columns, row, strict=True) if term is not None}
            for row in piece
        )
        yield comma + ",".join("\n" + json.dumps(binding, ensure_ascii=False) for binding in bindings)
        comma = ","
    yield "\n]}}\n"


def _turtle_text(rows: Iterable[Row], prefixes: Mapping[str, str]) -> Iterator[str]:
    """Yield the triples as Turtle; a prefix is declared before it is first used."""
    declared: set[str] = set()
    for piece in _pieces(rows):
        triples = [ox.Triple(*row) for row in piece]  # type: ignore[arg-type]
        body = (ox.serialize(triples, format=ox.RdfFormat.TURTLE, prefixes=dict(prefixes)) or b"").decode()
        text = "\n".join(line for line in body.split("\n") if not line.startswith("@prefix "))
        used = [name for name in sorted(prefixes.keys() - declared) if f"{name}:" in text]
        declared.update(used)
        yield "".join(f"@prefix {name}: <{prefixes[name]}> .\n" for name in used) + text


def _n_triples_text(rows: Iterable[Row], _: Mapping[str, str]) -> Iterator[str]:
    for piece in _pieces(rows):
        yield "".join(f"{ox.Triple(*row)} .\n" for row in piece)  # type: ignore[arg-type]


def _json_ld_text(rows: Iterable[Row], _: Mapping[str, str]) -> Iterator[str]:
    """Yield JSON-LD in expanded form; a subject has a node in each thousand triples that speak of it."""
    comma = ""
    for piece in _pieces(rows):
        triples = [ox.Triple(*row) for row in piece]  # type: ignore[arg-type]
        body = (ox.serialize(triples, format=ox.RdfFormat.JSON_LD) or b"[]").decode().strip()
        yield (comma or "[") + body.removeprefix("[").removesuffix("]")
        comma = ","
    yield "]\n" if comma else "[]\n"


def _rdf_xml_text(rows: Iterable[Row], prefixes: Mapping[str, str]) -> Iterator[str]:
    """Yield RDF/XML; each thousand triples have descriptions of their own.

    Raises:
        QueryError: a predicate ends in no name, which is what an element must have.
    """
    head = "".join(f" xmlns:{name}={_quoted(iri)}" for name, iri in {**prefixes, "rdf": _RDF}.items() if name)
    yield f'<?xml version="1.0" encoding="UTF-8"?>\n<rdf:RDF{head}>\n'
    for piece in _pieces(rows):
        triples = [ox.Triple(*row) for row in piece]  # type: ignore[arg-type]
        body = (ox.serialize(triples, format=ox.RdfFormat.RDF_XML, prefixes=dict(prefixes)) or b"").decode()
        if "<oxprefix: " in body:
            raise QueryError("a predicate of the answer cannot be written in RDF/XML: ask for Turtle or N-Triples")
        yield _no_xml().sub("\ufffd", body[body.index(">", body.index("<rdf:RDF")) + 2 : body.rindex("</rdf:RDF>")])
    yield "</rdf:RDF>\n"


_OF_ROWS = {Format.CSV: _csv_text, Format.TSV: _tsv_text, Format.JSON: _json_text, Format.XML: _xml_text}
_OF_TRIPLES = {
    Format.TURTLE: _turtle_text,
    Format.JSON_LD: _json_ld_text,
    Format.N_TRIPLES: _n_triples_text,
    Format.RDF_XML: _rdf_xml_text,
}
_NAMES = {
    Format.TURTLE: "Turtle",
    Format.JSON_LD: "JSON-LD",
    Format.N_TRIPLES: "N-Triples",
    Format.RDF_XML: "RDF/XML",
}


def _pieces(rows: Iterable[Row]) -> Iterator[list[Row]]:
    iterator = iter(rows)
    while piece := list(islice(iterator, _PIECE)):
        yield piece


def _value(term: Term | None) -> str:
    match term:
        case None:
            return ""
        case ox.NamedNode() | ox.Literal():
            return term.value
    return str(term)


def _binding(term: Term) -> dict[str, object]:
    match term:
        case ox.NamedNode():
            return {"type": "uri", "value": term.value}
        case ox.BlankNode():
            return {"type": "bnode", "value": term.value}
        case ox.Literal():
            extra = {"xml:lang": term.language} if term.language else {"datatype": term.datatype.value}
            return {"type": "literal", "value": term.value, **({} if extra.get("datatype") == _STRING else extra)}
    parts = {"subject": term.subject, "predicate": term.predicate, "object": term.object}
    return {"type": "triple", "value": {name: _binding(part) for name, part in parts.items()}}
