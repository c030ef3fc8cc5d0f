"""Countries linked to Wikidata."""

from collections.abc import Iterable
from dataclasses import replace

from kg.geography import country_of
from kg.model import Entity, EntityType

__all__ = ["link_countries"]

_WIKIDATA = "http://www.wikidata.org/entity/"


def link_countries(entities: Iterable[Entity]) -> tuple[Entity, ...]:
    """Return the entities; a country also says which Wikidata item is the same."""
    return tuple(_linked(entity) for entity in entities)


def _linked(entity: Entity) -> Entity:
    country = country_of(entity.name) if entity.type is EntityType.PLACE else None
    if country is None or country.wikidata is None:
        return entity
    iri = _WIKIDATA + country.wikidata
    return entity if entity.id == iri else replace(entity, same_as=tuple(sorted({*entity.same_as, iri})))
