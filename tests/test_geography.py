import pytest

from kg.geography import capital_of, countries, country_of, country_of_capital, country_of_code, country_of_demonym


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Iran", "Iran"),
        ("Islamic Republic of Iran", "Iran"),
        ("US", "United States"),
        ("U.S.", "United States"),
        ("the United States", "United States"),
        ("the U.S.", "United States"),
        ("America", "United States"),
        ("Britain", "United Kingdom"),
        ("UK", "United Kingdom"),
        ("UAE", "United Arab Emirates"),
        ("Türkiye", "Turkey"),
        ("Cote d'Ivoire", "Ivory Coast"),
        ("Côte d’Ivoire", "Ivory Coast"),
        ("Burma", "Myanmar"),
        ("Congo", "Democratic Republic of the Congo"),
        ("the Netherlands", "Netherlands"),
        ("Scotland", "Scotland"),
        ("USSR", "Soviet Union"),
        ("us", None),
        ("IN", None),
        ("Island", None),
        ("Tehran", None),
        ("Iranian", None),
        ("", None),
    ],
)
def test_country_of_a_name(name: str, expected: str | None) -> None:
    found = country_of(name)
    assert (found.name if found else None) == expected


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("Iranian", "Iran"),
        ("Iraqis", "Iraq"),
        ("Briton", "United Kingdom"),
        ("Spaniard", "Spain"),
        ("Turks", "Turkey"),
        ("Palestinian", "Palestine"),
        ("South Korean", "South Korea"),
        ("Congolese", "Democratic Republic of the Congo"),
        ("Scottish", "Scotland"),
        ("Soviet", "Soviet Union"),
        ("Saudi", "Saudi Arabia"),
        ("French", "France"),
        ("polish", None),
        ("Iran", None),
        ("", None),
    ],
)
def test_country_of_a_demonym(word: str, expected: str | None) -> None:
    found = country_of_demonym(word)
    assert (found.name if found else None) == expected


@pytest.mark.parametrize(
    ("city", "expected"),
    [("Tehran", "Iran"), ("Kiev", "Ukraine"), ("Kyiv", "Ukraine"), ("Washington", "United States"), ("Isfahan", None)],
)
def test_country_of_a_capital(city: str, expected: str | None) -> None:
    found = country_of_capital(city)
    assert (found.name if found else None) == expected


def test_capital_of_a_country() -> None:
    assert capital_of("US") == "Washington"
    assert capital_of("Atlantis") is None


def test_every_country_is_found_by_its_own_name_and_code() -> None:
    for country in countries():
        assert country_of(country.name) is country
        if country.code:
            assert country_of_code(country.code) is country


def test_names_are_unique() -> None:
    names = [country.name for country in countries()]
    assert names == sorted(set(names))


@pytest.mark.parametrize(
    ("name", "item"), [("Iran", "Q794"), ("Norway", "Q20"), ("Kosovo", "Q1246"), ("Scotland", "Q22"), ("Siberia", None)]
)
def test_wikidata_item(name: str, item: str | None) -> None:
    found = country_of(name)
    assert found is not None
    assert found.wikidata == item


def test_every_country_with_a_code_has_an_item_of_its_own() -> None:
    items = [country.wikidata for country in countries() if country.code or country.wikidata]
    assert all(item and item[0] == "Q" and item[1:].isdecimal() for item in items)
    assert len(items) == len(set(items))
