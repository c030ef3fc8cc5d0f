"""``kg reject``, ``confirm``, ``correct``, ``state``, ``rename``, ``retype``, ``drop``: what a person knows better."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.terminal import clean
from kg.errors import UsageError

if TYPE_CHECKING:
    from kg.resolution import Edit

__all__ = ["EXAMPLES", "confirm", "correct", "drop", "reject", "rename", "retype", "state"]

EXAMPLES = {
    "reject": (
        "kg reject graph wytp47erxptj --by 'R. Ek'",
        "kg reject graph --subject Kalnina --predicate metWith --object Ozolina",
        "kg reject graph --subject Kalnina --object Ozolina --extractor rule:frame:meet",
    ),
    "confirm": ("kg confirm graph wytp47erxptj --by 'R. Ek'",),
    "correct": (
        "kg correct graph wytp47erxptj --date 2021-11-04",
        "kg correct graph wytp47erxptj --object 'Liga Ozolina' --place Riga",
    ),
    "state": ("kg state graph Kalnina metWith Ozolina -d rector -q 'Kalnina met Ozolina in Riga on Wednesday.'",),
    "rename": ("kg rename graph Kalnina 'Marta Kalniņa'",),
    "retype": ("kg retype graph 'Harirud Front' Organization --subtype MilitaryForce",),
    "drop": ("kg drop graph 'Harirud Front'",),
}

_Folder = Annotated[Path, typer.Argument(metavar="DIR", help="Folder of a build.")]
_Statement = Annotated[str, typer.Argument(metavar="ID", help="Id of a statement; `kg explain --ids` shows them.")]
_Name = Annotated[str, typer.Argument(metavar="NAME", help="Name, alias or IRI of an entity.")]
_By = Annotated[str, typer.Option("--by", metavar="WHO", help="Who says so.  [default: the name of your login]")]
_Title = Annotated[str | None, typer.Option("--title", metavar="TEXT", help="The post as worded.")]
_Status = Annotated[str | None, typer.Option("--status", help="current, former, acting or designate.")]
_Start = Annotated[str | None, typer.Option("--start", metavar="DATE", help="When it began.")]
_End = Annotated[str | None, typer.Option("--end", metavar="DATE", help="When it ended.")]
_Date = Annotated[str | None, typer.Option("--date", metavar="DATE", help="When it happened.")]
_Literal = Annotated[str | None, typer.Option("--literal", metavar="DATE", help="The day of a birth, death, founding.")]
_Place = Annotated[str | None, typer.Option("--place", metavar="NAME", help="Where it happened.")]
_Offence = Annotated[str | None, typer.Option("--offence", metavar="TEXT", help="The charge or crime as worded.")]
_Polarity = Annotated[str | None, typer.Option("--polarity", help="affirmed or negated.")]
_Modality = Annotated[str | None, typer.Option("--modality", help="actual, planned, possible or denied.")]

_DETAILS = ("title", "status", "start", "end", "date", "literal", "place", "offence", "polarity", "modality")


def reject(
    folder: _Folder,
    statement: Annotated[str | None, typer.Argument(metavar="ID", help="Id of a statement.")] = None,
    *,
    subject: Annotated[str | None, typer.Option(metavar="NAME", help="Instead: of whom it speaks.")] = None,
    predicate: Annotated[str | None, typer.Option(metavar="NAME", help="metWith, ...; all without it.")] = None,
    object_: Annotated[str | None, typer.Option("--object", metavar="NAME", help="And of whom else.")] = None,
    extractor: Annotated[
        str | None, typer.Option(metavar="NAME", help="Only what this extractor read (rule:frame:meet, ...).")
    ] = None,
    by: _By = "",
) -> None:
    """Take a statement out of the graph.

    The decision is kept in a file beside the articles and holds for every build to come; the graph is written anew.
    `kg decisions DIR --undo N` takes it back.
    """
    from kg.desk.deciding import reject as decide

    if (statement is None) == (subject is None):
        raise UsageError("say which statement: its id, or --subject NAME with --predicate and --object")
    kept = decide(folder, statement, subject=subject, predicate=predicate, object_=object_, extractor=extractor, by=by)
    _say(kept, folder)


def confirm(folder: _Folder, statement: _Statement, *, by: _By = "") -> None:
    """Mark a statement as checked by a person, with name and day."""
    from kg.desk.deciding import confirm as decide

    _say(decide(folder, statement, by=by), folder)


def correct(
    folder: _Folder,
    statement: _Statement,
    *,
    subject: Annotated[str | None, typer.Option(metavar="NAME", help="Of whom it speaks.")] = None,
    object_: Annotated[str | None, typer.Option("--object", metavar="NAME", help="And of whom else.")] = None,
    title: _Title = None,
    status: _Status = None,
    start: _Start = None,
    end: _End = None,
    date: _Date = None,
    literal: _Literal = None,
    place: _Place = None,
    offence: _Offence = None,
    polarity: _Polarity = None,
    modality: _Modality = None,
    by: _By = "",
) -> None:
    """Change what a statement says.

    Its ends, title, status, dates, place, polarity or modality; '' takes a value away.
    """
    from kg.desk.deciding import correct as decide

    said = _said(locals(), "subject", "object_", *_DETAILS)
    if not said:
        raise UsageError("say what to change: --title, --status, --date, --object, ...")
    _say(decide(folder, statement, said, by=by), folder)


def state(
    folder: _Folder,
    subject: _Name,
    predicate: Annotated[str, typer.Argument(metavar="PREDICATE", help="metWith, holdsRole, ...")],
    object_: Annotated[str | None, typer.Argument(metavar="NAME", help="Name of the other entity.")] = None,
    *,
    document: Annotated[str, typer.Option("--document", "-d", metavar="ID", help="The article that says it.")],
    quote: Annotated[str, typer.Option("--quote", "-q", metavar="TEXT", help="Its sentence, word by word.")],
    title: _Title = None,
    status: _Status = None,
    start: _Start = None,
    end: _End = None,
    date: _Date = None,
    literal: _Literal = None,
    place: _Place = None,
    offence: _Offence = None,
    polarity: _Polarity = None,
    modality: _Modality = None,
    by: _By = "",
) -> None:
    """Add a statement with the sentence that says it."""
    from kg.desk.deciding import state as decide

    said = _said(locals(), *_DETAILS)
    kept = decide(folder, subject, predicate, object_, document=document, quote=quote, details=said, by=by)
    _say(kept, folder)


def rename(folder: _Folder, name: _Name, new: Annotated[str, typer.Argument(metavar="NEW")], *, by: _By = "") -> None:
    """Give an entity another name; the old one stays an alias."""
    from kg.desk.deciding import rename as decide

    _say(decide(folder, name, new, by=by), folder)


def retype(
    folder: _Folder,
    name: _Name,
    type_: Annotated[str, typer.Argument(metavar="TYPE", help="Person, Organization or Place.")],
    *,
    subtype: Annotated[str | None, typer.Option(metavar="NAME", help="Company, MilitaryForce, ...")] = None,
    by: _By = "",
) -> None:
    """Say what an entity is; statements that then cannot be go."""
    from kg.desk.deciding import retype as decide

    _say(decide(folder, name, type_, subtype, by=by), folder)


def drop(folder: _Folder, name: _Name, *, by: _By = "") -> None:
    """Take an entity out, with all that is said of it."""
    from kg.desk.deciding import drop as decide

    _say(decide(folder, name, by=by), folder)


def _say(kept: "Edit", folder: Path) -> None:
    typer.echo(f"{clean(str(kept))}. The graph in {clean(str(folder))} is written anew.")


def _said(given: Mapping[str, object], *names: str) -> dict[str, str]:
    """Return which of the options were given, by the names of their fields."""
    return {name.rstrip("_"): str(value) for name in names if (value := given[name]) is not None}
