"""Countries by any of their names, demonyms and capitals.

Facts come from the package ``countryinfo``, completed and corrected by the lexicon ``countries``, and Wikidata's
identifiers from the lexicon ``country_ids``. All functions answer None for what they do not know, and do not mind case,
accents, dots, hyphens and a leading "the"; but a demonym must be capitalized ("Polish", not "polish") and an
abbreviation be in capitals ("US", "U.S.", not "us").
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from kg.lexicons import lexicon

__all__ = [
    "Country",
    "begins_name",
    "capital_of",
    "countries",
    "country_of",
    "country_of_capital",
    "country_of_code",
    "country_of_demonym",
]

_REMEMBERED = 20_000  # names looked up last


@dataclass(frozen=True, slots=True, kw_only=True)
class Country:
    """A state, past or present, or a part of one with a demonym of its own.

    ``code`` is ISO 3166-1 alpha-2, None for former states and for parts; ``part_of`` is the code of a part's state.
    ``demonyms`` are adjectives, ``people`` nouns for its people in both numbers where they are no adjective.
    ``wikidata`` is the identifier of its Wikidata item ("Q794").
    """

    name: str
    code: str | None = None
    names: tuple[str, ...] = ()
    demonyms: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    capital: str | None = None
    capitals: tuple[str, ...] = ()
    part_of: str | None = None
    population: int = 0
    wikidata: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Index:
    countries: tuple[Country, ...]
    codes: Mapping[str, Country]
    abbreviations: Mapping[str, Country]
    names: Mapping[str, Country]
    demonyms: Mapping[str, Country]
    capitals: Mapping[str, Country]
    starts: frozenset[str]


def countries() -> tuple[Country, ...]:
    """Return every known country, sorted by name."""
    return _index().countries


@lru_cache(maxsize=_REMEMBERED)
def country_of(name: str) -> Country | None:
    """Return the country of a name: usual, official, former or native, or an abbreviation in capitals."""
    letters = re.sub(r"^[Tt]he |[. ]", "", name)
    return _index().abbreviations.get(letters) or _index().names.get(_key(name))


def country_of_code(code: str) -> Country | None:
    """Return the country of an ISO 3166-1 alpha-2 code, in any case."""
    return _index().codes.get(code.upper())


def country_of_demonym(word: str) -> Country | None:
    """Return the country of an adjective or noun of nationality ("Iranian", "Iraqis", "Briton", "South Korean").

    Where several share one ("Congolese", "Dominican") it is the most populous.
    """
    return _index().demonyms.get(_key(word)) if word[:1].isupper() else None


def capital_of(country: Country | str) -> str | None:
    """Return the capital of a country, which may be given by name."""
    known = country_of(country) if isinstance(country, str) else country
    return known.capital if known else None


def begins_name(word: str) -> bool:
    """Whether a country's name, demonym or capital may begin with a word."""
    return word.isupper() or _key(word).partition(" ")[0] in _index().starts


def country_of_capital(name: str) -> Country | None:
    """Return the country whose capital or seat of power has that name; the most populous where several have."""
    return _index().capitals.get(_key(name))


@lru_cache(maxsize=1)
def _index() -> _Index:
    facts = lexicon("countries")
    known = sorted({c.name: _identified(c) for c in _read_countries(facts)}.values(), key=lambda c: c.name)
    by_code = {c.code: c for c in known if c.code}
    by_name = {c.name: c for c in known}
    # a country's usual name goes before another one's alternative spelling
    names = _keyed((n, c) for c in known for n in c.names) | _keyed((c.name, c) for c in known)
    demonyms = _keyed((d, c) for c in known for d in _demonym_forms(c))
    capitals = _keyed((n, c) for c in known for n in (c.capital, *c.capitals) if n)
    return _Index(
        countries=tuple(known),
        codes=by_code,
        abbreviations={k: by_code.get(v) or by_name[v] for k, v in facts["abbreviations"].items()},
        names=names,
        demonyms=demonyms,
        capitals=capitals,
        starts=frozenset(key.partition(" ")[0] for known_names in (names, demonyms, capitals) for key in known_names),
    )


def _read_countries(facts: Mapping[str, Any]) -> Iterable[Country]:
    from countryinfo import all_countries

    omitted, not_names = set(facts["omitted"]), set(facts["not_names"])
    own = {state["name"] for state in facts["states"]}
    for found in all_countries():
        raw: Mapping[str, Any] = found.info()
        if raw["name"] in omitted | own:
            continue
        code = raw["ISO"]["alpha2"]
        change = facts["changes"].get(code, {})
        spellings = [s.strip() for s in (raw["name"], *(raw.get("altSpellings") or ()))]
        yield Country(
            name=change.get("name", raw["name"]),
            code=code,
            names=_unique(
                *(s for s in spellings if s not in not_names and len(s) > 3 and not s.isupper()),
                *change.get("names", ()),
            ),
            demonyms=_unique(*re.split(r"[,/]", raw.get("demonym") or ""), *change.get("demonyms", ())),
            people=tuple(change.get("people", ())),
            capital=change.get("capital") or raw.get("capital") or None,
            capitals=_unique(raw.get("capital") or "", *change.get("capitals", ())),
            population=raw.get("population") or 0,
        )
    for state in facts["states"]:
        fields: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in state.items()}
        yield Country(**fields)


def _identified(country: Country) -> Country:
    ids = lexicon("country_ids")
    return replace(country, wikidata=ids["codes"].get(country.code) or ids["names"].get(country.name))


def _demonym_forms(country: Country) -> Iterable[str]:
    for demonym in country.demonyms:
        yield demonym
        plural = demonym + "s"
        # "the Dutch", "the Chinese" have no plural of their own; "Philippines", "Laos" are the country
        if not re.search(r"(ese|sh|ch|[sz])$", demonym) and plural not in {country.name, *country.names}:
            yield plural
    yield from country.people


def _keyed(pairs: Iterable[tuple[str, Country]]) -> dict[str, Country]:
    """Index countries by key, the most populous last so that it stays."""
    ordered = sorted(pairs, key=lambda pair: (pair[1].population, pair[1].name))
    return {_key(name): country for name, country in ordered}


@lru_cache(maxsize=_REMEMBERED)
def _key(name: str) -> str:
    from anyascii import anyascii

    plain = re.sub(r"[.'`ʻ’‘]", "", anyascii(name)).casefold()
    return re.sub(r"[^\w&]+", " ", plain).strip().removeprefix("the ")


def _unique(*names: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(n for n in names if n))
