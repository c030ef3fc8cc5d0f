"""What the words of a person's name are: given and family names, initials, particles, suffixes."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import takewhile

from kg.lexicons import lexicon
from kg.matching.spelling import fold, to_ascii

__all__ = [
    "PersonName",
    "is_any_given",
    "is_given",
    "is_nickname",
    "is_numeral",
    "is_patronymic",
    "is_state_leader",
    "natural_name",
    "nickname_families",
    "parse_person",
]


_ARTICLE_INSIDE = re.compile(r"^abd[aeiou]{1,2}[lrsznd](?=[a-z]{4})")  # "Abdulrahman" is "Abd al-Rahman"


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonName:
    """A person's name taken apart; all folded (lower-case ASCII).

    ``words`` are the given, middle and family names in natural order, initials as one letter; ``generation`` is the
    suffix by its first spelling ("jr"); ``dropped`` are honorifics; ``inverted`` tells of a comma ("Putin, Vladimir").
    """

    words: tuple[str, ...]
    generation: str | None = None
    dropped: tuple[str, ...] = ()
    inverted: bool = False

    @property
    def full(self) -> tuple[str, ...]:
        """The words that are no initial."""
        return tuple(w for w in self.words if len(w) > 1)


@dataclass(frozen=True, slots=True)
class _Lexicon:
    nicknames: Mapping[str, frozenset[int]]
    full_forms: frozenset[str]
    given: frozenset[str]
    generations: Mapping[str, str]
    particles: frozenset[str]
    before: frozenset[str]
    after: frozenset[str]
    honorifics: frozenset[str]
    degrees: frozenset[str]
    before_middle: frozenset[str]
    patronymics: tuple[str, ...]
    state_leaders: frozenset[str]


@lru_cache(maxsize=1)
def _lexicon() -> _Lexicon:
    facts = lexicon("person_names")
    nicknames: dict[str, set[int]] = {}
    for number, family in enumerate(facts["nicknames"]):
        for name in family:
            nicknames.setdefault(name, set()).add(number)
    return _Lexicon(
        nicknames={name: frozenset(numbers) for name, numbers in nicknames.items()},
        full_forms=frozenset(family[0] for family in facts["nicknames"]),
        given=frozenset(nicknames) | frozenset(facts["given"]),
        generations={str(form): forms[0] for forms in facts["generations"] for form in forms},
        particles=frozenset(p for written in facts["particles"].values() for p in written),
        before=frozenset(facts["joined"]["before"]),
        after=frozenset(facts["joined"]["after"]),
        honorifics=frozenset(facts["honorifics"]) | frozenset(facts["degrees"]),
        degrees=frozenset(facts["degrees"]),
        before_middle=frozenset(facts["before_middle"]),
        patronymics=tuple(facts["patronymics"]),
        state_leaders=frozenset(facts["state_leaders"]),
    )


def is_nickname(a: str, b: str) -> bool:
    """Whether two given names may be the same person's: one is a usual short form of the other, or both of a third."""
    facts = _lexicon()
    if a in facts.full_forms and b in facts.full_forms and facts.nicknames[a].isdisjoint(facts.nicknames[b]):
        return False
    return not facts.nicknames.get(a, frozenset()).isdisjoint(facts.nicknames.get(b, frozenset()))


def is_given(word: str) -> bool:
    """Whether a folded word is a common given name."""
    return word in _lexicon().given


def is_any_given(word: str) -> bool:
    """Whether a folded word is a given name at all, also one that is often a family name."""
    return word in _given_names() or is_given(word)


@lru_cache(maxsize=1)
def _given_names() -> frozenset[str]:
    facts = lexicon("given_names")
    return frozenset(name for gender in ("feminine", "masculine", "either") for name in facts[gender])


def is_numeral(word: str) -> bool:
    """Whether a folded word may count a ruler of that name: "Elizabeth II"."""
    return bool(re.fullmatch(r"x{0,2}(ix|iv|v?i{0,3})", word)) and word != ""


def is_patronymic(word: str) -> bool:
    """Whether a folded word is a father's name by its ending, as in Russian."""
    return len(word) > 5 and word.endswith(_lexicon().patronymics)


def is_state_leader(title: str) -> bool:
    """Whether a title, in lower case, is that of one who leads a state."""
    return title in _lexicon().state_leaders


@lru_cache(maxsize=1 << 18)
def parse_person(name: str) -> PersonName:
    """Take a person's name apart."""
    facts = _lexicon()
    head, comma, tail = name.partition(",")
    behind = fold(tail).replace(".", "").split()
    if behind and all(word in facts.degrees for word in behind):  # "Anna Berg, MD"
        name, comma, tail = head, "", ""
    inverted = bool(_cut(tail)) and not all(word in facts.generations for word in behind)
    if not comma and (family := _family_in_capitals(name)):
        head, tail, inverted = family, name.removeprefix(family), True
    found = _cut(f"{tail} {head}") if inverted else _cut(name)
    generation = None
    if len(found) > _words_beside(found[-1:]) and found[-1] in facts.generations:
        generation = facts.generations[found.pop()]
    elif len(found) > 2 and inverted:  # "King, Martin Luther, Jr."
        for at, word in enumerate(found):
            if word in facts.generations:
                generation = facts.generations[found.pop(at)]
                break
    dropped = [w for at, w in enumerate(found) if _is_honorific(found, at)]
    if len(dropped) < len(found):
        found = [w for at, w in enumerate(found) if not _is_honorific(found, at)]
    return PersonName(
        words=tuple(_join(found, first_is_given=_starts_with_given(name, found))),
        generation=generation,
        dropped=tuple(dropped),
        inverted=inverted,
    )


def natural_name(name: str) -> str:
    """Return a person's name as running text writes it: "James Haddow" for "HADDOW, James" and "JAMES HADDOW"."""
    head, comma, tail = name.partition(",")
    if comma and parse_person(name).inverted:
        name = f"{tail.strip()} {head.strip()}"
    elif family := _family_in_capitals(name):
        name = f"{name.removeprefix(family).strip()} {family}"
    words = name.split(" ")
    return " ".join(_small(w) if len(words) > 1 else w for w in words)


def _small(word: str) -> str:
    """Return a word in capitals as running text writes it; initials and numerals stay as they are."""
    facts, plain = _lexicon(), word.rstrip(".").casefold()
    if plain in facts.generations:
        return word if is_numeral(plain) else word.capitalize()
    if not word.isupper() or "." in word or not re.search("[AEIOUY]", to_ascii(word)[len(word) == 2 :]):
        return word
    return word.lower() if plain in facts.particles else re.sub(r"\w+", lambda part: part[0].capitalize(), word)


def _family_in_capitals(name: str) -> str:
    """Return the words in capitals before others: "HADDOW" of "HADDOW James"; none where they may be initials."""
    family = " ".join(takewhile(str.isupper, name.split(" ")))
    given = name.removeprefix(family).strip()
    longest = max(map(len, family.split()), default=0)
    return family if longest > 2 and given[:1].isupper() and re.search("[AEIOUY]", to_ascii(family)) else ""


def _words_beside(last: list[str]) -> int:
    """Return how many words a name has at least beside a suffix: "Haddow Jr.", but "Elizabeth II", "Neymar Junior"."""
    return 1 if last and len(last[0]) < 4 and last[0][-1] == "r" else 2


def _is_honorific(found: list[str], at: int) -> bool:
    """Whether a word is no part of the name: not where a family name stands ("Larry King"), nor as a given name."""
    facts, word = _lexicon(), found[at]
    if word not in facts.honorifics or (at == len(found) - 1 and word not in facts.degrees):
        return False
    return not (at == 0 and len(found) == 2 and word in facts.given)  # "Don Lemon"


def _cut(name: str) -> list[str]:
    """Cut a name into folded words; a run of capitals without a vowel ("JC", "H.W.") is a run of initials."""
    found: list[str] = []
    capitals = name.isupper()
    for piece in re.findall(r"[A-Za-z0-9']+", to_ascii(name)):
        folded = re.sub(r"[^a-z0-9]", " ", _letters_for_digits(fold(piece))).split()
        if (
            len(piece) == 2
            and piece.isupper()
            and piece.isascii()
            and not capitals
            and not re.search(r"[AEIOUY]", piece)
        ):
            found.extend(piece.lower())
        else:
            found.extend(_ARTICLE_INSIDE.sub("abd", word) for word in folded)
    return found


def _letters_for_digits(word: str) -> str:
    """Read digits that stand inside a word for the letters they imitate ("Sech1n")."""
    if not re.search(r"[a-z]", word) or re.fullmatch(r"\d+(st|nd|rd|th)", word):
        return word
    return word.translate(str.maketrans("01359", "oiesg"))


def _starts_with_given(name: str, found: list[str]) -> bool:
    """Whether a first word that may be a particle is a given name here: "Ben Affleck", "Al Gore", not "al-Muhandis"."""
    return len(found) == 2 and found[0] in _lexicon().given and bool(re.match(r"\w[a-z]+ ", name)) and name[0].isupper()


def _join(found: list[str], *, first_is_given: bool) -> list[str]:
    """Drop particles and join those that are half of a name: "abd al rahman" -> "abdrahman"."""
    facts = _lexicon()
    joined: list[str] = []
    waiting = ""
    for at, word in enumerate(found):
        last = at == len(found) - 1
        if first_is_given and at == 0:
            joined.append(word)
            continue
        if word in facts.before and not last:
            waiting = "abd" if word.startswith("abd") else "abu"
        elif word in facts.particles and len(word) > 1 and not (last and not joined):
            if at == 1 and found[0] in facts.before_middle:  # "Nguyen Van Hung"
                joined.append(word)
        elif word in facts.after and joined and not waiting and len(found) > 2:
            joined[-1] += "allah" if word.endswith("lah") else "din"
        else:
            joined.append(waiting + word)
            waiting = ""
    return joined or found


def nickname_families(word: str) -> tuple[int, ...]:
    """Return the numbers of the families of given names that a folded word belongs to."""
    return tuple(sorted(_lexicon().nicknames.get(word, ())))
