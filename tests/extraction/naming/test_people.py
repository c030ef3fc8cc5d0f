"""Who is who among the people of one article: names marked by hand in texts that the real pipeline has parsed.

What the reading leaves open is decided by resolution, as in a build: the tests look at what comes out there.
"""

import re

import pytest

from kg.analysis import Analyzer
from kg.extraction.language.tokens import Name
from kg.extraction.naming.distinct import alike_but_two
from kg.extraction.reference.gender import gender_of
from kg.extraction.reference.reading import name_mentions, with_entities
from kg.model import Document, EntityType, Extraction
from kg.resolution import Resolution, resolve

MARKED = re.compile(r"\[(.*?)\]")
MET = "[{}], the mayor of Oslo, met [{}], the head of Halden Bank, in Bergen on Monday."
EACH = "[{}], the mayor of Oslo, spoke on Monday. [{}], the head of Halden Bank, was in Bergen."
LISTED = "The members of the board are [{}], [{}] and Rita Sand."
AGAIN = "[{}], the mayor of Oslo, spoke in Bergen on Monday. [{}] said that the city was growing."


def read(analyzer: Analyzer, marked: str) -> tuple[Extraction, Resolution]:
    """Return what is read of the people marked in a text, and who they are."""
    text = MARKED.sub(r"\1", marked)
    starts = [m.start() - 2 * i for i, m in enumerate(MARKED.finditer(marked))]
    lengths = [len(m[1]) for m in MARKED.finditer(marked)]
    (doc,) = analyzer.analyze([Document(id="a", text=text)])
    names = []
    for start, length in zip(starts, lengths, strict=True):
        span = doc.char_span(start, start + length, alignment_mode="expand")
        names.append(Name(span.start, span.end, EntityType.PERSON))
    mentions = name_mentions(doc, names)
    discourse = with_entities(doc, mentions, gender_of(doc, mentions))
    extraction = Extraction(document="a", entities=discourse.entities, apart=alike_but_two(discourse))
    return extraction, resolve([extraction], base_iri="https://kg.example/")


def people(analyzer: Analyzer, marked: str) -> list[str]:
    """Return each person's names, the best one first, in the order of the text."""
    _, result = read(analyzer, marked)
    found = sorted(result.entities, key=lambda e: min(m.start for m in e.mentions))
    return [" = ".join((e.name, *sorted(e.aliases))) for e in found]


ALIKE = [
    # one letter or two
    ("Antonia Rossi", "Antonio Rossi"),
    ("Christian Dahl", "Christina Dahl"),
    ("Emil Novotny", "Emilia Novotny"),
    ("Ruben Castro", "Ruben Castra"),
    ("Peter Hansen", "Peter Hanson"),
    ("Anna Larsen", "Anna Larssen"),
    ("Mark Thomson", "Mark Thompson"),
    ("Irina Petrova", "Irina Petrov"),
    ("Hans Meier", "Hans Maier"),
    ("Jon Lund", "John Lund"),
    ("Wang Fang", "Wang Feng"),
    ("Park Jae-sung", "Park Jae-song"),
    ("Chidi Okafor", "Chidi Okafur"),
    # another name in the middle
    ("Sergei Petrovich Volkov", "Sergei Ivanovich Volkov"),
    ("Abu Hamza al-Masri", "Abu Bakr al-Masri"),
    ("Nguyen Van Hung", "Nguyen Manh Hung"),
    ("Tran Thi Lan", "Tran Thi Mai"),
    ("Wong Ka Wai", "Wong Chi Wai"),
    ("Abdul Rahman Khan", "Abdul Karim Khan"),
    ("Khalid bin Zayed al-Qasimi", "Khalid bin Faisal al-Qasimi"),
    ("Mary Ann Keller", "Mary Beth Keller"),
    ("Juan Carlos Herrera", "Juan Pablo Herrera"),
    ("Siti binti Ahmad", "Siti binti Abdullah"),
    ("John A. Smith", "John B. Smith"),
    # one of them with a name more
    ("Anna Schmidt", "Anna Maria Schmidt"),
    ("Ivan Orlov", "Ivan Ivanovich Orlov"),
    ("Nawaz Sharif", "Kulsoom Nawaz Sharif"),
    # father and son
    ("Robert Haddow Jr.", "Robert Haddow Sr."),
    ("Daniel Okafor", "Daniel Okafor Sr."),
    ("John Mbeki II", "John Mbeki III"),
    # the words turned
    ("Ali Hassan", "Hassan Ali"),
    ("Li Wei", "Wei Li"),
    ("Ram Lal", "Lal Ram"),
    ("Thomas James", "James Thomas"),
    # initials
    ("J. Petersen", "Jytte Petersen"),
    ("George W. Barton", "George H. W. Barton"),
    # spouses and siblings
    ("Rahul Gandekar", "Priya Gandekar"),
    ("Amadou Diallo", "Aminata Diallo"),
]


@pytest.mark.parametrize("text", [MET, EACH, LISTED], ids=["in one clause", "each with a post", "in a list"])
@pytest.mark.parametrize(("a", "b"), ALIKE)
def test_two_people_of_one_article_stay_two(analyzer: Analyzer, text: str, a: str, b: str) -> None:
    assert len(people(analyzer, text.format(a, b))) == 2


@pytest.mark.parametrize(
    ("a", "b"),
    [
        # spelling
        ("Qasem Soleimani", "Kassem Suleimani"),
        ("Mohammad Bagheri", "Mohammed Baqeri"),
        ("José García", "Jose Garcia"),
        ("Jürgen Müller", "Juergen Mueller"),
        ("Nguyễn Phú Trọng", "Nguyen Phu Trong"),
        ("Patrick O’Brien", "Patrick O'Brien"),
        ("Abd al-Rahman al-Masri", "Abdulrahman Al Masri"),
        ("Yevgeny Lebedev", "Evgeny Lebedev"),
        # hyphens and particles
        ("Park Geun-hye", "Park Geun Hye"),
        ("Jean-Claude Dupont", "Jean Claude Dupont"),
        ("Abu Mahdi al-Muhandis", "Abu Mahdi Muhandis"),
        ("Ahmad bin Ismail", "Ahmad ibn Ismail"),
        ("Maria de la Cruz-Vega", "Maria de la Cruz Vega"),
        # shortened
        ("Vladimir Vladimirovich Orlov", "Vladimir Orlov"),
        ("Gabriel García Mendoza", "Gabriel García"),
        ("Gabriel García Mendoza", "García Mendoza"),
        ("Mary Ann Keller", "Mary Keller"),
        ("John F. Kelso", "John Fitzgerald Kelso"),
        ("Anna Lindqvist-Berg", "Anna Lindqvist"),
        ("Zeid Raad Al Hussein", "Al Hussein"),
        # initials, nicknames
        ("V. Orlov", "Vladimir Orlov"),
        ("J. F. Kelso", "John F. Kelso"),
        ("Bill Haddow", "William Haddow"),
        ("Robert \"Bobby\" Haddow", "Bobby Haddow"),
        # order
        ("HADDOW, James", "James Haddow"),
        ("LINDQVIST Anna Maria", "Anna Maria Lindqvist"),
        ("KIM Jong-su", "Kim Jong-su"),
        ("Xi Jinping", "Jinping Xi"),
        ("PAUL WENDT", "Paul Wendt"),
        # titles, degrees, suffixes
        ("Sheikh Hamad Al Nuaimi", "Hamad Al Nuaimi"),
        ("Anna Berg, MD", "Anna Berg"),
        ("Michael Haddow Jr.", "Michael Haddow, Jr."),
        ("Robert Kelso Jr.", "Robert Kelso"),
        ("Charles P. Kelso III", "Charles Kelso"),
        # a surname alone
        ("Olle Rutgersson", "Rutgersson"),
        ("Maysara Abu Hamdiyeh", "Hamdiyeh"),
        ("Nguyen Van Hung", "Hung"),
        ("Kim Min-ji", "Kim"),
        ("Larry King", "King"),
        ("Taher El-Sonni", "El-Sonni"),
        ("Jerzy Buzekowski", "Burzekowski"),  # a slip: who is never named in full is hardly another
    ],
)  # fmt: skip
def test_one_person_of_an_article_is_one(analyzer: Analyzer, a: str, b: str) -> None:
    assert len(people(analyzer, AGAIN.format(a, b))) == 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "[Robert Haddow Jr.] was named head of the firm. His father, [Robert Haddow Sr.], founded it. [Haddow] smiled.",
            ["Robert Haddow Jr. = Haddow", "Robert Haddow Sr."],
        ),
        ("[Donald Kelso] met [Donald Kelso Jr.] in Texas. [Kelso Jr.] left.", ["Donald Kelso", "Donald Kelso Jr. = Kelso Jr."]),
        ("[J. Petersen] was in court. [Jens Petersen] defended him. Judge [Jytte Petersen] presided.",
         ["J. Petersen", "Jens Petersen", "Jytte Petersen"]),
        ("[Anna Ruiz] spoke. Her daughter, [Ana Ruiz], was in Lima.", ["Anna Ruiz", "Ana Ruiz"]),
        ("[Igor Belov], a pilot, left. [Igor Below], his brother, stayed.", ["Igor Belov", "Igor Below"]),
        ("[Charles Kelso] spoke. [Charles P. Kelso Jr.] was in Texas.", ["Charles Kelso", "Charles P. Kelso Jr."]),
        ("[Dubois], the mayor, met [Marcel Dubois], a lawyer. [Marcel Dubois] left.", ["Dubois", "Marcel Dubois"]),
        ("[Elena Ure], the daughter of [Colin Ure], won. [Ure] smiled.", ["Elena Ure = Ure", "Colin Ure"]),
        ("[Sam Bankman-Lund] was convicted. [Bankman-Lund] said that [Sam Bankman-Lund] was innocent.",
         ["Sam Bankman-Lund = Bankman-Lund"]),
        ("[John Funk] spoke to [*] in Oslo. [Funk] left.", ["John Funk = Funk", "*"]),  # of signs alone
        ("[Francis Gary Kelso], the pilot, was shot down; [Gary Kelso] later wrote a book.", ["Francis Gary Kelso = Gary Kelso"]),
    ],
)  # fmt: skip
def test_who_bears_which_name(analyzer: Analyzer, text: str, expected: list[str]) -> None:
    assert people(analyzer, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[Anna Lindqvist] (née [Haddow]) met Tom. [Anna Haddow] grew up in Oslo. [Haddow] sang.",
         ["Anna Lindqvist = Anna Haddow = Haddow"]),
        ("[Marilyn Vale], born [Norma Mortimer] in Bergen in 1926, sang. [Mortimer] had worked in a factory.",
         ["Marilyn Vale = Mortimer = Norma Mortimer"]),
        ("[Rico Blaze], whose real name is [Henry Osei], was arrested. [Osei] denied it.",
         ["Rico Blaze = Henry Osei = Osei"]),
        ("[Abu Qadir] (real name [Yusuf Hamdan]) was killed.", ["Abu Qadir = Yusuf Hamdan"]),
        ("[Samuel Adeyemi], also known as [Sam Fire], sang. [Sam Fire] left.", ["Samuel Adeyemi = Sam Fire"]),
        ("[Juan Ortega], alias [El Lobo], was arrested.", ["Juan Ortega = El Lobo"]),
        ("[Jorge Bergoni], who took the name Pope [Pius XIII], left.", ["Jorge Bergoni = Pius XIII"]),
        ("[Thomas Blake], writing under the pen name [Ned Fox], won. [Fox] smiled.", ["Thomas Blake = Fox = Ned Fox"]),
        ("[Anna Berg], formerly [Anna Moen], is a rector.", ["Anna Berg = Anna Moen"]),
        ("'[Baby Doc]' Duval left. [Jean Duval] slept.", ["Baby Doc", "Jean Duval"]),
        ("['Baby Doc' Duval] left. [Jean Duval] slept. [Baby Doc] sang.", ["Jean Duval = 'Baby Doc' Duval = Baby Doc"]),
        ("[Dan Vega] (born [Daniel Rosen]; 1950) sings. [Rosen] left.", ["Dan Vega = Daniel Rosen = Rosen"]),
        ("The real name of [Rico Blaze] is [Henry Osei].", ["Rico Blaze = Henry Osei"]),
        ("[Rico Blaze]'s real name is [Henry Osei].", ["Rico Blaze = Henry Osei"]),
        ("[Elizabeth Moen], known to friends as [Betty Lund], died.", ["Elizabeth Moen = Betty Lund"]),
        ("[Elizabeth Moen], also called [Betty], died.", ["Elizabeth Moen = Betty"]),
        ("Known as [Dinho], [Edson Moreira] joined the club.", ["Dinho = Edson Moreira"]),
        ("[Marilyn Vale] – born [Norma Mortimer] – sang.", ["Marilyn Vale = Norma Mortimer"]),
        ("[Tarek Salim], a.k.a. [Abu Nur], was arrested.", ["Tarek Salim = Abu Nur"]),
        ("[Anna Moen] changed her name to [Anna Berg] in 2010.", ["Anna Moen = Anna Berg"]),
        ("[Chen Wei], whose English name is [David Chen], left.", ["Chen Wei = David Chen"]),
        # what says nothing of the kind
        ("[Rita Sand], who is known as a friend of [Ola Berg], left.", ["Rita Sand", "Ola Berg"]),
        ("[Rita Sand] called [Ola Berg] on Monday.", ["Rita Sand", "Ola Berg"]),
        ("[Rita Sand], or [Ola Berg], will speak.", ["Rita Sand", "Ola Berg"]),
        ("[Rita Sand], born in Oslo, met [Ola Berg].", ["Rita Sand", "Ola Berg"]),
        ("[Rita Sand], formerly of Halden Bank, and [Ola Berg] left.", ["Rita Sand", "Ola Berg"]),
        ("[Rita Sand] left. Also known as a runner, [Ola Berg] won.", ["Rita Sand", "Ola Berg"]),
        ("[Rita Sand], now with [Ola Berg], left.", ["Rita Sand", "Ola Berg"]),
        ("[Rita Sand], whose father is [Ola Berg], left.", ["Rita Sand", "Ola Berg"]),
        ("[Rita Sand], who plays [Ola Berg] in the film, left.", ["Rita Sand", "Ola Berg"]),
    ],
)  # fmt: skip
def test_a_name_that_the_text_itself_gives_is_an_alias(analyzer: Analyzer, text: str, expected: list[str]) -> None:
    assert people(analyzer, text) == expected


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (MET.format("Anna Larsen", "Anna Larssen"), "both stand in one sentence"),
        (EACH.format("Anna Larsen", "Anna Larssen"), "each is introduced with what the other is not"),
        ("[Anna Ruiz] spoke. Her daughter, [Ana Ruiz], was in Lima.", "one is introduced as a relative of the other"),
        (AGAIN.format("Anna Larsen", "Anna Larssen"), None),
        (MET.format("Anna Larsen", "Rita Sand"), None),  # nobody would take them for one
    ],
)
def test_why_a_text_tells_two_apart(analyzer: Analyzer, text: str, why: str | None) -> None:
    extraction, _ = read(analyzer, text)
    assert [pair.why for pair in extraction.apart] == ([why] if why else [])


def test_in_doubt_a_person_is_asked(analyzer: Analyzer) -> None:
    _, result = read(analyzer, EACH.format("Anna Larsen", "Anna Larssen"))
    assert [d.explanation.split("; ")[-1] for d in result.doubtful] == [
        "a: each is introduced with what the other is not"
    ]


def test_time_grows_with_the_length_of_a_list_of_like_names(analyzer: Analyzer) -> None:
    names = [
        f"{first}{'aeiou'[n % 5]} Lund{'aeiou'[n // 5 % 5]}" for n, first in enumerate(["Ann", "Jon", "Per"] * 100)
    ]
    assert people(analyzer, " ".join(f"[{name}] left." for name in names))
