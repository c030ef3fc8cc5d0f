"""Local entities of all documents -> entities: matching, clustering, names and IRIs; the user's decisions."""

from kg.matching.names import MATCH, MERGE, compare_names
from kg.resolution.authority import read_authority
from kg.resolution.constraints import Located, Names, check_decisions, locate
from kg.resolution.copies import group_copies
from kg.resolution.decisions import (
    Judgement,
    add_decision,
    decisions_digest,
    lock_decisions,
    read_decisions,
    write_decisions,
)
from kg.resolution.dividing import divide
from kg.resolution.edits import CHANGEABLE, TELLING, Edit, EditKind
from kg.resolution.explain import MatchReport, explain_match
from kg.resolution.records import Decision, Doubt, NamedIn, Verdict
from kg.resolution.resolve import Resolution, resolve

__all__ = [
    "CHANGEABLE",
    "MATCH",
    "MERGE",
    "TELLING",
    "Decision",
    "Doubt",
    "Edit",
    "EditKind",
    "Judgement",
    "Located",
    "MatchReport",
    "NamedIn",
    "Names",
    "Resolution",
    "Verdict",
    "add_decision",
    "check_decisions",
    "compare_names",
    "decisions_digest",
    "divide",
    "explain_match",
    "group_copies",
    "locate",
    "lock_decisions",
    "read_authority",
    "read_decisions",
    "resolve",
    "write_decisions",
]
