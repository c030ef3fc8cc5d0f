"""From facts to claims: the sentence as evidence, the wording of titles, dates, who says it."""

import pytest

from kg.extraction.learned.claims import claims_of, title_text
from kg.extraction.learned.facts import facts
from kg.extraction.stance.attribution import Attribution
from kg.model import PREDICATES

THRESHOLDS = dict.fromkeys((*PREDICATES, "titleOf", "titleAt", "unasserted"), 0.5)


def claims(found, said):
    scores = found.scores(said)
    discourse = found.discourse(scores)
    attribution = Attribution(discourse)
    for fact in facts(scores, discourse, THRESHOLDS):
        yield from claims_of(fact, scores, discourse, extractor="model:x@1", attribution=attribution)


def quoted(found, said):
    """Return the claims as (sentence, words of the subject, words of the object)."""
    text = found.doc.text
    spans = [(c.evidence.text, c.evidence.subject, c.evidence.object) for c in claims(found, said)]
    return [(said, text[slice(*s)], text[slice(*o)] if o else None) for said, s, o in spans]


TWICE = "[P Ana ] joined/VBD [O Acme ] . [P~ She/PRP ] likes/VBZ [O Acme ] ."
SAME = {("Ana", "same", "She"): 0.99}
FIRST, SECOND = ("Ana joined Acme .", "Ana", "Acme"), ("She likes Acme .", "She", "Acme")
APART = "[P Ana ] came/VBD . [O Acme ] grew/VBD ."
FAR = "[P Ana ] came/VBD . So/RB . So/RB . [O Acme ] grew/VBD ."


@pytest.mark.parametrize(
    ("text", "said", "quotes"),
    [
        (TWICE, {("Ana", "memberOf", "Acme"): 0.8}, [FIRST]),
        (TWICE, {("She", "memberOf", "Acme#2"): 0.8}, [SECOND]),
        (TWICE, {("Ana", "memberOf", "Acme"): 0.8, ("She", "memberOf", "Acme#2"): 0.9}, [SECOND, FIRST]),
        (TWICE, {("Ana", "memberOf", "Acme"): 0.7, ("Ana", "memberOf", "Acme#2"): 0.9}, [FIRST]),  # within a sentence
        (
            "[P Ana ] said/VBD [P~ she/PRP ] joined/VBD [O Acme ] .",
            {("Ana", "same", "she"): 0.99, ("Ana", "memberOf", "Acme"): 0.7, ("she", "memberOf", "Acme"): 0.8},
            [("Ana said she joined Acme .", "she", "Acme")],  # one a sentence, the strongest
        ),
        (APART, {("Ana", "memberOf", "Acme"): 0.8}, [("Ana came . Acme grew .", "Ana", "Acme")]),
        (
            FAR.replace("So/RB . So/RB .", "So/RB ."),
            {("Ana", "memberOf", "Acme"): 0.8},
            [("Ana came . So . Acme grew .", "Ana", "Acme")],
        ),
        (FAR, {("Ana", "memberOf", "Acme"): 0.8}, []),  # too far to quote
        ("[P Ana ] is/VBZ [T mayor ] .", {("Ana", "titleOf", "mayor"): 0.9}, [("Ana is mayor .", "Ana", None)]),
        (
            "[P Ana ] died/VBD in/IN [D 1999/CD ] .",
            {("Ana", "diedOn", "1999"): 0.9},
            [("Ana died in 1999 .", "Ana", "1999")],
        ),
    ],
)
def test_the_sentence_that_says_it(sketch, text, said, quotes):
    assert quoted(sketch(text), SAME | said) == quotes


@pytest.mark.parametrize(("said", "confidence"), [(0.8, 0.8), (0.61239, 0.612), (0.99999, 0.999)])
def test_confidence_is_the_score_and_never_certain(sketch, said, confidence):
    (claim,) = claims(sketch(APART), {("Ana", "memberOf", "Acme"): said})
    assert claim.confidence == confidence


@pytest.mark.parametrize(
    ("date", "published", "literal"),
    [
        ("1999", None, "1999"),
        ("12 May 1999", None, "1999-05-12"),
        ("Sunday", "2020-11-16", "2020-11-15"),
        ("Sunday", None, None),
        ("several years", "2020-11-16", None),
    ],
)
def test_dates_are_literals(parsed_sketch, date, published, literal):
    found = parsed_sketch(f"[P Ana Ruiz ] died [D {date} ] .", published)
    told = [(c.object, c.literal) for c in claims(found, {("Ana Ruiz", "diedOn", date): 0.9})]
    assert told == ([(None, literal)] if literal else [])


@pytest.mark.parametrize(
    ("title", "body", "told"),
    [
        ("[T mayor ]", "[L Leeds ]", [("holdsRole", "Leeds", "mayor")]),
        ("[T leads/VBZ/lead ]", "[O Acme ]", [("holdsRole", "Acme", "leader")]),
        ("[T thing ]", "[O Acme ]", [("memberOf", "Acme", None)]),  # names no post, but ties the two
        ("[T thing ]", "[L Leeds ]", []),
        ("[T thing ]", "nobody", []),
        ("[T mayor ]", "nobody", [("holdsRole", None, "mayor")]),
    ],
)
def test_a_role_whose_words_name_no_post_is_a_membership(sketch, title, body, told):
    found = sketch(f"[P Ana ] is/VBZ {title} of/IN {body} .")
    word, place = title.split()[1].split("/")[0], body.split()[1] if " " in body else None
    said = {("Ana", "titleOf", word): 0.9, (word, "titleAt", place): 0.9, ("Ana", "holdsRole", place): 0.9}
    names = [e.name for e in found.discourse(found.scores(said)).entities]
    rows = [(c.predicate, None if c.object is None else names[c.object], c.title) for c in claims(found, said)]
    assert rows == told


@pytest.mark.parametrize(
    ("words", "wording"),
    [
        ("leads/VBZ/lead", "leader"),
        ("frobnicates/VBZ/frobnicate", None),
        ("Prime Minister", "prime minister"),
        ("the/DT prime/JJ minister", "prime minister"),
        ("board chairmen/NNS/chairman", "board chairman"),
        ("Vice Presidents", "vice president"),
        ("head/NN of/IN operations/NNS", "head of operations"),
        ("president -/HYPH elect/JJ", "president - elect"),
        ("CEO", "ceo"),
        ("government", None),
        ("fuel of/IN director", None),
        ("director of/IN fuel", "director of fuel"),
        ("the/DT", None),
    ],
)
def test_title_wording(sketch, words, wording):
    found = sketch(f"[T {words} ]")
    assert title_text(found.doc, found.candidates[0], found.discourse(found.scores({})), None) == wording


@pytest.mark.parametrize(
    ("text", "wording"),
    [
        ("[P Ana Ruiz ] , the [T ambassador ] to [L Taiwan ] , left .", "ambassador to taiwan"),
        ("[P Ana Ruiz ] is [T head ] of its coatings division .", "head"),  # a pronoun says of what
        ("[P Ana Ruiz ] is [T head ] of research .", "head of research"),
        ("[P Ana Ruiz ] is [T president ] of [O Acme ] .", "president"),  # the body is no part of it
        ("[P Ana Ruiz ] , the [T minister ] for [L Northern Ireland ] , left .", "minister"),
        ("[P Ana Ruiz ] is the [T mayor ] .", "mayor"),
    ],
)
def test_a_title_takes_what_follows_along(parsed_sketch, text, wording):
    found = parsed_sketch(text)
    discourse = found.discourse(found.scores({}))
    title = next(c for c in found.candidates if c.form == 3)
    assert title_text(found.doc, title, discourse, None) == wording


@pytest.mark.parametrize(
    ("text", "said", "source"),
    [
        ("[P Bo Li ] said [P Ana Ruiz ] joined [O Acme ] .", ("Ana Ruiz", "memberOf", "Acme"), ["Bo Li"]),
        ("[P Ana Ruiz ] said [P~ she ] joined [O Acme ] .", ("she", "memberOf", "Acme"), [None]),  # of themselves
        ("[P Ana Ruiz ] joined [O Acme ] .", ("Ana Ruiz", "memberOf", "Acme"), [None]),
        # a speaker and whom they speak of
        ('" The voters fired [P Ana Ruiz ] , " [P Bo Li ] said .', ("Bo Li", "appointed", "Ana Ruiz"), []),
        ('" [P Ana Ruiz ] must resign , " [P Bo Li ] said .', ("Bo Li", "appointed", "Ana Ruiz"), []),
        ("The voters fired [P Ana Ruiz ] , [P Bo Li ] said .", ("Bo Li", "appointed", "Ana Ruiz"), []),
        ("[P Bo Li ] named [P Ana Ruiz ] .", ("Bo Li", "appointed", "Ana Ruiz"), [None]),
    ],
)
def test_who_says_it(parsed_sketch, text, said, source):
    found = parsed_sketch(text)
    same = {("Ana Ruiz", "same", "she"): 0.99}
    names = [e.name for e in found.discourse(found.scores(same)).entities]
    told = [None if c.attributed_to is None else names[c.attributed_to] for c in claims(found, same | {said: 0.9})]
    assert told == source
