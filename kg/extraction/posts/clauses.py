"""Roles that a clause predicates: "X is/became/was named the minister", "X served as", "X heads Y"."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from spacy.tokens import Token

from kg.extraction.discourse import Discourse, TokenMention
from kg.extraction.language.grammar import arguments, is_passive, particle, prepositional
from kg.extraction.posts.beside import Bearing
from kg.extraction.posts.candidate import Candidate
from kg.extraction.posts.roles import role
from kg.extraction.posts.setting import Setting
from kg.extraction.posts.titles import TitlePhrase
from kg.model import EntityType, RoleStatus
from kg.resources import lexicon

__all__ = ["clause_candidates"]

_PAST_COPULA = {"be", "serve", "work", "act"}


@cache
def _naming() -> frozenset[str]:
    return frozenset(lexicon("role_classes")["naming_verbs"])


def clause_candidates(discourse: Discourse, bearings: Sequence[Bearing], setting: Setting) -> Iterator[Candidate]:
    """Yield holdsRole for titles that stand beside no name, and for verbs that tell a post themselves."""
    for phrase, people, _ in bearings:
        if not people:
            yield from _predicated(discourse, setting, phrase)
    yield from _leading(discourse)


def _predicated(discourse: Discourse, setting: Setting, phrase: TitlePhrase) -> Iterator[Candidate]:
    """ "X is/became/was named/served as the minister": the title is a predicate of a clause."""
    root = discourse.doc[phrase.start : phrase.end].root
    verb = _governing_verb(root)
    if verb is None:
        return
    verb_word = particle(verb)
    slots = arguments(verb)
    transitive = bool({verb_word, verb.lemma_} & _naming())
    people = [m for t in slots.get("obj" if transitive else "subj", ()) if (m := _person(discourse, t))]
    if transitive and not people and root.dep_ in {"dobj", "pobj"}:
        return
    status = phrase.status or _verb_status(verb, verb_word)
    for person in people:
        if phrase.outer_start <= person.root < phrase.outer_end:
            continue
        for candidate in role(discourse, setting, phrase, person, f"clause-{verb.lemma_.lower()}"):
            yield replace(
                candidate, trigger=verb, factual=True, status=status if candidate.predicate == "holdsRole" else None
            )
    if verb_word in {"replace", "succeed"}:
        for token in slots.get("obj", ()):
            if former := _person(discourse, token):
                for candidate in role(discourse, setting, phrase, former, f"clause-{verb_word}"):
                    yield replace(
                        candidate,
                        trigger=verb,
                        factual=True,
                        status=RoleStatus.FORMER if candidate.predicate == "holdsRole" else None,
                    )


def _person(discourse: Discourse, token: Token) -> TokenMention | None:
    mention = discourse.at(token)
    if mention is None and token.pos_ in {"NOUN", "PROPN"}:
        mention = next((m for c in token.children if c.dep_ == "appos" and (m := discourse.at(c))), None)
    return mention if mention is not None and mention.type is EntityType.PERSON else None


def _governing_verb(noun: Token) -> Token | None:
    """The verb that predicates a noun: its copula, the verb of naming, or the one with "as"."""
    verbs = lexicon("role_verbs")["before_title"]
    while noun.dep_ == "conj" and noun.head.pos_ in {"NOUN", "PROPN"}:
        noun = noun.head
    head = noun.head
    if noun.dep_ in {"attr", "oprd", "acomp"} and head.pos_ in {"VERB", "AUX"}:
        return head
    if noun.dep_ in {"dobj", "ccomp", "xcomp"} and head.lemma_.lower() in _naming() | {"become"}:
        return head if noun.dep_ != "dobj" or is_passive(head) or head.lemma_ == "become" else None
    if noun.dep_ == "pobj" and head.dep_ == "prep":
        verb = head.head
        if verb.pos_ == "NOUN" and verb.head.pos_ == "VERB":  # "took office as", "named X to the post as"
            verb = verb.head
        if (
            head.lower_ == "as"
            and verb.pos_ in {"VERB", "AUX"}
            and any(
                f"{particle(verb)} as" == v or (v == particle(verb) and verbs[v].get("role_in") == "as") for v in verbs
            )
        ):
            return verb
        if head.lower_ == "to" and verb.lemma_ == "promote":
            return verb
    return None


def _verb_status(verb: Token, word: str) -> RoleStatus:
    verbs = lexicon("role_verbs")["before_title"]
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
    """ "X heads Y": the verb tells the post."""
    verbs = lexicon("role_verbs")
    nouns = {verb: verbs["nouns"][verb] for verb in verbs["heading"]} | verbs["phrases"]
    for verb in discourse.doc:
        if verb.pos_ != "VERB":
            continue
        word = particle(verb)
        for key in (word, *(f"{word} {name}" for name, _ in prepositional(verb))):
            if key not in nouns:
                continue
            slots = arguments(verb)
            slot = key.removeprefix(word).strip() or "obj"
            people = [m for t in slots.get("subj", ()) if (m := discourse.at(t)) and m.type is EntityType.PERSON]
            bodies = [m for t in slots.get(slot, ()) if (m := discourse.at(t)) and m.type is EntityType.ORGANIZATION]
            for person in people:
                for body in bodies:
                    status = RoleStatus.FORMER if verb.tag_ == "VBD" else RoleStatus.CURRENT
                    yield Candidate(
                        subject=person,
                        predicate="holdsRole",
                        object=body,
                        trigger=verb,
                        rule=f"role:verb-{verb.lemma_.lower()}",
                        title_text=nouns[key],
                        status=status,
                        confidence=0.7,
                    )
