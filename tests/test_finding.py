import pytest

from kg.errors import UnknownEntityError
from kg.finding import find
from kg.model import Entity, EntityType
from tests.view.newsroom import newsroom_graph

NEWSROOM = newsroom_graph().entities


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ("https://kg.example/person/marta-velasco", "Marta Velasco"),
        ("<https://kg.example/person/marta-velasco>", "Marta Velasco"),
        ("person:marta-velasco", "Marta Velasco"),
        ("PERSON:Marta-Velasco", "Marta Velasco"),
        ("marta velasco", "Marta Velasco"),
        ("  Marta   Velasco ", "Marta Velasco"),
        ("M. Velasco", "Marta Velasco"),
        ("psa", "Port of Sereno Authority"),
        ("Dunja Hallic", "Dunja Hallić"),
        ("arrel tomás", "Tomás Arrel"),
        ("Okafor", "Ruth Okafor"),
        ("Edda", "Edda Lindqvist"),
        ("Velmar", "Velmar"),  # the country by its name, though five names have the word
        ("Lindqvist", "Edda Lindqvist"),  # an alias of hers, only a word of his name
        ("foreign affairs", "Ministry of Foreign Affairs of Velmar"),
    ],
)
def test_find(asked, name):
    assert find(NEWSROOM, asked).name == name


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ("sereno authority club", "no entity is called"),
        ("Marta Velsco", "did you mean Marta Velasco"),
        ("Xqzt", "kg query --named names"),
        (
            "of Velmar",
            "may mean 2 entities: Government of Velmar <https://kg.example/organization/government-of-velmar>",
        ),
        ("", "the name is empty"),
        ("?!", "no entity is called"),
    ],
)
def test_not_found(asked, message):
    with pytest.raises(UnknownEntityError, match=message):
        find(NEWSROOM, asked)


def test_an_iri_merged_away_is_found():
    entity = Entity(
        id="https://kg.example/person/a", type=EntityType.PERSON, name="A", same_as=("https://kg.example/person/b",)
    )
    assert find([entity], "https://kg.example/person/b") is entity
    assert find([entity], "person:b") is entity


def test_messages_carry_no_control_characters():
    """A name may come from a hostile article and goes to a terminal."""
    pair = [
        Entity(id=f"https://kg.example/person/{i}", type=EntityType.PERSON, name="Eve\x1b[2J\u202e Smith") for i in "ab"
    ]
    for asked in ("smith", "Eve Smth"):
        with pytest.raises(UnknownEntityError) as caught:
            find(pair, asked)
        assert str(caught.value).isprintable()
