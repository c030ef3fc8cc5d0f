from collections.abc import Sequence
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import UsageError
from kg.model import Apart, Claim, EntityType, Evidence, Extraction, LocalEntity, Mention, MentionKind
from kg.resolution import Decision, NamedIn, Names, Resolution, Verdict, locate, resolve

PERSON, ORGANIZATION, PLACE = EntityType.PERSON, EntityType.ORGANIZATION, EntityType.PLACE
BASE = "https://kg.example/"


def local(name: str, *aliases: str, type: EntityType = PERSON, gender: str | None = None, at: int = 0) -> LocalEntity:  # noqa: A002
    mention = Mention(at, at + len(name), MentionKind.NAME)
    return LocalEntity(type=type, name=name, aliases=aliases, gender=gender, mentions=(mention,))


def org(name: str, *aliases: str) -> LocalEntity:
    return local(name, *aliases, type=ORGANIZATION)


def place(name: str) -> LocalEntity:
    return local(name, type=PLACE)


def claim(subject: int, predicate: str, target: int | None = None, **fields: str) -> Claim:
    evidence = Evidence(document="", start=0, end=1, text="", subject=(0, 1), object=None, extractor="rule:test")
    return Claim(subject=subject, predicate=predicate, object=target, evidence=evidence, **fields)  # type: ignore[arg-type]


def doc(name: str, *entities: LocalEntity, claims: Sequence[Claim] = ()) -> Extraction:
    return Extraction(document=name, entities=entities, claims=tuple(claims))


def run(*extractions: Extraction, decisions: Sequence[Decision] = ()) -> Resolution:
    return resolve(extractions, base_iri=BASE, decisions=decisions)


def one(result: Resolution, *items: tuple[str, int]) -> bool:
    return len({result.assignment[item] for item in items}) == 1


def test_spellings_of_one_name_meet() -> None:
    result = run(
        doc("a", local("Mohammad Bagheri", "Bagheri"), local("Qassem Soleimani")),
        doc("b", local("Mohammad Baqeri"), local("Qasem Soleimani", "Soleimani")),
    )
    assert one(result, ("a", 0), ("b", 0))
    assert one(result, ("a", 1), ("b", 1))
    assert [e.id for e in result.entities] == [f"{BASE}person/mohammad-bagheri", f"{BASE}person/qassem-soleimani"]
    assert result.entities[0].aliases == ("Bagheri", "Mohammad Baqeri")


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (local("George W. Bush"), local("George H. W. Bush")),
        (local("Mohammad Bagheri"), local("Ali Bagheri")),
        (local("Ali Khamenei"), local("Ruhollah Khomeini")),
        (local("Salami"), local("Hossein Salami")),
        (local("Bagheri"), local("Bagheri")),
        (local("Donald Trump"), local("Donald Trump Jr.")),
        (local("Andrea Rossi", gender="feminine"), local("Andrea Rossi", gender="masculine")),
        (place("Tehran"), place("Iran")),
        (org("Bank of England"), org("Bank of Japan")),
        (org("Supreme Court"), org("Supreme Court of Iran")),
        (local("Ali Bagheri"), local("Ali Bagheri Kani")),
        (local("Elena Savorkin"), local("Elena Savorin")),
        (place("Donaueschingen"), place("Donaueschigen")),
    ],
)
def test_what_differs_stays_apart(a: LocalEntity, b: LocalEntity) -> None:
    assert not one(run(doc("a", a), doc("b", b)), ("a", 0), ("b", 0))


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (place("US"), place("United States")),
        (place("Britain"), place("U.K.")),
        (org("Islamic Revolution Guards Corps", "IRGC"), org("IRGC")),
        (org("Iraqi Defense Ministry"), org("Ministry of Defence of Iraq")),
        (org("Siemens"), org("Siemens AG")),
        (local("Xi Jinping"), local("Jinping Xi")),
        (local("Park Sung-min"), local("Park Sungmin")),
        (local("Elena Savorkin"), local("Elena Savrokin")),
    ],
)
def test_what_is_one_meets(a: LocalEntity, b: LocalEntity) -> None:
    assert one(run(doc("a", a), doc("b", b)), ("a", 0), ("b", 0))


def test_a_surname_joins_a_full_name_with_shared_context_only() -> None:
    context = (local("Ali Khamenei"), org("Islamic Revolution Guards Corps"))
    full = doc("a", local("Hossein Salami"), *context)
    assert one(run(full, doc("b", local("Salami"), *context)), ("a", 0), ("b", 0))
    assert not one(run(full, doc("b", local("Salami"), place("Iran"))), ("a", 0), ("b", 0))


def test_a_surname_joins_by_the_same_post() -> None:
    claims = [claim(0, "holdsRole", 1, title="chief commander")]
    result = run(
        doc("a", local("Hossein Salami"), org("Islamic Revolution Guards Corps"), claims=claims),
        doc("b", local("Salami"), org("Islamic Revolution Guards Corps"), claims=claims),
    )
    assert one(result, ("a", 0), ("b", 0))


@pytest.mark.parametrize(
    ("full", "title", "alone", "where", "same"),
    [
        ("Vladimir Putin", "president", "Putin", "Russia", True),
        ("Vladimir Putin", "leader", "Putin", "Russia", True),
        ("Vladimir Putin", "opposition leader", "Putin", "Russia", False),
        ("Vladimir Putin", "spokesman", "Putin", "Russia", False),
        ("Vladimir Putin", "president", "Putin", "Peru", False),
        ("Paul Martin", "prime minister", "Martin", "Russia", False),  # "Martin" may be a given name here
    ],
)
def test_an_article_may_call_who_leads_a_state_by_the_surname(
    full: str, title: str, alone: str, where: str, *, same: bool
) -> None:
    leader = doc("a", local(full), place("Russia"), claims=[claim(0, "holdsRole", 1, title=title)])
    assert one(run(leader, doc("b", local(alone), place(where))), ("a", 0), ("b", 0)) is same
    once = doc("a", local(full), place("Russia"), claims=[claim(0, "holdsRole", 1, title=title, status="former")])
    assert not one(run(once, doc("b", local(alone), place(where))), ("a", 0), ("b", 0))


def test_an_ambiguous_surname_joins_nobody() -> None:
    context = (local("Ali Khamenei"), org("Islamic Revolution Guards Corps"))
    result = run(
        doc("a", local("Mohammad Bagheri"), *context),
        doc("b", local("Bagheri"), *context),
        doc("c", local("Ali Bagheri"), *context),
    )
    assert len({result.assignment[d, 0] for d in "abc"}) == 3
    assert {d.b for d in result.doubtful} | {d.a for d in result.doubtful} >= {result.assignment["b", 0]}


@pytest.mark.parametrize(
    ("rival", "alone", "same"),
    [
        ("governor", "president", True),
        ("president", "president", False),  # father and son held it
        ("governor", "senator", False),
        ("governor", "", False),
    ],
)
def test_the_one_of_namesakes_is_meant_who_has_the_post(rival: str, alone: str, *, same: bool) -> None:
    def holder(name: str, title: str) -> list[Extraction]:
        claims = [claim(0, "holdsRole", 1, title=title)] if title else []
        return [doc(name, local(name), place("Peru"), claims=claims)]

    result = run(*holder("Ana Tabb", "president"), *holder("Kari Tabb", rival), *holder("Tabb", alone))
    assert one(result, ("Ana Tabb", 0), ("Tabb", 0)) is same
    assert not one(result, ("Kari Tabb", 0), ("Tabb", 0))


MATCH = (org("Champions League"), org("Norfisk"), org("Halden Athletic"), local("Ana Ruiz"), place("Bergen"))


@pytest.mark.parametrize(
    ("full", "short", "around", "others", "same"),
    [
        (org("Bergen Wanderers", "Wanderers"), org("Wanderers"), MATCH, (), True),
        (org("Bergen Wanderers"), org("Wanderers"), MATCH, (), False),  # nobody calls it so
        (org("Bergen Wanderers", "Wanderers"), org("Wanderers"), MATCH[-3:], (), False),  # another story
        (org("Bergen Wanderers", "Wanderers"), org("Wanderers"), MATCH, (org("Halden Wanderers", "Wanderers"),), False),
        (org("Bergen Court", "Court"), org("Court"), MATCH, (), False),  # what many have
        (org("Bergen Wanderers", "The Blues"), org("Blues"), MATCH, (), False),  # no part of the name
    ],
)
def test_a_short_name_of_an_organization_is_the_one_that_articles_on_the_story_shorten_so(
    full: LocalEntity, short: LocalEntity, around: Sequence[LocalEntity], others: Sequence[LocalEntity], *, same: bool
) -> None:
    result = run(doc("a", full, *around), doc("b", short, *around), *(doc("c", other) for other in others))
    assert one(result, ("a", 0), ("b", 0)) is same


def test_short_names_do_not_chain() -> None:
    names = ("Bergen City Wanderers", "City Wanderers", "Wanderers")
    found = [
        doc(f"{n}", org(name, *names[n + 1 : n + 2]), local("Ana Ruiz"), org("Norfisk"), org("Halden"), local("Bo Li"))
        for n, name in enumerate(names)
    ]
    result = run(*found)
    assert one(result, ("0", 0), ("1", 0))
    assert not one(result, ("1", 0), ("2", 0))


def test_kinds_keep_a_short_name_apart() -> None:
    agency, institute = replace(org("Norpress"), subtype="NewsAgency"), org("Norpress Institute", "Norpress")
    for kind, same in (("", True), ("NewsAgency", True), ("University", False)):
        other = replace(institute, subtype=kind or None)
        result = run(doc("a", other, *MATCH), doc("b", agency, *MATCH))
        assert one(result, ("a", 0), ("b", 0)) is same


def test_likeness_does_not_chain() -> None:
    result = run(
        doc("a", local("George W. Bush")), doc("b", local("George Bush")), doc("c", local("George H. W. Bush"))
    )
    assert not one(result, ("a", 0), ("c", 0))
    assert len(result.entities) == 3
    assert result.doubtful


def apart(name: str, one: LocalEntity, other: LocalEntity, why: str = "both stand in one sentence") -> Extraction:
    return Extraction(document=name, entities=(one, other), apart=(Apart(one=0, other=1, why=why),))


def test_two_whom_a_text_tells_apart_stay_two_and_a_person_is_asked() -> None:
    result = run(apart("a", local("George Bush"), local("George W. Bush")), doc("b", local("George W. Bush")))
    assert not one(result, ("a", 0), ("a", 1))
    assert one(result, ("a", 1), ("b", 0))
    assert [(d.a, d.b) for d in result.doubtful] == [(f"{BASE}person/george-bush", f"{BASE}person/george-w-bush")]
    assert result.doubtful[0].explanation.endswith("a: both stand in one sentence")


@pytest.mark.parametrize(
    ("a", "b", "same", "asked"),
    [
        ("Qasem Soleimani", "Kassem Suleimani", True, False),  # spelling
        ("Bill Haddow", "William Haddow", True, False),
        ("J. Roe", "Jane Roe", True, False),
        ("Xi Jinping", "Jinping Xi", True, False),
        ("HADDOW James", "James Haddow", True, False),
        ("David Johnson", "David Johnston", False, True),  # a slip, or another
        ("Chidi Okafor", "Chidi Okafoe", False, True),
        ("Ali Hassan", "Hassan Ali", False, True),
        ("Antonio Rossi", "Antonia Rossi", False, True),
        ("Nguyen Van Hung", "Nguyen Manh Hung", False, False),
        ("Siti binti Ahmad", "Siti binti Abdullah", False, False),
        ("Robert Haddow Jr.", "Robert Haddow Sr.", False, False),
    ],
)
def test_names_of_one_article_are_compared_as_those_of_two_are(a: str, b: str, *, same: bool, asked: bool) -> None:
    result = run(doc("a", local(a), local(b, at=100)))
    assert one(result, ("a", 0), ("a", 1)) is same
    assert bool(result.doubtful) is asked


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Anna Larsen", "Anna Larssen"),
        ("Li Wei", "Wei Li"),
        ("Jon Lund", "John Lund"),
        ("Mark Thomson", "Mark Thompson"),
    ],
)
def test_what_an_article_says_of_both_makes_them_two(a: str, b: str) -> None:
    both = (local(a), local(b, at=100), org("Halden Bank"))
    met = run(doc("a", *both, claims=[claim(0, "metWith", 1)]))
    assert not one(met, ("a", 0), ("a", 1))
    assert not met.doubtful  # who met is two, whatever the names
    posts = [claim(0, "holdsRole", title="mayor"), claim(1, "holdsRole", 2, title="head")]
    other = run(doc("a", *both, claims=posts))
    assert not one(other, ("a", 0), ("a", 1))
    assert other.doubtful[0].explanation.endswith("a tells of posts that have nothing in common")
    alike = run(doc("a", *both, claims=[claim(0, "holdsRole", 2, title="head"), posts[1]]))
    assert one(alike, ("a", 0), ("a", 1))


def test_initials_that_fit_two_of_an_article_are_neither_of_them() -> None:
    result = run(doc("a", local("J. Petersen"), local("Jens Petersen"), local("Jytte Petersen")))
    assert len({result.assignment["a", i] for i in range(3)}) == 3
    assert len(result.doubtful) == 2


def test_posts_that_have_nothing_in_common_part_those_who_are_spelt_otherwise_in_another_article() -> None:
    def article(name: str, who: str, title: str, where: str) -> Extraction:
        return doc(name, local(who), place(where), claims=[claim(0, "holdsRole", 1, title=title)])

    two = run(article("a", "Yousef Hadi", "oil minister", "Iraq"), article("b", "Youssef Hadi", "goalkeeper", "Egypt"))
    assert not one(two, ("a", 0), ("b", 0))
    assert two.doubtful
    assert one(run(article("a", "Yousef Hadi", "envoy", "Iraq"), doc("b", local("Youssef Hadi"))), ("a", 0), ("b", 0))


def test_a_missed_link_within_a_document_is_made() -> None:
    assert one(run(doc("a", local("Hossein Salami"), local("Hossein Salami", at=50))), ("a", 0), ("a", 1))


def test_a_surname_spelt_otherwise_joins_within_a_document_but_an_equal_one_was_kept_apart_on_purpose() -> None:
    result = run(doc("a", local("Abu Mahdi al-Muhandis"), local("Muhandis"), local("Michelle Obama"), local("Obama")))
    assert one(result, ("a", 0), ("a", 1))
    assert not one(result, ("a", 2), ("a", 3))


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (local("Tony Abbott"), local("Anthony Abbott")),
        (local("Mary Shelley"), local("Mary Wollstonecraft Shelley")),
        (org("Elorial"), org("Eloriel")),
        (org("CBSX"), org("Corsican Brothers Sailing Xebecs")),
    ],
)
def test_what_others_are_called_too_needs_something_in_common(a: LocalEntity, b: LocalEntity) -> None:
    company = (local("Ana Ruiz"), local("Maja Novak"))
    assert not one(run(doc("a", a), doc("b", b)), ("a", 0), ("b", 0))
    assert one(run(doc("a", a, *company), doc("b", b, *company)), ("a", 0), ("b", 0))


def test_a_gender_that_was_misread_parts_no_one_from_the_same_company() -> None:
    she, he = (local("Alex Ito", gender=gender) for gender in ("feminine", "masculine"))
    company = (local("Ana Ruiz"), local("Maja Novak"))
    assert not one(run(doc("a", she), doc("b", he)), ("a", 0), ("b", 0))
    assert one(run(doc("a", she, *company), doc("b", he, *company)), ("a", 0), ("b", 0))


@pytest.mark.parametrize(
    ("one_title", "other_title", "same"),
    [("caretaker prime minister", "prime minister", True), ("deputy prime minister", "prime minister", False)],
)
def test_how_a_post_is_held_makes_no_other_post(one_title: str, other_title: str, *, same: bool) -> None:
    def article(name: str, title: str) -> Extraction:
        return doc(name, local("John Miller"), claims=[claim(0, "holdsRole", title=title)])

    assert one(run(article("a", one_title), article("b", other_title)), ("a", 0), ("b", 0)) is same


@pytest.mark.parametrize(
    ("short", "long", "same"),
    [
        ("EU", "European Union", True),
        ("U.N.", "United Nations", True),
        ("IMF", "International Monetary Fund", True),
        ("EU", "European Parliament", False),
        ("ICC", "International Criminal Court", False),  # or a chamber of commerce
    ],
)
def test_the_letters_of_a_body_of_the_whole_world_are_its_name(short: str, long: str, *, same: bool) -> None:
    assert one(run(doc("a", org(short)), doc("b", org(long))), ("a", 0), ("b", 0)) is same


def test_homonyms_with_posts_that_have_nothing_in_common_stay_apart() -> None:
    def article(name: str, title: str, employer: str, where: str) -> Extraction:
        post = [claim(0, "holdsRole", 1, title=title)]
        return doc(name, local("John Miller"), org(employer), place(where), claims=post)

    result = run(
        article("a", "goalkeeper", "Leeds United", "England"), article("b", "senator", "Liberal Party", "Peru")
    )
    assert not one(result, ("a", 0), ("b", 0))
    ids = {e.id for e in result.entities if e.type is PERSON}
    assert f"{BASE}person/john-miller" in ids
    assert len(ids) == 2
    assert result.doubtful[0].explanation.startswith("equal names")


def test_dates_of_birth_that_differ_keep_apart() -> None:
    def article(name: str, born: str) -> Extraction:
        return doc(name, local("John Miller"), claims=[claim(0, "bornOn", literal=born)])

    assert not one(run(article("a", "1960"), article("b", "1971-02")), ("a", 0), ("b", 0))
    assert one(run(article("a", "1960"), article("b", "1960-02")), ("a", 0), ("b", 0))


def test_a_common_institution_goes_by_its_country() -> None:
    iran = (place("Iran"), org("Foreign Ministry"))
    result = run(doc("a", *iran), doc("b", *iran), doc("c", place("Peru"), org("Foreign Ministry")))
    assert one(result, ("a", 1), ("b", 1))
    assert not one(result, ("a", 1), ("c", 1))


def test_an_institution_meets_its_name_with_the_country() -> None:
    result = run(
        doc("a", org("Iranian Foreign Ministry")),
        doc("b", org("Foreign Ministry"), place("Iran"), claims=[claim(0, "partOf", 1)]),
        doc("c", org("Foreign Ministry"), place("Iran"), place("Peru"), claims=[claim(0, "partOf", 2)]),
    )
    assert one(result, ("a", 0), ("b", 0))
    assert not one(result, ("a", 0), ("c", 0))


def test_a_country_guessed_from_the_article_counts_as_its_name_does() -> None:
    germany, turkey = place("Germany"), place("Turkey")
    greens = [doc("a", germany, org("Greens")), doc("b", germany, org("Green Party")), doc("c", org("German Greens"))]
    result = run(*greens, doc("d", turkey, org("Greens")), doc("e", place("Bavaria"), place("Bavaria"), org("Greens")))
    assert one(result, ("a", 1), ("b", 1), ("c", 0))
    assert not one(result, ("a", 1), ("d", 1))
    assert not one(result, ("a", 1), ("e", 2))  # of no country: a state of the past is none


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        (("Christian Democrats", "CDU"), ("Christian Democratic Union", "CDU"), True),
        (("Social Democrats", "SPD"), ("Social Democratic Party", "SPD"), True),
        (("Christian Democrats", "CDU"), ("Centre of Urban Design", "CDU"), False),
        (("Christian Democrats",), ("Christian Democratic Union",), False),
    ],
)
def test_an_acronym_outweighs_a_country_that_was_guessed(a: tuple[str, ...], b: tuple[str, ...], *, same: bool) -> None:
    result = run(doc("a", place("Spain"), org(*a)), doc("b", place("Germany"), org(*b)))
    assert one(result, ("a", 1), ("b", 1)) is same


def test_letters_alone_join_no_two_kinds() -> None:
    def article(name: str, kind: str, *names: str) -> Extraction:
        return doc(name, place("Peru"), replace(org(*names), subtype=kind), local("Ana Ruiz"))

    agency, police = article("a", "MediaOutlet", "AFP"), ("Australian Federal Police", "AFP")
    assert not one(run(agency, article("b", "GovernmentBody", *police)), ("a", 1), ("b", 1))
    assert one(run(agency, article("b", "MediaOutlet", "Agence France Presse", "AFP")), ("a", 1), ("b", 1))


@pytest.mark.parametrize(
    ("documents", "asked"),
    [
        ([doc("a", org("DW"), place("Peru")), doc("b", org("Dubai World"), place("Peru"))], False),
        ([doc("a", org("DW"), local("Ana Ruiz")), doc("b", org("Dubai World"), local("Ana Ruiz"))], True),
        ([doc("a", org("DWP")), doc("b", org("Dubai World Ports"))], False),
        ([doc("a", org("European Union", "EU")), doc("b", org("EU")), doc("c", org("European University"))], False),
        ([doc("a", local("G. Bush")), doc("b", local("George Bush"))], True),
        ([doc("a", org("Wagner")), doc("b", org("Warner"))], False),
        ([doc("a", org("Barclays"), local("Ana Ruiz")), doc("b", org("Barclay"), local("Ana Ruiz"))], True),
        ([doc("a", local("James Brown")), doc("b", local("James Brown Mason"))], False),
        ([doc("a", local("Ali Bagheri"), place("Iran")), doc("b", local("Ali Bagheri Kani"), place("Iran"))], True),
        ([doc("a", local("John Payne")), doc("b", local("John Wayne"))], False),
        ([doc("a", local("Igor Gortavlinov")), doc("b", local("Igor Grtavlinov"))], True),
        ([doc("a", local("Tony Abbott")), doc("b", local("Anthony Abbott"))], True),
        ([doc("a", local("Thierry Henry"), place("Peru")), doc("b", local("Henry"), place("Peru"))], False),
        ([doc("a", local("Thierry Tabb"), place("Peru")), doc("b", local("Tabb"), place("Peru"))], True),
    ],
)
def test_only_what_is_worth_asking_is_asked(documents: list[Extraction], *, asked: bool) -> None:
    assert bool(run(*documents).doubtful) is asked


def test_an_iri_outlives_new_documents() -> None:
    before = run(doc("b", local("Hossein Salami", gender="masculine")))
    after = run(
        doc("b", local("Hossein Salami", gender="masculine")),
        doc("c", local("Hossein Salami", gender="feminine")),
        doc("d", local("Esmail Qaani")),
    )
    assert before.assignment["b", 0] == after.assignment["b", 0]
    assert after.assignment["c", 0].startswith(f"{BASE}person/hossein-salami-")


def decide(verdict: str, *sides: tuple[str, str]) -> Decision:
    a, b = ((NamedIn(*side),) for side in sides)
    return Decision(verdict=Verdict(verdict), a=a, b=b)


def test_the_user_decides() -> None:
    documents = (doc("a", local("Hossein Salami")), doc("b", local("Salami")), doc("c", local("Hossein Salami")))
    same = decide("same", ("a", "Hossein Salami"), ("b", "Salami"))
    other = decide("different", ("a", "Hossein Salami"), ("c", "Hossein Salami"))
    gone = decide("same", ("z", "Nobody"), ("a", "Hossein Salami"))
    result = run(*documents, decisions=[same, other, gone])
    assert one(result, ("a", 0), ("b", 0))
    assert not one(result, ("a", 0), ("c", 0))
    assert result.unused == (gone,)
    assert run(*documents, decisions=[gone, other, same]) == result


def test_what_the_user_merged_keeps_the_lost_iri() -> None:
    documents = (doc("a", local("Bob Dylan")), doc("b", local("Robert Zimmerman")), doc("c", local("Bob Dylan")))
    before = run(*documents)
    merged = run(*documents, decisions=[decide("same", ("b", "Robert Zimmerman"), ("c", "Bob Dylan"))])
    assert [e.id for e in merged.entities] == [before.assignment["a", 0]]
    assert merged.entities[0].same_as == (before.assignment["b", 0],)


def test_a_negative_decision_outweighs_what_the_program_would_join() -> None:
    documents = tuple(doc(name, local("Hossein Salami")) for name in "abcd")
    names = {d: (d, "Hossein Salami") for d in "abcd"}
    result = run(
        *documents, decisions=[decide("different", names["a"], names["b"]), decide("same", names["b"], names["c"])]
    )
    assert one(result, ("b", 0), ("c", 0))
    assert not one(result, ("a", 0), ("b", 0))
    assert not result.doubtful


def test_members_that_were_told_apart_stay_out_of_what_is_joined() -> None:
    documents = tuple(doc(name, local(n)) for name, n in zip("abcd", ["Bob Dylan"] * 2 + ["Al Gore"] * 2, strict=True))
    joined, apart = (
        decide("same", ("a", "Bob Dylan"), ("c", "Al Gore")),
        decide("different", ("b", "Bob Dylan"), ("d", "Al Gore")),
    )
    result = run(*documents, decisions=[joined, apart])
    assert one(result, ("a", 0), ("c", 0))
    assert not one(result, ("b", 0), ("d", 0))


def test_an_unsure_pair_goes_last() -> None:
    documents = (
        doc("a", local("George W. Bush")),
        doc("b", local("George Bush")),
        doc("c", local("George H. W. Bush")),
    )
    first = run(*documents).doubtful[0]
    assert not first.unsure
    asked = run(*documents, decisions=[decide("unsure", ("a", "George W. Bush"), ("b", "George Bush"))]).doubtful
    assert [d.unsure for d in asked] == [False, True]


def test_contradictory_decisions_are_named() -> None:
    documents = [doc(n, local("X Y")) for n in "abc"]
    a, b, c = ((n, "X Y") for n in "abc")
    decisions = [decide("same", a, b), decide("same", b, c), decide("different", a, c)]
    with pytest.raises(
        UsageError, match=r"X Y \(a\) and X Y \(c\) are different, but X Y \(a\) and X Y \(b\) are the same"
    ):
        run(*documents, decisions=decisions)


def test_nothing_gives_nothing() -> None:
    assert run().entities == ()


persons = st.sampled_from(
    [
        *("George Bush", "George W. Bush", "George H. W. Bush", "Bush", "G. Bush", "Mohammad Bagheri", "Ali Bagheri"),
        *("Mohammad Baqeri", "Bagheri", "Xi Jinping", "Jinping Xi", "Hossein Salami", "Salami", "", "...", "王"),
    ]
).map(local)
organizations = st.sampled_from(
    [
        "IRGC",
        "Islamic Revolution Guards Corps",
        "Foreign Ministry",
        "Iranian Foreign Ministry",
        "CDU",
        "EU",
        "European Union",
    ]
).map(org)
places = st.sampled_from(["Iran", "Tehran", "US", "America", "Kiev", "Kyiv"]).map(place)
documents = st.lists(st.lists(persons | organizations | places, max_size=5), max_size=6).map(
    lambda lists: [doc(f"d{i}", *entities) for i, entities in enumerate(lists)]
)


@settings(max_examples=150, deadline=None)
@given(documents, st.randoms(use_true_random=False))
def test_the_order_of_documents_does_not_matter(extractions: list[Extraction], random: Random) -> None:
    shuffled = extractions[:]
    random.shuffle(shuffled)
    result = run(*extractions)
    assert run(*shuffled) == result
    assert set(result.assignment) == {(e.document, i) for e in extractions for i in range(len(e.entities))}
    assert sorted(set(result.assignment.values())) == [e.id for e in result.entities]
    assert len({e.id for e in result.entities}) == len(result.entities)
    for extraction in extractions:
        for i, entity in enumerate(extraction.entities):
            assert f"/{entity.type.lower()}/" in result.assignment[extraction.document, i]


@st.composite
def decided(draw: st.DrawFn) -> tuple[list[Extraction], list[Decision]]:
    extractions = draw(documents)
    named = [NamedIn(e.document, entity.name) for e in extractions for entity in e.entities]
    pairs = st.lists(st.sampled_from(named), min_size=1, max_size=2, unique=True).map(tuple) if named else st.nothing()
    one = st.builds(lambda v, a, b: Decision(verdict=v, a=a, b=b), st.sampled_from(list(Verdict)), pairs, pairs)
    return extractions, draw(st.lists(one, max_size=4)) if named else []


@settings(max_examples=150, deadline=None)
@given(decided(), st.randoms(use_true_random=False))
def test_the_order_of_decisions_does_not_matter_and_their_word_is_kept(
    case: tuple[list[Extraction], list[Decision]], random: Random
) -> None:
    extractions, decisions = case
    shuffled = decisions[:]
    random.shuffle(shuffled)
    try:
        result = run(*extractions, decisions=decisions)
    except UsageError as error:
        with pytest.raises(UsageError) as again:
            run(*extractions, decisions=shuffled)
        assert str(again.value) == str(error)
        return
    assert run(*reversed(extractions), decisions=shuffled) == result
    for decision, a, b in locate(Names(extractions), decisions)[0]:
        if decision.verdict is Verdict.SAME:
            assert result.assignment[a[0]] == result.assignment[b[0]]
        elif decision.verdict is Verdict.DIFFERENT:
            assert {result.assignment[at] for at in a}.isdisjoint(result.assignment[at] for at in b)


@settings(max_examples=100, deadline=None)
@given(documents, st.data())
def test_what_is_merged_and_taken_back_is_as_it_was(extractions: list[Extraction], data: st.DataObject) -> None:
    before = run(*extractions)
    people = [e for e in before.entities if e.type is PERSON]
    if len(people) < 2:
        return
    a, b = data.draw(st.lists(st.sampled_from(people), min_size=2, max_size=2, unique_by=lambda e: e.id))
    names = Names(extractions)
    sides = [tuple(sorted(names.named[at] for at, iri in before.assignment.items() if iri == e.id)) for e in (a, b)]
    merged = run(*extractions, decisions=[Decision(verdict=Verdict.SAME, a=sides[0], b=sides[1])])
    (kept,) = {merged.assignment[at] for at, iri in before.assignment.items() if iri in {a.id, b.id}}
    lost = ({a.id, b.id} - {kept}).pop()
    assert lost in next(e for e in merged.entities if e.id == kept).same_as
    untouched = {at: iri for at, iri in before.assignment.items() if iri not in {a.id, b.id}}
    assert all(merged.assignment[at] == iri for at, iri in untouched.items())
    assert run(*extractions) == before
