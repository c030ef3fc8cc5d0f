"""The graph of an input of a case, built once: small inputs on which the program once failed, after public bug reports."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from kg.config import Settings
from kg.documents import read_documents
from kg.integration import identify, make_graph
from kg.model import Document, Graph, Statement
from kg.reader import Reader

CASES = Path(__file__).parents[2] / ".." / "shared" / "data" / "cases"


@dataclass(frozen=True, slots=True)
class Built:
    """What was read and made of an input; ``asked`` are the pairs of names that a person is asked about."""

    documents: tuple[Document, ...]
    notices: tuple[str, ...]
    graph: Graph
    asked: frozenset[str]

    def worded(self, statement: Statement) -> str:
        """Return a statement in words: "Ana Ruiz holdsRole Leeds"."""
        names = {entity.id: entity.name for entity in self.graph.entities}
        return (
            f"{names[statement.subject]} {statement.predicate} {names.get(statement.object or '', statement.literal)}"
        )

    @property
    def facts(self) -> dict[str, Statement]:
        """The asserted statements by their words."""
        return {self.worded(s): s for s in self.graph.statements if s.asserted}


Build = Callable[[str], Built]


@pytest.fixture(scope="session")
def build() -> Build:
    """Return a function: input -> what is built of it."""
    if not CASES.exists():
        pytest.skip("the cases are not here")
    reader, known = Reader(Settings()), dict[str, Built]()

    def run(where: str) -> Built:
        if where not in known:
            read = list(read_documents([str(CASES / where)], settings=Settings()))
            documents = [item for item in read if isinstance(item, Document)]
            resolution = identify(documents, [reader.read(document, enter=lambda _: None) for document in documents])
            graph = make_graph(documents, resolution)
            names = {entity.id: entity.name for entity in graph.entities}
            known[where] = Built(
                tuple(documents),
                tuple(str(item) for item in read if not isinstance(item, Document)),
                graph,
                frozenset(f"{names[d.a]} | {names[d.b]}" for d in resolution.doubtful),
            )
        return known[where]

    return run
