"""The rule extractor: gathers the rules' candidates and reads factuality, time, place and evidence off the sentence."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from spacy.tokens import Doc, Span

from kg.extraction.discourse import Discourse, TokenMention
from kg.extraction.language.quoting import quote
from kg.extraction.posts.beside import bearings, titled
from kg.extraction.posts.candidate import Candidate
from kg.extraction.posts.clauses import clause_candidates
from kg.extraction.posts.counterparts import counterpart_candidates
from kg.extraction.posts.roles import promoted, role_candidates
from kg.extraction.posts.setting import Setting
from kg.extraction.posts.terms import with_terms
from kg.extraction.relations.affiliation import affiliation_candidates
from kg.extraction.relations.bylines import byline_candidates
from kg.extraction.relations.circumstances import date_of, literal_date, place_of
from kg.extraction.relations.framing import frame_candidates
from kg.extraction.relations.presence import presence_candidates
from kg.extraction.relations.scenes import Scenes
from kg.extraction.stance.attribution import Attribution
from kg.extraction.stance.factuality import FACT, Factuality, factuality, of_description, reading_of
from kg.extraction.time.dates import DateMention, dates_in
from kg.model import Claim, Evidence, Modality

__all__ = ["RuleExtractor"]


class RuleExtractor:
    """Reads claims by rules of grammar; stateless."""

    name = "rules"

    def __call__(self, doc: Doc, discourse: Discourse) -> Iterator[Claim]:
        """Yield a claim for each candidate that fits its predicate's domain and range."""
        dates = dates_in(doc)
        beside = list(bearings(discourse))
        setting = Setting(discourse, beside)
        roles = [*role_candidates(discourse, beside, setting), *clause_candidates(discourse, beside, setting)]
        roles = list(promoted(roles))
        roles += counterpart_candidates(discourse, roles)
        found = with_terms([*roles, *frame_candidates(discourse, dates, titled(beside))], discourse, dates)
        found += presence_candidates(discourse, found)
        every = chain(found, affiliation_candidates(discourse), byline_candidates(discourse))
        reading = _Reading(discourse, dates, Scenes(discourse, found, dates), Attribution(discourse))
        told = (candidate for candidate in every if _fits(candidate) and not _is_open(candidate))
        yield from (_claim(candidate, reading) for candidate in told)


def _is_open(candidate: Candidate) -> bool:
    """Whether what would take a deed back did not happen, or not yet: "refused to acquit X" tells of no verdict."""
    return candidate.reading == "negated" and _reading(candidate) != FACT


def _fits(candidate: Candidate) -> bool:
    spec = candidate.relation
    if candidate.subject.type not in spec.domain:
        return False
    if candidate.object is None:
        return candidate.literal is not None if not spec.range else spec.object_optional
    return candidate.object.type in spec.range and candidate.object.entity != candidate.subject.entity


@dataclass(frozen=True, slots=True)
class _Reading:
    """One document and what is read off it once."""

    discourse: Discourse
    dates: Sequence[DateMention]
    scenes: Scenes
    sources: Attribution


def _claim(candidate: Candidate, reading: _Reading) -> Claim:
    discourse = reading.discourse
    source = None
    if candidate.object not in discourse.nested:  # what a name itself tells is nobody's word
        source = reading.sources.source(candidate.trigger, syntax=candidate.factual)
    polarity, modality = _reading(candidate)
    if (polarity, modality) == FACT and candidate.reading is not None:
        polarity, modality = reading_of(candidate.reading)
    if modality is Modality.ACTUAL and _lies_ahead(candidate, reading):
        modality = Modality.PLANNED
    if source is None and modality is Modality.POSSIBLE and candidate.reading == "possible":
        source = candidate.object  # who accuses says so
    date, place = _circumstances(candidate, reading)
    title = candidate.title_text or (candidate.title.text.lower() if candidate.title is not None else None)
    return Claim(
        subject=candidate.subject.entity,
        predicate=candidate.predicate,
        object=candidate.object.entity if candidate.object is not None else None,
        literal=candidate.literal,
        polarity=polarity,
        modality=modality,
        title=" ".join(title.split()) if title else None,
        status=candidate.status,
        start=candidate.start,
        end=candidate.end,
        date=date,
        place=place.entity if place is not None else None,
        offence=candidate.offence,
        attributed_to=source.entity if source is not None else None,
        confidence=candidate.confidence,
        evidence=_evidence(candidate, discourse),
    )


def _reading(candidate: Candidate) -> Factuality:
    if candidate.factual:
        return factuality(candidate.trigger, agreed=candidate.relation.agreed)
    return of_description(candidate.trigger) if candidate.rule.startswith("frame") else FACT


def _lies_ahead(candidate: Candidate, reading: _Reading) -> bool:
    """Whether the clause gives an event a date after the day of publication."""
    published = reading.discourse.doc.user_data["document"].published
    nearest = literal_date(candidate.trigger, reading.dates) if candidate.dated and published else None
    day = nearest.value if nearest is not None else None
    return bool(day and published and day[: len(published)] > published[: len(day)])


def _circumstances(candidate: Candidate, reading: _Reading) -> tuple[str | None, TokenMention | None]:
    """The date and the place of an event, by its own clause or by the sentences around it."""
    relation = candidate.relation
    if not candidate.dated and not (relation.decision and candidate.factual):  # when "her successor" died, say
        return None, None
    deed = candidate.deed
    dates = reading.dates if deed is None else [d for d in reading.dates if not _is_of_deed(d, deed)]
    date, place = date_of(candidate.trigger, dates), None
    if "place" in relation.tells:
        exclude = [m for m in (candidate.subject, candidate.object) if m is not None]
        exclude += [] if deed is None else reading.discourse.within(deed)
        place = place_of(candidate.trigger, reading.discourse, exclude=exclude)
    if relation.in_person:
        date, place = date or reading.scenes.date(candidate), place or reading.scenes.place(candidate)
    elif candidate.rule.startswith("presence") and reading.scenes.arrived(candidate):
        date = None
    return date, place


def _is_of_deed(date: DateMention, deed: Span) -> bool:
    """Whether a date in the phrase of an offence is that of the deed: one that is no day ("a murder in 1999").

    A day is where its year is told and the phrase speaks of one deed ("a murder on 3 March 2019", "killing X on ...");
    else the parser may have hung the day of the charge on it.
    """
    if not deed.start <= date.start < deed.end:
        return False
    if date.value is None or len(date.value) < len("2000-01-01"):
        return True
    one = deed.root.tag_ == "VBG" or any(t.dep_ in {"det", "poss"} for t in deed.root.children)
    return one and any(t.shape_ == "dddd" for t in deed.doc[date.start : date.end])


def _evidence(candidate: Candidate, discourse: Discourse) -> Evidence:
    object_ = candidate.literal_span
    if candidate.object is not None:
        object_ = discourse.span(candidate.object)
    return quote(
        discourse,
        candidate.trigger.sent,
        subject=discourse.span(candidate.subject),
        object_=object_,
        extractor=f"rule:{candidate.rule}",
    )
