"""Every word of the lists that verbs and nouns are looked up in is found as it is written, in some sentence."""

from collections.abc import Callable, Iterable, Iterator

import pytest
from spacy.tokens import Token

from kg.analysis import Analyzer
from kg.extraction.language.grammar import particle, phrases, wordings
from kg.extraction.relations.frames import frames, word_list
from kg.lexicons import lexicon
from kg.model import Document

Keys = Callable[[Token], Iterable[str]]

OF_NOUNS = (
    "The {0} of Anna was long.",
    "Anna, a {0} of Peter, left.",
    "Anna saw the {0} on Friday.",
    "They held {0}s in Riga.",
    "Anna is a {0}.",
)


def of_verbs(entry: str) -> Iterator[str]:
    first, *rest = entry.split()
    behind = " ".join(rest)
    past = first + ("d" if first.endswith("e") else "ed")
    for verb in (f"They will {first}", f"Anna {past}", f"They {past}"):
        for end in ("{} Peter on Friday.", "Peter {} on Friday.", "{} with Peter.", "{} to Riga.", "{} from Peter."):
            yield " ".join(f"{verb} {end.format(behind)}".split())
    yield f"Anna was {past} {behind} by Peter on Friday."
    yield f"Anna is {entry} to Peter."
    yield f"They {first} {behind} Peter every day."
    yield f"Anna hopes to {entry}."
    yield f"Anna {past} {behind} the club."
    yield f"Anna will {first} {behind} the club."


def of_nouns(entry: str) -> Iterator[str]:
    return (sentence.format(entry) for sentence in OF_NOUNS)


def verb_keys(token: Token) -> Iterable[str]:
    verbal = token.pos_ in {"VERB", "AUX"} or (token.pos_ == "ADJ" and token.dep_ == "acomp")
    return {particle(token), token.lemma_.lower()} if verbal else ()


def light_keys(token: Token) -> Iterable[str]:
    return wordings(token) if token.pos_ in {"VERB", "AUX"} else ()


def noun_keys(token: Token) -> Iterable[str]:
    before = token.nbor(-1).lower_ if token.i else ""
    lemma = token.lemma_.lower()
    return {lemma, f"{before} {lemma}"} if token.pos_ in {"NOUN", "PROPN"} else ()


def phrase_keys(token: Token) -> Iterable[str]:
    return {key for key, _ in phrases(token)} if token.pos_ in {"VERB", "AUX"} else ()


def governed(entry: str) -> Iterator[str]:
    """Sentences in which an entry may govern a deed, modify one or stand for hearsay."""
    first, *rest = entry.split()
    yield from of_verbs(entry)
    yield from of_nouns(entry)
    for sentence in (
        "Anna is {0} to meet Peter.",
        "It is {0} that Anna met Peter.",
        "The {0} meeting was long.",
        "Anna {0} met Peter.",
        "Anna was {0}.",
        "Anna will {0} from meeting Peter.",
        "Anna will {0} meeting Peter.",
    ):
        yield sentence.format(entry)
    yield f"Anna {first}ed {' '.join(rest)} meeting Peter."


def stance_keys(token: Token) -> Iterable[str]:
    return {*wordings(token), token.lower_}


def frame_words(kind: str) -> set[str]:
    return {word for frame in frames()[kind] for word in frame.words}


ROLE_VERBS, SPEECH, STANCE, REPORTING = map(lexicon, ("role_verbs", "speech", "stance/factuality", "stance/reporting"))
STANCE_LISTS = (
    *("verbal", "purposes", "two_way", "neutral", "factive", "presupposing", "reputed", "phrasal", "chances", "taken"),
    *("agreements", "hearsay", "reports", "confirming", "true", "untrue", "faulty", "collapsing", "vanishing", "talks"),
)
LISTS: list[tuple[str, Iterable[str], Callable[[str], Iterator[str]], Keys]] = [
    ("frames: verbs", frame_words("verbs"), of_verbs, verb_keys),
    ("frames: nouns", frame_words("nouns"), of_nouns, noun_keys),
    ("frames: light", word_list("light"), of_verbs, light_keys),
    ("frames: attack_verbs", word_list("attack_verbs"), of_verbs, lambda t: (particle(t),)),
    ("frames: attacks", word_list("attacks"), of_nouns, lambda t: (t.lemma_.lower(),)),
    ("frames: groups", word_list("groups"), of_nouns, lambda t: (t.lemma_.lower(),)),
    ("role_verbs: nouns", ROLE_VERBS["nouns"], of_verbs, light_keys),
    ("role_verbs: heading", ROLE_VERBS["heading"], of_verbs, phrase_keys),
    ("role_verbs: phrases", ROLE_VERBS["phrases"], of_verbs, phrase_keys),
    ("role_verbs: verbs", ROLE_VERBS["verbs"], of_verbs, light_keys),
    *((f"governors: {kind}", entries, governed, stance_keys) for kind, entries in STANCE["governors"].items()),
    *((f"under: {kind}", entries, governed, stance_keys) for kind, entries in STANCE["under"].items()),
    *((f"verdicts: {kind}", entries, governed, stance_keys) for kind, entries in STANCE["verdicts"].items()),
    *((f"stance: {name}", STANCE[name], governed, stance_keys) for name in STANCE_LISTS),
    ("speech: verbs", SPEECH["verbs"], governed, stance_keys),
    *(
        (f"reporting: {name}", REPORTING[name], governed, stance_keys)
        for name in ("quoting", "nouns", "speakers", "accusing")
    ),
]


@pytest.mark.parametrize(("name", "entries", "sentences", "keys"), LISTS, ids=[name for name, *_ in LISTS])
def test_every_entry_is_found_as_it_is_written(analyzer: Analyzer, name, entries, sentences, keys):
    open_ = {entry: sentences(entry) for entry in entries}
    while True:
        asked = {entry: next(rest, None) for entry, rest in open_.items()}
        texts = [Document(id=entry, text=text) for entry, text in asked.items() if text is not None]
        if not texts:
            break
        for doc in analyzer.analyze(texts):
            entry = doc.user_data["document"].id
            if any(entry in keys(token) for token in doc):
                del open_[entry]
    assert sorted(open_) == []
