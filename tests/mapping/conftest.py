"""A small world to make claims about: documents of numbered sentences, people, organizations and places."""

from collections.abc import Callable, Iterable
from typing import Any

import pytest

from kg.model import (
    Claim,
    Document,
    Entity,
    EntityType,
    Evidence,
    Extraction,
    Graph,
    LocalEntity,
    Statement,
)

BASE = "https://kg.example/"

_NAMES = {
    EntityType.PERSON: ("Anna", "Boris", "Carla"),
    EntityType.ORGANIZATION: ("Corps", "Ministry", "Party"),
    EntityType.PLACE: ("Iraq", "Tehran"),
}
_ENTITIES = [(name, type_) for type_, names in _NAMES.items() for name in names]
_INDEX = {name: number for number, (name, _) in enumerate(_ENTITIES)}
_TEXT = "".join(f"Sentence {number:03} says something. " for number in range(100))
_WIDTH = len("Sentence 000 says something. ")


class World:
    """Makes claims by name: ``said("Anna", "metWith", "Boris", sentence=3, document="a", date="2020")``."""

    base_iri = BASE

    @staticmethod
    def iri(name: str) -> str:
        _, type_ = _ENTITIES[_INDEX[name]]
        return f"{BASE}{type_.lower()}/{name.lower()}"

    @staticmethod
    def said(
        subject: str,
        predicate: str,
        object_: str | None = None,
        *,
        sentence: int = 0,
        document: str = "a",
        place: str | None = None,
        source: str | None = None,
        extractor: str = "rule:test",
        also: tuple[str, ...] = (),
        **fields: Any,
    ) -> Claim:
        start = sentence * _WIDTH
        end = start + _WIDTH - 1
        known = object_ in _INDEX
        return Claim(
            subject=_INDEX[subject],
            predicate=predicate,
            object=_INDEX[object_] if object_ is not None and known else None,
            literal=None if known else object_,
            place=None if place is None else _INDEX[place],
            attributed_to=None if source is None else _INDEX[source],
            evidence=Evidence(
                document=document,
                start=start,
                end=end,
                text=_TEXT[start:end],
                subject=(start, start + 8),
                object=(start + 9, start + 12) if object_ else None,
                extractor=extractor,
                also=also,
            ),
            **fields,
        )

    @staticmethod
    def extractions(claims: Iterable[Claim]) -> list[Extraction]:
        by_document: dict[str, list[Claim]] = {}
        for claim in claims:
            by_document.setdefault(claim.evidence.document, []).append(claim)
        local = tuple(LocalEntity(type=type_, name=name) for name, type_ in _ENTITIES)
        return [
            Extraction(document=document, entities=local, claims=tuple(claims))
            for document, claims in by_document.items()
        ]

    def assignment(self, documents: Iterable[str]) -> dict[tuple[str, int], str]:
        return {(document, number): self.iri(name) for document in documents for name, number in _INDEX.items()}

    def statements(
        self,
        *claims: Claim,
        published: dict[str, str | None] | None = None,
        sources: dict[str, str] | None = None,
    ) -> tuple[Statement, ...]:
        from kg.mapping import make_statements

        documents = {claim.evidence.document for claim in claims}
        return make_statements(
            self.extractions(claims),
            self.assignment(documents),
            base_iri=BASE,
            published=published,
            sources=sources,
        )

    def graph(self, *claims: Claim) -> Graph:
        documents = sorted({claim.evidence.document for claim in claims})
        return Graph(
            documents=tuple(
                Document(
                    id=name, text=_TEXT, title=f"Title {name}", published="2020-11-15", source="https://news.example/1"
                )
                for name in documents
            ),
            entities=tuple(
                sorted((Entity(id=self.iri(n), type=t, name=n) for n, t in _ENTITIES), key=lambda entity: entity.id)
            ),
            statements=self.statements(*claims),
        )


@pytest.fixture(scope="session")
def world() -> World:
    return World()


@pytest.fixture(scope="session")
def said(world: World) -> Callable[..., Claim]:
    return world.said
