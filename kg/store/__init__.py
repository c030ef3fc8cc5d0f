"""Where a build lives and how it is asked: its files, an embedded Oxigraph, named queries."""

from kg.store.extractions import (
    EXTRACTIONS,
    OPTIONS,
    dump_extractions,
    dump_options,
    read_extractions,
    read_options,
)
from kg.store.files import load_graph, read_documents, write_build
from kg.store.named import NamedQuery, Parameter, named_queries
from kg.store.oxigraph import Store
from kg.store.results import Answer, QueryResult

__all__ = [
    "EXTRACTIONS",
    "OPTIONS",
    "Answer",
    "NamedQuery",
    "Parameter",
    "QueryResult",
    "Store",
    "dump_extractions",
    "dump_options",
    "load_graph",
    "named_queries",
    "read_documents",
    "read_extractions",
    "read_options",
    "write_build",
]
