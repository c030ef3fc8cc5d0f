"""From scores to facts, a completed discourse and claims, with scores written by hand."""

import numpy as np
import pytest
import spacy
from spacy.tokens import Doc

from kg.extraction.discourse import Discourse, TokenMention
from kg.extraction.learned.claims import claims_of, title_text
from kg.extraction.learned.facts import facts
from kg.extraction.learned.features import KINDS, Candidate
from kg.extraction.learned.labels import ASSERTED, REASON_AT, REASONS, STATUS_AT, STATUSES, TYPES, UNASSERTED
from kg.extraction.learned.refine import refine
from kg.extraction.learned.scores import Scores
from kg.model import PREDICATES, Document, EntityType, LocalEntity, Mention, MentionKind, Modality, Polarity

VOCAB = spacy.blank("en").vocab
THRESHOLDS = dict.fromkeys((*PREDICATES, "same", "titleOf", "titleAt", "unasserted"), 0.5)
WORDS = "Ana Ruiz , mayor of Leeds , met Bo Li . She left Acme in 1999 .".split()  # noqa: SIM905
# token spans: 0 Ana Ruiz, 1 Leeds, 2 Bo Li, 3 She, 4 Acme, 5 the date, 6 the title
SPANS = [(0, 2, "person"), (5, 6, "place"), (8, 10, "person"), (11, 12, "pronoun"), (13, 14, "organization")]
SPANS += [(15, 16, "date"), (3, 4, "title")]


@pytest.fixture
def doc():
    pos = ["PROPN"] * 2 + ["PUNCT", "NOUN", "ADP", "PROPN", "PUNCT", "VERB", "PROPN", "PROPN", "PUNCT"]
    pos += ["PRON", "VERB", "PROPN", "ADP", "NUM", "PUNCT"]
    heads = [7] * 11 + [12] * 6
    deps = ["ROOT" if i == h else "dep" for i, h in enumerate(heads)]
    made = Doc(VOCAB, words=WORDS, pos=pos, heads=heads, deps=deps)
    made.user_data["document"] = Document(id="d", text=made.text)
    return made


def discourse_of(doc, *numbers):
    """Return a discourse of some of the spans, one entity each."""
    types = {"person": EntityType.PERSON, "place": EntityType.PLACE, "organization": EntityType.ORGANIZATION}
    entities, mentions = [], []
    for n in numbers:
        start, end, kind = SPANS[n]
        span = doc[start:end]
        at = Mention(span.start_char, span.end_char, MentionKind.NAME)
        entities.append(LocalEntity(type=types[kind], name=span.text, mentions=(at,)))
        mentions.append(
            TokenMention(
                start=start, end=end, root=end - 1, type=types[kind], kind=MentionKind.NAME, entity=len(entities) - 1
            )
        )
    return Discourse(doc, tuple(entities), tuple(mentions))


def scores_of(said, types=None, status="current", reason=REASONS[0]):
    """Return scores in which each (subject, output name, object) of ``said`` has its probability."""
    pairs = {}
    for (s, name, o), value in said.items():
        number = UNASSERTED[name[1:]] if name.startswith("-") else ASSERTED[name]
        vector = pairs.setdefault((s, o), np.zeros(STATUS_AT + len(STATUSES), dtype=np.float32))
        vector[number] = value
        vector[STATUS_AT + STATUSES.index(status)] = 1
        vector[REASON_AT + REASONS.index(reason)] = 1
    table = np.zeros((len(SPANS), len(TYPES)), dtype=np.float32)
    for n, name in (types or {}).items():
        table[n, [str(t) for t in TYPES].index(name)] = 0.9
    candidates = tuple(Candidate(s, e, KINDS.index(k)) for s, e, k in SPANS)
    return Scores(candidates, table, pairs)


def told(scores, discourse):
    name = [e.name for e in discourse.entities]
    return {
        (name[f.subject], f.predicate, None if f.object is None else name[f.object], str(f.polarity))
        for f in facts(scores, discourse, THRESHOLDS)
    }


def test_a_fact_needs_its_threshold_and_fitting_types(doc):
    discourse = discourse_of(doc, 0, 1, 2)
    scores = scores_of({(0, "bornIn", 1): 0.8, (0, "livesIn", 1): 0.4, (2, "childOf", 1): 0.9})
    assert told(scores, discourse) == {("Ana Ruiz", "bornIn", "Leeds", "affirmed")}


def test_symmetric_pairs_are_told_once_by_both_directions(doc):
    discourse = discourse_of(doc, 0, 2)
    assert told(scores_of({(0, "metWith", 2): 0.9, (2, "metWith", 0): 0.7}), discourse) == {
        ("Ana Ruiz", "metWith", "Bo Li", "affirmed")
    }
    assert told(scores_of({(0, "metWith", 2): 0.8, (2, "spokeWith", 0): 0.8}), discourse) == set()


def test_what_is_not_asserted_says_why(doc):
    discourse = discourse_of(doc, 0, 2)
    scores = scores_of({(0, "-killed", 2): 0.8}, reason=(Polarity.AFFIRMED, Modality.PLANNED))
    (fact,) = facts(scores, discourse, THRESHOLDS)
    assert (fact.predicate, fact.polarity, fact.modality) == ("killed", Polarity.AFFIRMED, Modality.PLANNED)


def test_role_joins_holder_title_and_place(doc):
    discourse = discourse_of(doc, 0, 1)
    said = {(0, "titleOf", 6): 0.9, (6, "titleAt", 1): 0.8, (0, "holdsRole", 1): 0.7}
    (fact,) = facts(scores_of(said, status="former"), discourse, THRESHOLDS)
    assert (fact.predicate, fact.object, fact.status) == ("holdsRole", 1, "former")
    (claim,) = claims_of(fact, scores_of(said), discourse, extractor="model:x@1", calibration=(1.0, 0.0))
    assert (claim.title, claim.evidence.text) == ("mayor", "Ana Ruiz , mayor of Leeds , met Bo Li .")


def test_a_title_is_at_what_grammar_ties_it_to(doc):
    said = {(0, "titleOf", 6): 0.9, (6, "titleAt", 1): 0.6, (6, "titleAt", 4): 0.9}
    said |= {(0, "holdsRole", 1): 0.8, (0, "holdsRole", 4): 0.9}
    assert told(scores_of(said), discourse_of(doc, 0, 1, 4)) == {("Ana Ruiz", "holdsRole", "Leeds", "affirmed")}
    assert told(scores_of(said), discourse_of(doc, 0, 4)) == {("Ana Ruiz", "holdsRole", "Acme", "affirmed")}


def test_role_without_an_organization(doc):
    (fact,) = facts(scores_of({(0, "titleOf", 6): 0.9}), discourse_of(doc, 0), THRESHOLDS)
    assert (fact.predicate, fact.object) == ("holdsRole", None)
    (claim,) = claims_of(fact, scores_of({}), discourse_of(doc, 0), extractor="x", calibration=(1.0, 0.0))
    assert claim.evidence.object is None


def test_membership_gives_way_to_a_role_and_to_a_party(doc):
    discourse = discourse_of(doc, 0, 4)
    works = {(0, "worksFor", 4): 0.9}
    assert told(scores_of(works), discourse) == {("Ana Ruiz", "memberOf", "Acme", "affirmed")}
    role = {(0, "titleOf", 6): 0.9, (6, "titleAt", 4): 0.8, (0, "holdsRole", 4): 0.7}
    assert told(scores_of(works | role), discourse) == {("Ana Ruiz", "holdsRole", "Acme", "affirmed")}
    party = {(0, "politicalAffiliation", 4): 0.8}
    assert told(scores_of(works | party), discourse) == {("Ana Ruiz", "politicalAffiliation", "Acme", "affirmed")}


def test_dates_are_literals(doc):
    discourse = discourse_of(doc, 0)
    (fact,) = facts(scores_of({(0, "diedOn", 5): 0.9}), discourse, THRESHOLDS)
    (claim,) = claims_of(fact, scores_of({}), discourse, extractor="x", calibration=(1.0, 0.0))
    assert (claim.object, claim.literal) == (None, "1999")


def test_a_pronoun_joins_its_person_and_carries_the_fact(doc):
    scores = scores_of({(0, "same", 3): 0.9, (3, "same", 0): 0.8, (3, "worksFor", 4): 0.9}, types={3: "Person"})
    discourse = refine(discourse_of(doc, 0, 4), scores)
    assert [m.kind for m in discourse.entities[0].mentions] == ["name", "pronoun"]
    (fact,) = facts(scores, discourse, THRESHOLDS)
    (claim,) = claims_of(fact, scores, discourse, extractor="x", calibration=(1.0, 0.0))
    assert claim.subject == 0
    assert doc.text[slice(*claim.evidence.subject)] == "She"
    assert claim.evidence.text == "She left Acme in 1999 ."


def test_missed_names_and_nameless_ones_are_added_only_on_demand(doc):
    scores = scores_of({}, types={0: "Person", 3: "Person", 4: "Organization", 1: "Other"})
    assert refine(discourse_of(doc), scores).entities == ()
    everything = refine(discourse_of(doc), scores, everything=True)
    assert [(e.name, e.type) for e in everything.entities] == [
        ("Ana Ruiz", "Person"),
        ("Acme", "Organization"),
        ("", "Person"),
    ]
    assert refine(everything, scores, everything=True) == everything


def test_demonyms_are_things_of_their_own_only_on_demand():
    words = "Ana , a German born in Germany .".split()  # noqa: SIM905
    doc = Doc(VOCAB, words=words, heads=[0] * 8, deps=["ROOT"] + ["dep"] * 7)
    spots = [
        TokenMention(start=i, end=i + 1, root=i, type=EntityType.PLACE, kind=MentionKind.NAME, entity=0, demonym=i == 3)
        for i in (3, 6)
    ]
    at = tuple(Mention(doc[m.start].idx, doc[m.start].idx + len(doc[m.start]), m.kind) for m in spots)
    discourse = Discourse(doc, (LocalEntity(type=EntityType.PLACE, name="Germany", mentions=at),), tuple(spots))
    scores = Scores((), np.zeros((0, len(TYPES)), dtype=np.float32), {})
    assert refine(discourse, scores) == discourse
    apart = refine(discourse, scores, everything=True)
    assert [e.mentions for e in apart.entities] == [at[1:], at[:1]]
    assert [m.entity for m in apart.mentions] == [1, 0]


def test_a_sure_type_replaces_a_doubtful_one(doc):
    scores = scores_of({}, types={0: "Organization"})
    assert refine(discourse_of(doc, 0), scores).entities[0].type == "Person"
    sure = refine(discourse_of(doc, 0), scores, sure=0.8)
    assert (sure.entities[0].type, sure.mentions[0].type) == ("Organization", "Organization")


def test_confidence_is_calibrated_and_never_certain(doc):
    discourse = discourse_of(doc, 0, 1)
    scores = scores_of({(0, "bornIn", 1): 0.9999})
    (fact,) = facts(scores, discourse, THRESHOLDS)
    (claim,) = claims_of(fact, scores, discourse, extractor="x", calibration=(1.0, 0.0))
    assert claim.confidence == 0.99
    (claim,) = claims_of(fact, scores, discourse, extractor="x", calibration=(0.0, 0.0))
    assert claim.confidence == 0.5


def test_what_two_sentences_say_together_is_half_as_sure(doc):
    discourse = discourse_of(doc, 0, 4)
    (fact,) = facts(scores_of({(0, "worksFor", 4): 0.9}), discourse, THRESHOLDS)
    (claim,) = claims_of(fact, scores_of({(0, "worksFor", 4): 0.9}), discourse, extractor="x", calibration=(0.0, 0.0))
    assert claim.confidence == 0.25
    assert claim.evidence.text == doc.text.strip()


@pytest.mark.parametrize(("target", "told"), [(4, [("memberOf", None)]), (1, [])])
def test_a_role_whose_words_name_no_post_is_a_membership(doc, target, told):
    words = [*WORDS[:3], "thing", *WORDS[4:]]
    made = Doc(VOCAB, words=words, pos=[t.pos_ for t in doc], heads=[t.head.i for t in doc], deps=["dep"] * len(doc))
    made.user_data["document"] = Document(id="d", text=made.text)
    said = {(0, "titleOf", 6): 0.9, (6, "titleAt", target): 0.9, (0, "holdsRole", target): 0.9}
    discourse = discourse_of(made, 0, target)
    found = [
        (claim.predicate, claim.title)
        for fact in facts(scores_of(said), discourse, THRESHOLDS)
        for claim in claims_of(fact, scores_of(said), discourse, extractor="x", calibration=(1.0, 0.0))
    ]
    assert found == told


@pytest.mark.parametrize(
    ("words", "pos", "lemma", "expected"),
    [
        (["leads"], ["VERB"], "lead", "leader"),
        (["frobnicates"], ["VERB"], "frobnicate", None),
        (["Prime", "Minister"], ["PROPN", "PROPN"], "minister", "prime minister"),
        (["board", "chairmen"], ["NOUN", "NOUN"], "chairman", "board chairmen"),
        (["president", "-", "elect"], ["NOUN", "PUNCT", "ADJ"], "elect", "president - elect"),
        (["government"], ["NOUN"], "government", None),
        (["fuel", "of", "director"], ["NOUN", "ADP", "NOUN"], "fuel", None),
    ],
)
def test_title_wording(words, pos, lemma, expected):
    heads = [len(words) - 1] * len(words)
    made = Doc(VOCAB, words=words, pos=pos, lemmas=[lemma] * len(words), heads=heads, deps=["dep"] * len(words))
    title = Candidate(0, len(words), KINDS.index("title"))
    assert title_text(made, title, Discourse(made, (), ()), None) == expected
