"""KnowledgeNet (Mesquita et al., EMNLP 2019; CC BY-SA 4.0): passages in which some of 15 properties are annotated."""

import json
from collections.abc import Iterator
from itertools import permutations
from pathlib import Path

from kg.evaluation import knowledgenet
from kg.extraction.learned.labels import ASSERTED
from kg.predicates import MEMBERSHIP, POST, PREDICATES
from kg.training.records import Annotated, GoldMention, Pair

__all__ = ["TAUGHT", "read"]

_ENDS = {
    "POLITICAL_AFFILIATION": ("Person", "Organization"),
    "EDUCATED_AT": ("Person", "Organization"),
    "SPOUSE": ("Person", "Person"),
    "CHILD_OF": ("Person", "Person"),
    "PLACE_OF_BIRTH": ("Person", "Place"),
    "PLACE_OF_RESIDENCE": ("Person", "Place"),
    "NATIONALITY": ("Person", "Place"),
    "DATE_OF_BIRTH": ("Person", "Date"),
    "DATE_OF_DEATH": ("Person", "Date"),
    "FOUNDED_BY": ("Organization", "Person"),
    "DATE_FOUNDED": ("Organization", "Date"),
    "HEADQUARTERS": ("Organization", "Place"),
    "SUBSIDIARY_OF": ("Organization", "Organization"),
}
TAUGHT: dict[str, tuple[str, bool, str, str]] = {
    "EMPLOYEE_OR_MEMBER_OF": ("worksFor", False, "Person", "Organization"),
    "CEO": ("chiefExecutive", True, "Organization", "Person"),
    **{
        name: (predicate, swapped, *_ENDS[name])
        for predicate, ((name, swapped), *_) in knowledgenet.PROPERTIES.items()
        if name in _ENDS
    },
}
"""Property -> output, swapped, type of subject, type of object, the types in the property's own direction."""
_IMPLIED = {
    "chiefExecutive": ("worksFor", POST),
    **{n: ("worksFor",) for n, p in PREDICATES.items() if p.broader == MEMBERSHIP},
}


def read(path: Path) -> Iterator[Annotated]:
    """Yield the passages of a fold (one document a line, offsets of the document)."""
    with path.open(encoding="utf8") as lines:
        for line in lines:
            document = json.loads(line)
            for passage in document["passages"]:
                yield _passage(document["id"], passage)


def _passage(document: str, passage: dict[str, object]) -> Annotated:
    shift: int = passage["start"]  # type: ignore[assignment]
    numbers: dict[tuple[int, int], int] = {}
    mentions: list[GoldMention] = []
    ones: dict[Pair, None] = {}

    def number(span: list[int], kind: str, uri: str | None) -> int:
        key = (span[0] - shift, span[1] - shift)
        if key not in numbers:
            numbers[key] = len(mentions)
            mentions.append(GoldMention(*key, type=kind, entity=uri))
        elif uri and not mentions[numbers[key]].entity:
            mentions[numbers[key]] = GoldMention(*key, type=mentions[numbers[key]].type, entity=uri)
        return numbers[key]

    for fact in passage["facts"]:  # type: ignore[attr-defined]
        output, swapped, subject_type, object_type = TAUGHT[fact["property"]]
        subject = number(fact["subject"], subject_type, fact["subject_uri"])
        target = number(fact["object"], object_type, fact["object_uri"])
        if swapped:
            subject, target = target, subject
        for name in (output, *_IMPLIED.get(output, ())):
            ones[Pair(subject, target, ASSERTED[name])] = None
    zeros = []
    for i, j in permutations(range(len(mentions)), 2):
        a, b = mentions[i].entity, mentions[j].entity
        if a and b:
            same = Pair(i, j, ASSERTED["same"])
            if a == b:
                ones[same] = None
            else:
                zeros.append(same)
    return Annotated(
        id=f"{document}:{passage['start']}:{passage['end']}",
        group=document,
        text=str(passage["text"]),
        mentions=tuple(mentions),
        supervised=frozenset(ASSERTED[TAUGHT[p][0]] for p in passage["properties"]),  # type: ignore[attr-defined]
        ones=tuple(ones),
        zeros=tuple(zeros),
    )
