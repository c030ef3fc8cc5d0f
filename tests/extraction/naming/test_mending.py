"""Names put right by their shape: what a reader found is marked by hand in texts that the real pipeline has parsed."""

from collections.abc import Callable

import pytest

Mend = Callable[[str], list[str]]


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        # halves
        ("There [P:Per] [P:Holm] leads the fund.", ["P:Per Holm"]),
        ("[P:LINDQVIST] [P:Anna Maria] left.", ["P:LINDQVIST Anna Maria"]),
        ("The [O:Federal] [O:Constitutional Court] sat.", ["O:Federal Constitutional Court"]),
        ("[O:Acme] [P:Tom Price] left.", ["O:Acme", "P:Tom Price"]),
        ("[P:Ana Ruiz] [P:Bo Li] left.", ["P:Ana Ruiz", "P:Bo Li"]),
        ("She moved to [L:East] [L:Berlin] in 1972.", ["L:East Berlin"]),
        ("She moved to [L:Paris] [L:France] in 1972.", ["L:Paris", "L:France"]),
        ("She moved from the [L:East] to [L:Berlin].", ["L:East", "L:Berlin"]),
        # holders of offices behind the place of these, and what people have
        ("The president of [L:South Korea Han] [P:Min-seo] left.", ["L:South Korea", "P:Han Min-seo"]),
        ("The president of [P:South Korea Han Min-seo] left.", ["L:South Korea", "P:Han Min-seo"]),
        ("Prime Minister of [L:Guinea-Bissau Domingos Vaz] resigned.", ["L:Guinea-Bissau", "P:Domingos Vaz"]),
        ("Bishop of [P:Holmby James Hale] resigned.", ["L:Holmby", "P:James Hale"]),
        ("The mayor of [L:Mexico City] left.", ["L:Mexico City"]),
        ("The mayor of [L:San Jose California] left.", ["L:San Jose California"]),
        ("The governor of [L:Santa Cruz] left.", ["L:Santa Cruz"]),
        ("The works of [P:Jordan James Hale] sold.", ["P:Jordan James Hale"]),
        ("The mayor of [P:Jordan Hale]'s town left.", ["P:Jordan Hale"]),
        ("[P:Ana Ruiz's cabinet] fell.", ["P:Ana Ruiz"]),
        ("[O:Hendry's Auction House] sold.", ["O:Hendry's Auction House"]),
        # nicknames
        ("'[P:Baby Doc]' [P:Duval] left.", ["P:'Baby Doc' Duval"]),
        ("[P:Robert] \"[P:Bobby]\" [P:Haddow] sang.", ["P:Robert \"Bobby\" Haddow"]),
        ("\"[P:Bobby],\" [P:Haddow] said.", ["P:Bobby", "P:Haddow"]),
        # other names
        ("[P:Henry Osei], who performs as [O:Rico Blaze], sang.", ["P:Henry Osei", "P:Rico Blaze"]),
        ("[O:Rico Blaze], whose real name is [P:Henry Osei], sang.", ["P:Rico Blaze", "P:Henry Osei"]),
        ("[P:Paul Wendt], formerly [O:Halden Bank], left.", ["P:Paul Wendt", "O:Halden Bank"]),
        # no people
        ("His son, [P:King] [P:Aldric V], met the press.", ["P:Aldric V"]),
        ("[P:Lena Brandt] ([P:D-Dunmore]) met [P:Jo Reed] (R., [P:Holm]) there.", ["P:Lena Brandt", "P:Jo Reed"]),
        ("[P:Rita Sand of Marsh & Holm LLP] left.", ["P:Rita Sand", "O:Marsh & Holm LLP"]),
        ("[P:Catherine of Aragon] left.", ["P:Catherine of Aragon"]),
    ],
)  # fmt: skip
def test_people(mend: Mend, marked: str, expected: list[str]) -> None:
    assert mend(marked) == expected


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("She joined [P:Price], [O:Waterlow], [O:Coop & Co.] as a director.", ["O:Price, Waterlow, Coop & Co."]),
        ("[P:Smith], [O:Wendt & Partners] hired her.", ["O:Smith, Wendt & Partners"]),
        ("In [L:Leeds], [O:Marks & Co.] closed.", ["L:Leeds", "O:Marks & Co."]),
        ("[P:Ana Ruiz], [O:Coop & Co.] and others left.", ["P:Ana Ruiz", "O:Coop & Co."]),
        ("She leads [O:Acme] ([O:Tazia) Ltd] there.", ["O:Acme (Tazia) Ltd"]),
        ("She leads [O:Acme] ([O:AMC]) there.", ["O:Acme", "O:AMC"]),
        ("She leads [O:Acme] ([L:Tazia]) [O:GmbH] there.", ["O:Acme (Tazia) GmbH"]),
        ("She leads [O:Acme] ([L:Tazia]) and [O:Norfisk] there.", ["O:Acme", "L:Tazia", "O:Norfisk"]),
        ("She met [P:Ana Ruiz] ([L:Tazia]) Ltd there.", ["P:Ana Ruiz", "L:Tazia"]),
        ("She works for [O:Hendry]'s [O:Auction House] there.", ["O:Hendry's Auction House"]),
        ("[L:Tazia]'s [O:Auction House] closed.", ["L:Tazia", "O:Auction House"]),
        ("[P:Merkel]'s [O:Halden Bank] closed.", ["P:Merkel", "O:Halden Bank"]),
        ("He chairs the [O:People's Front] of [L:Tazia] now.", ["O:People's Front of Tazia"]),
        ("The [O:Halden] of [L:Tazia] won.", ["O:Halden", "L:Tazia"]),
        ("The [O:Alternative] for [L:Germany] won.", ["O:Alternative for Germany"]),
        ("[P:Marsh/Holm LLP] closed.", ["O:Marsh/Holm LLP"]),
        ("[O:New Halden Bank] rules. The [O:Halden Bank] agreed.", ["O:Halden Bank", "O:Halden Bank"]),
        ("[O:New Halden Bank] rules.", ["O:New Halden Bank"]),
        ("The [L:German Democratic Republic] ([O:GDR]) fell. The [O:GDR] was poor.",
         ["L:German Democratic Republic", "L:GDR", "L:GDR"]),
        ("[O:EU Enlargement] worries. EU Enlargement Commissioner [P:Ana Ruiz] left.", ["O:EU", "P:Ana Ruiz"]),
        ("[O:EU Enlargement] worries.", ["O:EU Enlargement"]),  # no post says what is a field and what a name
        ("The [O:EU Parliament] president, [P:Ana Ruiz], left.", ["O:EU Parliament", "P:Ana Ruiz"]),
    ],
)  # fmt: skip
def test_organizations(mend: Mend, marked: str, expected: list[str]) -> None:
    assert mend(marked) == expected


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("Many [L:American] players dream of it.", ["L:American"]),
        ("Many Latin [L:American] players dream of it.", []),  # not of the United States
        ("Many Latin [L:Americans] dream of it.", []),
        ("He lives in Latin [L:America] now.", ["L:Latin America"]),
        ("He lives in [L:Latin] [L:America] now.", ["L:Latin America"]),
        ("He lives in [L:Latin] America now.", ["L:Latin America"]),
        ("Many South [L:Korean] players dream of it.", ["L:Korean"]),
        ("Many old [L:American] players dream of it.", ["L:American"]),
        ("The [O:Munich]-based paper said so.", ["L:Munich"]),
        ("The [P:Halden]-born painter said so.", ["L:Halden"]),
        ("The [O:NATO]-based force said so.", ["O:NATO"]),
        ("The [O:Munich] paper said so.", ["O:Munich"]),
    ],
)
def test_places(mend: Mend, marked: str, expected: list[str]) -> None:
    assert mend(marked) == expected
