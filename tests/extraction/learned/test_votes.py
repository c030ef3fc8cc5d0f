"""Of what type a name is that the network takes for a team's or a body's."""

from collections.abc import Callable

import numpy as np
import pytest
from spacy.tokens import Doc

from kg.extraction.learned.labels import FORMS, Form
from kg.extraction.learned.votes import by_votes
from kg.model import EntityType, MentionKind

PERSON, TEAM, PLACE = (
    FORMS.index(Form(kind, MentionKind.NAME)) for kind in (EntityType.PERSON, EntityType.ORGANIZATION, EntityType.PLACE)
)


@pytest.mark.parametrize(
    ("text", "name", "place"),
    [
        ("Ana/NNP Petrov/NNP of/IN Serbia/NNP won/VBD", (3, 4), True),
        ("Ana/NNP Petrov/NNP of/IN Arsenal/NNP won/VBD", (3, 4), False),
        ("defeat/NN of/IN Serbia/NNP", (2, 3), False),
    ],
)
def test_a_nation_of_somebody_is_no_team(
    doc_of: Callable[[str], Doc], text: str, name: tuple[int, int], place: bool
) -> None:
    doc = doc_of(text)
    shares = np.zeros(len(FORMS), dtype=np.float32)
    shares[TEAM], shares[PLACE] = 0.97, 0.03
    names = [(*name, TEAM, shares)]
    if (at := next((t.i for t in doc if t.text == "Ana"), None)) is not None:
        names.append((at, at + 2, PERSON, shares))
    assert by_votes(doc, names)(*name, TEAM, shares) == (PLACE if place else TEAM)
