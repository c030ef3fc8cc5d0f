"""Graphs that pages and figures are made of."""

from collections.abc import Callable

import pytest

from kg.model import Graph
from tests.graphs import Writer, iri_of

from .newsroom import newsroom_graph


@pytest.fixture
def writer() -> Writer:
    return Writer()


@pytest.fixture(scope="session")
def newsroom() -> Graph:
    """Some thirty entities of a made-up coast."""
    return newsroom_graph()


@pytest.fixture
def iri() -> Callable[[str], str]:
    return iri_of
