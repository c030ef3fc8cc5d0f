"""What two entities have in common, or at odds, besides their names."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from kg.geography import country_of, country_of_code
from kg.lexicons import lexicon, word_set
from kg.matching.organizations import country_mark, institution_of, is_shared, parse_organization, place_words
from kg.matching.persons import is_state_leader, parse_person
from kg.model import Claim, EntityType, Extraction, LocalEntity, RoleStatus
from kg.predicates import BIRTH, DEATH
from kg.resolution.records import Cluster, Local

__all__ = [
    "ENOUGH",
    "conflict",
    "facts_differ",
    "genders_differ",
    "have_same_post",
    "is_single",
    "read_locals",
    "shared_context",
    "telling_acronyms",
]

ENOUGH = 0.5  # context that decides a doubtful pair: a shared role, or two shared acquaintances
_TELLING_ACRONYM = 3  # letters
_MAX_MEMBERS = 60  # of a cluster that are compared with another's: enough to find what is in common


def is_single(name: str) -> bool:
    """Whether a person's name is one word: a surname alone says too little."""
    return len(parse_person(name).words) < 2


def name_key(entity: LocalEntity) -> str:
    """Return what is equal for equal names of a type."""
    if entity.type is EntityType.PERSON:
        parsed = parse_person(entity.name)
        return " ".join(("person", *parsed.words, parsed.generation or ""))
    if entity.type is EntityType.PLACE:
        country = country_of(entity.name)
        words = (country_mark(country),) if country else place_words(entity.name)
        return " ".join(("place", *words))
    return _organization_key(entity.name)


def _organization_key(name: str, *owner: str) -> str:
    parsed = parse_organization(_long_form(name))
    return " ".join(("organization", *sorted({*parsed.words, *owner}), parsed.legal_form or ""))


def _long_form(name: str) -> str:
    """The name that the letters of a body of the whole world stand for: "EU" is the European Union in any article."""
    known = lexicon("organizations")["known"].get(name.lower(), {}) if name.isupper() else {}
    return known.get("long", name) if known.get("subtype") == "InternationalOrganization" else name


def read_locals(extraction: Extraction) -> list[Local]:
    """Return the local entities of a document with their keys and context."""
    entities = extraction.entities
    keys = [name_key(e) for e in entities]
    company = {k for k, e in zip(keys, entities, strict=True) if _is_telling(e)}
    places = {k for k, e in zip(keys, entities, strict=True) if e.type is EntityType.PLACE}
    home = _main_country(entities, keys)
    named = {k: e.name for k, e in sorted(zip(keys, entities, strict=True), key=lambda x: (x[0], x[1].name))}
    about: dict[int, list[Claim]] = {}
    ties: dict[int, dict[int, str]] = defaultdict(dict)
    apart: dict[int, dict[int, str]] = defaultdict(dict)
    for claim in extraction.claims:
        about.setdefault(claim.subject, []).append(claim)
        if claim.object is not None and entities[claim.object].type is entities[claim.subject].type:
            ties[claim.subject][claim.object] = claim.predicate
    for pair in extraction.apart:
        apart[pair.one][pair.other] = apart[pair.other][pair.one] = pair.why
    found = []
    for index, entity in enumerate(entities):
        claims = about.get(index, [])
        key, owner, guessed, name = keys[index], "", False, entity.name
        if entity.type is EntityType.ORGANIZATION and (state := institution_of(entity.name)):
            owner = f"place {state}"
        elif entity.type is EntityType.ORGANIZATION and is_shared(entity.name):
            linked = _owner(claims, entities, keys)
            owner, guessed = linked or home or f"? {extraction.document}", not linked
            key = f"{key} of {owner}"
            if owner.startswith("place @"):  # so that it meets "Iranian Foreign Ministry"
                key = _organization_key(entity.name, owner.removeprefix("place "))
                name = f"{_readable(owner)} {name}"
        objects = {keys[c.object] for c in claims if c.object is not None}
        found.append(
            Local(
                document=extraction.document,
                index=index,
                entity=entity,
                name=name,
                key=key,
                owner=owner,
                guessed=guessed,
                roles=frozenset(
                    (_post(c.title), keys[c.object] if c.object is not None else "")
                    for c in claims
                    if c.relation.titled and c.title and c.asserted
                ),
                leads=frozenset(
                    keys[c.object]
                    for c in claims
                    if c.relation.titled and c.object is not None and c.asserted and _is_leading(c)
                ),
                related=frozenset(objects),
                company=frozenset(company - {keys[index]}),
                named=named,
                places=frozenset(places - {keys[index]}),
                ties=ties[index],
                apart=apart[index],
                dates=frozenset(
                    (c.predicate, c.literal) for c in claims if c.relation.life and c.literal and c.asserted
                ),
            )
        )
    return found


def _post(title: str) -> str:
    """A title without the words for how it is held: the caretaker prime minister is the prime minister."""
    return " ".join(w for w in title.split() if w not in word_set("titles", "in_title")) or title


def _is_leading(claim: Claim) -> bool:
    """Whether a post is that of one who leads a state now: who did once may share the surname with others as famous."""
    return is_state_leader(claim.title or "") and claim.status != RoleStatus.FORMER


def _is_telling(entity: LocalEntity) -> bool:
    if entity.type is EntityType.PERSON:
        return not is_single(entity.name)
    return entity.type is EntityType.ORGANIZATION and not is_shared(entity.name)


def _main_country(entities: Sequence[LocalEntity], keys: Sequence[str]) -> str:
    """Return the mark of the country that a document speaks of most; none of a state of the past."""
    counted = Counter[str]()
    for entity, key in zip(entities, keys, strict=True):
        if re.fullmatch(r"place @[A-Z]{2}", key):
            counted[key] += max(1, len(entity.mentions))
    return min(counted, key=lambda k: (-counted[k], k), default="")


def _owner(claims: Iterable[Claim], entities: Sequence[LocalEntity], keys: Sequence[str]) -> str:
    owners = [
        keys[c.object]
        for c in claims
        if c.object is not None and c.asserted and c.relation.owner and entities[c.object].type is EntityType.PLACE
    ]
    return min(owners, default="")


def conflict(a: Cluster, b: Cluster) -> str | None:
    """Return what makes two clusters different things whatever their names, or None."""
    return genders_differ(a, b) or facts_differ(a, b)


def genders_differ(a: Cluster, b: Cluster) -> str | None:
    """Return how two clusters differ in gender, or None."""
    if len(a.genders) == len(b.genders) == 1 and a.genders != b.genders:
        return "gender: " + " is not ".join(sorted(a.genders | b.genders))
    return None


def facts_differ(a: Cluster, b: Cluster) -> str | None:
    """Return what dates, or states whose institutions they are, make two clusters different things, or None."""
    for predicate in (BIRTH, DEATH):
        dates_a = {d for p, d in a.dates if p == predicate}
        dates_b = {d for p, d in b.dates if p == predicate}
        if dates_a and dates_b and not any(x.startswith(y) or y.startswith(x) for x in dates_a for y in dates_b):
            return f"{predicate}: {min(dates_a)} is not {min(dates_b)}"
    years_a, years_b = _birth_years(a), _birth_years(b)
    if years_a and years_b and not any(x[0] <= y[1] + 1 and y[0] <= x[1] + 1 for x in years_a for y in years_b):
        return f"age: born in {min(years_a)[0]} is not in {min(years_b)[0]}"
    owners_a, owners_b = {m.owner for m in a.members}, {m.owner for m in b.members}
    if "" not in owners_a | owners_b and owners_a.isdisjoint(owners_b):
        guessed = all(m.guessed for m in (*a.members, *b.members))
        if not guessed or telling_acronyms(a).isdisjoint(telling_acronyms(b)):
            return f"{_readable(min(owners_a))} is not {_readable(min(owners_b))}"
    return None


def _birth_years(cluster: Cluster) -> frozenset[tuple[int, int]]:
    """Return the spans of years in which a person is born by what is told of birth and of age."""
    told = {int(date[:4]) for predicate, date in cluster.dates if predicate == BIRTH and date[:4].isdecimal()}
    return cluster.born | {(year, year) for year in told}


def telling_acronyms(cluster: Cluster) -> frozenset[str]:
    """Return the acronyms that documents use for an organization, without those of two letters."""
    if cluster.type is not EntityType.ORGANIZATION:
        return frozenset()
    found = (parse_organization(n).acronym for n in cluster.aliases())
    return frozenset(a for a in found if a and len(a) >= _TELLING_ACRONYM)


def shared_context(a: Cluster, b: Cluster) -> tuple[float, str]:
    """Return how much two clusters have in common besides their names, 0..1, and what."""
    best: tuple[float, str] = (0.0, "nothing in common")
    for one in a.members[:_MAX_MEMBERS]:
        for two in b.members[:_MAX_MEMBERS]:
            found = _in_common(one, two)
            if found[0] > best[0]:
                best = found
    return best


def have_same_post(a: Cluster, b: Cluster) -> bool:
    """Whether articles give both a post of one title at one body or state."""
    one, two = ({role for m in c.members for role in m.roles if role[1]} for c in (a, b))
    return not one.isdisjoint(two)


def _readable(key: str) -> str:
    """Return what the key of a place or an institution stands for, for a person to read."""
    _, _, rest = key.partition(" ")
    states = [c.name for c in map(country_of_code, re.findall(r"@([A-Z]{2})\b", rest)) if c]
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", re.sub(r"@[A-Z]{2}\b|@", " ", rest)).split()
    return " ".join((*states, *words))


def _in_common(a: Local, b: Local) -> tuple[float, str]:
    if any(target for _, target in a.roles & b.roles):
        title, _ = min(r for r in a.roles & b.roles if r[1])
        return 1.0, f"the same role: {title}"

    def say(key: str) -> str:
        return min((m.named[key] for m in (a, b) if key in m.named), default=_readable(key))

    company = a.company & b.company
    related = a.related & b.related
    score = 0.25 * len(company) + 0.4 * len(related)
    reasons = [say(key) for key in sorted(company | related)[:4]]
    titles = {t for t, _ in a.roles} & {t for t, _ in b.roles}
    if titles:
        score += 0.4
        reasons.append(min(titles))
    if a.places & b.places:
        score += 0.1
        reasons.extend(say(key) for key in sorted((a.places & b.places) - company - related)[:2])
    return min(1.0, score), "in common: " + ", ".join(reasons) if reasons else "nothing in common"
