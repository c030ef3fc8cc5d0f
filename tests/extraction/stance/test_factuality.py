"""What a text holds for a fact, and what it negates, denies, plans or supposes."""

from collections.abc import Callable
from typing import Any

import pytest

Read = Callable[..., Any]  # text -> conftest.Reading

MET = "Angela Merkel | metWith | Emmanuel Macron"
VISITED = "Angela Merkel | visited | Paris"

FACTS = [
    ("Angela Merkel met Emmanuel Macron.", MET),
    ("Angela Merkel has met Emmanuel Macron.", MET),
    ("Angela Merkel managed to meet Emmanuel Macron.", MET),
    ("Angela Merkel did not only meet Emmanuel Macron but also dined with him.", MET),
    ("Angela Merkel not only met Emmanuel Macron but also praised him.", MET),
    ("No sooner had Angela Merkel met Emmanuel Macron than it rained.", MET),
    ("Before meeting Emmanuel Macron, Angela Merkel visited Paris.", VISITED),
    ("Angela Merkel visited Paris before she met Emmanuel Macron.", VISITED),
    ("After she met Emmanuel Macron, Angela Merkel refused to speak.", MET),
    ("Angela Merkel refused to speak after meeting Emmanuel Macron.", MET),
    ("Angela Merkel, who met Emmanuel Macron, will resign.", MET),
    ("John Keller denied knowing Angela Merkel, who met Emmanuel Macron.", MET),
    ("John Keller said that Angela Merkel met Emmanuel Macron.", MET),
    ("John Keller confirmed that Angela Merkel met Emmanuel Macron.", MET),
    ("John Keller regretted that Angela Merkel met Emmanuel Macron.", MET),
    ("Angela Merkel met Emmanuel Macron and will meet Boris Johnson.", MET),
    ("Angela Merkel met Emmanuel Macron but not Boris Johnson.", MET),
    ("Angela Merkel met Emmanuel Macron to prevent a war.", MET),
    ("Angela Merkel met Emmanuel Macron without saying a word.", MET),
    ("Angela Merkel will not speak of her visit to Paris.", VISITED),
    ("John Keller denied that Emmanuel Macron had fallen ill during Angela Merkel's visit to Paris.", VISITED),
    ("Angela Merkel kept visiting Paris.", VISITED),
    ("Angela Merkel could not help but meet Emmanuel Macron.", MET),
    ("Angela Merkel couldn't help meeting Emmanuel Macron.", MET),
    ("Angela Merkel could not but meet Emmanuel Macron.", MET),
    ("Angela Merkel can hardly stop visiting Paris.", VISITED),
    ("Angela Merkel's visit to Paris was aimed at better relations.", VISITED),
    ("Angela Merkel went on to meet Emmanuel Macron.", MET),
    ("Angela Merkel met Emmanuel Macron, who denied everything.", MET),
    ("Angela Merkel met Emmanuel Macron for the first time.", MET),
    ("Angela Merkel never said that she was ill when she met Emmanuel Macron.", MET),
]

OTHERS = [
    ("Angela Merkel did not meet Emmanuel Macron.", MET, "negated"),
    ("Angela Merkel never met Emmanuel Macron.", MET, "negated"),
    ("Angela Merkel could not meet Emmanuel Macron.", MET, "negated"),
    ("Angela Merkel could not help John Keller meet Emmanuel Macron.", "John Keller | metWith | Emmanuel Macron", "negated"),
    ("Angela Merkel did not stop and meet Emmanuel Macron.", MET, "negated"),
    ("Neither Angela Merkel nor John Keller met Emmanuel Macron.", MET, "negated"),
    ("Angela Merkel refused to meet Emmanuel Macron.", MET, "negated"),
    ("Angela Merkel failed to meet Emmanuel Macron.", MET, "negated"),
    ("Angela Merkel cancelled a meeting with Emmanuel Macron.", MET, "negated"),
    ("A meeting between Angela Merkel and Emmanuel Macron was cancelled.", MET, "negated"),
    ("A meeting between Angela Merkel and Emmanuel Macron, planned for Sunday, was cancelled.", MET, "negated"),
    ("Angela Merkel left without meeting Emmanuel Macron.", MET, "negated"),
    ("Angela Merkel called off a visit to Paris.", VISITED, "negated"),
    ("There was no meeting between Angela Merkel and Emmanuel Macron.", MET, "negated"),
    ("Angela Merkel denied meeting Emmanuel Macron.", MET, "denied"),
    ("John Keller denied that Angela Merkel had met Emmanuel Macron.", MET, "denied"),
    ("Angela Merkel will meet Emmanuel Macron on Friday.", MET, "planned"),
    ("Angela Merkel is to meet Emmanuel Macron on Friday.", MET, "planned"),
    ("Angela Merkel invited Emmanuel Macron to Berlin.", MET, "planned"),
    ("Emmanuel Macron was invited by Angela Merkel.", MET, "planned"),
    ("Emmanuel Macron arrived in Berlin at the invitation of Angela Merkel.", MET, "planned"),
    ("Angela Merkel is due to meet Emmanuel Macron.", MET, "planned"),
    ("Angela Merkel is expected to visit Paris.", VISITED, "planned"),
    ("Angela Merkel plans to visit Paris.", VISITED, "planned"),
    ("Angela Merkel hopes to meet Emmanuel Macron.", MET, "planned"),
    ("Angela Merkel said she would not leave before meeting Emmanuel Macron.", MET, "planned"),
    ("Angela Merkel travelled to Paris for a meeting with Emmanuel Macron.", MET, "planned"),
    ("Angela Merkel postponed a visit to Paris.", VISITED, "planned"),
    ("John Keller urged Angela Merkel to meet Emmanuel Macron.", MET, "planned"),
    ("John Keller did not rule out that Angela Merkel met Emmanuel Macron.", MET, "possible"),
    ("John Keller did not deny that Angela Merkel met Emmanuel Macron.", MET, "possible"),
    ("John Keller said that Angela Merkel would visit Paris.", VISITED, "planned"),
    ("John Keller said that Angela Merkel would have visited Paris.", VISITED, "possible"),
    ("Angela Merkel would visit Paris.", VISITED, "possible"),
    ("Angela Merkel may have met Emmanuel Macron.", MET, "possible"),
    ("Angela Merkel might visit Paris.", VISITED, "possible"),
    ("If Angela Merkel met Emmanuel Macron, she was lucky.", MET, "possible"),
    ("John Keller asked whether Angela Merkel met Emmanuel Macron.", MET, "possible"),
    ("Did Angela Merkel meet Emmanuel Macron?", MET, "possible"),
    ("Angela Merkel reportedly met Emmanuel Macron.", MET, "possible"),
    ("Angela Merkel allegedly met Emmanuel Macron.", MET, "possible"),
    ("John Keller doubted that Angela Merkel met Emmanuel Macron.", MET, "possible"),
    ("John Keller believes that Angela Merkel met Emmanuel Macron.", MET, "possible"),
    ("John Keller accused Angela Merkel of killing Emmanuel Macron.", "Angela Merkel | killed | Emmanuel Macron", "possible"),
]  # fmt: skip
# what these sentences assert besides
ALSO = {
    "Before meeting Emmanuel Macron, Angela Merkel visited Paris.": {"Angela Merkel | metWith | Emmanuel Macron"},
    "Angela Merkel visited Paris before she met Emmanuel Macron.": {"Angela Merkel | metWith | Emmanuel Macron"},
    "Emmanuel Macron arrived in Berlin at the invitation of Angela Merkel.": {"Emmanuel Macron | visited | Berlin"},
    "Angela Merkel travelled to Paris for a meeting with Emmanuel Macron.": {"Angela Merkel | visited | Paris"},
}  # fmt: skip
# and what they do not
ALSO_OPEN = {
    "John Keller accused Angela Merkel of killing Emmanuel Macron.": {("Angela Merkel | chargedBy | John Keller", "possible")},
    "Angela Merkel met Emmanuel Macron and will meet Boris Johnson.": {("Angela Merkel | metWith | Boris Johnson", "planned")},
    "Neither Angela Merkel nor John Keller met Emmanuel Macron.": {("John Keller | metWith | Emmanuel Macron", "negated")},
}  # fmt: skip


@pytest.mark.parametrize(("text", "row"), FACTS)
def test_fact(read: Read, text: str, row: str) -> None:
    found = read(text)
    assert found.asserted == {row, *ALSO.get(text, ())}
    assert found.unasserted == ALSO_OPEN.get(text, set())


@pytest.mark.parametrize(("text", "row", "reading"), OTHERS)
def test_no_fact(read: Read, text: str, row: str, reading: str) -> None:
    found = read(text)
    assert found.asserted == ALSO.get(text, set())
    assert found.unasserted == {(row, reading), *ALSO_OPEN.get(text, ())}
