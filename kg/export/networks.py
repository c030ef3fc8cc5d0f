"""Entities as nodes and facts as edges: GraphML and GEXF for Gephi and its like, tables for Neo4j."""

import csv
import io
import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from kg.export.flat import NO_XML
from kg.model import Entity, Graph, Statement

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["to_gexf", "to_graphml", "to_neo4j"]

Value = str | int | float

# One transaction a thousand rows; the files lie in the import folder of the database.
_CYPHER = """// Loads nodes.csv and relationships.csv, from the import folder of a Neo4j 5 database:
//   cypher-shell -f import.cypher
// An empty database takes them faster by
//   neo4j-admin database import full --nodes=nodes.csv --relationships=relationships.csv --multiline-fields=true
CREATE CONSTRAINT kg_iri IF NOT EXISTS FOR (n:Entity) REQUIRE n.iri IS UNIQUE;
LOAD CSV WITH HEADERS FROM 'file:///nodes.csv' AS row
CALL (row) {
  MERGE (n:Entity {iri: row.`iri:ID`})
  SET n.name = row.name, n.type = row.type, n.subtype = row.subtype, n.aliases = split(row.`aliases:string[]`, ';'),
      n:$(split(row.`:LABEL`, ';'))
} IN TRANSACTIONS OF 1000 ROWS;
LOAD CSV WITH HEADERS FROM 'file:///relationships.csv' AS row
CALL (row) {
  MATCH (a:Entity {iri: row.`:START_ID`}), (b:Entity {iri: row.`:END_ID`})
  MERGE (a)-[r:$(row.`:TYPE`) {statement: row.statement}]->(b)
  SET r.title = row.title, r.status = row.status, r.from = row.from, r.until = row.until, r.date = row.date,
      r.place = row.place, r.offence = row.offence, r.checked_by = row.checked_by,
      r.confidence = toFloat(row.`confidence:float`), r.documents = toInteger(row.`documents:int`),
      r.sources = toInteger(row.`sources:int`), r.quote = row.quote
} IN TRANSACTIONS OF 1000 ROWS;
"""


def to_graphml(graph: Graph) -> bytes:
    """Return the network as GraphML: directed, with an edge a fact between two entities."""
    import networkx as nx

    out = io.BytesIO()
    nx.write_graphml(_network(graph), out, named_key_ids=True, edge_id_from_attribute="statement")
    return out.getvalue()


def to_gexf(graph: Graph) -> bytes:
    """Return the network as GEXF 1.2."""
    import networkx as nx

    return "\n".join(nx.generate_gexf(_network(graph), version="1.2draft")).encode("utf8", "replace") + b"\n"


def to_neo4j(graph: Graph) -> dict[str, bytes]:
    """Return ``nodes.csv`` and ``relationships.csv`` as ``neo4j-admin database import`` takes them, and a script."""
    kinds = {entity.id: entity for entity in graph.entities}
    nodes = (
        (e.id, e.name, e.type.value, e.subtype or "", ";".join(a.replace(";", ",") for a in e.aliases), _labels(e))
        for e in graph.entities
    )
    facts = ((s.subject, s.object or "", _type(s.predicate), *_details(s, kinds).values()) for s in _facts(graph))
    names = ("statement", "title", "status", "from", "until", "date", "place", "offence", "checked_by")
    figures = ("confidence:float", "documents:int", "sources:int", "quote")
    return {
        "nodes.csv": _table(("iri:ID", "name", "type", "subtype", "aliases:string[]", ":LABEL"), nodes),
        "relationships.csv": _table((":START_ID", ":END_ID", ":TYPE", *names, *figures), facts),
        "import.cypher": _CYPHER.encode(),
    }


def _network(graph: Graph) -> "nx.MultiDiGraph[str]":
    import networkx as nx

    kinds = {entity.id: entity for entity in graph.entities}
    dates: dict[str, dict[str, Value]] = {}
    for s in graph.statements:
        if s.asserted and s.literal:
            dates.setdefault(s.subject, {}).setdefault(s.predicate, s.literal)
    network: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for entity in graph.entities:
        node: dict[str, Value] = {
            "label": entity.name,
            "type": entity.type.value,
            "subtype": entity.subtype or "",
            "aliases": "; ".join(entity.aliases),
            **dates.get(entity.id, {}),
        }
        network.add_node(entity.id, **_clean(node))
    for s in _facts(graph):
        edge = {"label": s.title or s.predicate, "predicate": s.predicate, **_details(s, kinds)}
        network.add_edge(s.subject, s.object or "", key=s.id, **_clean(edge))
    return network


def _facts(graph: Graph) -> Iterator[Statement]:
    return (s for s in graph.statements if s.asserted and s.object is not None)


def _details(s: Statement, kinds: Mapping[str, Entity]) -> dict[str, Value]:
    return {
        "statement": s.id,
        "title": s.title or "",
        "status": s.status.value if s.status else "",
        "from": s.start or "",
        "until": s.end or "",
        "date": s.date or "",
        "place": kinds[s.place].name if s.place is not None else "",
        "offence": s.offence or "",
        "checked_by": s.checked_by,
        "confidence": round(s.confidence, 3),
        "documents": s.documents,
        "sources": s.sources,
        "quote": min((evidence.text for evidence in s.evidence), default=""),
    }


def _clean(attributes: Mapping[str, Value]) -> dict[str, Value]:
    return {k: NO_XML.sub("\ufffd", v) if isinstance(v, str) else v for k, v in attributes.items() if v != ""}


def _labels(entity: Entity) -> str:
    return ";".join(filter(None, ("Entity", entity.type.value, entity.subtype)))


def _type(predicate: str) -> str:
    """Return a predicate as Neo4j writes types: HOLDS_ROLE."""
    return re.sub("(?<=[a-z])(?=[A-Z])", "_", predicate).upper()


def _table(header: tuple[str, ...], rows: Iterator[tuple[Value, ...]]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return out.getvalue().encode("utf8", "replace")
