"""Known persons, organizations and places from files of others: read, and linked by the rules that join entities.

A record that is a name alone counts as much as one more document that names it: a full name links where nothing speaks
against it, a surname never. A record of a person that says more (a post, a country, a date of birth) links where the
articles say something of it, too: many share a name. An age that does not fit, another post, trade or state speak
against it. Where two records or two entities fit about as well, none is linked.
"""

import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, BinaryIO

from kg.errors import InputError, UsageError
from kg.files import open_regular
from kg.lexicons import word_set
from kg.matching.spelling import words
from kg.model import AuthorityRecord, EntityType, LocalEntity
from kg.predicates import BIRTH, DEATH
from kg.resolution.blocking import candidate_pairs
from kg.resolution.context import is_single, name_key, shared_context
from kg.resolution.pairs import judge
from kg.resolution.records import Cluster, Local
from kg.rows import read_rows, separator

__all__ = ["link_records", "read_authority"]

_CLEAR_LEAD = 0.1
_TYPES = {
    EntityType.PERSON: ("person",),
    EntityType.ORGANIZATION: (
        *("organization", "organisation", "company", "publicbody", "legalentity", "party", "politicalparty"),
    ),
    EntityType.PLACE: ("place", "location", "country", "city", "region", "address", "territory"),
}
_TYPE_OF = {word: type_ for type_, words in _TYPES.items() for word in words}
_LISTED = re.compile(r"\s*[;|]\s*")
_GIVEN, _FAMILY = ("firstname", "first_name", "given_name"), ("lastname", "last_name", "family_name")
_BETWEEN = ("secondname", "middlename", "middle_name", "fathername")
_TITLE_OF = re.compile(r"\s*(?:,|\bof(?: the)?\b|\bfor\b|\bat\b|\bin\b)\s*")
_START = 1_000  # characters in which a file shows what it is
_MAX_RECORD = 4_000_000  # bytes of a record
_MAX_ARRAY = 200_000_000  # bytes of a file that is one JSON array, which is read as a whole


def read_authority(path: Path) -> Iterator[AuthorityRecord | InputError]:
    """Yield the records of a CSV, JSON Lines or FollowTheMoney JSON file; ``id`` is as it stands there.

    Fields are ``id`` (or ``iri``, ``identifier``), ``type`` (or ``schema``), ``name``, ``aliases``, and for context
    ``position``, ``country``, ``organization``, ``gender``, ``birth_date``, ``death_date``; several values are a list,
    in CSV separated by ";". FollowTheMoney records keep them under ``properties`` by its own names. A record that
    cannot be used (it lacks an identifier, a known type or a name, or is no record) is an ``InputError``.

    Raises:
        UsageError: the file cannot be read, is no JSON at all or, as CSV, has no row that names its fields.
    """
    with open_regular(path, name=f"the authority {path}") as stream:
        try:
            for where, raw in _records(path, stream):
                record = raw if isinstance(raw, InputError) else _checked(raw, where)
                if record is not None:
                    yield record
        except OSError as error:
            raise UsageError(f"the authority {path}: it cannot be read ({error.strerror or error})") from error


def _records(path: Path, stream: BinaryIO) -> Iterator[tuple[str, object]]:
    """Yield what stands for a record, with its place in the file; an ``InputError`` for what cannot."""
    if path.suffix.casefold() in {".csv", ".tsv"}:
        yield from _rows(path, stream)
    elif stream.read(_START).lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"["):
        stream.seek(0)
        yield from _array(path, stream)
    else:
        stream.seek(0)
        yield from _lines(stream)


def _rows(path: Path, stream: BinaryIO) -> Iterator[tuple[str, object]]:
    # What is not UTF-8 in a row is found when the row is checked.
    text = io.TextIOWrapper(stream, encoding="utf-8-sig", errors="surrogateescape", newline="")
    try:
        yield from _rows_of(path, text)
    finally:
        text.detach()  # the stream is the caller's to close


def _rows_of(path: Path, text: io.TextIOWrapper) -> Iterator[tuple[str, object]]:
    given = separator(text.readline(_START))
    if given is None:
        text.seek(0)
    delimiter = given or ("\t" if path.suffix.casefold() == ".tsv" else ",")
    rows = read_rows(text, delimiter=delimiter, limit=_MAX_RECORD, first=1 if given is None else 2)
    header = next(rows, None)
    names = [] if header is None or isinstance(header, InputError) else [name.strip() for name in header.fields]
    if not {"name", "label", *_GIVEN} & {name.casefold() for name in names}:
        raise UsageError(f"the authority {path}: its first row has no field 'name': name the fields there")
    for row in rows:
        if isinstance(row, InputError):
            yield "", row
        elif any(row.fields):
            yield f"line {row.line}", dict(zip(names, row.fields, strict=False))


def _lines(stream: BinaryIO) -> Iterator[tuple[str, object]]:
    number = 0
    while line := stream.readline(_MAX_RECORD + 1):
        number += 1
        where = f"line {number}"
        if len(line) > _MAX_RECORD:
            while line and not line.endswith(b"\n"):
                line = stream.readline(1 << 20)
            yield where, InputError(f"it is larger than {_MAX_RECORD:,} bytes: leave it out", where=where)
        elif line.strip():
            try:
                yield where, json.loads(line.decode("utf-8-sig"))
            except (ValueError, RecursionError):
                yield where, InputError("it is no JSON in UTF-8: mend it or leave it out", where=where)


def _array(path: Path, stream: BinaryIO) -> Iterator[tuple[str, object]]:
    data = stream.read(_MAX_ARRAY + 1)
    if len(data) > _MAX_ARRAY:
        raise UsageError(f"the authority {path}: it is larger than {_MAX_ARRAY:,} bytes: write one record a line")
    try:
        found = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise UsageError(f"the authority {path} is no JSON: {str(error)[:120]}") from error
    yield from ((f"record {number}", raw) for number, raw in enumerate(found, start=1))


def _checked(raw: object, where: str) -> AuthorityRecord | InputError | None:
    try:
        if not isinstance(raw, Mapping):
            raise ValueError("it is no record with fields")
        record = _record(raw)
        if record is not None:
            _check_storable(record)
    except ValueError as error:
        return InputError(f"{error}: mend it or leave it out", where=where)
    return record


def _check_storable(record: AuthorityRecord) -> None:
    texts = (record.id, record.name, *record.aliases, *record.positions, *record.related)
    if any("\ud800" <= character <= "\udfff" or character == "\x00" for text in texts for character in text):
        raise ValueError("it is not UTF-8")


def _record(raw: Mapping[str, Any]) -> AuthorityRecord | None:
    """Return a record; None for one of a kind that no article is about (a FollowTheMoney ownership, a document)."""
    fields = {str(k).strip().casefold(): v for k, v in raw.items() if k}
    money = isinstance(fields.get("properties"), Mapping)
    if money:
        fields |= {str(k).casefold(): v for k, v in fields["properties"].items()}
    kind = _first(fields, "type", "schema")
    type_ = _TYPE_OF.get(kind.rpartition("/")[2].rpartition("#")[2].casefold())
    if type_ is None:
        if money:
            return None
        raise ValueError(f"type {kind!r} is none of {', '.join(EntityType)}")
    identifier = _first(fields, "wikidataid") or _identifier(fields)
    names = _names(fields, type_)
    if not identifier or not names:
        raise ValueError("it has no identifier" if not identifier else "it has no name")
    return AuthorityRecord(
        id=identifier,
        type=type_,
        name=names[0],
        aliases=tuple(dict.fromkeys((*names[1:], *_values(fields, "aliases", "alias")))),
        positions=_values(fields, "position", "positions", "role"),
        related=_values(fields, "organization", "organisation", "employer", "country", "nationality", "jurisdiction"),
        gender={"male": "masculine", "female": "feminine"}.get(g := _first(fields, "gender").casefold(), g) or None,
        born=_first(fields, "birth_date", "birthdate", "born") or None,
        died=_first(fields, "death_date", "deathdate", "died") or None,
    )


def _values(fields: Mapping[str, Any], *names: str) -> tuple[str, ...]:
    found: list[str] = []
    for name in names:
        value = fields.get(name)
        parts = value if isinstance(value, list) else _LISTED.split(value) if isinstance(value, str) else ()
        found.extend(" ".join(part.split()) for part in parts if isinstance(part, str))
    return tuple(part for part in dict.fromkeys(found) if part)


def _first(fields: Mapping[str, Any], *names: str) -> str:
    return next(iter(_values(fields, *names)), "")


def _identifier(fields: Mapping[str, Any]) -> str:
    """Return the identifier, whole: ";" and "|" are letters of it, not between several."""
    for name in ("id", "iri", "identifier"):
        value = fields.get(name)
        first = value[0] if isinstance(value, list) and value else value
        if isinstance(first, str | int) and not isinstance(first, bool) and (found := " ".join(str(first).split())):
            return found
    return ""


def _names(fields: Mapping[str, Any], type_: EntityType) -> tuple[str, ...]:
    """Return the names; for a person without one, what the parts make."""
    names = _values(fields, "name", "label")
    if names or type_ is not EntityType.PERSON:
        return names
    given, family = _first(fields, *_GIVEN), _first(fields, *_FAMILY)
    between = [_first(fields, name) for name in _BETWEEN]
    return (" ".join(filter(None, (given, *between, family))),) if given and family else ()


def link_records(clusters: Sequence[Cluster], records: Sequence[AuthorityRecord]) -> Mapping[int, str]:
    """Return the identifier of the record that a cluster is, by the cluster's number; each record at most once."""
    known = sorted(set(records), key=lambda r: (r.id, r.type, r.name))
    others = [_as_cluster(record, number) for number, record in enumerate(known)]
    count = len(clusters)
    fits: dict[tuple[int, int], float] = {}
    for i, j in candidate_pairs([*clusters, *others]):
        if i < count <= j and clusters[i].type is others[j - count].type:
            score = _fit(clusters[i], others[j - count])
            if score is not None:
                fits[i, j - count] = score
    ids = [record.id for record in known]
    return {i: ids[j] for (i, j), score in fits.items() if _is_clear(i, j, score, fits, ids)}


def _is_clear(i: int, j: int, score: float, fits: Mapping[tuple[int, int], float], ids: Sequence[str]) -> bool:
    return not any(
        other >= score - _CLEAR_LEAD and ((a == i) != (b == j)) and not (a == i and ids[b] == ids[j] and b > j)
        for (a, b), other in fits.items()
        if (a == i or b == j) and (a, b) != (i, j)
    )


def _fit(cluster: Cluster, record: Cluster) -> float | None:
    """Return how well an entity fits a record by the rules that join entities, None where it may be another."""
    judged = judge(cluster, record)
    if judged is None or not judged.merge:
        return None
    if cluster.type is EntityType.PERSON and (is_single(record.name) or all(is_single(n) for n in cluster.names)):
        return None
    if cluster.type is EntityType.PERSON and not _is_borne_out(cluster, record):
        return None
    return None if cluster.type is not EntityType.PLACE and _is_stranger(cluster, record) else judged.strength


def _is_borne_out(cluster: Cluster, record: Cluster) -> bool:
    """Whether articles say something of a person that a record says besides the name; a bare one asks for nothing."""
    if not any(m.roles or m.related or m.dates for m in record.members):
        return True
    born = {int(date[:4]) for predicate, date in record.dates if predicate == BIRTH and date[:4].isdecimal()}
    of_age = any(first - 1 <= year <= last + 1 for first, last in cluster.born for year in born)
    same_dates = not cluster.dates.isdisjoint(record.dates)
    return of_age or same_dates or _share_post(cluster, record) or shared_context(cluster, record)[0] > 0


def _share_post(cluster: Cluster, record: Cluster) -> bool:
    """Whether articles tell a post, or a trade, that a record has."""
    trades = {word for trade in cluster.trades for word in words(trade)}
    return not (_posts(cluster) | trades).isdisjoint(_posts(record))


def _is_stranger(cluster: Cluster, record: Cluster) -> bool:
    """Whether what articles and a record say has nothing in common, or they tell of other posts or another state."""
    known_posts = _posts(record)
    if cluster.trades and known_posts and not _share_post(cluster, record):
        return True
    if not all(any(m.roles or m.related for m in side.members) for side in (cluster, record)):
        return False
    context = shared_context(cluster, record)[0]
    led, known = _states(cluster, led=True), _states(record)
    if (context == 0 and not _share_post(cluster, record)) or (led and known and led.isdisjoint(known)):
        return True
    posts, states = _posts(cluster), _states(cluster)
    other_post = posts and (posts.isdisjoint(known_posts or posts) or _is_elsewhere(cluster, record))
    other_state = states and states.isdisjoint(known or states)
    return bool(other_post or other_state) and not _share_more_than_places(cluster, record)


def _posts(cluster: Cluster) -> frozenset[str]:
    return frozenset(word for m in cluster.members for title, _ in m.roles for word in _words_of(title))


def _is_elsewhere(cluster: Cluster, record: Cluster) -> bool:
    """Whether the posts of a record that the articles tell, too, are all held under other names than theirs."""
    here = {where for m in cluster.members for _, where in m.roles if where and "@" not in where}
    named = {word for where in here for word in _words_of(where.partition(" ")[2])}
    titles = _posts(cluster)
    positions = {title for m in record.members for title, _ in m.roles}
    short = {head for title in positions for head in _titles(title) if head != title}
    alike = [_words_of(title) for title in positions - short if not _words_of(title).isdisjoint(titles)]
    generic = word_set("organization_names", "generic")
    there = [title - titles - generic for title in alike]
    return bool(named and there) and all(rest and rest.isdisjoint(named) for rest in there)


def _words_of(text: str) -> frozenset[str]:
    return frozenset(words(text)) - word_set("title_words", "small")


def _states(cluster: Cluster, *, led: bool = False) -> frozenset[str]:
    """Return the marks of the states that are tied to it, through their institutions too; or only by the posts held."""
    keys = {where for m in cluster.members for _, where in m.roles}
    if not led:
        keys |= {key for m in cluster.members for key in m.related}
    return frozenset(mark for key in keys for mark in re.findall(r"@\w+", key))


def _share_more_than_places(a: Cluster, b: Cluster) -> bool:
    one, two = ({key for m in c.members for key in (*m.company, *m.related)} for c in (a, b))
    return any(not key.startswith("place ") for key in one & two)


def _as_cluster(record: AuthorityRecord, number: int) -> Cluster:
    entity = LocalEntity(type=record.type, name=record.name, aliases=record.aliases, gender=record.gender)
    related = frozenset(_keys(record.related))
    dates = ((BIRTH, record.born), (DEATH, record.died))
    local = Local(
        document=f"authority {number:08}",
        index=0,
        entity=entity,
        name=record.name,
        key=name_key(entity),
        roles=frozenset((title, "") for position in record.positions for title in _titles(position.casefold())),
        related=related,
        company=related,
        places=frozenset(key for key in related if key.startswith("place ")),
        dates=frozenset((predicate, date) for predicate, date in dates if date),
    )
    return Cluster(record.type, [local])


def _titles(position: str) -> Iterator[str]:
    """Yield a position as it is worded, and its title by itself: "governor of Tver Region", "governor"."""
    yield position
    head = _TITLE_OF.split(position, maxsplit=1)[0]
    if head and head != position:
        yield head


def _keys(names: Iterable[str]) -> Iterator[str]:
    from kg.geography import country_of, country_of_code

    for name in names:
        country = country_of_code(name) if len(name) == 2 else country_of(name)
        type_ = EntityType.PLACE if country else EntityType.ORGANIZATION
        yield name_key(LocalEntity(type=type_, name=country.name if country else name))
