"""Who holds which post where: titles before and after names, with a copula, with verbs of appointment and of leading."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from spacy.tokens import Token

from kg.extraction.dates import DateMention
from kg.extraction.discourse import Discourse, TokenMention
from kg.extraction.rules.candidate import Candidate
from kg.extraction.rules.syntax import arguments, is_passive, particle, prepositional
from kg.extraction.rules.setting import holder_from_setting
from kg.extraction.titles import TitlePhrase, is_rank, title_phrases
from kg.model import EntityType, MentionKind, RoleStatus
from kg.resources import lexicon

__all__ = ["role_candidates", "titled"]

_PAST_COPULA = {"be", "serve", "work", "act"}
_TRANSITIVE = {"name", "appoint", "elect", "install", "inaugurate", "oust", "dismiss", "sack", "fire", "remove", "depose", "reappoint", "re-elect",
               "reelect", "promote", "swear in", "nominate", "designate", "choose", "select", "crown", "call"}  # fmt: skip


def role_candidates(discourse: Discourse, dates: Sequence[DateMention]) -> Iterator[Candidate]:
    """Yield holdsRole (memberOf for plain members, politicalAffiliation for a party's adjective) for each title found."""
    del dates  # terms of office are read elsewhere
    for phrase, people, rule in _bearers(discourse):
        for person in people:
            yield from _role(discourse, phrase, person, rule)
        if not people:
            yield from _predicated(discourse, phrase)
    yield from _leading(discourse)


def titled(discourse: Discourse) -> dict[int, TokenMention]:
    """Map each token of a title to the person named with it, so that "met the minister, X" finds X."""
    return {
        i: people[0] for phrase, people, _ in _bearers(discourse) for i in range(phrase.start, phrase.end) if people
    }


def _bearers(discourse: Discourse) -> Iterator[tuple[TitlePhrase, list[TokenMention], str]]:
    """Yield each title phrase with the people it stands beside, and how."""
    phrases = _inherit(discourse, list(title_phrases(discourse)))
    starts = {p.outer_start: p for p in phrases} | {p.start: p for p in phrases}
    for phrase in phrases:
        people, rule = _before_name(discourse, phrase), "before-name"
        if not people:
            people, rule = _after_name(discourse, phrase, starts), "after-name"
        if not people:
            people, rule = _comma_name(discourse, phrase), "before-comma-name"
        yield phrase, people, rule


# --- where the person stands


def _person_at(discourse: Discourse, i: int) -> TokenMention | None:
    mention = discourse.at(i) if 0 <= i < len(discourse.doc) else None
    return mention if mention and mention.type is EntityType.PERSON and mention.kind is MentionKind.NAME else None


def _skip_ranks(discourse: Discourse, i: int) -> int:
    doc = discourse.doc
    while i < len(doc) and discourse.at(i) is None and (is_rank(doc[i]) or doc[i].is_space) and doc[i].text != ".":
        i += 1
    return i


def _coordinated(discourse: Discourse, person: TokenMention) -> list[TokenMention]:
    """The names coordinated with the first of a plural title ("ministers A, B and C")."""
    found, doc = [person], discourse.doc
    while True:
        i = found[-1].end
        while i < len(doc) and (doc[i].text in {",", "and", "&"} or is_rank(doc[i])):
            i += 1
        following = _person_at(discourse, i)
        if following is None or i == found[-1].end:
            return found
        found.append(following)


def _before_name(discourse: Discourse, phrase: TitlePhrase) -> list[TokenMention]:
    person = _person_at(discourse, _skip_ranks(discourse, phrase.outer_end))
    if person is None or discourse.doc[person.start].sent.start != discourse.doc[phrase.head].sent.start:
        return []
    return _coordinated(discourse, person) if phrase.plural else [person]


def _after_name(discourse: Discourse, phrase: TitlePhrase, starts: dict[int, TitlePhrase]) -> list[TokenMention]:
    """"X, the former ambassador,", "X (chairman)", also for the second of two titles ("chairman and chief executive")."""
    doc = discourse.doc
    if not _closes(discourse, phrase):
        return []
    i = min(phrase.outer_start, phrase.start) - 1
    sentence = doc[phrase.head].sent.start
    while i > sentence and (doc[i].pos_ in {"ADJ", "ADV", "DET", "NUM"} or doc[i].lower_ in {"now", "once", "until"} or doc[i].text == "-") and discourse.at(i) is None:
        i -= 1
    if doc[i].lower_ in {"and", "&"} and i > sentence:  # a title before this one
        previous = next((p for p in starts.values() if p.outer_end == i or (p.outer_end == i - 1 and doc[i - 1].text == ",")), None)
        return _after_name(discourse, replace(previous, outer_end=phrase.outer_end), starts) if previous else []
    if doc[i].text not in {",", "(", "-", "–", "—"} or i <= sentence:
        return []
    i -= 1
    if doc[i].text in {",", ")"} or doc[i].like_num:  # an age or a side between commas or brackets
        opening = i - 1
        while opening > max(sentence, i - 4) and doc[opening].text not in {",", "("}:
            opening -= 1
        inner = doc[opening + 1 : i + 1 if doc[i].like_num else i]
        if doc[opening].text in {",", "("} and all(t.like_num or t.lower_ in {"r", "l", "c", "left", "right", "center", "centre", "d"} for t in inner):
            i = opening - 1
    person = _person_at(discourse, i)
    if person is None or person.end != i + 1:
        return []
    listed = doc[phrase.start : phrase.end].root
    if listed.dep_ == "conj" and listed.head.i < person.start and not phrase.holder:
        return []
    return [person]


def _closes(discourse: Discourse, phrase: TitlePhrase) -> bool:
    """An apposition ends with punctuation or a clause of its own; a verb right after it makes it a subject instead."""
    doc = discourse.doc
    if phrase.outer_end >= len(doc):
        return True
    following = doc[phrase.outer_end]
    return following.is_punct or following.is_space or following.pos_ in {"CCONJ", "ADP", "PRON", "SCONJ"} or following.is_sent_start is True


def _comma_name(discourse: Discourse, phrase: TitlePhrase) -> list[TokenMention]:
    """"Russia's new prime minister, Sergei Kiriyenko,"."""
    doc = discourse.doc
    if phrase.outer_end >= len(doc) or doc[phrase.outer_end].text not in {",", ":"} or phrase.outer_start == phrase.start:
        return []
    person = _person_at(discourse, _skip_ranks(discourse, phrase.outer_end + 1))
    if person is None or doc[person.start].sent.start != doc[phrase.head].sent.start:
        return []
    root = doc[person.root]
    following = doc[person.end] if person.end < len(doc) else None
    apposed = root.dep_ == "appos" and phrase.outer_start <= root.head.i < phrase.outer_end
    closed = following is None or following.is_punct or following.is_space
    return ([*_coordinated(discourse, person)] if phrase.plural else [person]) if apposed or closed else []


# --- what is said of the person


def _role(discourse: Discourse, phrase: TitlePhrase, person: TokenMention, rule: str) -> Iterator[Candidate]:
    trigger = discourse.doc[phrase.head]
    if phrase.party is not None:
        yield _claim(person, "politicalAffiliation", phrase.party, trigger, f"role:{rule}")
    if not phrase.fact:
        return
    holder = phrase.holder
    if holder is not None and discourse.entities[holder.entity].subtype == "PoliticalParty" and not _party_office(phrase):
        yield _claim(person, "politicalAffiliation", holder, trigger, f"role:{rule}")
        holder = None
    if phrase.head_word in _plain_members() and holder is not None and holder.type is EntityType.ORGANIZATION:
        if discourse.entities[holder.entity].subtype != "Parliament" and phrase.text == phrase.head_word:
            yield _claim(person, "memberOf", holder, trigger, f"role:{rule}")
            return
    confidence = 0.8
    if holder is None and not phrase.served and phrase.end <= person.start:
        holder = _of(discourse, person)
    if holder is None and not phrase.served and phrase.office:
        holder = holder_from_setting(discourse, phrase)
        confidence = 0.6
    if not phrase.office and not _held_somewhere(phrase, holder):
        if holder is not None and holder.demonym and holder.end <= phrase.start:  # "the Yemeni poet X"
            yield _claim(person, "citizenOf", holder, trigger, f"nationality:{rule}")
        return
    yield replace(
        _claim(person, "holdsRole", holder, trigger, f"role:{rule}"),
        title_text=phrase.text,
        status=phrase.status or RoleStatus.CURRENT,
        confidence=confidence if holder is not None else 0.8,
    )


def _of(discourse: Discourse, person: TokenMention) -> TokenMention | None:
    """The holder named behind the name: "Prime Minister Narendra Modi of India"."""
    doc, i = discourse.doc, person.end
    if i + 1 >= len(doc) or doc[i].lower_ != "of":
        return None
    holder = discourse.at(i + 2 if doc[i + 1].lower_ == "the" else i + 1)
    return holder if holder is not None and holder.type is not EntityType.PERSON and not holder.demonym else None


def _held_somewhere(phrase: TitlePhrase, holder: TokenMention | None) -> bool:
    """A plain occupation is a role only in a named body, for a person, or in the service of a state."""
    if phrase.served:
        return True
    if holder is None:
        return False
    return holder.type is EntityType.ORGANIZATION or phrase.head_word in _state_servants()


@lru_cache(maxsize=None)
def _titles(name: str) -> frozenset[str]:
    return frozenset(lexicon("role_classes")[name])


def _plain_members() -> frozenset[str]:
    return _titles("members")


def _state_servants() -> frozenset[str]:
    return _titles("state_servants")


def _party_office(phrase: TitlePhrase) -> bool:
    return not _titles("party_offices").isdisjoint(phrase.text.replace("-", " ").split())


def _claim(person: TokenMention, predicate: str, object_: TokenMention | None, trigger: Token, rule: str) -> Candidate:
    return Candidate(subject=person, predicate=predicate, object=object_, trigger=trigger, rule=rule, factual=False)


def _inherit(discourse: Discourse, phrases: list[TitlePhrase]) -> list[TitlePhrase]:
    """Share the body named once: "German Chancellor A and Foreign Minister B", "chairman and chief executive of C"."""
    result: list[TitlePhrase] = []
    for n, phrase in enumerate(phrases):
        if phrase.holder is None and not phrase.served:
            following = phrases[n + 1] if n + 1 < len(phrases) else None
            if following and following.holder and _joined(discourse, phrase.outer_end, min(following.outer_start, following.start)):
                if following.holder.start > following.head:
                    phrase = replace(phrase, holder=following.holder)
            elif result and (previous := result[-1]).holder is not None:
                person = _person_at(discourse, _skip_ranks(discourse, previous.outer_end))
                end = person.end if person else previous.outer_end
                if previous.holder.start < previous.start and _joined(discourse, end, min(phrase.outer_start, phrase.start)):
                    phrase = replace(phrase, holder=previous.holder)
        result.append(phrase)
    return result


def _joined(discourse: Discourse, left: int, right: int) -> bool:
    between = [t.lower_ for t in discourse.doc[left:right]]
    return between in (["and"], [",", "and"], ["&"], [","]) or (between[:1] == ["and"] and len(between) == 2 and between[1] in {"the", "its"})


# --- clauses


def _predicated(discourse: Discourse, phrase: TitlePhrase) -> Iterator[Candidate]:
    """"X is/became/was named/served as the minister": the title is a predicate of a clause."""
    head = discourse.doc[phrase.head]
    root = discourse.doc[phrase.start : phrase.end].root
    verb = _governing_verb(root)
    if verb is None:
        return
    verb_word = particle(verb)
    slots = arguments(verb)
    transitive = verb_word in _TRANSITIVE or verb.lemma_ in _TRANSITIVE
    people = [m for t in slots.get("obj" if transitive else "subj", ()) if (m := _person(discourse, t))]
    if transitive and not people and root.dep_ in {"dobj", "pobj"}:
        return
    status = phrase.status or _verb_status(verb, verb_word)
    for person in people:
        if phrase.outer_start <= person.root < phrase.outer_end:
            continue
        for candidate in _role(discourse, phrase, person, f"clause-{verb.lemma_.lower()}"):
            yield replace(candidate, trigger=verb, factual=True, status=status if candidate.predicate == "holdsRole" else None)
    if verb_word in {"replace", "succeed"}:
        for token in slots.get("obj", ()):
            if person := _person(discourse, token):
                for candidate in _role(discourse, phrase, person, f"clause-{verb_word}"):
                    yield replace(candidate, trigger=verb, factual=True, status=RoleStatus.FORMER if candidate.predicate == "holdsRole" else None)
    del head


def _person(discourse: Discourse, token: Token) -> TokenMention | None:
    mention = discourse.at(token)
    if mention is None and token.pos_ in {"NOUN", "PROPN"}:
        mention = next((m for c in token.children if c.dep_ == "appos" and (m := discourse.at(c))), None)
    return mention if mention is not None and mention.type is EntityType.PERSON else None


def _governing_verb(noun: Token) -> Token | None:
    """The verb that predicates a noun: its copula, the verb of naming, or the one with "as"."""
    verbs = lexicon("titles")["verbs"]
    while noun.dep_ == "conj" and noun.head.pos_ in {"NOUN", "PROPN"}:
        noun = noun.head
    head = noun.head
    if noun.dep_ in {"attr", "oprd", "acomp"} and head.pos_ in {"VERB", "AUX"}:
        return head
    if noun.dep_ in {"dobj", "ccomp", "xcomp"} and head.lemma_.lower() in _TRANSITIVE | {"become"}:
        return head if noun.dep_ != "dobj" or is_passive(head) or head.lemma_ == "become" else None
    if noun.dep_ == "pobj" and head.dep_ == "prep":
        verb = head.head
        if verb.pos_ == "NOUN" and verb.head.pos_ == "VERB":  # "took office as", "named X to the post as"
            verb = verb.head
        if head.lower_ == "as" and verb.pos_ in {"VERB", "AUX"} and any(f"{particle(verb)} as" == v or (v == particle(verb) and verbs[v].get("role_in") == "as") for v in verbs):
            return verb
        if head.lower_ == "to" and verb.lemma_ == "promote":
            return verb
    return None


def _verb_status(verb: Token, word: str) -> RoleStatus:
    verbs = lexicon("titles")["verbs"]
    entry = verbs.get(f"{word} as") or verbs.get(word) or {}
    if status := entry.get("status"):
        return RoleStatus(status)
    auxiliaries = {c.lower_ for c in verb.children if c.dep_ in {"aux", "auxpass"}}
    if verb.lemma_ in _PAST_COPULA and verb.tag_ == "VBD" and not auxiliaries & {"has", "have"}:
        return RoleStatus.FORMER
    if "had" in auxiliaries and verb.lemma_ in _PAST_COPULA:
        return RoleStatus.FORMER
    return RoleStatus.CURRENT


def _leading(discourse: Discourse) -> Iterator[Candidate]:
    """"X heads Y": the verb tells the post (``verbs`` with a ``noun`` in titles.yaml)."""
    verbs = lexicon("titles")["verbs"]
    for verb in discourse.doc:
        if verb.pos_ != "VERB":
            continue
        word = particle(verb)
        for key in (word, *(f"{word} {name}" for name, _ in prepositional(verb))):
            entry = verbs.get(key)
            if not entry or "noun" not in entry:
                continue
            slots = arguments(verb)
            slot = key.removeprefix(word).strip() or "obj"
            people = [m for t in slots.get("subj", ()) if (m := discourse.at(t)) and m.type is EntityType.PERSON]
            bodies = [m for t in slots.get(slot, ()) if (m := discourse.at(t)) and m.type is EntityType.ORGANIZATION]
            for person in people:
                for body in bodies:
                    status = RoleStatus.FORMER if verb.tag_ == "VBD" else RoleStatus.CURRENT
                    yield Candidate(
                        subject=person, predicate="holdsRole", object=body, trigger=verb, rule=f"role:verb-{verb.lemma_.lower()}",
                        title_text=entry["noun"], status=status, confidence=0.7,
                    )  # fmt: skip
