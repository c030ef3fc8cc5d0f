"""How resolution grows: made-up corpora of any size with known answers.

    python -m kg.resolution.benchmark 10000 100000

Prints for each number of entities: the time and the memory that ``resolve`` takes, and the precision and recall of what
it merges beyond equal names. Persons of a dozen cultures, organizations and places stand ten in a document; 3% of them
come again in another document under another spelling, a short form, initials, another order, an acronym or with a slip,
every second one in the company it had before. Entities are generated from a fixed seed.
"""

import re
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import log
from random import Random

from kg.lexicons import lexicon
from kg.model import EntityType, Extraction, LocalEntity, Mention, MentionKind

__all__ = ["Result", "generate", "measure"]

_CONSONANTS = tuple("bdfghklmnprstvz")
_A_DOCUMENT, _VARIANTS, _IN_COMPANY = 10, 0.03, 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """Figures of one corpus.

    ``memory`` is the peak of the process in MB, ``merged`` the merges beyond equal names; ``found`` is the share of the
    variants that were merged or left for review, the latter ``asked`` questions in all.
    """

    entities: int
    seconds: float
    memory: float
    precision: float
    recall: float
    found: float
    merged: int
    asked: int


def generate(count: int) -> tuple[list[Extraction], dict[tuple[str, int], int]]:
    """Return a corpus of ``count`` entities, and which entity each local entity is."""
    random = Random(0)
    things = _things(count, random)
    truth: dict[tuple[str, int], int] = {}
    extractions = []

    def document(name: str, members: Sequence[tuple[int, EntityType, str]]) -> None:
        truth.update({(name, i): number for i, (number, _, _) in enumerate(members)})
        extractions.append(Extraction(document=name, entities=tuple(_local(t, n) for _, t, n in members)))

    numbers = list(range(count))
    random.shuffle(numbers)
    for at in range(0, count, _A_DOCUMENT):
        members = numbers[at : at + _A_DOCUMENT]
        document(f"d{at:08}", [(n, things[n].type, things[n].name) for n in members])
        for number in members:
            if random.random() < _VARIANTS:
                fellows = [n for n in members if n != number]
                company = random.sample(fellows, min(3, len(fellows))) if random.random() < _IN_COMPANY else []
                again = [(n, things[n].type, things[n].name) for n in company]
                variant = _variant(things[number], random)
                document(f"v{number:08}", [(number, things[number].type, variant), *again])
    return extractions, truth


def measure(count: int) -> Result:
    """Generate a corpus and resolve it."""
    import resource

    from kg.resolution.resolve import resolve

    extractions, truth = generate(count)
    started = time.process_time()
    resolution = resolve(extractions, base_iri="https://kg.example/")
    assignment = resolution.assignment
    seconds = time.process_time() - started
    names = {(e.document, i): entity.name for e in extractions for i, entity in enumerate(e.entities)}
    first = {truth[at]: at for at in sorted(truth, reverse=True)}  # "d..." sorts before "v..."
    varied = {at: first[truth[at]] for at in truth if names[at] != names[first[truth[at]]]}
    found = sum(assignment[a] == assignment[b] for a, b in varied.items())
    questions = {frozenset((doubt.a, doubt.b)) for doubt in resolution.doubtful}
    asked = sum(frozenset((assignment[a], assignment[b])) in questions for a, b in varied.items())
    clusters: dict[str, set[tuple[str, int]]] = {}
    for at in first.values():
        clusters.setdefault(assignment[at], set()).add((names[at], truth[at]))
    wrong = sum(len({number for _, number in members}) - 1 for members in clusters.values())
    wrong += sum(assignment[a] != assignment[b] and len(clusters.get(assignment[a], ())) > 0 for a, b in varied.items())
    return Result(
        entities=count,
        seconds=seconds,
        memory=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        precision=found / (found + wrong) if found + wrong else 1.0,
        recall=found / len(varied) if varied else 1.0,
        found=(found + asked) / len(varied) if varied else 1.0,
        merged=found + wrong,
        asked=len(questions),
    )


@dataclass(frozen=True, slots=True)
class _Thing:
    type: EntityType
    name: str
    culture: str


def _things(count: int, random: Random) -> list[_Thing]:
    """Return things of different names."""
    made: dict[str, _Thing] = {}
    makers = (_person, _person, _person, _organization, _person, _organization, _person, _place)
    attempts = 0
    while len(made) < count:
        thing = makers[len(made) % len(makers)](random, attempts // (4 * count))
        attempts += 1
        made.setdefault(thing.name, thing)
    return list(made.values())


def _person(random: Random, more: int) -> _Thing:
    facts = lexicon("benchmark_names")["cultures"]
    culture = random.choice(sorted(facts))
    parts = facts[culture]
    given = random.choice(parts["given"])
    if more or culture in {"chinese", "korean"}:
        given += f" {random.choice(parts['given'])}"
    common = random.random() < 0.15
    family = random.choice(parts["family"]) if common else _made(parts["syllables"], random)
    if culture == "spanish" or (culture in {"chinese", "korean"} and random.random() < 0.8):
        family += f" {_made(parts['syllables'], random)}"
    return _Thing(EntityType.PERSON, f"{given} {family}", culture)


def _made(syllables: Sequence[Sequence[str]], random: Random) -> str:
    start, middle, end = syllables
    middles = "".join(random.choice(_CONSONANTS) + random.choice(middle) for _ in range(random.choice((1, 1, 2))))
    return f"{random.choice(start)}{middles}{random.choice(end)}"


def _organization(random: Random, _more: int) -> _Thing:
    facts = lexicon("benchmark_names")
    owner = (
        _made(facts["places"], random)
        if random.random() < 0.7
        else _made(random.choice([c["syllables"] for _, c in sorted(facts["cultures"].items())]), random)
    )
    kind: str = random.choice(facts["organizations"]["kinds"])
    name = kind.replace("{}", random.choice(facts["organizations"]["subjects"])).replace("*", owner)
    return _Thing(EntityType.ORGANIZATION, name, "")


def _place(random: Random, _more: int) -> _Thing:
    places = lexicon("benchmark_names")["places"]
    return _Thing(EntityType.PLACE, f"{random.choice(('', '', 'Saint ', 'New ', 'Port '))}{_made(places, random)}", "")


def _variant(thing: _Thing, random: Random) -> str:
    """Return another way to write a name; the name itself where nothing applies."""
    ways = list(_ways(thing, random))
    return random.choice(ways) if ways else thing.name


def _ways(thing: _Thing, random: Random) -> Iterator[str]:
    words = thing.name.split()
    if thing.type is EntityType.PERSON:
        for pattern, other in lexicon("benchmark_names")["cultures"][thing.culture]["variants"]:
            respelt = " ".join(re.sub(pattern, other, word) for word in words)
            if respelt != thing.name:
                yield respelt
                yield respelt
        yield f"{words[0][0]}. {' '.join(words[1:])}"
        yield " ".join([words[-1], *words[:-1]]) if len(words) == 2 else f"{words[0]} {words[-1]}"
        yield _slip(thing.name, random)
    elif thing.type is EntityType.ORGANIZATION:
        yield thing.name.replace(" Company", " Co.").replace("Labour", "Labor").replace("Federation", "Fed.")
        yield f"{thing.name} Ltd" if not thing.name.endswith(("Company", "Corporation")) else f"The {thing.name}"
        yield f"The {thing.name}"
        yield "".join(w[0] for w in words if w[0].isupper()) if len(words) > 3 else _slip(thing.name, random)
        yield _slip(thing.name, random)
    else:
        yield thing.name.replace("Saint ", "St. ")
        yield thing.name.replace(" ", "-")
        yield _slip(thing.name, random)


def _slip(name: str, random: Random) -> str:
    at = random.choice([i for i in range(1, len(name) - 1) if name[i - 1 : i + 2].isalpha()] or [0])
    return (
        f"{name[:at]}{name[at + 1]}{name[at]}{name[at + 2 :]}"
        if at and random.random() < 0.5
        else (f"{name[:at]}{name[at + 1 :]}" if at else name)
    )


def _local(type_: EntityType, name: str) -> LocalEntity:
    return LocalEntity(type=type_, name=name, mentions=(Mention(0, max(1, len(name)), MentionKind.NAME),))


def _main(sizes: Sequence[int]) -> None:
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    say = sys.stdout.write
    heads = ("seconds", 10), ("MB", 8), ("precision", 11), ("recall", 8), ("found", 8), ("merged", 8), ("asked", 8)
    say(f"{'entities':>10}{''.join(f'{head:>{width}}' for head, width in heads)}   beyond linear\n")
    before: Result | None = None
    for size in sizes:
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:  # its own process: its own peak
            found = pool.submit(measure, size).result()
        growth = ""
        if before:
            growth = f"{found.seconds / before.seconds / (found.entities / before.entities):.2f}-fold, exponent "
            growth += f"{log(found.seconds / before.seconds) / log(found.entities / before.entities):.2f}"
        say(
            f"{found.entities:>10}{found.seconds:>10.1f}{found.memory:>8.0f}{found.precision:>11.3f}{found.recall:>8.3f}"
            f"{found.found:>8.3f}{found.merged:>8}{found.asked:>8}   {growth}\n"
        )
        before = found


if __name__ == "__main__":
    _main([int(argument) for argument in sys.argv[1:]] or [1_000, 10_000])
