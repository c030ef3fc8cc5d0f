"""Writes Wikidata's identifiers of countries into the lexicon ``country_ids``; no network is used.

    python -m kg.training.countries --rigour FOLDER [--write]

FOLDER is where the wheel of the package rigour was unpacked (``pip download --no-deps rigour==2.6.1``, ``unzip``) or
the package is installed; what it depends on is not needed. Prints the countries left without an identifier and, without
``--write``, the lexicon as it would be.
"""

import argparse
import json
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from textwrap import wrap
from typing import Any

from kg.errors import InputError, KgError
from kg.geography import Country, countries
from kg.resources import data_path

__all__ = ["identifiers", "main", "rewritten"]

_REALMS = frozenset({"DK", "NL"})  # the entry stands for the whole realm; the first of its other items is the country
_DRAWN_OTHERWISE = frozenset({"Kashmir", "Nagorno-Karabakh"})  # not the region that the entry of the name stands for
_YAML_BOOLEAN = re.compile(r"\b(NO|ON|YES|OFF|Y|N):")
_WIDTH = 138

Territory = Mapping[str, Any]


def identifiers(known: Iterable[Country], territories: Sequence[Territory]) -> dict[str, dict[str, str]]:
    """Return the items of countries by code and, for those without a code, by name.

    A country without a code takes the item of the one territory of its name; a part of a state, of those of the state.
    """
    by_code = {territory["code"].upper(): territory for territory in territories}
    codes, names = {}, {}
    for country in known:
        if country.code:
            found = by_code.get(country.code, {})
            items = found.get("other_qids", ()) if country.code in _REALMS else [found.get("qid")]
            if items and items[0]:
                codes[country.code] = items[0]
        elif country.name not in _DRAWN_OTHERWISE:
            items = [t["qid"] for t in territories if t.get("qid") and _is(t, country)]
            if len(items) == 1:
                names[country.name] = items[0]
    return {"codes": codes, "names": names}


def _is(territory: Territory, country: Country) -> bool:
    state = (country.part_of or "").lower()
    within = not state or territory["code"].startswith(state) or territory.get("parent") == state
    return within and territory["name"].lower() in {n.lower() for n in (country.name, *country.names)}


def rewritten(lexicon: str, found: Mapping[str, Mapping[str, str]]) -> str:
    """Return the text of the lexicon with these identifiers; what stands above them is kept."""
    head, mark, _ = lexicon.partition("\ncodes:\n")
    if not mark:
        raise InputError("the lexicon country_ids has no line 'codes:': it is not the one of this version")
    return head + "\n" + "\n".join(_block(title, items) for title, items in found.items())


def _block(title: str, items: Mapping[str, str]) -> str:
    listed = "{" + ", ".join(f"{name}: {item}" for name, item in sorted(items.items())) + "}"
    lines = wrap(listed, _WIDTH, subsequent_indent=" ", break_long_words=False, break_on_hyphens=False)
    return _YAML_BOOLEAN.sub(r'"\1":', f"{title}:\n  " + "\n  ".join(lines) + "\n")


def _territories(folder: Path) -> list[Territory]:
    sys.path.insert(0, str(folder))
    try:
        lines: str = import_module("rigour._core").territories_jsonl()
    except ImportError as error:
        raise InputError(f"{folder}: {error}: give the folder that holds rigour's package folder") from error
    finally:
        sys.path.remove(str(folder))
    return [json.loads(line) for line in lines.splitlines() if line]


def main(arguments: Sequence[str] | None = None) -> int:
    """Print or write; the exit code is 2 for an error of the caller's, else 0."""
    parser = argparse.ArgumentParser(
        prog="python -m kg.training.countries",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--rigour", type=Path, required=True, help="folder that holds the package folder rigour")
    parser.add_argument("--write", action="store_true", help="write the lexicon")
    options = parser.parse_args(arguments)
    try:
        found = identifiers(countries(), _territories(options.rigour))
        path = data_path("lexicons", "country_ids.yaml")
        text = rewritten(path.read_text(encoding="utf8"), found)
    except KgError as error:
        sys.stderr.write(f"error: {error}\n")
        return 2
    without = [c.name for c in countries() if c.code not in found["codes"] and c.name not in found["names"]]
    sys.stderr.write(f"without an identifier: {', '.join(without)}\n")
    if options.write:
        path.write_text(text, encoding="utf8")
    else:
        sys.stdout.write(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
