"""Roles that a clause predicates: "X is/became/was named the minister", "X served as", "X heads Y"."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Token

from kg.extraction.discourse import Discourse, TokenMention
from kg.extraction.language.grammar import arguments, phrases, possessors
from kg.extraction.posts.beside import Bearing
from kg.extraction.posts.candidate import Candidate
from kg.extraction.posts.phrase import TitlePhrase
from kg.extraction.posts.roles import role
from kg.extraction.posts.setting import Setting
from kg.extraction.posts.verbs import governing_verb, is_naming, is_replacing, standing_before, standing_by, status_by
from kg.extraction.stance.factuality import FACT
from kg.lexicons import lexicon
from kg.model import EntityType, RoleStatus
from kg.predicates import POST

__all__ = ["clause_candidates"]


def clause_candidates(discourse: Discourse, bearings: Sequence[Bearing], setting: Setting) -> Iterator[Candidate]:
    """Yield holdsRole for titles that stand beside no name, and for verbs that tell a post themselves."""
    for phrase, people, _ in bearings:
        if not people:
            yield from _predicated(discourse, setting, phrase)
    yield from _leading(discourse)


def _predicated(discourse: Discourse, setting: Setting, phrase: TitlePhrase) -> Iterator[Candidate]:
    """ "X is/became/was named/served as the minister": the title is a predicate of a clause."""
    root = discourse.doc[phrase.start : phrase.end].root
    verb = governing_verb(root)
    if verb is None:
        return
    slots = arguments(verb)
    transitive = is_naming(verb)
    people = [m for t in slots.get("obj" if transitive else "subj", ()) if (m := _person(discourse, t))]
    if transitive and not people and root.dep_ in {"dobj", "pobj"}:
        return
    status, reading = standing_by(verb, root)
    for person in people:
        if not phrase.outer_start <= person.root < phrase.outer_end:
            yield from _told(
                discourse, setting, phrase, person, verb, phrase.status_by(status), factual=reading != FACT
            )
    if is_replacing(verb):
        before, _ = standing_before(verb)
        for predecessor in (m for t in slots.get("obj", ()) if (m := _person(discourse, t))):
            yield from _told(discourse, setting, phrase, predecessor, verb, before, factual=False)


def _told(
    discourse: Discourse,
    setting: Setting,
    phrase: TitlePhrase,
    person: TokenMention,
    verb: Token,
    status: RoleStatus | None,
    *,
    factual: bool,
) -> Iterator[Candidate]:
    """What a title says of a person by a verb; its clause is read where ``factual``."""
    for candidate in role(discourse, setting, phrase, person, f"clause-{verb.lemma_.lower()}"):
        member = phrase.head_word in lexicon("role_classes")["members"] and candidate.object is not phrase.party
        ended = candidate.relation.ends and member and status is RoleStatus.FORMER  # "was once a member of X"
        told = status if candidate.relation.titled or ended else None
        yield replace(candidate, trigger=verb, factual=factual, status=told)


def _person(discourse: Discourse, token: Token) -> TokenMention | None:
    mention = discourse.at(token)
    if mention is None and token.pos_ in {"NOUN", "PROPN"}:
        mention = next((m for c in token.children if c.dep_ == "appos" and (m := discourse.at(c))), None)
    return mention if mention is not None and mention.type is EntityType.PERSON else None


def _body(discourse: Discourse, noun: Token) -> TokenMention | None:
    """The organization that a noun names, or whose board it is ("the board of Y", "Y's board")."""
    mention = discourse.at(noun)
    if mention is None and noun.lemma_.lower() in lexicon("role_verbs")["boards"]:
        owners = (t for t in possessors(noun) if t.head.i == noun.i or t.head.head.i == noun.i)
        mention = next((m for t in owners if (m := discourse.at(t)) is not None), None)
    return mention if mention is not None and mention.type is EntityType.ORGANIZATION else None


def _leading(discourse: Discourse) -> Iterator[Candidate]:
    """ "X heads Y": the verb tells the post."""
    verbs = lexicon("role_verbs")
    nouns = {verb: verbs["nouns"][verb] for verb in verbs["heading"]} | verbs["phrases"]
    for verb in discourse.doc:
        if verb.pos_ not in {"VERB", "AUX"} or verb.dep_ in {"aux", "auxpass"}:
            continue
        for key, held in phrases(verb):
            if key not in nouns:
                continue
            slots = arguments(verb)
            people = [m for t in slots.get("subj", ()) if (m := discourse.at(t)) and m.type is EntityType.PERSON]
            bodies = [m for t in held if (m := _body(discourse, t)) is not None]
            for person in people:
                for body in bodies:
                    yield Candidate(
                        subject=person,
                        predicate=POST,
                        object=body,
                        trigger=verb,
                        rule=f"role:verb-{verb.lemma_.lower()}",
                        title_text=nouns[key],
                        status=status_by(verb, verb),
                        confidence=0.7,
                    )
