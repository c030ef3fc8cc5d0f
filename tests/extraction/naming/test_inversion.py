"""Family names before a comma and a given name."""

from collections.abc import Callable

import pytest

Mend = Callable[[str], list[str]]


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("It was led by [O:HADDOW], [P:James] (Minister of Defence) on Monday.", ["P:HADDOW, James"]),
        ("It was led by HADDOW, [P:James] (Minister of Defence) on Monday.", ["P:HADDOW, James"]),
        ("It was led by the EU, [P:James] (Minister of Defence) said.", ["P:James"]),
        ("It was led by Haddow, [P:James] (Minister of Defence) said.", ["P:James"]),
        ("It was led by NATO, [P:James] (Minister of Defence) said.", ["P:James"]),
        ("It included [P:LINDQVIST], [P:Anna Maria], the ambassador.", ["P:LINDQVIST, Anna Maria"]),
        ("Present: [O:OKAFOR], [L:Chidi]; [O:DE LA CRUZ], [P:Maria]; [P:KIM], [L:Min-ji].",
         ["P:OKAFOR, Chidi", "P:DE LA CRUZ, Maria", "P:KIM, Min-ji"]),
        ("Speakers: [P:Haddow], [P:James], minister of defence; [P:Lindqvist], [P:Anna], a lawyer.",
         ["P:Haddow, James", "P:Lindqvist, Anna"]),
        ("[P:James Haddow] left. The book is by [P:Haddow], [P:James].", ["P:James Haddow", "P:Haddow, James"]),
        ("[P:Michael Haddow], [P:Jr.] left.", ["P:Michael Haddow, Jr."]),
        ("[L:HANOI], [L:Vietnam] (AP) - Ministers met.", ["L:HANOI", "L:Vietnam"]),
        ("[L:KYIV], [P:Anna Berg] said, was calm.", ["L:KYIV", "P:Anna Berg"]),
        ("[O:NATO], [P:James] said, was ready.", ["O:NATO", "P:James"]),
        ("[P:Haddow], [P:James] and [P:Lund] left.", ["P:Haddow", "P:James", "P:Lund"]),
    ],
)  # fmt: skip
def test_inverted_names(mend: Mend, marked: str, expected: list[str]) -> None:
    assert mend(marked) == expected
