"""The lists of words in ``kg/data/lexicons``: read once, and refused where an entry is not what its list holds.

What a list means is said in the header of its file. No list of words stands in code.
"""

from collections.abc import Mapping
from functools import cache
from typing import Any, Literal

from kg.errors import ModelError
from kg.resources import check_data, data_path, load_yaml

__all__ = ["SCHEMAS", "lexicon", "word_set", "words_with"]

_Entry = dict[str, str | list[str]]
_Post = Literal[
    "take", "leave", "hold", "stay", "copula", "replace", "cease", "object", "begin", "end", "passive", "person"
]
_Title = Literal["as", "to", "former", "acting", "designate"]


def _words(names: str) -> dict[str, Any]:
    return dict.fromkeys(names.split(), list[str])


SCHEMAS: Mapping[str, Any] = {
    "benchmark_names": {
        "cultures": dict[str, dict[str, list[str | list[str]]]],
        "organizations": dict[str, list[str]],
        "places": list[list[str]],
    },
    "boilerplate": _words("lines passages inline abbreviations unfinished"),
    "bylines": _words("openers trades beats small agencies days notes dates"),
    "countries": {
        **_words("omitted not_names"),
        "abbreviations": dict[str, str],
        "changes": dict[str, _Entry],
        "states": list[_Entry],
    },
    "country_ids": {
        "codes": dict[str, str],
        "names": dict[str, str],
    },
    "dates": {
        **_words("cased only_with_day named_days seasons vague not_after planned starts ends future going_on"),
        "months": dict[str, int],
        "weekdays": dict[str, int],
        "units": dict[str, str],
        "numbers": dict[str, int],
        "which": dict[str, list[int | str]],
        "days": dict[str, int],
        "feasts": dict[str, str],
        "sides": dict[str, list[int | str]],
        "not_before": dict[str, list[str]],
        "fragments": dict[str, str],
        "patterns": list[dict[str, str | bool]],
    },
    "decision/compounds": _words("against origins"),
    "decision/reactions": _words("reactions discussing holding"),
    "divisions": _words("endings"),
    "english": _words("common"),
    "exports": _words("begins ends rules cover fields heads titles dates"),
    "given_names": _words("feminine masculine either"),
    "kinds": _words("homes acts_of_presence bodies troops institutes"),
    "language/grammar": _words(
        "articles indefinite possessives first_person feminine masculine personal bound reflexives neuter relatives "
        "future past perfect being promising controlling leaving_out openers complements belonging employing "
        "connecting joining attaching within matter"
    ),
    "lemmas": dict[str, list[str]],
    "name_parts": _words(
        "outlets quarters realms sites institutes qualifiers place_kinds wings surname_first articles "
        "prefixes small outside of_holders chambers lands_first"
    ),
    "naming/aliases": _words("birth keys beside personal adverbs opening fillers"),
    "naming/surroundings": _words(
        "credits works gatherings owned corporate institutional deals purchases land_first opponents defeats "
        "not_clubs players results matches memberships venues parts played battles"
    ),
    "numbers": {"cardinals": dict[str, int], "ordinals": dict[str, int]},
    "organization_names": {
        **_words("plain plain_places stopwords divisions shared broad_kinds generic"),
        "abbreviations": dict[str, str],
        "legal_forms": dict[str, dict[Literal["written", "other"], list[str]]],
        "spellings": list[list[str]],
    },
    "organizations": {
        **_words("weak media capitals small never furniture other localities possessors regions facilities lands"),
        "heads": dict[str, list[str]],
        "state": dict[str, list[str]],
        "names": dict[str, list[str]],
        "sport": dict[str, list[str]],
        "known": dict[str, dict[str, str]],
        "parties": dict[str, str],
        "nouns": dict[str, list[str]],
    },
    "pages": _words("consent consent_buttons consent_phrases beside stories live entries published_meta other_meta"),
    "person_names": {
        **_words("before_middle honorifics degrees patronymics given state_leaders"),
        "nicknames": list[list[str]],
        "particles": dict[Literal["written", "other"], list[str]],
        "generations": list[list[str]],
        "joined": dict[str, list[str]],
    },
    "persons": {
        **_words("verbs passive possessed title_names"),
        "kin": dict[str, str | None],
        "human": dict[str, list[str]],
    },
    "pipelines": dict[str, dict[str, dict[str, str]]],
    "posts/phrases": _words(
        "determiners complements loose served belonging realms numbers numbered times past sides verbs"
    ),
    "posts/terms": _words("posts offices formerly settled replaced"),
    "posts/trades": _words("trades neutral"),
    "ranks": {
        **_words("military police branch religious academic nobility address ambiguous feminine masculine inside"),
        "courtesy": dict[str, str | None],
    },
    "record_dates": {
        **_words("nothing"),
        "months": list[list[str]],
    },
    "reference/descriptions": {
        **_words("determiners empty complements leaders"),
        "spellings": dict[str, str],
    },
    "reference/pronouns": {
        "weights": dict[str, float],
    },
    "relations/offences": _words("charges events crimes deeds tasks bare no_kinds no_offences local before"),
    "relations/rosters": _words("labels term start end party nationality country organization position name vacant"),
    "relations/deaths": _words("dead dying killing ends bereaved"),
    "relations/scenes": _words("taking_part holding there here remote places at parties other_times"),
    "role_classes": {
        **_words(
            "members state_servants secret party_offices state_offices portfolio_offices sent_abroad body_offices"
            " counterparts"
        ),
        "legislators": dict[str, list[str]],
    },
    "role_verbs": {
        **_words("heading boards"),
        "nouns": dict[str, str],
        "phrases": dict[str, str],
        "verbs": dict[str, list[_Post | _Title]],
    },
    "single_posts": _words("anywhere states bodies towns shared"),
    "speech": {"verbs": dict[str, list[Literal["clause", "deed", "denial", "person", "hearer"]]]},
    "spellings": {
        "rules": list[list[str]],
        "vowels": list[dict[str, str]],
        "first_vowels": dict[str, str],
        "variants": list[list[str]],
    },
    "stance/factuality": {
        **_words(
            "verbal purposes two_way neutral factive presupposing reputed phrasal chances taken agreements "
            "hearsay reports confirming true untrue faulty collapsing vanishing talks exceptions limits ordinals "
            "adjuncts background negators errors judgements vague copulas speaking_of circumstances doubts "
            "open nobody before_limits inescapable able"
        ),
        "governors": dict[str, list[str]],
        "under": dict[str, dict[str, list[str]]],
        "verdicts": dict[str, dict[str, list[str]]],
        "modals": dict[str, str],
        "markers": dict[str, str],
        "adverbs": dict[str, str],
        "adjectives": dict[str, str],
        "prepositions": dict[str, str],
    },
    "stance/reporting": {
        **_words("quoting nouns speakers authors"),
        "accusing": dict[str, str],
        "sources": list[list[str]],
    },
    "title_words": _words("function relators shifting small determiners"),
    "titles": {
        **_words("office occupation owner founder modifiers deputies portfolios in_title feminine masculine endings"),
        "phrases": dict[str, bool],
        "status": dict[str, list[str]],
        "abbreviations": dict[str, str],
        "variants": dict[str, str],
        "irregular_plurals": dict[str, str],
    },
}
"""By lexicon, what each of its lists holds, as types of ``msgspec``; of one that has no fixed lists its own type."""


@cache
def lexicon(name: str) -> Any:
    """Return the parsed content of ``kg/data/lexicons/NAME.yaml``; the file's header explains its fields.

    Raises:
        ModelError: an entry is of another type than its list, or a list is missing or unknown.
    """
    path = data_path("lexicons", f"{name}.yaml")
    schema, raw = SCHEMAS[name], load_yaml(path)
    if not isinstance(schema, Mapping):
        return check_data(path, raw, schema)
    if not isinstance(raw, dict) or raw.keys() != schema.keys():
        odd = sorted(map(str, set(raw if isinstance(raw, dict) else ()) ^ set(schema)))
        raise ModelError(f"{path}: {', '.join(odd)}: missing, or no list of this lexicon: see the header of the file")
    for key, type_ in schema.items():
        check_data(path, raw[key], type_, entry=key)
    return raw


@cache
def word_set(name: str, entry: str) -> frozenset[str]:
    """Return one list of a lexicon as a set, of one that maps words its words.

    Raises:
        ModelError: as ``lexicon``.
    """
    return frozenset(lexicon(name)[entry])


def words_with(name: str, entry: str, use: str) -> frozenset[str]:
    """Return the words of a list that maps words to their uses which have one of them.

    Raises:
        ModelError: as ``lexicon``.
        KeyError: no word has it.
    """
    return _by_use(name, entry)[use]


@cache
def _by_use(name: str, entry: str) -> dict[str, frozenset[str]]:
    words: dict[str, list[str]] = lexicon(name)[entry]
    uses = {use for known in words.values() for use in known}
    return {use: frozenset(word for word, known in words.items() if use in known) for use in uses}
