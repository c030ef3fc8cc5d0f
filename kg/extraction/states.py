"""States inside organizations' names ("the Iraqi Parliament", "U.S. Senate"): mentions within mentions."""

from kg.extraction.discourse import Discourse, TokenMention
from kg.geography import Country, country_of, country_of_demonym
from kg.model import EntityType, LocalEntity, Mention, MentionKind

__all__ = ["with_states"]

_LONGEST = 4  # words of a state's name inside another name ("Islamic Republic of Iran")


def with_states(discourse: Discourse) -> Discourse:
    """Return the discourse with ``nested`` mentions, and an entity for each state that only they mention."""
    entities = list(discourse.entities)
    by_state = {
        entity.country or entity.name: i for i, entity in enumerate(entities) if entity.type is EntityType.PLACE
    }
    nested = []
    for mention in discourse.mentions:
        if mention.type is not EntityType.ORGANIZATION or mention.kind is not MentionKind.NAME:
            continue
        found = _state_in(discourse, mention)
        if found is None:
            continue
        start, end, country, demonym = found
        key = country.code or country.name
        index = by_state.setdefault(key, len(entities))
        span = discourse.doc[start:end]
        place = Mention(span.start_char, span.end_char, MentionKind.NOMINAL)
        if index == len(entities):
            entities.append(
                LocalEntity(
                    type=EntityType.PLACE, name=country.name, subtype="Country", mentions=(place,), country=country.code
                )
            )
        else:
            known = entities[index]
            entities[index] = LocalEntity(
                type=known.type, name=known.name, subtype=known.subtype, aliases=known.aliases, gender=known.gender,
                country=known.country, mentions=tuple(sorted({*known.mentions, place})),
            )  # fmt: skip
        nested.append(
            TokenMention(
                start=start,
                end=end,
                root=span.root.i,
                type=EntityType.PLACE,
                kind=MentionKind.NOMINAL,
                entity=index,
                demonym=demonym,
            )
        )
    return Discourse(discourse.doc, tuple(entities), discourse.mentions, tuple(nested))


def _state_in(discourse: Discourse, mention: TokenMention) -> tuple[int, int, Country, bool] | None:
    """The longest run of words inside a name that names a state or its people."""
    doc = discourse.doc
    for length in range(min(_LONGEST, mention.end - mention.start - 1), 0, -1):
        for start in range(mention.start, mention.end - length + 1):
            words = doc[start : start + length].text
            if not words[0].isupper():
                continue
            if (country := country_of(words)) and (length > 1 or len(words) > 2 or words.isupper()):
                return start, start + length, country, False
            if length <= 2 and (country := country_of_demonym(words)):
                return start, start + length, country, True
    return None
