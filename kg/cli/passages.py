"""The sentences that show who an entity is."""

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from kg.cli.terminal import clean
from kg.model import Document, Entity, MentionAt, MentionKind

if TYPE_CHECKING:
    from rich.text import Text

__all__ = ["passages"]

_BEFORE, _AFTER = 160, 200  # characters of a sentence shown around a name, at most
_END = re.compile(r"(?<=[.!?])[\"'”’)]*\s+(?=[\"'“‘(]?[A-Z])|\n\s*\n")


def passages(entity: Entity, documents: Mapping[str, Document], *, colour: bool, limit: int = 3) -> Iterator["Text"]:
    """Yield lines that show an entity: from each of a few documents the sentence with its fullest name, marked."""
    from rich.text import Text

    best: dict[str, MentionAt] = {}
    for mention in entity.mentions:
        if mention.kind is MentionKind.NAME and mention.document in documents:
            known = best.get(mention.document)
            if known is None or mention.end - mention.start > known.end - known.start:
                best[mention.document] = mention
    for mention in sorted(best.values())[:limit]:
        document = documents[mention.document]
        yield Text(f"{clean(document.id)}, {document.published or 'no date'}:", style="dim")
        yield _sentence(document.text, mention, colour=colour)
    if len(best) > limit:
        yield Text(f"... and {len(best) - limit} more articles", style="dim")


def _sentence(text: str, mention: MentionAt, *, colour: bool) -> "Text":
    from rich.text import Text

    low, high = max(0, mention.start - _BEFORE), min(len(text), mention.end + _AFTER)
    start = max((m.end() for m in _END.finditer(text, low, mention.start)), default=low)
    found = _END.search(text, mention.end, high)
    end = found.start() if found else high
    before, name, after = text[start : mention.start], text[mention.start : mention.end], text[mention.end : end]
    if not colour:
        name = f"[{name}]"
    line = Text(clean(before).lstrip()).append(clean(name), style="bold green" if colour else "")
    return line.append(clean(after).rstrip())
