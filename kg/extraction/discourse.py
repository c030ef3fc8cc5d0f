"""What one document speaks of: mentions by token, grouped into local entities. Relation rules read nothing else."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from operator import attrgetter

from spacy.tokens import Doc, Span, Token

from kg.model import EntityType, LocalEntity, MentionKind

__all__ = ["Discourse", "TokenMention"]


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenMention:
    """A mention by token indices, ``end`` exclusive; ``entity`` indexes ``Discourse.entities``.

    ``root`` is the syntactic head inside the mention. A name's tokens leave out rank, honorific, title, article and
    possessive. ``demonym`` marks a nationality adjective or noun ("Iranian") that points to a place; its kind is
    nominal. ``certainty`` is how likely it points to that entity, 1 where nothing else was thought of.
    """

    start: int
    end: int
    root: int
    type: EntityType
    kind: MentionKind
    entity: int
    demonym: bool = False
    certainty: float = 1.0


@dataclass(frozen=True, slots=True)
class Discourse:
    """The mentions of a document in text order (none overlap) and the entities they point to.

    ``nested`` are mentions inside another mention: the state in an organization's name ("the Iraqi parliament").
    """

    doc: Doc
    entities: tuple[LocalEntity, ...]
    mentions: tuple[TokenMention, ...]
    nested: tuple[TokenMention, ...] = ()
    _at: dict[int, TokenMention] = field(init=False, repr=False)
    _named: dict[str, list[int]] = field(init=False, repr=False)
    _first: dict[int, TokenMention] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_at", {i: m for m in self.mentions for i in range(m.start, m.end)})
        named: dict[str, list[int]] = {}
        for i, entity in enumerate(self.entities):
            named.setdefault(entity.name.casefold(), []).append(i)
        object.__setattr__(self, "_named", named)
        object.__setattr__(self, "_first", {m.entity: m for m in reversed(self.mentions)})

    def at(self, token: Token | int) -> TokenMention | None:
        """Return the mention that covers a token, if any."""
        return self._at.get(token if isinstance(token, int) else token.i)

    def within(self, span: Span) -> Iterator[TokenMention]:
        """Yield the mentions that begin inside a span, in text order."""
        low, high = (bisect_left(self.mentions, i, key=attrgetter("start")) for i in (span.start, span.end))
        return iter(self.mentions[low:high])

    def named(self, name: str) -> Sequence[int]:
        """Return the numbers of the entities of a name, whatever its capitals."""
        return self._named.get(name.casefold(), ())

    def first(self, entity: int) -> TokenMention | None:
        """Return the first mention of an entity; one that only stands inside a name has none."""
        return self._first.get(entity)

    def span(self, mention: TokenMention) -> Span:
        """Return the tokens of a mention."""
        return self.doc[mention.start : mention.end]
