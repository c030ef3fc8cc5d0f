"""Resolution across documents: B-cubed over gold entities that carry a link; the same link means the same entity."""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import NamedTuple

from kg.evaluation.rates import Rates, Table, f1
from kg.evaluation.shape import Record
from kg.model import EntityType

__all__ = ["score"]

_TYPES = tuple(str(t) for t in EntityType)
_ALL, _MANY = "all links", "links in two documents or more"


class _Item(NamedTuple):
    type: str
    link: str
    key: Hashable | None  # None: not found
    document: str


def _items(gold: Iterable[Record], predicted: Mapping[str, Record]) -> list[_Item]:
    found = []
    for document in gold:
        name: str = document["id"]
        entities: Sequence[Record] = predicted.get(name, {}).get("entities", [])
        for entity in document["entities"]:
            if entity["type"] in _TYPES and entity.get("link") and entity["mentions"]:
                number = _best(entity["mentions"], entities)
                key = None if number is None else entities[number].get("iri") or (name, number)
                found.append(_Item(entity["type"], entity["link"], key, name))
    return found


def _best(spans: Sequence[Sequence[int]], entities: Sequence[Record]) -> int | None:
    """Return the entity that overlaps most of the spans; of several the one with the fewest mentions."""
    ranking = []
    for number, entity in enumerate(entities):
        hits = sum(any(s < m[1] and m[0] < e for m in entity["mentions"]) for s, e, *_ in spans)
        if hits:
            ranking.append((-hits, len(entity["mentions"]), number))
    return min(ranking)[2] if ranking else None


def score(gold: Iterable[Record], predicted: Mapping[str, Record]) -> tuple[Table, ...]:
    """Return four tables: all links and links in several documents, over the items found and over all items."""
    everything = _items(gold, predicted)
    found = [item for item in everything if item.key is not None]
    by_link, by_key = Counter(i.link for i in everything), Counter(i.key for i in found)
    by_both, by_found = Counter((i.link, i.key) for i in found), Counter(i.link for i in found)
    documents: dict[str, set[str]] = defaultdict(set)
    for item in everything:
        documents[item.link].add(item.document)
    sums: dict[tuple[str, str], dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for item in everything:
        for table in (_ALL, _MANY) if len(documents[item.link]) > 1 else (_ALL,):
            for row in (item.type, "ALL"):
                c = sums[table, row]
                c["items"] += 1
                if item.key is not None:
                    both = by_both[item.link, item.key]
                    c["found"] += 1
                    c["precision"] += both / by_key[item.key]
                    c["recall"] += both / by_found[item.link]
                    c["recall of all"] += both / by_link[item.link]
    tables = []
    for table in (_ALL, _MANY):
        for measure, of, recall in (("found", "found", "recall"), ("all", "items", "recall of all")):
            rows = {}
            for row in (*_TYPES, "ALL"):
                c = sums.get((table, row), {})
                p = c["precision"] / c["found"] if c.get("found") else 0.0
                r = c.get(recall, 0.0) / c[of] if c.get(of) else 0.0
                rows[row] = Rates(p, r, f1(p, r), int(c.get("items", 0)), int(c.get("found", 0)))
            tables.append(Table(title=f"{table}, {measure}", rows=rows))
    return tuple(tables)
