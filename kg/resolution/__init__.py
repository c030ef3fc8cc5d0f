"""Local entities of all documents -> entities: matching, clustering, names and IRIs; the user's decisions."""

from kg.resolution.decisions import add_decision, read_decisions, write_decisions
from kg.resolution.names import compare_names
from kg.resolution.records import Decision, Doubt, NamedIn, Verdict
from kg.resolution.resolve import Resolution, resolve

__all__ = [
    "Decision",
    "Doubt",
    "NamedIn",
    "Resolution",
    "Verdict",
    "add_decision",
    "compare_names",
    "read_decisions",
    "resolve",
    "write_decisions",
]
