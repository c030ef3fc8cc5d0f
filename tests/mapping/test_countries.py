"""Countries linked to Wikidata."""

from kg.mapping import link_countries
from kg.model import Entity, EntityType

IRAN = "http://www.wikidata.org/entity/Q794"


def test_a_country_is_linked_and_nothing_else() -> None:
    entities = (
        Entity(id="x:iran", type=EntityType.PLACE, name="Iran", same_as=("x:persia",)),
        Entity(id="x:tehran", type=EntityType.PLACE, name="Tehran"),
        Entity(id="x:jordan", type=EntityType.PERSON, name="Jordan"),
        Entity(id=IRAN, type=EntityType.PLACE, name="Iran"),
    )
    assert [e.same_as for e in link_countries(entities)] == [(IRAN, "x:persia"), (), (), ()]
