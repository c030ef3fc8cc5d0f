"""Answers of a person, a line each, typed or from a pipe."""

import sys
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar, Generic, TypeVar

import typer

from kg.cli.terminal import clean
from kg.errors import UsageError

if TYPE_CHECKING:
    from kg.project import Project
    from kg.resolution import Judgement

__all__ = ["Session", "read_answer"]

T = TypeVar("T")


def read_answer(prompt: str, keys: Mapping[str, str]) -> str:
    """Ask until a line is one of ``keys``, and return what it stands for; "quit" at the end of the input."""
    while True:
        typer.echo(prompt, nl=False)
        line = sys.stdin.readline()
        if not line:
            typer.echo()
            return "quit"
        if not sys.stdin.isatty():
            typer.echo(clean(line.strip()))  # so that a log of piped answers reads like a session
        answer = keys.get(line.strip().casefold())
        if answer:
            return answer
        letters = [word for word in keys if len(word) == 1 and word.isalpha() and word not in "yn"]
        typer.echo(f"Type {', '.join(letters[:-1])} or {letters[-1]} and press Enter.")


class Session(Generic[T]):
    """Questions on what a queue holds, one after another; what is decided is kept at once.

    ``nothing`` is said where the queue is empty; ``prompt`` and ``keys``, "undo" and "quit" among them, are those of
    ``read_answer``.
    """

    nothing: ClassVar[str]
    prompt: ClassVar[str]
    keys: ClassVar[Mapping[str, str]]

    def __init__(self, project: "Project") -> None:
        self.project = project

    def run(self, queue: Sequence[T]) -> None:
        """Go through the queue until its end, that of the input, or "quit"; write the graph anew where it is behind."""
        from kg.project import change_project

        if not queue:
            typer.echo(self.nothing)
        try:
            self._ask(queue)
        except KeyboardInterrupt:
            typer.echo()
        if not self.project.is_behind:
            typer.echo("Nothing was decided; the graph stays as it is.")
            return
        with change_project(self.project.folder) as project:  # as it is by now: a build may have added to it
            decisions = project.read_decisions()
            project.rebuild(decisions)
        typer.echo(f"Decisions: {len(decisions)} in {clean(str(project.decisions_file))}")
        typer.echo(f"The graph in {clean(str(project.folder))} is written anew.")

    def _ask(self, queue: Sequence[T]) -> None:
        at = 0
        while at < len(queue):
            if self.is_settled(queue[at]):
                at += 1
                continue
            self.show(queue[at], at + 1, len(queue))
            answer = read_answer(self.prompt, self.keys)
            if answer == "quit":
                return
            if answer == "undo":
                at = self.undo(at)
            elif self.decide(queue[at], answer, at):
                at += 1

    def revise(self, change: "Callable[[tuple[Judgement, ...]], tuple[Judgement, ...]]") -> bool:
        """Change the decisions; where that cannot be, say why and return False."""
        try:
            self.project.revise(change)
        except UsageError as error:
            typer.echo(clean(str(error)))
            return False
        return True

    def is_settled(self, item: T) -> bool:  # noqa: ARG002 (of those that ask so)
        """Whether what was decided in this session answers it already."""
        return False

    def show(self, item: T, number: int, count: int) -> None:
        """Print what is asked about."""
        raise NotImplementedError

    def decide(self, item: T, answer: str, at: int) -> bool:
        """Keep an answer to what stands there in the queue; return whether it is answered."""
        raise NotImplementedError

    def undo(self, at: int) -> int:
        """Take back the last decision; return where in the queue to go on."""
        raise NotImplementedError
