"""``kg review --statements``: the user decides on statements, the most doubtful first."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from kg.cli.answers import read_answer
from kg.cli.statements import evidence_lines, headline
from kg.cli.terminal import clean, console
from kg.errors import UsageError

if TYPE_CHECKING:
    from kg.desk.deciding import Desk
    from kg.model import Document, Entity, Statement
    from kg.resolution import Judgement

__all__ = ["review_statements"]

_KEYS = {
    **dict.fromkeys(("r", "right", "y", "yes"), "confirm"),
    **dict.fromkeys(("w", "wrong", "n", "no"), "reject"),
    **dict.fromkeys(("u", "unsure", "?"), "unsure"),
    **dict.fromkeys(("z", "undo"), "undo"),
    **dict.fromkeys(("q", "quit"), "quit"),
}
_PROMPT = "[r]ight  [w]rong  [u]nsure  [z] undo  [q]uit > "


def review_statements(folder: Path, *, limit: int | None, by: str) -> None:
    """Ask about the statements of a build that nobody checked, the least sure first."""
    from kg.desk.deciding import Desk
    from kg.project import change_project, open_project
    from kg.store import load_graph

    graph = load_graph(folder)
    desk = Desk(open_project(folder))
    queue = sorted((s for s in graph.statements if s.asserted and not s.checked_by), key=lambda s: (s.confidence, s.id))
    session = _Session(desk, {e.id: e for e in graph.entities}, {d.id: d for d in graph.documents}, by)
    try:
        session.ask(queue[:limit])
    except KeyboardInterrupt:
        typer.echo()
    if not desk.project.is_behind:
        typer.echo("Nothing was decided; the graph stays as it is.")
        return
    with change_project(folder) as project:  # as it is by now: a build may have added to it
        decisions = project.read_decisions()
        project.rebuild(decisions)
    typer.echo(f"Decisions: {len(decisions)} in {clean(str(project.decisions_file))}")
    typer.echo(f"The graph in {clean(str(folder))} is written anew.")


class _Session:
    def __init__(
        self, desk: "Desk", entities: "Mapping[str, Entity]", documents: "Mapping[str, Document]", by: str
    ) -> None:
        self._desk, self._entities, self._documents, self._by = desk, entities, documents, by
        self._history: list[tuple[int, Judgement]] = []  # with the position in the queue, for undo to return to

    def ask(self, queue: "list[Statement]") -> None:
        """Go through the queue until its end, the end of the input, or "quit"."""
        if not queue:
            typer.echo("No statement is left to be checked.")
        at = 0
        while at < len(queue):
            self._show(queue[at], at + 1, len(queue))
            answer = read_answer(_PROMPT, _KEYS)
            if answer == "quit":
                return
            if answer == "undo":
                at = self._undo(at)
            elif answer == "unsure" or self._decide(queue[at], answer, at):
                at += 1

    def _show(self, statement: "Statement", number: int, count: int) -> None:
        from rich.text import Text

        screen = console()
        screen.print(Text(f"\n{number} of {count}, confidence {statement.confidence:.2f}", style="bold"))
        screen.print(headline(statement, self._entities, documents=self._documents), soft_wrap=True)
        lines = evidence_lines(statement, self._documents, self._entities, colour=screen.color_system is not None)
        for i, line in enumerate(lines):
            screen.print("    " if i % 2 else "  ", line, sep="", soft_wrap=True)

    def _decide(self, statement: "Statement", answer: str, at: int) -> bool:
        from kg.resolution import EditKind, add_decision

        kind = EditKind(answer)
        edit = self._desk.signed(kind, self._desk.statement(statement.id), by=self._by)

        def change(known: "tuple[Judgement, ...]") -> "tuple[Judgement, ...]":
            changed = add_decision(known, edit)
            self._desk.check(changed)
            return changed

        try:
            self._desk.project.revise(change)
        except UsageError as error:
            typer.echo(clean(str(error)))
            return False
        self._history.append((at, edit))
        return True

    def _undo(self, at: int) -> int:
        if not self._history:
            typer.echo("There is no decision of this session to take back.")
            return at
        before, last = self._history.pop()
        self._desk.project.revise(lambda known: tuple(decision for decision in known if decision != last))
        typer.echo(f"Taken back: {clean(str(last))}")
        return before
