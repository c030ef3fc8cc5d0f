"""``kg review --statements``: the user decides on statements, the most doubtful first."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

import typer

from kg.cli.answers import Session
from kg.cli.statements import headline, print_evidence
from kg.cli.terminal import clean, console

if TYPE_CHECKING:
    from kg.desk.deciding import Desk
    from kg.model import Document, Entity, Statement
    from kg.resolution import Judgement

__all__ = ["review_statements"]


def review_statements(folder: Path, *, limit: int | None, by: str) -> None:
    """Ask about the statements of a build that nobody checked, the least sure first."""
    from kg.desk.deciding import Desk
    from kg.project import open_project
    from kg.store import load_graph

    graph = load_graph(folder)
    desk = Desk(open_project(folder))
    queue = sorted((s for s in graph.statements if s.asserted and not s.checked_by), key=lambda s: (s.confidence, s.id))
    entities, documents = {e.id: e for e in graph.entities}, {d.id: d for d in graph.documents}
    _Session(desk, entities, documents, by).run(queue[:limit])


class _Session(Session["Statement"]):
    nothing = "No statement is left to be checked."
    prompt = "[r]ight  [w]rong  [u]nsure  [z] undo  [q]uit > "
    keys: ClassVar[Mapping[str, str]] = {
        **dict.fromkeys(("r", "right", "y", "yes"), "confirm"),
        **dict.fromkeys(("w", "wrong", "n", "no"), "reject"),
        **dict.fromkeys(("u", "unsure", "?"), "unsure"),
        **dict.fromkeys(("z", "undo"), "undo"),
        **dict.fromkeys(("q", "quit"), "quit"),
    }

    def __init__(
        self, desk: "Desk", entities: "Mapping[str, Entity]", documents: "Mapping[str, Document]", by: str
    ) -> None:
        super().__init__(desk.project)
        self._desk, self._entities, self._documents, self._by = desk, entities, documents, by
        self._history: list[tuple[int, Judgement]] = []  # with the position in the queue, for undo to return to

    def show(self, statement: "Statement", number: int, count: int) -> None:
        from rich.text import Text

        screen = console()
        screen.print(Text(f"\n{number} of {count}, confidence {statement.confidence:.2f}", style="bold"))
        screen.print(headline(statement, self._entities, documents=self._documents), soft_wrap=True)
        print_evidence(screen, statement, self._documents, self._entities)

    def decide(self, statement: "Statement", answer: str, at: int) -> bool:
        from kg.resolution import EditKind, add_decision

        if answer == "unsure":
            return True
        edit = self._desk.signed(EditKind(answer), self._desk.statement(statement.id), by=self._by)

        def change(known: "tuple[Judgement, ...]") -> "tuple[Judgement, ...]":
            changed = add_decision(known, edit)
            self._desk.check(changed)
            return changed

        if not self.revise(change):
            return False
        self._history.append((at, edit))
        return True

    def undo(self, at: int) -> int:
        if not self._history:
            typer.echo("There is no decision of this session to take back.")
            return at
        before, last = self._history.pop()
        self.project.revise(lambda known: tuple(decision for decision in known if decision != last))
        typer.echo(f"Taken back: {clean(str(last))}")
        return before
