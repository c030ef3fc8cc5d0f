"""The project's own annotated passages; ``kg/training/data/README.md`` explains the format."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import permutations
from pathlib import Path

from kg.errors import InputError
from kg.extraction.learned.labels import ASSERTED, FORMS, LEARNED, OTHER, REASONS, STATUSES, UNASSERTED, Form
from kg.model import PREDICATES, MentionKind, Modality, Polarity
from kg.predicates import POST
from kg.training.records import Annotated, GoldMention, Pair

__all__ = ["passage", "read"]

_MENTION = re.compile(r"\[\[(\w+)\|([POLDT])([~^]?)\|([^\[\]|]+)\]\]")
_HEAD = re.compile(r"# (\S+)(?: published (\d{4}-\d\d-\d\d))?")
_QUALIFIER = re.compile(r"(\w+)=(.*?)(?=\s+\w+=|$)")
_TYPES = {"P": "Person", "O": "Organization", "L": "Place", "D": "Date", "T": "Title"}
_KINDS = {"": MentionKind.NAME, "~": MentionKind.PRONOUN, "^": MentionKind.NOMINAL}
_REASONS = {
    "negated": (Polarity.NEGATED, Modality.ACTUAL),
    "planned": (Polarity.AFFIRMED, Modality.PLANNED),
    "denied": (Polarity.AFFIRMED, Modality.DENIED),
    "possible": (Polarity.AFFIRMED, Modality.POSSIBLE),
}
_CHIEF = re.compile(r"\b(chief executive|ceo)\b", re.IGNORECASE)
_STATUS_AT = {str(status): i for i, status in enumerate(STATUSES)}
_REASON_AT = {reason: REASONS.index(_REASONS[reason]) for reason in _REASONS}


def read(path: Path) -> Iterator[Annotated]:
    """Yield the passages of a file.

    Raises:
        InputError: a passage breaks the format; the message names it.
    """
    for block in re.split(r"\n\s*\n", path.read_text(encoding="utf8").strip()):
        head, *lines = block.split("\n")
        match = _HEAD.fullmatch(head.strip())
        if not match:
            raise InputError(f"{path}: {head[:40]!r} begins a block: begin it with '# id'")
        try:
            yield passage(match[1], match[2], lines)
        except (KeyError, ValueError) as error:
            raise InputError(f"{path}: passage {match[1]}: {error}: correct it after the README beside it") from error


def passage(name: str, published: str | None, lines: Sequence[str]) -> Annotated:
    """Return one passage from its lines: the marked text, then its relations.

    Raises:
        KeyError, ValueError: it breaks the format.
    """
    text, mentions = _unmark("\n".join(line for line in lines if line[:2] not in ("= ", "- ")))
    chains: dict[str, list[int]] = defaultdict(list)
    for i, mention in enumerate(mentions):
        chains[mention.entity or ""].append(i)
    ones: dict[Pair, None] = {}
    unknown: list[Pair] = []
    statuses: list[Pair] = []
    reasons: list[Pair] = []

    for line in lines:
        if line[:2] not in ("= ", "- "):
            continue
        subject, predicate, target, *rest = line[2:].split()
        if predicate not in LEARNED or not chains.get(subject) or not (target == "null" or chains.get(target)):
            raise ValueError(f"a relation of unknown ends or name: {line}")
        asserted = line[0] == "="
        qualifiers = dict(_QUALIFIER.findall(" ".join(rest)))
        title = chains[qualifiers["title"]] if qualifiers.get("title") in chains else []
        table = ASSERTED if asserted else UNASSERTED
        pairs = [(s, o) for s in chains[subject] for o in (chains[target] if target != "null" else ())]
        if PREDICATES[predicate].symmetric:
            pairs += [(o, s) for s, o in pairs]
        held = [(s, t) for s in chains[subject] for t in title]
        ones.update((Pair(s, o, table[predicate]), None) for s, o in pairs)
        ones.update((Pair(s, t, table["titleOf"]), None) for s, t in held)
        ones.update((Pair(t, o, ASSERTED["titleAt"]), None) for t in title for o in chains.get(target, ()))
        if not asserted:
            reasons += [Pair(s, o, _REASON_AT[rest[0]]) for s, o in pairs + held]
            continue
        if status := qualifiers.get("status"):
            statuses += [Pair(s, t, _STATUS_AT[status]) for s, t in held]
        if PREDICATES[predicate].ends and pairs and mentions[pairs[0][1]].type == "Organization":
            ones.update((Pair(s, o, ASSERTED["worksFor"]), None) for s, o in pairs)
            if predicate == POST:
                unknown += [Pair(s, o, ASSERTED["politicalAffiliation"]) for s, o in pairs]
                if any(_CHIEF.search(text[mentions[t].start : mentions[t].end]) for t in title):
                    ones.update((Pair(s, o, ASSERTED["chiefExecutive"]), None) for s, o in pairs)
    for chain in chains.values():
        ones.update((Pair(i, j, ASSERTED["same"]), None) for i, j in permutations(chain, 2))
    return Annotated(
        id=name,
        group=name,
        text=text,
        published=published,
        mentions=tuple(mentions),
        supervised=frozenset((*ASSERTED.values(), *UNASSERTED.values())),
        ones=tuple(ones),
        unknown=tuple(unknown),
        statuses=tuple(statuses),
        reasons=tuple(reasons),
        complete=True,
    )


def _unmark(marked: str) -> tuple[str, list[GoldMention]]:
    text, mentions, last = "", [], 0
    for match in _MENTION.finditer(marked):
        text += marked[last : match.start()]
        kind = _TYPES[match[2]]
        form = Form(kind, _KINDS[match[3]] if match[2] in "POL" else None)
        number = FORMS.index(form) if form in FORMS else OTHER
        mentions.append(GoldMention(len(text), len(text) + len(match[4]), kind, match[1], number))
        text += match[4]
        last = match.end()
    text += marked[last:]
    if "[[" in text or "]]" in text:
        raise ValueError("a mention is marked badly")
    return text, mentions
