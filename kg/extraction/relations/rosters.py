"""Posts in tables and lists: a row names a person and what they hold, by the heads of the columns or by their words.

What the sentences around say has no part in it, and what other readers make of a table's words is no witness: they take
one cell with the next. A list is two items and more in a row that are nothing but a name and a title.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from kg.extraction.discourse import Discourse, TokenMention
from kg.extraction.posts.phrase import TitlePhrase
from kg.extraction.posts.titles import title_phrases
from kg.extraction.time.dates import resolve_date, span_of
from kg.lexicons import lexicon
from kg.lines import TextRow, heads_of
from kg.model import Claim, Document, EntityType, Evidence, MentionKind, RoleStatus
from kg.predicates import MEMBERSHIP, POST

__all__ = ["Rosters"]

_P, _O, _L = EntityType.PERSON, EntityType.ORGANIZATION, EntityType.PLACE
_MOST = 0.6  # share of a column's cells that make it of a kind
_BY_HEAD, _BY_SHAPE = 0.92, 0.85  # how likely a row is read right
_LONGEST_TITLE = 9  # words
_LONGEST_ITEM = 14  # words of an item of a list
_BEHIND_NAME = frozenset({",", ":", "-", "–", "—", "("})


@dataclass(frozen=True, slots=True)
class _Cell:
    """A cell: its characters, its text on one line, what it names and the titles in it."""

    start: int = 0
    end: int = 0
    text: str = ""
    mentions: tuple[TokenMention, ...] = ()
    phrases: tuple[TitlePhrase, ...] = ()

    def names(self, type_: EntityType) -> TokenMention | None:
        """Return the one thing of a type that the cell names."""
        found = [m for m in self.mentions if m.type is type_ and (m.kind is MentionKind.NAME or m.demonym)]
        return found[0] if len(found) == 1 else None


_EMPTY = _Cell()


class Rosters:
    """The tables of a document as they are read."""

    def __init__(self, discourse: Discourse) -> None:
        self._discourse = discourse
        self._tables: Sequence[Sequence[TextRow]] = [t.rows for t in discourse.doc.user_data.get("tables", ())]
        self._bounds = sorted(cell for rows in self._tables for row in rows for cell in row if cell[0] < cell[1])
        self._phrases = list(title_phrases(discourse)) if self._tables or discourse.doc.user_data.get("blocks") else []
        self._items = list(self._listed())
        self._told = {item.evidence.subject for item in self._items}

    def crosses(self, claim: Claim) -> bool:
        """Whether a claim of another reader takes the words of a table over the bounds of a cell, or is in a list."""
        told = claim.evidence
        if claim.relation.titled and told.subject in self._told:
            return True
        ends = {self._around(span[0]) for span in (told.subject, told.object) if span is not None}
        if ends == {None}:
            return False
        cell = ends.pop()
        return bool(ends) or cell is None or not (cell[0] <= told.start and told.end <= cell[1])

    def _around(self, offset: int) -> tuple[int, int] | None:
        at = bisect_right(self._bounds, offset, key=lambda cell: cell[0]) - 1
        return self._bounds[at] if at >= 0 and offset < self._bounds[at][1] else None

    def claims(self) -> Iterator[Claim]:
        """Yield what the rows and items say."""
        yield from self._items
        for table in self._tables:
            rows = [[self._cell(span) for span in row] for row in table]
            rows = [row for row in rows if any(cell.text for cell in row)]
            above, heads = heads_of([[cell.text for cell in row] for row in rows])
            body = rows[above:]
            kinds = self._with_shapes(heads, body) if len(rows) > 1 and body else {}
            if "name" in kinds:
                for row in body:
                    yield from _Reading(self._discourse, row, kinds, _BY_HEAD if heads else _BY_SHAPE).claims()

    def _phrases_in(self, start: int, end: int) -> tuple[TitlePhrase, ...]:
        """Return the title phrases among some words, none of the words of another: "justice" of a minister."""
        found: list[TitlePhrase] = []
        low, high = (bisect_left(self._phrases, at, key=lambda phrase: phrase.head) for at in (start, end))
        for phrase in self._phrases[low:high]:
            if not (found and phrase.head < max(found[-1].end, found[-1].outer_end)):
                found.append(phrase)
        return tuple(found)

    def _with_shapes(self, heads: Mapping[str, int], body: Sequence[Sequence[_Cell]]) -> dict[str, int]:
        """Return the columns by kind, those without a head by what stands in them; none where two have names."""
        kinds = dict(heads)
        taken = set(kinds.values())
        width = max(len(row) for row in body)
        columns = {n: [row[n] for row in body if n < len(row) and row[n].text] for n in range(width) if n not in taken}
        if "name" not in kinds:
            people = [n for n, cells in columns.items() if _mostly(cells, [_is_full_name(c) for c in cells])]
            people = [n for n in people if len({c.text for c in columns[n]}) == len(columns[n])]
            if len(people) != 1:
                return {}
            kinds["name"] = people[0]
        for n, cells in columns.items():
            for kind, fits in (
                ("position", [bool(c.phrases) and c.names(_P) is None for c in cells]),
                ("party", [_is_whole(c, party) and self._is_party(party) for c in cells for party in [c.names(_O)]]),
                ("organization", [_is_whole(c, c.names(_O)) for c in cells]),
                ("country", [_is_whole(c, c.names(_L)) for c in cells]),
            ):
                if kind not in kinds and n not in kinds.values() and _mostly(cells, fits):
                    kinds[kind] = n
        return kinds

    def _is_party(self, mention: TokenMention | None) -> bool:
        return mention is not None and self._discourse.entities[mention.entity].subtype == "PoliticalParty"

    def _listed(self) -> Iterator[Claim]:
        """Yield the posts of items of a list, two at least in a row."""
        opening = [*self._discourse.doc.user_data.get("blocks", ()), len(self._discourse.doc)]
        by_start = {phrase.outer_start: phrase for phrase in self._phrases}
        run: list[Claim] = []
        for start, end in pairwise(opening):
            item = self._item(start, end, by_start) if end - start <= _LONGEST_ITEM else None
            if item is not None:
                run.append(item)
                continue
            yield from run if len(run) > 1 else ()
            run = []
        yield from run if len(run) > 1 else ()

    def _item(self, start: int, end: int, phrases: Mapping[int, TitlePhrase]) -> Claim | None:
        """Return the post of "Ama Boateng, governor of Takora", None where an item says anything else."""
        doc = self._discourse.doc
        person = self._discourse.at(start)
        if person is None or person.type is not _P or person.start != start or person.end - person.start < 2:
            return None
        if person.kind is not MentionKind.NAME or person.end >= end or doc[person.end].text not in _BEHIND_NAME:
            return None
        phrase = phrases.get(person.end + 1)
        rest = doc[phrase.outer_end : end] if phrase and phrase.fact and not phrase.served else None
        if phrase is None or rest is None or any(not token.is_space and not token.is_punct for token in rest):
            return None
        words = doc[start : max(phrase.outer_end, phrase.end)]
        cell = _Cell(words.start_char, words.end_char, words.text, (person,), (phrase,))
        reading = _Reading(self._discourse, [cell], {"name": 0, "position": 0}, _BY_SHAPE, "list")
        return next(reading.claims(), None)

    def _cell(self, span: tuple[int, int]) -> _Cell:
        doc = self._discourse.doc
        words = doc.char_span(*span, alignment_mode="expand") if span[0] < span[1] else None
        if words is None:
            return _EMPTY
        document: Document = doc.user_data["document"]
        return _Cell(
            *span,
            " ".join(document.text[slice(*span)].split()),
            tuple(self._discourse.within(words)),
            self._phrases_in(words.start, words.end),
        )


def _mostly(cells: Sequence[_Cell], fits: Sequence[bool]) -> bool:
    return len(cells) > 1 and sum(fits) >= _MOST * len(cells)


def _is_full_name(cell: _Cell) -> bool:
    person = cell.names(_P)
    return person is not None and person.end - person.start > 1


def _is_whole(cell: _Cell, mention: TokenMention | None) -> bool:
    """Whether a name is all that a cell says."""
    return mention is not None and len(cell.mentions) == 1 and not cell.phrases


@dataclass(frozen=True, slots=True)
class _Post:
    title: str
    status: RoleStatus
    holder: TokenMention | None = None
    head: str = ""


class _Reading:
    """A row that names a person."""

    def __init__(
        self, discourse: Discourse, row: Sequence[_Cell], kinds: Mapping[str, int], sure: float, rule: str = "table"
    ) -> None:
        self._discourse, self._row, self._kinds, self._sure, self._rule = discourse, row, kinds, sure, rule

    def _at(self, kind: str) -> _Cell:
        at = self._kinds.get(kind, len(self._row))
        return self._row[at] if at < len(self._row) else _EMPTY

    def claims(self) -> Iterator[Claim]:
        person = self._at("name").names(_P)
        if person is None:
            return
        body, state = self._at("organization").names(_O), self._at("country").names(_L)
        posts = list(_posts(self._at("position"), by_head="position" in self._kinds))
        start, end = self._term()
        for post in posts:
            yield self._held(person, post, body, state, start, end)
        if body and "position" not in self._kinds:
            yield self._claim(person, MEMBERSHIP, body)
        if party := self._at("party").names(_O):
            yield self._claim(person, "politicalAffiliation", party)
        if home := self._at("nationality").names(_L):
            yield self._claim(person, "citizenOf", home)

    def _held(
        self, person: TokenMention, post: _Post, body: TokenMention | None, state: TokenMention | None,
        start: str | None, end: str | None,
    ) -> Claim:  # fmt: skip
        title, target = post.title, body or post.holder
        if body is None and self._at("country").text and _is_of_states(post):
            if post.holder is not None and (state is None or post.holder.entity != state.entity):
                title = self._at("position").text.lower()  # "ambassador to Valmora", of the state that sends them
            target = state
        claim = self._claim(person, POST, target)
        published: str | None = self._discourse.doc.user_data["document"].published
        over = end is not None and (published is None or end[: len(published)] <= published[: len(end)])
        return replace(claim, title=title, status=RoleStatus.FORMER if over else post.status, start=start, end=end)

    def _term(self) -> tuple[str | None, str | None]:
        """Return when the post was taken up and given up."""
        start, end = span_of(self._at("term").text)
        first, last = (resolve_date(self._at(kind).text, published=None) for kind in ("start", "end"))
        return start or first, end or last

    def _claim(self, person: TokenMention, predicate: str, target: TokenMention | None) -> Claim:
        document: Document = self._discourse.doc.user_data["document"]
        filled = [cell for cell in self._row if cell.text]
        start, end = filled[0].start, filled[-1].end
        here = target is not None and start <= self._span(target)[0] < end
        evidence = Evidence(
            document=document.id,
            start=start,
            end=end,
            text=document.text[start:end],
            subject=self._span(person),
            object=self._span(target) if target is not None and here else None,
            extractor=f"rule:{self._rule}",
        )
        return Claim(
            subject=person.entity,
            predicate=predicate,
            object=target.entity if target is not None else None,
            evidence=evidence,
            confidence=self._sure,
        )

    def _span(self, mention: TokenMention) -> tuple[int, int]:
        words = self._discourse.span(mention)
        return words.start_char, words.end_char


def _posts(cell: _Cell, *, by_head: bool) -> Iterator[_Post]:
    """Yield the posts that a cell tells; where its column is headed as one of posts, any short text is one."""
    text = cell.text.lower().strip(" .,;")
    if not text or text in lexicon("relations/rosters")["vacant"]:
        return
    for phrase in cell.phrases:
        if phrase.fact and phrase.served:  # "assistant to Ama Boateng"
            yield _Post(text, phrase.status or RoleStatus.CURRENT, head=phrase.head_word)
        elif phrase.fact:
            holder = phrase.holder if phrase.holder and phrase.holder.type in {_O, _L} else None
            yield _Post(phrase.text, phrase.status or RoleStatus.CURRENT, holder, phrase.head_word)
    words = text.split()
    if not cell.phrases and by_head and len(words) <= _LONGEST_TITLE and not any(map(str.isdigit, text)):
        yield _Post(text, RoleStatus.CURRENT)


def _is_of_states(post: _Post) -> bool:
    """Whether a post is held in a state, or for one elsewhere."""
    classes = lexicon("role_classes")
    known = {*classes["state_offices"], *classes["portfolio_offices"], *classes["sent_abroad"]}
    return post.head in known or post.title in known
