"""Where a build lives and how it is asked: its files, an embedded Oxigraph, endpoints, named queries."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kg.store.disk import altered_files, compare_quads, store_files
    from kg.store.extractions import (
        Journal,
        dump_extractions,
        known_extractions,
        open_journal,
        parse_extractions,
        read_extractions,
    )
    from kg.store.files import (
        build_files,
        built_documents,
        load_graph,
        parse_documents,
        read_base_iri,
        write_build,
    )
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
        work_folder,
    )
    from kg.store.formats import Format
    from kg.store.named import NamedQuery, Parameter, named_queries
    from kg.store.opening import open_source
    from kg.store.oxigraph import Store
    from kg.store.results import Answer, QueryResult
    from kg.store.source import Source

_HOMES = {
    "disk": ("altered_files", "compare_quads", "store_files"),
    "extractions": (
        *("Journal", "dump_extractions", "known_extractions", "open_journal", "parse_extractions", "read_extractions"),
    ),
    "files": ("build_files", "load_graph", "parse_documents", "read_base_iri", "built_documents", "write_build"),
    "folder": (
        *("DOCUMENTS", "EXTRACTIONS", "OPTIONS", "PAGE", "BuildFolder", "is_of_build", "open_folder", "read_files"),
        *("read_options", "work_folder"),
    ),
    "formats": ("Format",),
    "named": ("NamedQuery", "Parameter", "named_queries"),
    "opening": ("open_source",),
    "oxigraph": ("Store",),
    "results": ("Answer", "QueryResult"),
    "source": ("Source",),
}
_MODULE_OF = {name: module for module, names in _HOMES.items() for name in names}

__all__ = [
    "DOCUMENTS",
    "EXTRACTIONS",
    "OPTIONS",
    "PAGE",
    "Answer",
    "BuildFolder",
    "Format",
    "Journal",
    "NamedQuery",
    "Parameter",
    "QueryResult",
    "Source",
    "Store",
    "altered_files",
    "build_files",
    "built_documents",
    "compare_quads",
    "dump_extractions",
    "is_of_build",
    "known_extractions",
    "load_graph",
    "named_queries",
    "open_folder",
    "open_journal",
    "open_source",
    "parse_documents",
    "parse_extractions",
    "read_base_iri",
    "read_extractions",
    "read_files",
    "read_options",
    "store_files",
    "work_folder",
    "write_build",
]


def __getattr__(name: str) -> Any:
    """Import a name when it is first used: a query needs little of what a build needs."""
    if name not in _MODULE_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_MODULE_OF[name]}"), name)
