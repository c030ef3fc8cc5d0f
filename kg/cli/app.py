"""The ``kg`` command: its commands, their order and what an error does."""

import io
import sys
from collections.abc import Callable, Sequence
from typing import Annotated, Any

import typer

from kg.cli import build, change, decide, demo, evaluate, explain, match, path, query, rank, review, samples, view
from kg.cli.terminal import clean
from kg.errors import KgError

__all__ = ["EXAMPLES", "app", "main"]

_FAILED = 2

EXAMPLES: dict[str, tuple[str, ...]] = {
    "build": build.EXAMPLES,
    "add": change.EXAMPLES["add"],
    "remove": change.EXAMPLES["remove"],
    "query": query.EXAMPLES,
    "view": view.EXAMPLES,
    "explain": explain.EXAMPLES,
    "path": path.EXAMPLES,
    "rank": rank.EXAMPLES,
    "review": review.EXAMPLES,
    "merge": decide.EXAMPLES["merge"],
    "split": decide.EXAMPLES["split"],
    "decisions": decide.EXAMPLES["decisions"],
    "explain-match": match.EXAMPLES,
    "demo": demo.EXAMPLES,
    "samples": samples.EXAMPLES,
    "evaluate": evaluate.EXAMPLES,
}
"""The examples that each command's help shows; the tests run them."""

_COMMANDS: dict[str, Callable[..., Any]] = {
    "build": build.build,
    "add": change.add,
    "remove": change.remove,
    "query": query.query,
    "view": view.view,
    "explain": explain.explain,
    "path": path.path,
    "rank": rank.rank,
    "review": review.review,
    "merge": decide.merge,
    "split": decide.split,
    "decisions": decide.decisions,
    "explain-match": match.explain_match,
    "demo": demo.demo,
    "samples": samples.samples,
    "evaluate": evaluate.evaluate,
}


def _epilog(*examples: str) -> str:
    # \b keeps the line breaks of a paragraph.
    return "\b\nExamples:\n" + "\n".join(f"  {example}" for example in examples)


def _print_version(wanted: bool) -> None:
    if wanted:
        import kg

        typer.echo(f"kg {kg.__version__}")
        raise typer.Exit


app = typer.Typer(
    name="kg",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,  # plain help: the examples keep their lines, and nothing heavy is imported for it
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog=_epilog("kg demo", "kg build articles/ --output graph", "kg query graph --named top", "kg view graph"),
)


@app.callback()
def _kg(
    *,
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Show the version and leave.")
    ] = False,
) -> None:
    """Knowledge graphs of people and organizations from news articles, on this machine alone.

    \b
    Exit status:
      0  done
      1  done in part: an input was skipped (build), nothing was found (explain, path)
      2  nothing done: wrong usage, nothing could be read, or files that are missing or damaged
    """


for _name, _command in _COMMANDS.items():
    app.command(_name, epilog=_epilog(*EXAMPLES[_name]))(_command)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and leave with its exit status; an error of kg is a line on standard error."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal without UTF-8 shows "?" rather than a traceback
    try:
        app(arguments, prog_name="kg")
    except KgError as error:
        for line in str(error).splitlines():
            typer.echo(f"kg: {clean(line)}", err=True)
        raise SystemExit(_FAILED) from None
