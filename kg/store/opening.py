"""What a user names to be asked: a folder, a Turtle file or the address of an endpoint."""

from pathlib import Path

from kg.store.source import Source

__all__ = ["is_address", "open_source"]


def is_address(place: str) -> bool:
    """Whether a place is an address on the web."""
    return place.startswith(("http://", "https://"))


def open_source(place: str | Path) -> Source:
    """Open the store of a build's folder, a Turtle file, or a SPARQL endpoint by its address.

    Raises:
        OutputError: there is no such folder or file, or it is damaged.
    """
    if is_address(str(place)):
        from kg.config import DEFAULT_BASE_IRI
        from kg.model import MINTED
        from kg.store.disk import read_ontology
        from kg.store.endpoint import Endpoint

        minted = {name: f"{DEFAULT_BASE_IRI}{name}/" for name in MINTED}
        return Endpoint(str(place), {**read_ontology()[1], **minted})
    from kg.store.oxigraph import Store

    return Store.open(Path(place))
