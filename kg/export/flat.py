"""All statements as one table: a row a statement, text in every cell; the named query ``statements`` gives the same."""

import csv
import io
import re
from collections.abc import Iterator

from kg.errors import UsageError
from kg.model import Graph, Modality, Polarity, Statement
from kg.rows import inert

__all__ = ["COLUMNS", "NO_XML", "flat_rows", "to_csv", "to_xlsx"]

COLUMNS = (
    *("subject", "predicate", "object", "title", "status", "start", "end", "date", "place", "asserted", "modality"),
    *("attributed_to", "confidence", "documents", "sources", "quote", "offence"),
    *("checked_by", "checked_on"),
)
_MAX_ROWS, _MAX_CELL = 1_048_576, 32_767  # of a sheet
NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def flat_rows(graph: Graph) -> Iterator[tuple[str, ...]]:
    """Yield a row for each statement, under ``COLUMNS``; what is unknown is empty."""
    names = {entity.id: entity.name for entity in graph.entities}
    rows = (_row(statement, names) for statement in graph.statements)
    yield from sorted(rows)


def to_csv(graph: Graph) -> bytes:
    """Return the table as CSV in UTF-8; a cell that a spreadsheet would run as a formula begins with an apostrophe."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    writer.writerows([inert(cell) for cell in row] for row in flat_rows(graph))
    return out.getvalue().encode("utf8", "replace")


def to_xlsx(graph: Graph) -> bytes:
    """Return the table as a workbook of one sheet; every cell is text, so that none is a formula.

    Raises:
        UsageError: a sheet has no room for so many statements.
    """
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell

    if len(graph.statements) >= _MAX_ROWS:
        raise UsageError(f"a sheet has {_MAX_ROWS:,} rows, fewer than the statements: export them as csv")
    book = Workbook(write_only=True)
    sheet = book.create_sheet("statements")
    sheet.freeze_panes = "A2"

    def cell(text: str) -> WriteOnlyCell:
        made = WriteOnlyCell(sheet, value=NO_XML.sub("\ufffd", text)[:_MAX_CELL])
        made.data_type = "s"
        return made

    for row in (COLUMNS, *flat_rows(graph)):
        sheet.append([cell(text) for text in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _row(statement: Statement, names: dict[str, str]) -> tuple[str, ...]:
    said_by = dict.fromkeys(names.get(e.attributed_to or "", "") for e in statement.evidence)
    negated = statement.polarity is Polarity.NEGATED and statement.modality is Modality.ACTUAL
    return (
        names.get(statement.subject, statement.subject),
        statement.predicate,
        names.get(statement.object, statement.object) if statement.object else statement.literal or "",
        statement.title or "",
        statement.status.value if statement.status else "",
        statement.start or "",
        statement.end or "",
        statement.date or "",
        names.get(statement.place, statement.place) if statement.place else "",
        str(statement.asserted).lower(),
        "negated" if negated else statement.modality.value,
        "; ".join(sorted(filter(None, said_by))),
        str(round(statement.confidence, 3)),
        str(statement.documents),
        str(statement.sources),
        min((evidence.text for evidence in statement.evidence), default=""),
        statement.offence or "",
        statement.checked_by,
        statement.checked_on,
    )
