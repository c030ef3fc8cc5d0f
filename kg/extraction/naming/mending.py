"""Names that a reader cut in two, or drew too far, put right by their shape: inverted names, firms, brackets.

Readers decide word by word; what a name looks like as a whole they see badly where that is rare in what they learned
from: "HADDOW, James", "Price, Waterlow & Co.", "Acme (Tazia) Ltd", "Hendry's Auction House".
"""

from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise

from spacy.tokens import Doc, Token

from kg.extraction.language.grammar import small_words
from kg.extraction.language.title_words import ranks, titles
from kg.extraction.language.tokens import (
    Name,
    Taken,
    initials,
    is_capital,
    is_title_word,
    join_neighbours,
    name_text,
    word_at,
)
from kg.extraction.language.words import heads, is_given_name, known_organization, name_parts
from kg.extraction.naming.headlines import without_headline_words, without_shouted
from kg.extraction.naming.inversion import with_inverted
from kg.extraction.naming.organizations import known_names, state_bodies
from kg.extraction.naming.places import based_there, of_regions
from kg.extraction.naming.stated import names_another
from kg.geography import country_of
from kg.lexicons import word_set
from kg.model import EntityType

__all__ = ["mended"]

_P, _O, _L = EntityType.PERSON, EntityType.ORGANIZATION, EntityType.PLACE
_SHORT = 4  # letters that a party's abbreviation has fewer than


def mended(doc: Doc, names: Iterable[Name]) -> list[Name]:
    """Return the names of a document, in text order, with those put right that their shape shows to be wrong."""
    found = sorted(names, key=lambda n: n.start)
    for step in _STEPS if found else ():
        found = step(doc, found)
    return found


# --- names of several words that are known ------------------------------------------------------------------------


def _known(doc: Doc, names: list[Name]) -> list[Name]:
    """The organizations that the lexicon knows by several words, whole: "Alternative for Germany"."""
    known = [n for n in known_names(doc) if n.end - n.start > 1]
    inside = [n for n in names if any(k.start <= n.start and n.end <= k.end for k in known)]
    if not inside:
        return names
    taken = Taken(doc, (n for n in names if n not in inside))
    for name in (*(k for k in known if any(k.start <= n.start < k.end for n in inside)), *inside):
        taken.add(name)
    return sorted(taken.names, key=lambda n: n.start)


def _qualified(doc: Doc, names: list[Name]) -> list[Name]:
    """Cut off words before a name that the text has without them, too: "New VW", "Young Billy" in "Billy Lund"."""
    given = {doc[n.start].text for n in names if n.type is _P and n.end - n.start > 1}
    known = given | {name_text(doc, n) for n in names}

    def cut(name: Name) -> Name:
        rest = doc[name.start + 1 : name.end].text
        before = doc[name.start].lower_ in name_parts("qualifiers")
        return replace(name, start=name.start + 1) if before and rest in known else name

    return [cut(n) if n.end - n.start > 1 else n for n in names]


def _abbreviated(doc: Doc, names: list[Name]) -> list[Name]:
    """Letters in brackets behind a name are of its type wherever they stand: "German Democratic Republic (GDR)"."""
    kinds = {
        word_at(doc, n.end + 1): n.type
        for n in names
        if word_at(doc, n.end) == "(" and word_at(doc, n.end + 2) == ")" and initials(doc, n) == word_at(doc, n.end + 1)
    }
    return [replace(n, type=kinds.get(name_text(doc, n), n.type)) for n in names]


def _at_posts(doc: Doc, names: list[Name]) -> list[Name]:
    """Cut off what a post is for: "EU Enlargement" where the text has an "EU Enlargement Commissioner"."""
    posts = {i for i in range(1, len(doc)) if is_title_word(doc[i]) and doc[i - 1].lower_ in titles().inner}
    fields = {doc[i - 2 : i].text for i in posts if i > 1 and known_organization(doc[i - 2].text)}

    def cut(name: Name) -> Name:
        text = name_text(doc, name)
        body = known_organization(text) or doc[name.end - 1].lower_ in heads().all  # "EU parliament president"
        return replace(name, end=name.end - 1) if name.type is _O and text in fields and not body else name

    return [cut(n) for n in names]


# --- persons ------------------------------------------------------------------------------------------------------


def _halves(doc: Doc, names: list[Name]) -> list[Name]:
    """Names of one type side by side, one of them a single word: "Per", "Holm"; "Federal", "Constitutional Court".

    Of places only where the first is a quarter: "East", "Berlin", not "Paris France".
    """

    def join(doc: Doc, one: Name, two: Name) -> Name | None:
        beside = one.end == two.start and one.type is two.type and not (one.demonym or two.demonym)
        if one.type is _L:
            return (
                replace(one, end=two.end) if beside and name_text(doc, one).lower() in name_parts("quarters") else None
            )
        single = min(one.end - one.start, two.end - two.start) == 1 and is_capital(doc[one.start])
        told = one.type is _P or not doc[one.start].sent.text.isupper()  # in capitals a word is soon taken for a name
        return replace(one, end=two.end) if beside and single and told else None

    return join_neighbours(doc, names, join)


def _begun(doc: Doc, names: list[Name]) -> list[Name]:
    """A given name before a surname that a reader took for a word of grammar: "Per Holm", "Will Ashdown".

    Behind a noun for a relative any name is: "his widow, Ndidi Achebe".
    """
    taken = {i for n in names for i in range(n.start, n.end)}
    kin = word_set("persons", "kin")

    def begun(name: Name) -> Name:
        i = name.start - 1
        if name.type is not _P or name.end - name.start > 1 or i < 0 or i in taken or not doc[i].whitespace_:
            return name
        word, opens = doc[i], doc[i].is_sent_start or doc[i - 1].is_sent_start
        relative = i > 1 and (doc[i - 1].lower_ in kin or (doc[i - 1].text == "," and doc[i - 2].lower_ in kin))
        given = is_capital(word) and (relative or is_given_name(word.text)) and not opens and not is_title_word(word)
        return replace(name, start=i) if given and word.lower_ not in ranks().words else name

    return [begun(n) for n in names]


def _nicknamed(doc: Doc, names: list[Name]) -> list[Name]:
    """ "'Baby Doc' Duvalier", 'Robert "Bobby" Haddow': a nickname in quotes before the family name is part of it."""
    found: list[Name] = []
    for name in names:
        last = found[-1] if found else None
        if last and last.type is name.type is _P and last.end + 1 == name.start and _is_quoted(doc, last):
            start = found.pop().start - 1
            if found and found[-1].type is _P and found[-1].end == start:
                start = found.pop().start
            name = replace(name, start=start)
        found.append(name)
    return found


def _is_quoted(doc: Doc, name: Name) -> bool:
    return {word_at(doc, name.start - 1), word_at(doc, name.end)} <= {'"', "'", "``", "''"}


def _aliased(doc: Doc, names: list[Name]) -> list[Name]:
    """Of a person and what the text says is another name of hers, both are a person's."""
    found = list(names)
    for at, (one, two) in enumerate(pairwise(names)):
        if _P in {one.type, two.type} and one.type is not two.type and names_another(doc, one, two):
            found[at], found[at + 1] = replace(found[at], type=_P), replace(found[at + 1], type=_P)
    return found


def _employed(doc: Doc, names: list[Name]) -> list[Name]:
    """ "Rita Sand of Marsh & Holm LLP": a person and where she works, not one name."""
    found: list[Name] = []
    for name in names:
        cut = next((i for i in range(name.start + 1, name.end - 1) if doc[i].text in small_words("employing")), None)
        if name.type is _P and cut is not None and _is_firm(doc[cut + 1 : name.end]):
            found += [replace(name, end=cut), Name(cut + 1, name.end, _O)]
        else:
            found.append(name)
    return found


def _at_office(doc: Doc, names: list[Name]) -> list[Name]:
    """ "President of South Korea Park Geun-hye": a title's place and its holder, not one name."""
    found: list[Name] = []
    for name in names:
        cut = _place_ends(doc, name) if name.type is not _O and not name.demonym else 0
        found += [Name(name.start, cut, _L), Name(cut, name.end, _P)] if cut else [name]
    return found


def _place_ends(doc: Doc, name: Name) -> int:
    """Where the place ends that a name behind a title and "of" begins with, if a person's goes on; else 0."""
    start, cut = name.start, 0
    titled = start > 1 and doc[start - 1].lower_ == "of" and is_title_word(doc[start - 2])
    for i in range(start + 1, name.end) if titled else ():
        given = (
            name.type is _P and i + 1 < name.end and is_given_name(doc[i].text) and not is_given_name(doc[start].text)
        )
        if country_of(doc[start:i].text) or (given and not cut):
            cut = i
    goes_on = name.end - cut > 1 or (name.end < len(doc) and is_capital(doc[name.end]))
    kind = doc[cut].lower_ in heads().all or doc[cut].lower_ in name_parts("place_kinds")
    return cut if goes_on and is_capital(doc[cut]) and not kind else 0


def _of_owners(doc: Doc, names: list[Name]) -> list[Name]:
    """ "Ana Ruiz's cabinet": what a person has is no part of the name."""
    ends = {n: next((t.i for t in doc[n.start + 1 : n.end] if t.tag_ == "POS"), n.end) for n in names if n.type is _P}
    return [replace(n, end=ends.get(n, n.end)) for n in names]


def _is_firm(words: Iterable[Token]) -> bool:
    lexicon = heads()
    return any(t.lower_ in lexicon.legal or t.lower_ in lexicon.all or t.text == "&" for t in words)


def _no_persons(doc: Doc, names: list[Name]) -> list[Name]:
    """Leave out titles that stand alone before a person's name ("King"), and seats: "(D-Dunmore)", "(R., Holm)"."""
    begins = {n.start for n in names if n.type is _P}

    def is_title(name: Name) -> bool:
        words = doc[name.start : name.end]
        return name.end in begins and all(is_title_word(t) or t.lower_.rstrip(".") in ranks().words for t in words)

    def is_seat(name: Name) -> bool:
        before, (first, mark, _) = doc[max(0, name.start - 3) : name.start].text, name_text(doc, name).partition("-")
        party = first if mark and before.endswith("(") else before.partition("(")[2].rstrip(",.")
        return word_at(doc, name.end) == ")" and 0 < len(party) < _SHORT and party.isupper()

    return [n for n in names if n.type is not _P or not (is_title(n) or is_seat(n))]


# --- organizations ------------------------------------------------------------------------------------------------


def _bracketed(doc: Doc, names: list[Name]) -> list[Name]:
    """ "Acme (Tazia) Ltd": what opens a bracket and does not close it goes on, and so does one before a legal form."""

    def join(doc: Doc, one: Name, two: Name) -> Name | None:
        words = [t.text for t in doc[two.start : two.end]]
        inside = word_at(doc, one.end) == "(" and word_at(doc, two.end) == ")"
        if one.type is _O and inside and _is_legal(doc, two.end + 1):
            return replace(one, end=two.end + 2)
        if two.end == one.end and ")" in name_text(doc, one) and _is_legal(doc, two.start):
            return one
        closes = words.count(")") > words.count("(")
        inner = closes and one.end + 1 == two.start and word_at(doc, one.end) == "("
        return replace(two, start=one.start, type=_O) if inner else None

    return join_neighbours(doc, names, join)


def _is_legal(doc: Doc, i: int) -> bool:
    word = word_at(doc, i)
    return word[:1].isupper() and not heads().legal.isdisjoint({word.lower(), word.lower().rstrip(".")})


def _partners(doc: Doc, names: list[Name]) -> list[Name]:
    """ "Price, Waterlow, Coop & Co.": single names before a comma and a firm of partners belong to it."""
    found: list[Name] = []
    for name in names:
        while "&" in name_text(doc, name) and name.type is _O and found and _is_partner(doc, found[-1], name):
            name = replace(name, start=found.pop().start)
        found.append(name)
    return found


def _is_partner(doc: Doc, one: Name, firm: Name) -> bool:
    beside = one.end + 1 == firm.start and word_at(doc, one.end) == ","
    single = one.end - one.start == 1 and one.type is not _L and not known_organization(name_text(doc, one))
    return beside and single and not one.demonym


def _owned(doc: Doc, names: list[Name]) -> list[Name]:
    """ "Hendry's Auction House": a firm called by its founder and by what it is; "Iraq's Armed Forces" by its state."""

    def join(doc: Doc, one: Name, two: Name) -> Name | None:
        lexicon = heads()
        if not (one.end + 1 == two.start and doc[one.end].tag_ == "POS" and two.type is _O) or one.demonym:
            return None
        what = name_text(doc, two).lower()
        plain = two.end - two.start > 1 and (what in lexicon.all or all(w in lexicon.all for w in what.split()))
        state = country_of(name_text(doc, one)) is not None
        named = one.type is not _L and not state and not known_organization(name_text(doc, one))
        return replace(two, start=one.start) if (plain and named) or (state and what in lexicon.state) else None

    return join_neighbours(doc, names, join)


def _of_states(doc: Doc, names: list[Name]) -> list[Name]:
    """ "Ukraine's parliament": bodies that their words show, where a reader found the state alone."""
    bodies = [
        body
        for body in state_bodies(doc)
        if all(
            body.start <= n.start and n.end < body.end and (n.type is _L or country_of(name_text(doc, n)))
            for n in names
            if n.start < body.end and body.start < n.end
        )
    ]
    inside = {n for n in names if any(b.start <= n.start < b.end for b in bodies)}
    return sorted([*bodies, *(n for n in names if n not in inside)], key=lambda n: n.start)


def _of_places(doc: Doc, names: list[Name]) -> list[Name]:
    """ "People's Front of Tazia": what an organization is called by, and the place it is of."""

    def join(doc: Doc, one: Name, two: Name) -> Name | None:
        of = one.end + 1 == two.start and word_at(doc, one.end) == "of" and one.type is _O and two.type is not _P
        head = doc[one.end - 1]
        whole = of and is_capital(head) and head.lower_ in heads().all and not two.demonym
        return replace(one, end=two.end) if whole else None

    return join_neighbours(doc, names, join)


def _firms(doc: Doc, names: list[Name]) -> list[Name]:
    """What ends with a legal form is an organization."""
    legal = heads().legal
    return [replace(n, type=_O) if n.end - n.start > 1 and doc[n.end - 1].lower_ in legal else n for n in names]


_STEPS = (
    _known,
    _qualified,
    _abbreviated,
    _at_posts,
    of_regions,
    based_there,
    _no_persons,
    _nicknamed,
    _at_office,
    _of_owners,
    _halves,
    _begun,
    with_inverted,
    _employed,
    _aliased,
    _bracketed,
    _partners,
    _owned,
    _of_states,
    _of_places,
    _firms,
    without_shouted,
    without_headline_words,
)
