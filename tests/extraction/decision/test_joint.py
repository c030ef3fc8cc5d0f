"""What the words that join two mentions leave of a claim, read by the real reader."""

import pytest

from kg.config import Settings
from kg.model import Document, Extraction
from kg.reader import Reader


@pytest.mark.parametrize(
    ("text", "told", "untold"),
    [
        ("Neither Ines Prado nor Owen Pike met Bruno Klee in Oslo.", (), "visited"),
        ("Ines Prado and Owen Pike met Bruno Klee in Oslo.", ("Owen Pike metWith Bruno Klee",), "killed"),
        ("Ines Prado was exonerated of the murder of Leo Marsh on Tuesday.", (), "diedOn"),
        ("Ines Prado was tasked with meeting Bruno Klee on Tuesday.", (), "metWith"),
        ("Reports that Ines Prado was appointed head of Halden Bank are wrong.", (), "holdsRole"),
        ("Ines Prado was appointed head of Halden Bank.", ("Ines Prado holdsRole Halden Bank",), "memberOf"),
        ("Ines Prado joined Halden Bank from Velta Steel.", ("Ines Prado memberOf Halden Bank",), "Velta Steel"),
        ("Ines Prado joins from Velta Steel.", (), "memberOf"),
        ("Jonas Klee II met Ines Prado. Jonas Klee III, his son, lives in Oslo.",
         ("Jonas Klee III livesIn Oslo",), "Jonas Klee II livesIn"),
        ("Bruno Klee led Velta Steel, hired Ines Prado and founded Halden Bank.", (), "Ines Prado founded"),
        ("Bruno Klee, the mayor of Voss, met Ines Prado of Ernst & Lund in Oslo on Monday.",
         ("Bruno Klee metWith Ines Prado",), "basedIn"),
        ("Ines Prado is a member of the Nurses' Union.", ("Ines Prado memberOf Nurses' Union",), "politicalAffiliation"),
        ("Ines Prado is a member of the Workers' Party.",
         ("Ines Prado politicalAffiliation Workers' Party",), "memberOf"),
        ("The delegation was led by Bruno Klee (Minister of Defence) and included Ines Prado.", (), "metWith"),
        ("Bruno Klee held talks that included Ines Prado.", ("Bruno Klee metWith Ines Prado",), "spokeWith"),
        ("Bruno Klee strangled Leo Marsh in Oslo.", ("Bruno Klee killed Leo Marsh",), "metWith"),
        ("Ines Prado was cleared of killing Leo Marsh. Bruno Klee killed Owen Pike.",
         ("Bruno Klee killed Owen Pike",), "Ines Prado killed"),
    ],
)  # fmt: skip
def test_what_is_asserted_of_a_sentence(text, told, untold):
    found = Reader(Settings()).read(Document(id="d", text=text, published="2021-05-04"), enter=lambda _stage: None)
    assert isinstance(found, Extraction)
    names = [entity.name for entity in found.entities]
    facts = {f"{names[c.subject]} {c.predicate} {names[c.object] if c.object is not None else c.literal}"
             for c in found.claims if c.asserted}  # fmt: skip
    assert facts >= set(told), facts
    assert not [fact for fact in facts if untold in fact]
