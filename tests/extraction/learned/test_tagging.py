"""From tags of words to mentions: tags written by hand over documents written by hand."""

import numpy as np
import pytest
import spacy
from spacy.tokens import Doc, Span

from kg.extraction.learned.labels import DATE, FORMS, TAGS, TITLE, Form
from kg.extraction.learned.tagging import mentions_of
from kg.model import Document

VOCAB = spacy.blank("en").vocab
SHORT = {"P": ("Person", "name"), "O": ("Organization", "name"), "L": ("Place", "name"), "T": ("Title", None)}
SHORT |= {"P~": ("Person", "pronoun"), "P^": ("Person", "nominal"), "O^": ("Organization", "nominal")}
NUMBER = {short: FORMS.index(Form(*form)) for short, form in SHORT.items()} | {"D": DATE}


def tags_of(tags):
    """Return the array of tags such as "O", "B-P" or "B-P:.6 B-O:.3", one string a word."""
    array = np.zeros((len(tags), len(TAGS)), dtype=np.float32)
    for i, said in enumerate(tags):
        for part in said.split("+"):
            tag, _, p = part.partition(":")
            prefix, _, short = tag.partition("-")
            array[i, 0 if tag == "O" else TAGS.index(f"{prefix}-{NUMBER[short]}")] = float(p or 1)
    return array


def read(doc, tags, entities=None, **options):
    """Return the mentions as "words form"; ``entities`` are the labels of the parser by word, or first word and end."""
    at = {i if isinstance(i, tuple) else (i, i + 1): label for i, label in (entities or {}).items()}
    doc.ents = [Span(doc, *span, label) for span, label in at.items()]
    found = mentions_of(doc, tags_of(tags.split()), **options)
    short = {number: s for s, number in NUMBER.items()}
    return [f"{doc[c.start : c.end].text} {short[c.form]}" for c in found]


@pytest.mark.parametrize(
    ("text", "tags", "found"),
    [
        ("Ana Ruiz met/VBD her/PRP", "B-P I-P O B-P~", ["Ana Ruiz P", "her P~"]),
        ("Ana Ruiz", "I-P I-P", ["Ana Ruiz P"]),  # no beginning
        ("Ana Ruiz Bo Li", "B-P I-P B-P I-P", ["Ana Ruiz P", "Bo Li P"]),
        ("Ana Ruiz Bo Li", "B-P I-P I-P I-P", ["Ana Ruiz Bo Li P"]),
        ("Acme chief Ana", "B-O B-T B-P", ["Acme O", "chief T", "Ana P"]),
        ("Acme chief Ana", "B-O I-T I-P", ["Acme O", "chief T", "Ana P"]),  # a title is no part of a name
        ("Acme union chief", "B-O I-T I-T", ["Acme O", "union chief T"]),
        ("Ana Ruiz Bo Li", "B-P I-P B-P:.65+I-P:.35 I-P", ["Ana Ruiz Bo Li P"]),  # a beginning must be twice as likely
        ("Ana Ruiz Bo Li", "B-P I-P B-P:.7+I-P:.3 I-P", ["Ana Ruiz P", "Bo Li P"]),
        ("boss left", "B-P^:.35+B-O^:.3+O:.35 O", ["boss P^"]),  # a mention, whatever of
        ("Acme left", "B-P:.2+B-O:.2+O:.6 O", []),
        ("the/DT council met", "B-O^ I-O^ O", ["the council O^"]),
        # a nationality before a noun or a name is no body
        ("the/DT Spanish/JJ courts/NNS ruled/VBD", "O B-O I-O O", ["Spanish L"]),
        ("Serbian/JJ Ana Petrov won/VBD", "B-O B-P I-P O", ["Serbian L", "Ana Petrov P"]),
        ("the/DT Dutch/NNPS will/MD play/VB", "O B-O O O", ["Dutch O"]),
        ("Spanish/JJ Senate met/VBD", "B-O I-O O", ["Spanish Senate O"]),
        ("Ana left", "O O", []),
    ],
)
def test_spans(doc_of, text, tags, found):
    assert read(doc_of(text), tags) == found


def test_no_name_goes_over_the_beginning_of_a_paragraph(doc_of):
    doc = doc_of("Ana Ruiz Bo Li")
    doc.user_data["blocks"] = (0, 2)
    assert read(doc, "B-P I-P I-P I-P") == ["Ana Ruiz P", "Bo Li P"]


def test_the_place_of_a_dateline_is_no_person(doc_of):
    doc = doc_of("TAKORA - Ana Ruiz left")
    doc.user_data["datelines"] = frozenset({0})
    assert read(doc, "B-P O B-P I-P O") == ["TAKORA L", "Ana Ruiz P"]
    assert read(doc, "B-O O B-P I-P O") == ["TAKORA L", "Ana Ruiz P"]
    agency = doc_of("AFP - Ana Ruiz left")
    agency.user_data["datelines"] = frozenset({0})
    assert read(agency, "B-O O B-P I-P O") == ["AFP O", "Ana Ruiz P"]


@pytest.mark.parametrize(
    ("text", "tags", "found"),
    [
        ("Ana 's/POS car", "B-P I-P O", ["Ana P"]),
        ("'s/POS Ana", "B-P I-P", ["Ana P"]),
        ("Ana Ruiz the/DT", "B-P I-P I-P", ["Ana Ruiz P"]),
        (", Ana , ``", "B-P I-P I-P I-P", ["Ana P"]),
        ("Acme ( U.K. )/-RRB-", "B-O I-O I-O I-O", ["Acme ( U.K. ) O"]),  # a bracket that closes is part of it
        ("Mohammed V of Morocco", "B-P I-P I-P B-L", ["Mohammed V P", "Morocco L"]),
        ("Wells & left", "B-O I-O O", ["Wells O"]),
        ("Bank of Oslo", "B-O I-O I-O", ["Bank of Oslo O"]),
        (", ``", "B-P I-P", []),
        ("🙂 🙂", "B-P I-P", []),  # a name has a letter or a digit
        ("李 明", "B-P I-P", ["李 明 P"]),
    ],
)
def test_what_is_never_the_end_of_a_mention_is_cut_off(doc_of, text, tags, found):
    assert read(doc_of(text), tags) == found


@pytest.mark.parametrize(
    ("text", "tags", "found"),
    [
        ("Lance Corporal Ana Ruiz left", "B-P I-P I-P I-P O", ["Ana Ruiz P"]),
        ("Mullah Sabir left", "B-P I-P O", ["Sabir P"]),
        ("Gen. Bo Li", "B-P I-P I-P", ["Bo Li P"]),
        ("Mullah left", "B-P O", ["Mullah P"]),  # there is nothing behind it
        ("Ana Major left", "B-P I-P O", ["Ana Major P"]),
        ("General Electric left", "B-O I-O O", ["General Electric O"]),
    ],
)
def test_a_persons_name_begins_behind_ranks(doc_of, text, tags, found):
    assert read(doc_of(text), tags) == found


@pytest.mark.parametrize(
    ("words", "tags", "found"),
    [
        (["Ana", "\n", "Ruiz"], "B-P O I-P", [(0, 3)]),
        (["Ana", "\n", "Bo"], "B-P O B-P", [(0, 1), (2, 3)]),
        (["Ana", "\n", "left"], "B-P O O", [(0, 1)]),
        (["prime", " ", "minister"], "B-T O I-T", [(0, 3)]),
        (["\n", "Ana", "\n"], "O B-P O", [(1, 2)]),
        (["\n", " "], "O O", []),
        ([], "", []),
    ],
)
def test_a_line_may_end_within_a_mention(words, tags, found):
    doc = Doc(VOCAB, words=words, spaces=[False] * len(words), sent_starts=[i == 0 for i in range(len(words))])
    assert [(c.start, c.end) for c in mentions_of(doc, tags_of(tags.split()))] == found


@pytest.mark.parametrize(
    ("text", "tags", "entities", "found"),
    [
        ("Leeds won . Leeds lost", "B-O O O B-L:.6+B-O:.4 O", {3: "ORG"}, ["Leeds O", "Leeds O"]),
        ("Leeds won . Leeds lost", "B-O O O B-L:.6+B-O:.4 O", {3: "GPE"}, ["Leeds O", "Leeds O"]),
        ("Leeds won . Leeds lost", "B-O:.6+B-L:.4 O O B-L:.7+B-O:.3 O", {}, ["Leeds L", "Leeds L"]),  # by the mean
        ("Leeds won . Leeds lost", "B-O:.8+O:.2 O O B-L:.4+B-O:.3+O:.3 O", {}, ["Leeds O", "Leeds O"]),  # 0.75 of names
        ("Leeds won . Leeds lost", "B-O:.7+O:.3 O O B-L:.4+B-O:.3+O:.3 O", {}, []),  # 0.7
        ("Leeds won . Leeds lost", "B-O O O B-L:.95+B-O:.05 O", {3: "ORG"}, ["Leeds O", "Leeds O"]),
        ("Leeds won . Leeds lost", "B-O O O B-L:.98+B-O:.02 O", {3: "ORG"}, ["Leeds O", "Leeds L"]),  # sure enough
        ("Ana Kiad left . Kiad slept", "B-P I-P O O B-L:.8+B-P:.2 O", {}, ["Ana Kiad P", "Kiad P"]),  # her surname
        ("Ana Kiad left . Kiad lost", "B-P I-P O O B-O:.94+B-P:.06 O", {}, ["Ana Kiad P", "Kiad O"]),  # her firm
        ("the Zand party lost . Zand slept", "O B-O:.9+B-P:.1 O O O B-P:.8+B-O:.2 O", {}, ["Zand O", "Zand O"]),
        ("the Zand group won . Zand slept", "O B-P:.9+B-O:.1 O O O B-P:.8+B-O:.2 O", {}, ["Zand P", "Zand P"]),
        ("Leeds won . Bath lost", "B-O O O B-L:.8+B-O:.2 O", {3: "ORG"}, ["Leeds O", "Bath L"]),  # other words
        ("It/PRP won . It/PRP lost", "B-O O O B-P~:.6+B-O:.4 O", {}, ["It O", "It P~"]),  # of names only
        ("Leeds won", "B-L:.5+B-O:.4+O:.1 O", {0: "GPE"}, ["Leeds L"]),
    ],
)
def test_a_doubtful_name_is_what_its_words_are_elsewhere(doc_of, text, tags, entities, found):
    assert read(doc_of(text), tags, entities) == found


@pytest.mark.parametrize(
    ("text", "tags", "entities", "found"),
    [
        ("Acme left", "B-O:.8+O:.2 O", {}, ["Acme O"]),
        ("Acme left", "B-O:.7+O:.3 O", {}, []),
        ("Acme left", "B-O:.7+B-P:.3 O", {}, ["Acme O"]),  # plainly a name, of whatever type
        ("Acme left", "B-O:.71+B-P:.06+O:.23 O", {}, ["Acme O"]),
        ("Acme left", "B-O:.4+B-P:.2+B-L:.2+O:.2 O", {}, ["Acme O"]),  # of three types
        ("Acme left", "B-O:.4+B-P:.3+O:.3 O", {}, []),
        ("Acme left", "B-O:.4+B-P:.3+O:.3 O", {0: "ORG"}, ["Acme O"]),
        ("Acme left", "B-O:.4+B-P:.3+O:.3 O", {0: "PERSON"}, []),  # the second likeliest
        ("Acme left", "B-O:.7+B-O^:.3 O", {}, []),  # a description is no name
        ("Acme left", "B-O:.7+O:.3 O", {0: "ORG"}, ["Acme O"]),
        ("Acme left", "B-O:.7+O:.3 O", {0: "PERSON"}, []),
        ("Acme left", "B-O:.7+O:.3 O", {1: "ORG"}, []),  # of other words
        ("Acme Works left", "B-O:.7 I-O:.7 O", {1: "ORG"}, ["Acme Works O"]),  # at one of the words
        ("Acme Works left", "B-O:.9 I-O:.65 O", {}, ["Acme Works O"]),  # over all words
        ("Ana left", "B-P:.7+O:.3 O", {0: "PERSON"}, ["Ana P"]),
        *(("Iran left", "B-L:.7+O:.3 O", {0: label}, ["Iran L"]) for label in ("GPE", "LOC", "FAC", "NORP")),
        ("Iran left", "B-L:.7+O:.3 O", {0: "PRODUCT"}, []),
        ("in/IN E.ON", "O B-O:.6+O:.4", {}, ["E.ON O"]),  # a capital inside a word
        ("in/IN E.ON", "O B-P:.6+O:.4", {}, []),  # of a company's name only
        ("She/PRP left", "B-P~:.6+O:.4 O", {}, ["She P~"]),  # asked of names only
        ("mayor left", "B-T:.6+O:.4 O", {}, ["mayor T"]),
    ],
)
def test_a_name_is_plain_or_has_the_word_of_the_parser(doc_of, text, tags, entities, found):
    assert read(doc_of(text), tags, entities) == found


@pytest.mark.parametrize(("before", "free"), [("#", False), ("-", False), ("(", True), ("by ", True), ("\n", True)])
def test_a_capital_inside_a_word_shows_a_name_that_stands_free(before, free):
    doc = Doc(
        VOCAB,
        words=[before.rstrip(" "), "MeToo"],
        spaces=[before.endswith(" "), False],
        tags=["NN", "NNP"],
        sent_starts=[True, False],
    )
    assert read(doc, "O B-O:.6+O:.4") == ["MeToo O"] * free


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("told/VBD dpa that/IN", ["dpa O"]),
        ("agency/NN ,/, dpa ./.", ["dpa O"]),
        ("( dpa ,/,", []),  # who wrote it, and no part of what is told
        ("AFP ,/, dpa )", []),
        ("Reuters ,/, dpa ,/,", []),
        ("told/VBD dpx that/IN", []),
    ],
)
def test_an_agency_may_sign_in_small_letters(doc_of, text, found):
    at = [word.partition("/")[0].startswith("dp") for word in text.split()]
    assert read(doc_of(text), " ".join("B-O" if here else "O" for here in at)) == found


@pytest.mark.parametrize(
    ("text", "tags", "entities", "found"),
    [
        ("to/IN Europe", "O O", {1: "LOC"}, ["Europe L"]),
        ("the/DT West said/VBD", "O O O", {(0, 2): "LOC"}, ["West L"]),
        ("in/IN Latin America", "O O O", {(1, 3): "LOC"}, ["Latin America L"]),
        ("to/IN Europe", "O O", {}, []),  # the parser must say so
        ("to/IN Europe", "O O", {1: "ORG"}, []),
        ("to/IN Halden", "O O", {1: "LOC"}, []),  # no region
        ("Council of/IN Europe", "B-O I-O I-O", {2: "LOC"}, ["Council of Europe O"]),
        ("CCTV Africa", "O O", {1: "LOC"}, []),
        ("Africa 39", "O O", {0: "LOC"}, []),
    ],
)
def test_regions_are_places_where_the_parser_takes_them_for_such(doc_of, text, tags, entities, found):
    assert read(doc_of(text), tags, entities) == found


@pytest.mark.parametrize(
    ("text", "tags", "found"),
    [
        ("against/IN Halden", "O B-L:.7+B-O:.3", ["Halden O"]),
        ("against/IN Halden", "O B-P:.7+B-O:.3", ["Halden O"]),
        ("against/IN Halden", "O B-L", ["Halden L"]),  # the network is sure
        ("near/IN Halden", "O B-L:.7+B-O:.3", ["Halden L"]),
        ("against/IN German", "O B-L:.7+B-O:.3", ["German L"]),  # of a country, and no team's name
    ],
)
def test_a_town_in_a_report_on_a_match_may_be_its_club(doc_of, text, tags, found):
    report = 12 * "match/NN "
    assert read(doc_of(report + text), 12 * "O " + tags) == found
    assert read(doc_of(text), tags) == [f"{text.split()[-1]} {tags.partition('B-')[2][0]}"]


@pytest.mark.parametrize(("before", "form"), [("in", "L"), ("for", "O")])
def test_a_town_is_none_of_its_club_where_somebody_lives(doc_of, before, form):
    text = f"{before}/IN Halden , against/IN Halden"
    assert read(doc_of(text), "O B-L:.6+B-O:.4 O O B-O") == [f"Halden {form}", "Halden O"]


@pytest.mark.parametrize(
    ("words", "tag", "found"),
    [
        ("acme works", "O", []),
        ("Acme works", "O", ["Acme works O"]),
        ("acme Works", "O", ["acme Works O"]),
        ("iAcme 7", "O", ["iAcme 7 O"]),
        ("* #", "O", []),
        ("北京 大学", "O", ["北京 大学 O"]),  # has no capitals
        ("the council", "O^", ["the council O^"]),
        ("prime minister", "T", ["prime minister T"]),
    ],
)
def test_a_name_is_neither_all_in_lower_case_nor_of_signs(doc_of, words, tag, found):
    assert read(doc_of(f"{words} left"), f"B-{tag} I-{tag} O", {0: "ORG"}) == found


@pytest.mark.parametrize(
    ("text", "tags", "found"),
    [
        ("IRGC commander Ana", "B-T I-T B-P", ["IRGC commander T", "Ana P"]),  # nowhere a name
        ("IRGC , IRGC commander Ana", "B-O O B-T I-T B-P", ["IRGC O", "IRGC O", "commander T", "Ana P"]),
        ("IRGC commander and/CC IRGC", "B-T I-T O B-O", ["IRGC O", "commander T", "IRGC O"]),  # named later
        ("Iran , Iran envoy", "B-L O B-T I-T", ["Iran L", "Iran L", "envoy T"]),
        ("Ford , Ford chief", "B-P O B-T I-T", ["Ford P", "Ford chief T"]),  # of a person
        ("council , council chief", "B-O^ O B-T I-T", ["council O^", "council chief T"]),  # no name
        ("Acme , Acme chief", "B-O:.7+O:.3 O B-T I-T", ["Acme chief T"]),  # not plainly a name
        ("Acme , acme chief", "B-O O B-T I-T", ["Acme O", "acme chief T"]),  # in other words
        ("Acme Works , Acme chief", "B-O I-O O B-T I-T", ["Acme Works O", "Acme chief T"]),
        ("Bank of/IN England , Bank of/IN England chief", "B-O I-O I-O O B-T I-T I-T I-T",
         ["Bank of England O", "Bank of England O", "chief T"]),
        ("US , US Navy , US Navy chief", "B-L O B-O I-O O B-T I-T I-T",
         ["US L", "US Navy O", "US Navy O", "chief T"]),  # the longest
        ("US , Navy , US Navy chief", "B-L O B-O O B-T I-T I-T", ["US L", "Navy O", "US Navy O", "chief T"]),  # only one
        ("Interpol , head of/IN Interpol", "B-O O B-T I-T I-T", ["Interpol O", "head of Interpol T"]),  # not leading
        ("Speaker , Speaker", "B-O O B-T", ["Speaker O", "Speaker T"]),  # something is left of the title
        ("IRGC , head IRGC commander", "B-O O B-T B-T I-T", ["IRGC O", "head T", "IRGC O", "commander T"]),
        ("Acme , Acme works", "B-O O B-O I-O", ["Acme O", "Acme works O"]),  # of titles only
    ],
)  # fmt: skip
def test_a_title_begins_behind_a_name_that_stands_elsewhere(doc_of, text, tags, found):
    assert read(doc_of(text), tags) == found


@pytest.mark.parametrize("label", ["ORG", "GPE", "NORP", "PERSON"])
def test_the_parser_takes_nothing_off_a_title(doc_of, label):
    assert read(doc_of("IRGC commander Ana"), "B-T I-T B-P", {0: label}) == ["IRGC commander T", "Ana P"]


@pytest.mark.parametrize(
    ("text", "tags", "found"),
    [
        ("Ana Ruiz met/VBD Ana Ruiz", "B-P I-P O O O", ["Ana Ruiz P", "Ana Ruiz P"]),
        ("Ana met/VBD Ana", "B-P O O", ["Ana P"]),  # one word may be another's
        ("Ana Ruiz met/VBD ana ruiz", "B-P I-P O O O", ["Ana Ruiz P"]),
        ("Ana Ruiz met/VBD Ana Ruiz", "B-P I-P O B-P O", ["Ana Ruiz P", "Ana P"]),  # taken
        ("prime minister and/CC prime minister", "B-T I-T O O O", ["prime minister T"]),  # no name
        ("New York Times of/IN New York Times", "B-O I-O I-O O O O O", ["New York Times O", "New York Times O"]),
    ],
)
def test_names_of_several_words_are_found_again(doc_of, text, tags, found):
    assert read(doc_of(text), tags) == found


def test_the_longest_of_two_names_is_found_again(doc_of):
    doc = doc_of("New York and/CC New York Times saw/VBD New York Times")
    found = read(doc, "B-L I-L O B-O I-O I-O O O O O")
    assert found == ["New York L", "New York Times O", "New York Times O"]


@pytest.mark.parametrize(
    ("tags", "found"),
    [
        ("B-P I-P O O O O", ["Ana Ruiz P", "12 May D"]),
        ("O O O O O O", ["12 May D"]),
        ("O O O O B-P O", ["May P"]),  # what the network reads goes before
    ],
)
def test_dates_come_from_the_parser(doc_of, tags, found):
    doc = doc_of("Ana Ruiz left/VBD 12/CD May .")
    assert read(doc, tags, {(0, 2): "PERSON", (3, 5): "DATE"}) == found


@pytest.mark.parametrize(("least", "found"), [(0.3, ["mayor T"]), (0.5, [])])
def test_least_probability_of_a_mention(doc_of, least, found):
    assert read(doc_of("mayor left"), "B-T:.4+O:.6 O", least=least) == found


def test_titles_and_dates_are_numbered_as_the_tests_say():
    assert (FORMS[TITLE].type, FORMS[DATE].type) == ("Title", "Date")


@pytest.mark.parametrize(
    ("text", "tags", "found"),
    [
        ("Zand firm left", "B-O I-O O", ["Zand firm O"]),  # what it is
        ("Zand managers left", "B-O I-O O", ["Zand O"]),
        ("Zand prison", "B-L I-L", ["Zand prison L"]),
        ("Ministry of/IN Health and/CC Labour", "B-O I-O I-O I-O B-O", ["Ministry of Health and Labour O"]),
        ("Corriere della Zand", "B-L I-L B-L", ["Corriere della Zand L"]),
        ("Acme and/CC Zand", "B-O O B-O", ["Acme O", "Zand O"]),
        (
            "Ministry of/IN Health and/CC Ana",
            "B-O I-O I-O I-O B-P",
            ["Ministry of Health O", "Ana P"],
        ),  # of another type
    ],
)
def test_a_name_ends_with_its_last_word(doc_of, text, tags, found):
    assert read(doc_of(text), tags) == found


@pytest.mark.parametrize(
    ("text", "tags", "found"),
    [
        ("Chad 's/POS Armed Forces", "B-L O B-O I-O", ["Chad 's Armed Forces O"]),  # two states' are two
        ("Chad 's/POS Zand Bank", "B-L O B-O I-O", ["Chad L", "Zand Bank O"]),
        ("Leeds 's/POS Armed Forces", "B-L O B-O I-O", ["Leeds L", "Armed Forces O"]),  # no state
    ],
)
def test_a_body_has_the_name_of_its_state(doc_of, text, tags, found):
    assert read(doc_of(text), tags) == found


@pytest.mark.parametrize(
    ("words", "tags", "found"),
    [
        (["Kim ", "Min", "-", "ji ", "left"], "B-P I-P I-P I-P O", ["Kim Min-ji"]),
        (["Taher ", "El", "-", "Zand ", "left"], "B-P I-P O B-P O", ["Taher El-Zand"]),
        (["the ", "Ruiz", "-", "Zand ", "pact"], "O B-P O B-P O", ["Ruiz", "Zand"]),
        (["in ", "Washington", ", ", "D.C", "."], "O B-L I-L I-L I-L", ["Washington, D.C."]),
        (["of ", "Ana ", "Ruiz ", "Jr", "."], "O B-P I-P I-P I-P", ["Ana Ruiz Jr."]),
        (["at ", "Zand ", "FC", "."], "O B-O I-O I-O", ["Zand FC"]),
    ],
)
def test_hyphens_and_periods_within_a_name(words, tags, found):
    texts, spaces = [w.rstrip() for w in words], [w.endswith(" ") for w in words]
    named = [
        "." if w == "." else "HYPH" if w == "-" else "," if w == "," else "NNP" if w[0].isupper() else "NN"
        for w in texts
    ]
    doc = Doc(VOCAB, words=texts, spaces=spaces, tags=named, sent_starts=[i == 0 for i in range(len(texts))])
    assert [doc[c.start : c.end].text for c in mentions_of(doc, tags_of(tags.split()))] == found


def test_a_name_ends_with_its_line():
    doc = Doc(VOCAB, words=["Ana", "Ruiz", "Zand", "left"], sent_starts=[True, False, True, False])
    doc.user_data["document"] = Document(id="d", text="Ana Ruiz\nZand left ")
    assert [doc[c.start : c.end].text for c in mentions_of(doc, tags_of(["B-P", "I-P", "I-P", "O"]))] == [
        "Ana Ruiz",
        "Zand",
    ]
