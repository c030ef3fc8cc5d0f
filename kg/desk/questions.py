"""A question in plain English -> SPARQL, by a small grammar that is data (``kg/data/questions.yaml``).

No model guesses: a question is one of the forms that the file lists, with names that the graph knows and a time that
can be told, or it is not understood, and what is understood is said.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.desk.grammar import QuestionForm, read_grammar
from kg.errors import UnknownEntityError, UsageError
from kg.model import PREDICATES

if TYPE_CHECKING:
    from pathlib import Path

    from kg.store import QueryResult, Source

__all__ = ["Question", "ask", "examples", "understand"]

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_MONTH = "|".join(f"{name}|{name[:3]}\\.?" for name in _MONTHS) + r"|Sept\.?"
_DATE = rf"(?:(?:\d{{1,2}} )?(?:{_MONTH}) (?:\d{{1,2}},? )?\d{{4}}|\d{{4}}-\d{{2}}(?:-\d{{2}})?|\d{{4}})"
_WHEN = re.compile(
    rf"^(?P<rest>.*?),? (?:between (?P<low>{_DATE}) and (?P<high>{_DATE})"
    rf"|(?P<word>in|on|during|since|after|before|until|from) (?P<date>{_DATE}))$",
    re.IGNORECASE,
)
_VAGUE = re.compile(
    r" (yesterday|tomorrow|recently|lately|(?:last|this|next|past) (?:week|month|year|summer|winter|spring|autumn))$",
    re.I,
)
_PLACED = re.compile(r"^(?P<rest>.+) in (?P<place>[^\s].*)$")
_LASTS = frozenset({"holdsRole", "memberOf", "politicalAffiliation", "livesIn", "basedIn", "spouseOf"})
_LONGEST = 300  # characters of a question
_SHOWN = 5  # questions that are understood, where one is not
_FIRST, _LAST = "0000", "9999"


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What was understood, in words, and the query that answers it."""

    means: str
    sparql: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Period:
    """From the beginning of one ISO date to the end of another."""

    low: str
    high: str
    words: str


def examples() -> tuple[str, ...]:
    """Return a question of each form that is understood."""
    return tuple(form.example for form in read_grammar().forms)


def understand(question: str, source: "Source") -> Question:
    """Return what a question means, as SPARQL for a graph.

    Args:
        question: in English; letter case and a question mark do not matter.
        source: the graph, whose names are looked up.

    Raises:
        UsageError: it is not understood; the message says what is.
        UnknownEntityError: it is, but names nobody in the graph.
    """
    text = " ".join(question.strip().rstrip("?. ").split())
    if len(text) > _LONGEST:
        raise UsageError(f"a question has at most {_LONGEST} characters")
    text = read_grammar().reword(text)
    if vague := _VAGUE.search(text):
        raise UsageError(f"{vague[1]!r} is no date: ask like 'in May 2020', 'on 3 May 2020' or 'since 2019'")
    plain, period = _period(text)
    plain = read_grammar().reword(plain)  # what stands at its end now
    unknown: UnknownEntityError | None = None
    for words, when in ((plain, period), (text, None)) if period else ((text, None),):
        for form, given in _readings(words):
            try:
                return _asked(form, given, when, source)
            except UnknownEntityError as error:  # another form may have cut the names otherwise
                unknown = unknown or error
    if unknown is not None:
        raise UnknownEntityError(f"{unknown}; `kg ask --list` shows every form of question")
    raise UsageError(
        f"{question!r} is not understood: ask like {'; '.join(_nearest(text))}; `kg ask --list` shows every form"
    )


def ask(folder: "str | Path", question: str) -> "QueryResult":
    """Answer a question from the graph of a build.

    Raises:
        UsageError, UnknownEntityError: as ``understand``.
        OutputError: the folder holds no build.
    """
    from kg.store import open_source

    source = open_source(str(folder))
    return source.query(understand(question, source).sparql)


def _nearest(text: str) -> Iterator[str]:
    """Yield questions that are understood, most like a text."""
    from rapidfuzz import fuzz, process

    for example, _, _ in process.extract(text, examples(), scorer=fuzz.token_set_ratio, limit=_SHOWN):
        yield example


def _readings(text: str) -> Iterable[tuple[QuestionForm, Mapping[str, str]]]:
    """Yield the forms that a question may have, first without a place, then with what follows "in" as one."""
    placed = _PLACED.match(text)
    for form in read_grammar().forms:
        for pattern in form.patterns:
            if (match := pattern.fullmatch(text)) and form.allows(match.groupdict()):
                yield form, match.groupdict()
    for form in read_grammar().forms if placed else ():
        for pattern in form.patterns:
            match = pattern.fullmatch(placed["rest"]) if placed else None
            if match and any("place" in PREDICATES[name].tells for name in form.predicates):
                yield form, {**match.groupdict(), "place": placed["place"] if placed else ""}


def _period(text: str) -> tuple[str, _Period | None]:
    """Return a question without the time at its end, and the time."""
    match = _WHEN.match(text)
    if match is None:
        return text, None
    words = text[len(match["rest"]) :].strip(", ")
    if match["low"]:
        return match["rest"], _Period(low=_iso(match["low"]), high=_iso(match["high"]), words=words)
    date, word = _iso(match["date"]), match["word"].casefold()
    low, high = {
        "since": (date, _LAST),
        "from": (date, _LAST),
        "after": (date + "~", _LAST),  # after all days of it
        "before": (_FIRST, _before(date)),
        "until": (_FIRST, date),
    }.get(word, (date, date))
    return match["rest"], _Period(low=low, high=high, words=words)


def _before(date: str) -> str:
    """Return text that sorts right before a date and all that lies in it."""
    return date[:-1] + chr(ord(date[-1]) - 1) + "~"


def _iso(text: str) -> str:
    if re.fullmatch(r"[\d-]+", text):
        return text
    year = re.findall(r"\d{4}", text)[-1]
    month = next(i for i, name in enumerate(_MONTHS, start=1) if name[:3].casefold() in text.casefold())
    day = re.search(r"(?<!\d)\d{1,2}(?!\d)", text)
    return f"{year}-{month:02}" + (f"-{int(day[0]):02}" if day else "")


def _asked(form: QuestionForm, given: Mapping[str, str], period: _Period | None, source: "Source") -> Question:
    names = {key: _name(given[key]) for key in ("x", "y", "place") if given.get(key)}
    iris = {key: _found(name, source) for key, name in names.items()}
    means = form.means.format(**names, title=given.get("title") or "")
    means += f" ({given['offence']})" if given.get("offence") else ""
    means += f" in {names['place']}" if "place" in names else ""
    means += f" {period.words}" if period else ""
    conditions = [*_ends(form, iris), *_details(form, given, iris), *(_timed(form, period) if period else ())]
    columns, order = _columns(form)
    body = "\n".join(f"  {line}" for line in (*_BODY, *conditions))
    told = "(COUNT(DISTINCT ?document) AS ?articles) (MIN(?line) AS ?sentence)"
    select, group = f"SELECT {columns} {told}", f"GROUP BY ?statement {columns}\nORDER BY {order} ?statement"
    return Question(means=means, sparql=f"{select}\nWHERE {{\n{body}\n}}\n{group}")


def _name(text: str) -> str:
    return re.sub(r"^the ", "", text.strip(" ,\"'“”"), flags=re.IGNORECASE)


def _found(name: str, source: "Source") -> str:
    """Return the IRI that a name means, without what stands before it if that is a title."""
    from kg.mapping import roles_under
    from kg.matching.persons import parse_person

    try:
        return source.find(name)
    except UnknownEntityError:
        words = name.split()
        dropped = parse_person(name).dropped
        for at in range(len(words) - 1, 0, -1):
            title = " ".join(words[:at])
            if roles_under(title) or title.casefold().strip(".") in dropped:
                return source.find(" ".join(words[at:]))
        raise


_BODY = (
    "?statement a kg:Statement ; rdf:subject ?subject ; rdf:predicate ?predicate ; kg:asserted ?asserted ;",
    "  kg:polarity ?polarity ; kg:modality ?modality ; kg:sources ?sources ; kg:evidence ?evidence .",
    "?evidence oa:hasSource ?source ; oa:hasSelector/oa:exact ?quote .",
    "?source dcterms:identifier ?document .",
    "BIND(CONCAT(?document, ': ', ?quote) AS ?line)",
    "?subject rdfs:label ?one .",
    "OPTIONAL { ?source dcterms:issued ?published }",
    "OPTIONAL { ?statement rdf:object ?object . OPTIONAL { ?object rdfs:label ?name } }",
    "OPTIONAL { ?statement kg:title ?title }",
    "OPTIONAL { ?statement kg:role ?role }",
    "OPTIONAL { ?statement kg:offence ?offence }",
    "OPTIONAL { ?statement kg:status ?state . BIND(STRAFTER(STR(?state), '#') AS ?status) }",
    "OPTIONAL { ?statement kg:date ?date }",
    "OPTIONAL { ?statement kg:start ?start }",
    "OPTIONAL { ?statement kg:end ?end }",
    "OPTIONAL { ?statement kg:place ?where . ?where rdfs:label ?place }",
    "BIND(COALESCE(?name, STR(?object)) AS ?other)",
    "BIND(STRAFTER(STR(?predicate), '#') AS ?relation)",
    "BIND(IF(?asserted, 'stated', IF(?modality = kg:actual, 'negated', STRAFTER(STR(?modality), '#'))) AS ?says)",
)


def _ends(form: QuestionForm, iris: Mapping[str, str]) -> Iterable[str]:
    if form.predicates:
        yield f"VALUES ?predicate {{ {' '.join(f'kg:{name}' for name in form.predicates)} }}"
    for key, end in form.ends.items():
        iri = f"<{iris[key]}>"
        subject, object_ = f"?subject = {iri}", f"BOUND(?object) && ?object = {iri}"
        condition = {"subject": subject, "object": object_}.get(end, f"{subject} || ({object_})")
        who = {"subject": "?other", "object": "?one"}.get(end, f"IF({subject}, ?other, ?one)")
        if form.turned:
            turned = f"?predicate IN ({', '.join(f'kg:{name}' for name in form.turned)})"
            opposite = {subject: object_, object_: subject}[condition]
            condition = f"IF({turned}, {opposite}, {condition})"
            who = f"IF({subject}, ?other, ?one)"
        yield f"FILTER({condition})"
        if key == "x" and form.asks == "other":
            yield f"BIND({who} AS ?who)"
    for name, values in form.only.items():
        yield f"FILTER(BOUND(?{name}) && ?{name} IN ({', '.join(map(repr, values))}))"
    if form.asks not in {"whether", "all"} and "says" not in form.only:
        yield "FILTER(?asserted)"


def _details(form: QuestionForm, given: Mapping[str, str], iris: Mapping[str, str]) -> Iterable[str]:
    from kg.mapping import roles_under

    title = given.get("title") or "" if "holdsRole" in form.predicates else ""
    if roles := sorted(f"<{iri}>" for iri in roles_under(title)) or [f"role:{name}" for name in form.roles]:
        yield f"FILTER(BOUND(?role) && ?role IN ({', '.join(roles)}))"
    else:
        for word in re.findall(r"[\w-]+", title.casefold()):
            yield f"FILTER(BOUND(?title) && CONTAINS(LCASE(?title), '{word}'))"
    for word in re.findall(r"[\w-]+", (given.get("offence") or "").casefold()):
        yield f"FILTER(BOUND(?offence) && CONTAINS(LCASE(?offence), '{word}'))"
    if "place" in iris:
        yield f"FILTER(BOUND(?where) && ?where = <{iris['place']}>)"
    if form.asks == "date":
        yield "FILTER(BOUND(?date))"
    if form.asks == "place":
        yield "FILTER(BOUND(?place))"


def _timed(form: QuestionForm, period: _Period) -> Iterable[str]:
    """Yield what a time asks for: of what happens its date, of what lasts that it had begun and not ended.

    A date that is less precise than the time counts where it may be in it; of what lasts without dates the day of the
    article counts.
    """

    def not_after(variable: str) -> str:
        return f"STR({variable}) <= '{period.high}~'"

    def not_before(variable: str) -> str:
        return f"STR({variable}) >= SUBSTR('{period.low}', 1, STRLEN(STR({variable})))"

    if "status" in form.only:
        yield f"FILTER(BOUND(?end) && {not_after('?end')} && {not_before('?end')})"
    elif _LASTS.isdisjoint(form.predicates):
        yield "BIND(IF(?predicate IN (kg:bornOn, kg:diedOn, kg:foundedOn), ?object, ?date) AS ?time)"
        yield f"FILTER(BOUND(?time) && {not_after('?time')} && {not_before('?time')})"
    else:
        yield f"FILTER(!BOUND(?start) || {not_after('?start')})"
        yield f"FILTER(!BOUND(?end) || {not_before('?end')})"
        seen = f"BOUND(?published) && {not_after('?published')} && {not_before('?published')} && ?status != 'former'"
        yield f"FILTER(BOUND(?start) || BOUND(?end) || COALESCE({seen}, false))"


def _columns(form: QuestionForm) -> tuple[str, str]:
    """Return what is shown of a statement, and the order; one row a statement, with the first of its sentences."""
    offence = " ?offence" if any("offence" in PREDICATES[name].tells for name in form.predicates) else ""
    shown = {
        "date": ("?date ?one ?relation ?other", "?date"),
        "place": ("?place ?date", "?place ?date"),
        "literal": ("?one ?other", "?other"),
        "post": ("?title ?other ?status ?start ?end", "?other ?title"),
        "whether": (f"?says ?one ?relation ?other{offence} ?date", "?says ?date"),
        "holders": ("?one ?title ?other ?status ?start ?end", "?other ?one"),
        "relatives": ("?one ?relation ?other", "?relation ?one"),
        "all": ("?says ?one ?relation ?title ?other ?offence ?date", "?says ?relation ?one ?other"),
    }
    whether = ("?says ?one ?title ?other ?status ?start ?end", "?says ?start")
    if "holdsRole" in form.predicates and form.asks == "whether":
        return whether
    posts = ("?who ?title ?status ?start ?end", "?who ?title")
    others = ("?who ?relation ?date ?place" if form.turned else "?who ?date ?place", "?date ?who")
    return shown.get(form.asks, posts if "holdsRole" in form.predicates else others)
