"""Read what a document speaks of: names, descriptions and pronouns, grouped into entities."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from spacy.tokens import Doc

from kg.extraction.discourse import Discourse, TokenMention
from kg.extraction.naming.names import Name, find_names
from kg.extraction.naming.subtypes import subtype_of
from kg.extraction.naming.variants import group_names
from kg.extraction.reference.coreference import resolve_references
from kg.extraction.reference.gender import Genders, gender_of
from kg.extraction.reference.kinship import with_relatives
from kg.geography import country_of, country_of_demonym
from kg.matching import MATCH, compare_names
from kg.matching.persons import natural_name
from kg.matching.spelling import words
from kg.model import EntityType, LocalEntity, Mention, MentionKind

__all__ = ["name_mentions", "read_discourse", "with_entities"]

_QUOTED = re.compile(r"""["'][^"']+["'] """)  # a nickname before a family name: "'Baby Doc' Duvalier"


def read_discourse(doc: Doc) -> Discourse:
    """Return the mentions of an analyzed document and the entities they point to."""
    mentions = name_mentions(doc, find_names(doc))
    genders = gender_of(doc, mentions)
    mentions += resolve_references(doc, mentions, genders)
    return with_entities(doc, mentions, genders)


def name_mentions(doc: Doc, names: Sequence[Name]) -> list[TokenMention]:
    """Return names as mentions, those that name the same one with the number of one entity."""
    return [_mention(doc, name, group) for name, group in zip(names, group_names(doc, names), strict=True)]


def with_entities(doc: Doc, mentions: Iterable[TokenMention], genders: Genders) -> Discourse:
    """Return the discourse of mentions whose entities are numbered from 0."""
    ordered = with_relatives(doc, sorted(mentions, key=lambda m: m.start), genders)
    return Discourse(doc, _entities(doc, ordered, genders), tuple(ordered))


def _mention(doc: Doc, name: Name, group: int) -> TokenMention:
    assert name.type is not None
    kind = MentionKind.NOMINAL if name.demonym else MentionKind.NAME
    return TokenMention(
        start=name.start,
        end=name.end,
        root=doc[name.start : name.end].root.i,
        type=name.type,
        kind=kind,
        entity=group,
        demonym=name.demonym,
    )


def _entities(doc: Doc, mentions: list[TokenMention], genders: Genders) -> tuple[LocalEntity, ...]:
    by_entity: dict[int, list[TokenMention]] = defaultdict(list)
    for mention in mentions:
        by_entity[mention.entity].append(mention)
    return tuple(_entity(doc, by_entity[i], genders.of(i)) for i in range(len(by_entity)))


def _entity(doc: Doc, mentions: list[TokenMention], gender: str | None) -> LocalEntity:
    kind = mentions[0].type
    spans = [(doc[m.start : m.end], m) for m in mentions]
    strings = Counter(_clean(span.text) for span, m in spans if m.kind is MentionKind.NAME)
    strings.update(_owned(s) for s in list(strings) if kind is EntityType.ORGANIZATION and _owned(s))
    first, pointer = next(((s, m) for s, m in spans if m.demonym or m.kind is MentionKind.NAME), spans[0])
    country = None
    if kind is EntityType.PLACE:
        country = country_of_demonym(first.text) if pointer.demonym else country_of(first.text)
    if not strings and pointer.demonym:
        strings[_clean(first.text)] = 1  # "Zemblan": a people whose state is not known
    name = country.name if country else _best(strings, kind, _clean(first.text)) if strings else ""
    return LocalEntity(
        type=kind,
        name=name,
        subtype=subtype_of(name, kind, strings),
        aliases=tuple(sorted(set(strings) - {name})),
        mentions=tuple(sorted(Mention(s.start_char, s.end_char, m.kind) for s, m in spans)),
        gender=gender if kind is EntityType.PERSON else None,
        country=country.code if country else None,
    )


def _owned(name: str) -> str:
    """The name without the state it belongs to: "Armed Forces" of "Iran's Armed Forces"."""
    owner, mark, rest = name.partition("'s ")
    words = rest.split()
    return rest if mark and country_of(owner) and len(words) > 1 and words[0][0].isupper() else ""


def _clean(text: str) -> str:
    return " ".join(text.split())


def _best(strings: Counter[str], kind: EntityType, first: str) -> str:
    """The fullest name: most words, then most often used; an acronym only where it is all there is.

    Of the names that are that by which the text introduces it: "Ned Fox", not "Paul Adam Lund", which the text says is
    his name of birth; "Halden Energy", formerly known as "Nordkraft Oil Company".
    """
    if kind is not EntityType.PERSON:
        known = set(words(first)) if " " in first else None
        own = [s for s in strings if known is None or not known.isdisjoint(words(s))]
        return max(own or strings, key=lambda s: (len(s), strings[s], s))
    first = _QUOTED.sub("", first)
    matches = {s: compare_names(s, first, type=kind) for s in strings if not _QUOTED.match(s)}
    own = [s for s, match in matches.items() if match.partial or match.score >= MATCH]
    return natural_name(max(own or strings, key=lambda s: (len(s.split()), s == natural_name(s), strings[s], s)))
