"""States and international bodies inside organizations' names: mentions within mentions.

"The Iraqi Parliament", "U.S. Senate", "UN Security Council", "the Administrative Tribunal of the World Bank".
"""

from dataclasses import replace

from kg.extraction.discourse import Discourse, TokenMention
from kg.extraction.language.tokens import is_hyphen
from kg.extraction.language.words import known_organization
from kg.geography import Country, country_of, country_of_demonym
from kg.model import EntityType, LocalEntity, Mention, MentionKind

__all__ = ["with_states"]

_LONGEST = 4  # words of a state's or a body's name inside another name ("Islamic Republic of Iran")
_INTERNATIONAL = "InternationalOrganization"


def with_states(discourse: Discourse) -> Discourse:
    """Return the discourse with ``nested`` mentions, and an entity for each state or body that only they mention."""
    entities = list(discourse.entities)
    known = {
        (entity.type, key): i
        for i, entity in enumerate(entities)
        for key in (entity.country, entity.name, *entity.aliases)
    }
    nested = []
    for mention in discourse.mentions:
        if mention.type is not EntityType.ORGANIZATION or mention.kind is not MentionKind.NAME:
            continue
        found = _state_in(discourse, mention) or _body_in(discourse, mention)
        if found is None:
            continue
        start, end, entity, demonym = found
        index = known.setdefault((entity.type, entity.country or entity.name), len(entities))
        span = discourse.doc[start:end]
        place = Mention(span.start_char, span.end_char, MentionKind.NOMINAL)
        if index == len(entities):
            entities.append(replace(entity, mentions=(place,)))
        elif index == mention.entity:
            continue
        else:
            mentions = tuple(sorted({*entities[index].mentions, place}))
            entities[index] = replace(entities[index], mentions=mentions)
        nested.append(
            TokenMention(
                start=start,
                end=end,
                root=span.root.i,
                type=entity.type,
                kind=MentionKind.NOMINAL,
                entity=index,
                demonym=demonym,
            )
        )
    return Discourse(discourse.doc, tuple(entities), discourse.mentions, tuple(nested))


def _state_in(discourse: Discourse, mention: TokenMention) -> tuple[int, int, LocalEntity, bool] | None:
    """The longest run of words inside a name that names a state or its people."""
    doc = discourse.doc
    for length in range(min(_LONGEST, mention.end - mention.start - 1), 0, -1):
        for start in range(mention.start, mention.end - length + 1):
            words = doc[start : start + length].text
            after = start + length
            joined = is_hyphen(doc, after - 1) or (after < mention.end and is_hyphen(doc, after))  # "Air France-KLM"
            if not words[0].isupper() or joined:
                continue
            if (country := country_of(words)) and (length > 1 or len(words) > 2 or words.isupper()):
                return start, start + length, _as_entity(country), False
            if length <= 2 and (country := country_of_demonym(words)):
                return start, start + length, _as_entity(country), True
    return None


def _as_entity(country: Country) -> LocalEntity:
    return LocalEntity(type=EntityType.PLACE, name=country.name, subtype="Country", country=country.code)


def _body_in(discourse: Discourse, mention: TokenMention) -> tuple[int, int, LocalEntity, bool] | None:
    """The international body that opens a name ("UN Security Council") or closes it behind "of the"."""
    doc = discourse.doc
    for length in range(min(_LONGEST, mention.end - mention.start - 1), 0, -1):
        for start in (mention.start, mention.end - length):
            words = doc[start : start + length].text
            body = known_organization(words)
            behind_of = start == mention.start or {"of"} & {
                t.lower_ for t in doc[max(start - 2, mention.start) : start]
            }
            if body and body.get("subtype") == _INTERNATIONAL and behind_of:
                entity = LocalEntity(type=EntityType.ORGANIZATION, name=words, subtype=_INTERNATIONAL)
                return start, start + length, entity, False
    return None
