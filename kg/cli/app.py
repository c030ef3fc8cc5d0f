"""The ``kg`` command: its commands, their order and what an error does."""

import errno
import sys
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module
from typing import Annotated

import typer

from kg.cli.streams import is_broken_stream, prepare_streams
from kg.cli.terminal import clean
from kg.errors import InputError, InvariantError, KgError, wants_memory
from kg.offline import stay_offline

__all__ = ["COMMANDS", "application", "examples", "main"]

# What a path or a disk can be at fault for; other errors of the system are ones that kg should have foreseen.
_OF_THE_MACHINE = frozenset({
    *(errno.ENOENT, errno.ENOTDIR, errno.EISDIR, errno.EEXIST, errno.ELOOP, errno.ENAMETOOLONG, errno.EACCES),
    *(errno.EPERM, errno.EROFS, errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EMFILE, errno.ENFILE),
})  # fmt: skip
_IN_PART, _FAILED, _CRASHED, _INTERRUPTED = 1, 2, 3, 130

_HOMES = {
    "build": "build",
    "add": "change",
    "remove": "change",
    "query": "query",
    "ask": "ask",
    "view": "view",
    "serve": "serve",
    "edit": "edit",
    "export": "export",
    "push": "push",
    "validate": "validate",
    "audit": "audit",
    "conflicts": "conflicts",
    "dossier": "dossier",
    "diff": "diff",
    "explain": "explain",
    "path": "path",
    "rank": "rank",
    "review": "review",
    "merge": "decide",
    "split": "decide",
    "reject": "correct",
    "confirm": "correct",
    "correct": "correct",
    "state": "correct",
    "rename": "correct",
    "retype": "correct",
    "drop": "correct",
    "decisions": "decide",
    "explain-match": "match",
    "demo": "demo",
    "samples": "samples",
    "evaluate": "evaluate",
}
"""The commands in the order in which help lists them, each with its module."""

COMMANDS = tuple(_HOMES)


def examples(command: str) -> tuple[str, ...]:
    """Return the examples that the help of a command shows; the tests run them."""
    found = import_module(f"kg.cli.{_HOMES[command]}").EXAMPLES
    return tuple(found[command] if isinstance(found, dict) else found)


def _epilog(*examples: str) -> str:
    # \b keeps the line breaks of a paragraph.
    return "\b\nExamples:\n" + "\n".join(f"  {example}" for example in examples)


def _print_version(wanted: bool) -> None:
    if wanted:
        import kg

        typer.echo(f"kg {kg.__version__}")
        raise typer.Exit


@dataclass
class _State:
    """What is known of a run when it fails."""

    debug: bool = False


def _kg(
    context: typer.Context,
    *,
    version: Annotated[  # noqa: ARG001 (its callback prints it)
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Show the version and leave.")
    ] = False,
    debug: Annotated[bool, typer.Option("--debug", help="Show where an unexpected error happened.")] = False,
) -> None:
    """Knowledge graphs of people and organizations from news articles, on this machine alone.

    \b
    Exit status:
      0  done
      1  done in part: an input was skipped (build), nothing was found (explain, path,
         ask), something is amiss (audit), or the output was cut off
      2  nothing done: wrong usage, nothing could be read, or files that are missing or damaged
      3  an error of kg itself: the line names the file of a report
    """
    if isinstance(context.obj, _State):
        context.obj.debug = debug


def application(commands: Iterable[str] = COMMANDS) -> typer.Typer:
    """Return the command line with some of its commands: each costs the import of its module."""
    app = typer.Typer(
        name="kg",
        no_args_is_help=True,
        rich_markup_mode=None,  # plain help: the examples keep their lines, and nothing heavy is imported for it
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
        epilog=_epilog("kg demo", "kg build articles/ --output graph", "kg query graph --named top", "kg view graph"),
    )
    app.callback()(_kg)
    for name in commands:
        command = getattr(import_module(f"kg.cli.{_HOMES[name]}"), name.replace("-", "_"))
        app.command(name, epilog=_epilog(*examples(name)))(command)
    return app


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and leave with its exit status; an error is a line on standard error."""
    stay_offline()
    prepare_streams()
    given = list(sys.argv[1:] if arguments is None else arguments)
    state = _State()
    try:
        try:
            wanted = next((word for word in given if not word.startswith("-")), None)
            app = application([wanted] if wanted in _HOMES else COMMANDS)
            app(given, prog_name="kg", obj=state)
        finally:
            sys.stdout.flush()  # what cannot be written must be known before the interpreter leaves
    except SystemExit:
        raise
    except BaseException as error:
        raise SystemExit(_failed(error, given, debug=state.debug)) from None


def _failed(error: BaseException, arguments: Sequence[str], *, debug: bool) -> int:
    """Say what went wrong, in a line that a terminal only shows, and return the exit status."""
    if isinstance(error, KeyboardInterrupt):
        return _INTERRUPTED
    if isinstance(error, OSError) and is_broken_stream(error):
        if not isinstance(error, BrokenPipeError):  # whoever read it has enough
            _say(f"{error.filename} cannot be written ({error.strerror}): what was to be said there is not whole")
        return _IN_PART
    if isinstance(error, KgError) and not isinstance(error, InvariantError):
        # Only what is wrong with several inputs is said in several lines; a name may hold line ends of its own.
        for line in str(error).splitlines() if isinstance(error, InputError) else [str(error)]:
            _say(line)
        return _FAILED
    if debug:
        import traceback

        traceback.print_exception(error)
    if wants_memory(error):
        _say("there is not enough memory: close other programs or give it less at once")
        return _FAILED
    if isinstance(error, OSError) and error.errno in _OF_THE_MACHINE:
        place = error.filename or "the current folder"  # that goes without a name when it is gone
        _say(f"{place}: {error.strerror}: check the path, its permissions and the space on the disk")
        return _FAILED
    from kg.cli.crash import write_report

    report = write_report(error, arguments)
    where = f"the report is in {report}, send it to those who look after kg" if report else "kg --debug tells where"
    what = str(error) if isinstance(error, InvariantError) else f"{type(error).__name__}: {error}"
    _say(f"an error of kg itself ({_short(what)}): {where}")
    return _CRASHED


def _say(line: str) -> None:
    with suppress(OSError):
        typer.echo(f"kg: {clean(line)}", err=True)


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 200 else line[:200] + "..."
