"""Where a build lives and how it is asked: its files, an embedded Oxigraph, named queries."""

from kg.store.files import load_graph, write_build
from kg.store.named import NamedQuery, Parameter, named_queries
from kg.store.oxigraph import Store
from kg.store.results import QueryResult

__all__ = ["NamedQuery", "Parameter", "QueryResult", "Store", "load_graph", "named_queries", "write_build"]
