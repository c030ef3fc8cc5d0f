"""Where a build lives and how it is asked: its files, an embedded Oxigraph, named queries."""

from kg.store.extractions import (
    Journal,
    dump_extractions,
    known_extractions,
    open_journal,
    parse_extractions,
    read_extractions,
)
from kg.store.files import build_files, load_graph, parse_documents, read_documents, write_build
from kg.store.folder import (
    DOCUMENTS,
    EXTRACTIONS,
    OPTIONS,
    PAGE,
    BuildFolder,
    is_of_build,
    open_folder,
    read_files,
    read_options,
)
from kg.store.named import NamedQuery, Parameter, named_queries
from kg.store.oxigraph import Store
from kg.store.results import Answer, QueryResult

__all__ = [
    "DOCUMENTS",
    "EXTRACTIONS",
    "OPTIONS",
    "PAGE",
    "Answer",
    "BuildFolder",
    "Journal",
    "NamedQuery",
    "Parameter",
    "QueryResult",
    "Store",
    "build_files",
    "dump_extractions",
    "is_of_build",
    "known_extractions",
    "load_graph",
    "named_queries",
    "open_folder",
    "open_journal",
    "parse_documents",
    "parse_extractions",
    "read_documents",
    "read_extractions",
    "read_files",
    "read_options",
    "write_build",
]
