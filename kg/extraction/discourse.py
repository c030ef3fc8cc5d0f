"""What one document speaks of: mentions by token, grouped into local entities. Relation rules read nothing else."""

from collections.abc import Iterator
from dataclasses import dataclass, field

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

    def __post_init__(self) -> None:
        object.__setattr__(self, "_at", {i: m for m in self.mentions for i in range(m.start, m.end)})

    def at(self, token: Token | int) -> TokenMention | None:
        """Return the mention that covers a token, if any."""
        return self._at.get(token if isinstance(token, int) else token.i)

    def within(self, span: Span) -> Iterator[TokenMention]:
        """Yield the mentions that begin inside a span, in text order."""
        return (m for m in self.mentions if span.start <= m.start < span.end)

    def span(self, mention: TokenMention) -> Span:
        """Return the tokens of a mention."""
        return self.doc[mention.start : mention.end]
