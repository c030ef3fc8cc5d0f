"""Knowledge graphs of people and organizations from news articles: every statement with the sentence that says it.

    import kg

    report = kg.build(["articles/"], "graph")
    for statement in kg.load("graph").statements: ...

``build`` writes a graph and returns a ``BuildReport``, ``load`` reads one back as records (``kg.model.Graph``),
``show`` shows one in a notebook, ``Settings`` is what a build depends on besides its documents, ``KgError`` the base
of every error raised on purpose. ``audit``, ``find_conflicts``, ``diff_builds``, ``dossier`` and ``ask`` are the
commands of those names; ``reject``, ``confirm``, ``correct``, ``state``, ``rename``, ``retype`` and ``drop`` keep a
decision and write the graph anew.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kg.config import Settings
    from kg.desk.audit import audit
    from kg.desk.conflicts import find_conflicts
    from kg.desk.deciding import confirm, correct, drop, reject, rename, retype, state
    from kg.desk.diff import diff_builds
    from kg.desk.dossier import dossier
    from kg.desk.questions import ask
    from kg.errors import KgError
    from kg.pipeline import BuildReport, build
    from kg.store import load_graph as load
    from kg.view.notebook import show

__all__ = [
    "BuildReport",
    "KgError",
    "Settings",
    "__version__",
    "ask",
    "audit",
    "build",
    "confirm",
    "correct",
    "diff_builds",
    "dossier",
    "drop",
    "find_conflicts",
    "load",
    "reject",
    "rename",
    "retype",
    "show",
    "state",
]

__version__ = "0.1.0"

_HOMES = {
    "BuildReport": "kg.pipeline:BuildReport",
    "KgError": "kg.errors:KgError",
    "Settings": "kg.config:Settings",
    "ask": "kg.desk.questions:ask",
    "audit": "kg.desk.audit:audit",
    **dict.fromkeys(("confirm", "correct", "drop", "reject", "rename", "retype", "state"), "kg.desk.deciding:"),
    "diff_builds": "kg.desk.diff:diff_builds",
    "dossier": "kg.desk.dossier:dossier",
    "find_conflicts": "kg.desk.conflicts:find_conflicts",
    "build": "kg.pipeline:build",
    "load": "kg.store:load_graph",
    "show": "kg.view.notebook:show",
}


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used: ``import kg`` and the commands that only read stay light."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module, _, attribute = _HOMES[name].partition(":")
    return getattr(import_module(module), attribute or name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
