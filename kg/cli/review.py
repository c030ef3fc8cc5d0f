"""``kg review``: the user decides on pairs of entities that may be one, or on statements."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, ClassVar

import typer

from kg.cli.answers import Session
from kg.cli.passages import passages
from kg.cli.records import Json, entity_json, print_json
from kg.cli.terminal import clean, console

if TYPE_CHECKING:
    from kg.model import Document, Entity
    from kg.project import Project
    from kg.resolution import Doubt, Judgement, Resolution

__all__ = ["EXAMPLES", "review"]

EXAMPLES = (
    "kg review graph",
    "kg review graph --type Person --limit 20",
    "kg review graph --statements --limit 10 --by 'R. Ek'",
    "printf 'same\\nundo\\nquit\\n' | kg review graph",
)


def review(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder of a build.")],
    *,
    types: Annotated[
        list[str] | None,
        typer.Option("--type", help="Ask only about this type (Person, Organization, Place); repeatable."),
    ] = None,
    limit: Annotated[int | None, typer.Option(metavar="N", min=1, help="Ask about so many pairs at most.")] = None,
    unsure: Annotated[bool, typer.Option("--unsure", help="Ask again where you were unsure.")] = False,
    as_json: Json = False,
    statements: Annotated[
        bool, typer.Option("--statements", help="Ask about statements instead, the most doubtful first.")
    ] = False,
    by: Annotated[str, typer.Option("--by", metavar="WHO", help="Who checks them.  [default: your login]")] = "",
) -> None:
    """Decide on pairs of entities that may be one.

    Shows the likeliest pair first, both with sentences that name them, and takes an answer a line: same, different,
    unsure, undo (the last decision) or quit, or their first letter (z for undo). Answers may come from a pipe.
    Decisions are written at once to the file that the build reads, so nothing is lost; at the end the graph is written
    anew with them, without reading the articles again. With --statements it shows statements with their sentences and
    takes right, wrong, unsure, undo or quit. With --json the pairs are printed and nothing is asked.
    """
    if statements:
        from kg.cli.review_statements import review_statements

        review_statements(folder, limit=limit, by=by)
        return
    from kg.project import open_project

    project = open_project(folder)
    resolution = project.identify(project.read_decisions())
    wanted = {t.casefold() for t in types or ()}
    entities = project.shown(resolution)
    queue = [
        d
        for d in resolution.doubtful
        if (unsure or not d.unsure)
        and {d.a, d.b} <= entities.keys()
        and (not wanted or entities[d.a].type.casefold() in wanted)
    ]
    if as_json:
        print_json(
            [
                {
                    "a": entity_json(entities[d.a]),
                    "b": entity_json(entities[d.b]),
                    "score": d.score,
                    "explanation": d.explanation,
                    "unsure": d.unsure,
                }
                for d in queue[:limit]
            ]
        )
        return
    _Session(project, resolution, entities).run(queue[:limit])


class _Session(Session["Doubt"]):
    nothing = "No pair of entities is in doubt."
    prompt = "[s]ame  [d]ifferent  [u]nsure  [z] undo  [q]uit > "
    keys: ClassVar[Mapping[str, str]] = {
        **dict.fromkeys(("s", "same", "y", "yes"), "same"),
        **dict.fromkeys(("d", "different", "n", "no"), "different"),
        **dict.fromkeys(("u", "unsure", "?"), "unsure"),
        **dict.fromkeys(("z", "undo"), "undo"),
        **dict.fromkeys(("q", "quit"), "quit"),
    }

    def __init__(self, project: "Project", resolution: "Resolution", entities: "Mapping[str, Entity]") -> None:
        super().__init__(project)
        self._resolution = resolution
        self._entities = entities
        self._documents: Mapping[str, Document] = {d.id: d for d in project.documents}
        self._answers: list[tuple[int, Doubt, str]] = []  # with the position in the queue, for undo to return to
        self._history: list[tuple[Judgement, tuple[Judgement, ...]]] = []  # with what each replaced

    def show(self, doubt: "Doubt", number: int, count: int) -> None:
        from rich.text import Text

        screen = console()
        screen.print(Text(f"\n{number} of {count}, score {doubt.score:.2f}", style="bold"))
        for iri in (doubt.a, doubt.b):
            screen.print(_title(self._entities[iri]), style="bold cyan", soft_wrap=True)
            for line in passages(self._entities[iri], self._documents, colour=screen.color_system is not None):
                screen.print("    ", line, sep="", soft_wrap=True)
        screen.print(Text(f"Why: {clean(doubt.explanation)}", style="dim"), soft_wrap=True)

    def decide(self, doubt: "Doubt", answer: str, at: int) -> bool:
        from kg.resolution import Decision, Verdict, add_decision

        a, b = (self.project.anchors(self._entities[iri], self._resolution) for iri in (doubt.a, doubt.b))
        new = Decision(verdict=Verdict(answer), a=a, b=b)
        replaced: list[Judgement] = []

        def change(known: "tuple[Judgement, ...]") -> "tuple[Judgement, ...]":
            changed = add_decision(known, new)
            self.project.check(changed)
            replaced.extend(decision for decision in known if decision not in changed)
            return changed

        if not self.revise(change):
            return False
        self._history.append((new, tuple(replaced)))
        self._answers.append((at, doubt, answer))
        return True

    def undo(self, at: int) -> int:
        """Take back the last decision, of this session or an earlier one; return where in the queue to go on."""
        taken: list[Judgement] = []

        def change(known: "tuple[Judgement, ...]") -> "tuple[Judgement, ...]":
            last, replaced = self._history.pop() if self._history else (known[-1] if known else None, ())
            taken.extend(decision for decision in known if decision == last)
            return (*(decision for decision in known if decision != last), *replaced)

        self.project.revise(change)
        if not taken:
            typer.echo("There is no decision to take back.")
            return at
        typer.echo(f"Taken back: {clean(str(taken[0]))}")
        return self._answers.pop()[0] if self._answers else at

    def is_settled(self, doubt: "Doubt") -> bool:
        """Whether what was decided in this session answers a pair already."""
        a, b = self._whole(doubt.a), self._whole(doubt.b)
        apart = [(d.a, d.b) for _, d, answer in self._answers if answer == "different"]
        return doubt.b in a or any((x in a and y in b) or (x in b and y in a) for x, y in apart)

    def _whole(self, iri: str) -> set[str]:
        merged = [(d.a, d.b) for _, d, answer in self._answers if answer == "same"]
        found, grown = {iri}, True
        while grown:
            more = {x for pair in merged if not found.isdisjoint(pair) for x in pair}
            grown = not more <= found
            found |= more
        return found


def _title(entity: "Entity") -> str:
    return clean(f"{entity.name} ({entity.subtype or entity.type}){_aliases(entity.aliases)}  <{entity.id}>")


def _aliases(aliases: Iterable[str]) -> str:
    shown = list(aliases)[:6]
    return f", also called {'; '.join(shown)}" if shown else ""
