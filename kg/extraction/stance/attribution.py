"""Who says it: the source of what stands in quotation marks or in reported speech (Pareti 2016; PARC).

Grammar first: the innermost verb of reporting whose complement holds the word that makes the claim, "according to" on
its clause. Then punctuation: the speaker of the quotation around it, where the next one goes on without a new speaker
the same as before. The source is a mention of a person, a body or a state; an unnamed one gives none.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import NamedTuple

from spacy.tokens import Span, Token

from kg.extraction.discourse import Discourse, TokenMention
from kg.extraction.language.grammar import chain, is_passive, particle, prepositional, subjects
from kg.extraction.stance.factuality import FACT, factuality
from kg.lexicons import lexicon, word_set, words_with
from kg.model import EntityType

__all__ = ["Attribution"]

_MARKS = frozenset({'"', "``", "''"})
_TOLD = frozenset({"ccomp", "parataxis"})
_FINITE = frozenset({"VBD", "VBZ", "VBP"})
_NOMINAL = frozenset({"dobj", "obj", "pobj", "prep", "pcomp", "xcomp", "acl", "conj", "nsubjpass", "compound", "amod"})
_LONGEST = 600  # tokens of a quotation; a longer one lacks its closing mark
_GAP = 4  # tokens of space between paragraphs
_SERIES = 30  # quotations of one speaker in a row
_REACH = 15  # tokens from a quotation to its verb of saying
_words = partial(word_set, "stance/reporting")
_verbs = partial(words_with, "speech", "verbs")


class _Quotation(NamedTuple):
    """The tokens between two marks, marks left out; ``open`` where the next paragraph goes on with it."""

    start: int
    end: int
    open: bool


@dataclass(frozen=True)
class Attribution:
    """The sources of one document's claims."""

    discourse: Discourse
    _known: dict[tuple[int, bool], TokenMention | None] = field(default_factory=dict, init=False, repr=False)

    def source(self, trigger: Token, *, syntax: bool = True) -> TokenMention | None:
        """Return the mention of who says what ``trigger`` tells, None where the text itself does.

        Without ``syntax`` only quotation marks count: a title beside a name is the reporter's wherever it is no part
        of a quotation.
        """
        asked = trigger.i, syntax
        if asked not in self._known:
            self._known[asked] = self._source(trigger, syntax=syntax)
        return self._known[asked]

    def _source(self, trigger: Token, *, syntax: bool) -> TokenMention | None:
        quotation = self._quotation_at(trigger.i)
        if syntax or quotation is not None:
            found = self._reported(trigger, within=None if syntax else quotation)
            if found is not None:
                return found
        return self._speaker(quotation) if quotation is not None else None

    def _reported(self, trigger: Token, *, within: _Quotation | None) -> TokenMention | None:
        previous: Token | None = None
        for node in chain(trigger):
            if within is not None and not within.start <= node.i < within.end:
                return None
            if previous is not None:
                if previous.dep_ in {"relcl", "nsubj"} or (previous.dep_ == "advcl" and node.pos_ in {"VERB", "AUX"}):
                    return self._according(trigger)
                if (token := _source_above(node, previous)) is not None and not _is_fact_despite(node, trigger):
                    return self._mention(token)
            for child in node.children:  # "X, he said, met Y", "X met Y, he said"
                if (
                    child.dep_ == "parataxis"
                    and child is not previous
                    and _reports(child)
                    and child.i > trigger.sent.start
                ):
                    return next((m for t in _subjects(child) if (m := self._mention(t))), None)
            previous = node
        return self._according(trigger)

    def _according(self, trigger: Token) -> TokenMention | None:
        """The source of "according to X", where it goes with a clause that holds the trigger."""
        sentence = trigger.sent
        low, high = (bisect_left(self._sources, (i,)) for i in (sentence.start, sentence.end))
        for first, last in self._sources[low:high]:
            clause = next((n for n in chain(trigger.doc[first].head) if n.pos_ in {"VERB", "AUX"}), sentence.root)
            if clause in chain(trigger) or trigger in chain(clause) or clause == sentence.root:
                objects = [c for c in trigger.doc[last].children if c.dep_ in {"pobj", "pcomp"}]
                return next((m for t in objects if (m := self._mention(t))), None)
        return None

    @cached_property
    def _sources(self) -> list[tuple[int, int]]:
        """The first and the last word of each phrase that names a source ("according to")."""
        words = [token.lower_ for token in self.discourse.doc]
        phrases = lexicon("stance/reporting")["sources"]
        return [
            (i, i + len(p) - 1)
            for i, w in enumerate(words)
            for p in phrases
            if w == p[0] and words[i : i + len(p)] == p
        ]

    def _mention(self, token: Token) -> TokenMention | None:
        """The mention that a noun phrase is, or that is beside a noun for what is said or who says it."""
        mention = self.discourse.at(token)
        if mention is not None:
            state = self.discourse.entities[mention.entity].subtype in {"Country", "City"}
            return mention if not mention.demonym and (mention.type is not EntityType.PLACE or state) else None
        lemma = token.lemma_.lower()
        if token.pos_ not in {"NOUN", "PROPN"}:
            return None
        for child in token.children:
            if child.dep_ == "appos" and (found := self.discourse.at(child)) and found.type is EntityType.PERSON:
                return found
        if lemma not in _words("nouns") | _words("speakers"):
            return None
        beside = [c for c in token.children if c.dep_ in {"poss", "compound", "nmod"}]
        beside += [item for name, item in prepositional(token) if name in _words("authors")]
        return next((m for t in beside if (m := self.discourse.at(t)) and not m.demonym), None)

    @cached_property
    def _quotations(self) -> tuple[_Quotation, ...]:
        return tuple(_quotations(self.discourse))

    @cached_property
    def _starts(self) -> list[int]:
        return [q.start for q in self._quotations]

    def _quotation_at(self, i: int) -> _Quotation | None:
        at = bisect_right(self._starts, i) - 1
        return self._quotations[at] if at >= 0 and i < self._quotations[at].end else None

    def _speaker(self, quotation: _Quotation) -> TokenMention | None:
        """The one who says a quotation, told beside it, or the speaker of the one just before or after it."""
        index = bisect_left(self._starts, quotation.start)
        told, mention = self._told(quotation)
        if told:
            return mention
        for at in range(index - 1, max(index - _SERIES, 0) - 1, -1):  # no new speaker: it goes on
            earlier, later = self._quotations[at], self._quotations[at + 1]
            if not earlier.open and not self._adjacent(earlier, later):
                break
            told, mention = self._told(earlier)
            if told:
                return mention
        for at in range(index, min(index + _SERIES, len(self._quotations) - 1)):  # "... [new paragraph] ...," X said
            if not self._quotations[at].open:
                break
            told, mention = self._told(self._quotations[at + 1])
            if told:
                return mention
        return None

    def _adjacent(self, earlier: _Quotation, later: _Quotation) -> bool:
        """Whether the later quotation stands in the sentence of the earlier one or begins the next one."""
        doc = self.discourse.doc
        between = doc[earlier.end : later.start]
        starts = [t.i for t in between if t.is_sent_start and t.i > earlier.end]
        if not starts:
            return True
        last = [t for t in doc[starts[-1] : later.start] if not t.is_space and t.text not in _MARKS]
        return len(starts) == 1 and not last

    def _told(self, quotation: _Quotation) -> tuple[bool, TokenMention | None]:
        """Whether words of reporting stand beside a quotation, and who says it by them."""
        doc, (start, end, _) = self.discourse.doc, quotation
        closed = start < end and (doc[end - 1].text in {",", "?", "!", "-", "—"} or doc[end + 1 : end + 2].text == ",")
        after = self._verb_in(doc[end + 1 : min(_sentence_end(doc[end - 1 : end + 2], closed), end + 1 + _REACH)])
        before = self._verb_in(doc[max(doc[start - 1].sent.start, start - 1 - _REACH) : start - 1], last=True)
        for verb in (after, before) if closed else (before, after):
            if verb is not None:
                people = [m for t in _subjects(verb) if (m := self._mention(t))]
                return True, people[0] if people else None
        return False, None

    def _verb_in(self, span: Span, *, last: bool = False) -> Token | None:
        stop = next((t.i for t in span if t.text in _MARKS), span.end) if not last else span.end
        begin = max((t.i + 1 for t in span if t.text in _MARKS), default=span.start) if last else span.start
        verbs = [t for t in span.doc[begin:stop] if _reports(t)]
        return (verbs[-1] if last else verbs[0]) if verbs else None


def _sentence_end(around: Span, goes_on: bool) -> int:
    """The end of the sentence of a quotation's closing mark, or of the next where the parser cut between them."""
    last = around[-1] if goes_on else around[min(1, len(around) - 1)]
    return int(last.sent.end)


def _reports(verb: Token) -> bool:
    if verb.pos_ != "VERB" or _negated(verb):
        return False
    return not _verbs("clause").isdisjoint({particle(verb), verb.lemma_.lower()})


def _is_fact_despite(verb: Token, trigger: Token) -> bool:
    """ "X denied that Y fell ill during a visit to Z": the visit is not X's word."""
    denies = {particle(verb), verb.lemma_.lower()} & _verbs("denial")
    return bool(denies) and factuality(trigger) == FACT


def _negated(verb: Token) -> bool:
    """ "has not announced a visit" is no report of it."""
    return any(c.dep_ == "neg" for c in verb.children)


def _subjects(verb: Token) -> Iterator[Token]:
    """Those who say it by a verb of reporting."""
    above = verb.head
    if verb.dep_ == "pcomp" and above.lower_ == "as" and above.head.lemma_.lower() in _words("quoting"):
        quoting = above.head
        if not is_passive(quoting):
            yield from (c for c in quoting.children if c.dep_ in {"dobj", "obj"})
            return
        yield from subjects(quoting)
        return
    if is_passive(verb):
        yield from (item for name, item in prepositional(verb) if name == "by")
        return
    yield from subjects(verb)


def _source_above(node: Token, child: Token) -> Token | None:
    """The token of the source, where ``node`` reports what its ``child`` holds."""
    lemma, link = node.lemma_.lower(), child.dep_
    if node.pos_ == "VERB" and not _negated(node):
        if node.tag_ == "VBG" and child.i < node.i:
            return None  # "X met Y, explaining that": a parser may turn it round
        keys = {particle(node), lemma}
        deed = link in _NOMINAL and (child.pos_ == "NOUN" or child.tag_ == "VBG")
        if (link in _TOLD and keys & _verbs("clause")) or (
            deed and link in {"dobj", "obj", "xcomp", "ccomp", "nsubjpass"} and keys & _verbs("deed")
        ):
            return next(_subjects(node), None)
        preposition = lexicon("stance/reporting")["accusing"].get(lemma)
        if preposition and link == "prep" and child.lower_ == preposition:
            return next(_subjects(node), None)
    told = node.pos_ == "NOUN" and lemma in _words("nouns") and link in {"acl", "ccomp", "relcl"}
    if told and any(c.dep_ == "mark" and c.lower_ == "that" for c in child.children):  # "X's claim that"
        return node
    return None


def _quotations(discourse: Discourse) -> Iterator[_Quotation]:
    """The quotations of a document. One without its closing mark ends with its paragraph.

    By the custom of print it is still open where the next paragraph begins with an opening mark.
    """
    doc, opened = discourse.doc, None
    for token in doc:
        if token.text not in _MARKS:
            continue
        before = doc[token.i - 1] if token.i else None
        spaced = before is None or bool(before.whitespace_) or before.is_space or before.text in {"(", "[", "-", "—"}
        opening = spaced and not token.whitespace_
        if opened is not None and (opening or token.i - opened > _LONGEST):
            end = next((t.i for t in doc[opened : token.i + 1] if _begins_paragraph(t)), None)
            if end is not None:
                yield _Quotation(opened, end, end == token.i)
            opened = token.i + 1 if opening else None
        elif opened is not None:
            yield _Quotation(opened, token.i, False)
            opened = None
        elif opening or not (before is not None and not before.whitespace_):
            opened = token.i + 1


def _begins_paragraph(token: Token) -> bool:
    """Whether a line break of the source stands before a sentence."""
    if not token.is_sent_start or not token.i:
        return False
    text: str = token.doc.user_data["document"].text
    words = (t for t in reversed(token.doc[max(0, token.i - _GAP) : token.i]) if not t.is_space)
    last = next(words, None)
    return "\n" in text[last.idx + len(last) : token.idx] if last is not None else True
