"""``kg edit``: correct the graph by mouse, on this machine."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.errors import UsageError

if TYPE_CHECKING:
    from kg.serve.editing import Made

__all__ = ["EXAMPLES", "edit"]

EXAMPLES = ("kg edit graph --by 'R. Ek'", "kg edit graph --port 8080")


def edit(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder of a build.")],
    *,
    port: Annotated[int, typer.Option(min=0, max=65535, metavar="N", help="Where to listen; 0 for any port.")] = 8000,
    by: Annotated[str, typer.Option("--by", metavar="WHO", help="Who decides.  [default: your login]")] = "",
) -> None:
    """Correct the graph by mouse.

    The pages of `kg serve` with buttons to reject, confirm and correct statements, to rename, retype, merge, split and
    drop people, organizations and places, and a list of what was decided, each to be undone. Every change is a line of
    the file of decisions, as by `kg reject` and the like; the graph is written anew.

    It listens at 127.0.0.1 alone; Ctrl+C ends it. The address that it prints holds a token: only who has it can change
    anything.
    """
    try:
        from kg.serve.app import Options
        from kg.serve.editing import Editing
        from kg.serve.running import run_server as run
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in {"starlette", "uvicorn", "anyio"}:
            raise
        raise UsageError(f"kg edit needs {error.name}, not installed: pip install '.[serve]' in kg's clone") from error
    from kg.desk.forms import act

    editing = Editing(
        decide=lambda action, fields: act(folder, action, fields, by=by), decisions=lambda: _decisions(folder)
    )
    run(
        folder,
        port=port,
        options=Options(editing=editing),
        ready=lambda url: typer.echo(f"Correct the graph: {url} (Ctrl+C ends it)"),
    )


def _decisions(folder: Path) -> "list[Made]":
    from kg.cli.decide import in_words
    from kg.project import open_project
    from kg.serve.editing import Made

    known = open_project(folder).read_decisions()
    return [Made(n, str(d), in_words(d)) for n, d in enumerate(known, start=1)]
