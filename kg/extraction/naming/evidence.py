"""What a name's words and surroundings tell of its type; every occurrence of a string in a document votes."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from spacy.tokens import Doc

from kg.extraction.language.grammar import small_words
from kg.extraction.language.places import Layout, clause_of, role_of, subject_of
from kg.extraction.language.tokens import Name, is_display
from kg.extraction.language.words import heads, known_organization
from kg.extraction.naming.surroundings import DEFINITION, surroundings, wording
from kg.extraction.naming.teams import is_club, is_match_report, is_team, is_venue
from kg.geography import country_of, country_of_capital
from kg.model import EntityType

__all__ = ["is_surname", "with_types"]

_P, _O, _L = EntityType.PERSON, EntityType.ORGANIZATION, EntityType.PLACE
_HUMAN_ROLES = frozenset({"subject", "possessor"})
_Votes = defaultdict[EntityType | None, float]


def with_types(doc: Doc, names: Sequence[Name]) -> list[Name]:
    """Return the names with the type that all occurrences of the same words vote for, None without a winner."""
    told = [name for name in names if not name.demonym]
    teams = {name for name in told if is_team(doc, name)}
    clubs = [name for name in told if is_club(doc, name)] if is_match_report(doc) else []
    votes = _counted(doc, told, {*clubs, *teams})
    for name in told:
        if name.end - name.start > 1 and _winner(votes[_key(doc, name)]) is _P:
            for start in range(name.start + 1, name.end):  # "Le Pen", "El-Sonni"
                surname = doc[start : name.end].text
                if surname in votes and is_surname(surname):
                    votes[surname][_P] += 20
    decided = {key: _winner(counted) for key, counted in votes.items()}
    for key in _missed(doc, names, decided) | _joined(doc, names, decided):
        votes[key][_P] += 2
        decided[key] = _winner(votes[key])
    called = {_key(doc, n) for n in {*clubs, *teams} if not known_organization(_key(doc, n))}

    def type_of(name: Name) -> EntityType | None:
        kind = decided[_key(doc, name)]
        if kind is _L and name in teams:  # "Spain midfielder" in a text on the country
            return _O
        return _L if kind is _O and _key(doc, name) in called and is_venue(doc, name) else kind

    return [name if name.demonym else replace(name, type=type_of(name)) for name in names]


def _counted(doc: Doc, names: Sequence[Name], sides: Iterable[Name]) -> dict[str, _Votes]:
    """Return what the recognizer, surroundings, pronouns and the words themselves tell of each string.

    ``sides`` are the names of teams and clubs.
    """
    votes, labels, contexts, defined = (defaultdict[str, _Votes](lambda: defaultdict(float)) for _ in range(4))
    seen: Counter[str] = Counter()
    for name in names:
        key = _key(doc, name)
        votes[key]
        labels[key][name.type] += name.votes * (0.5 if is_display(doc[name.start].sent) else 1.0)
        seen[key] += 1
        for kind, weight in surroundings(doc, name):
            if weight >= DEFINITION:  # says what the name is: twice is enough
                defined[key][kind] = min(weight + defined[key][kind], max(weight, 2 * DEFINITION))
            else:
                contexts[key][kind] += weight
    if biographic := _biographic(doc):
        for name in _acting_alone(doc, names):
            contexts[_key(doc, name)][_P] += biographic
    for name in sides:
        votes[_key(doc, name)][_O] += 2
    bound = _bound(doc)
    for name in names:
        votes[_key(doc, name)][_P] += sum(bound.get(i, 0.0) for i in range(name.start, name.end))
    for key, counted in votes.items():
        for kind, weight in (
            *((kind, 1.2 * weight**0.5) for kind, weight in labels[key].items()),  # it errs alike on all occurrences
            *((kind, weight / seen[key] ** 0.5) for kind, weight in contexts[key].items()),
            *defined[key].items(),
            *wording(key),
        ):
            counted[kind] += weight
    return votes


def _acting_alone(doc: Doc, names: Sequence[Name]) -> list[Name]:
    """Names of one word that do or own something."""
    roots = ((name, doc[name.start : name.end].root) for name in names if name.end - name.start == 1)
    return [name for name, root in roots if root.tag_ != "NNPS" and role_of(root) in _HUMAN_ROLES]


def _biographic(doc: Doc) -> float:
    """How much a text speaks of few persons all the time, and so tells that a name of one word is a person's."""
    pronouns = sum(t.lower_ in small_words("personal") for t in doc)
    return 1.2 if pronouns > 0.03 * len(doc) else 0.8 if pronouns > 0.015 * len(doc) else 0.0


def _missed(doc: Doc, names: Sequence[Name], decided: Mapping[str, EntityType | None]) -> set[str]:
    """Subjects that "he" or "she" can only mean if they are persons, as no person is near."""
    layout = Layout(doc)
    by_sentence: dict[int, list[Name]] = defaultdict(list)
    for name in names:
        if not name.demonym:
            by_sentence[layout.sentence[name.start]].append(name)
    found = set()
    for token in doc:
        if token.lower_ not in small_words("personal"):
            continue
        number = layout.sentence[token.i]
        near = [n for k in (number, number - 1, number - 2) for n in by_sentence[k] if n.start < token.i]
        if not any(decided[_key(doc, n)] is _P for n in near):
            found |= {_key(doc, n) for n in near if role_of(doc[n.start : n.end].root) == "subject"}
    return found


def _joined(doc: Doc, names: Sequence[Name], decided: Mapping[str, EntityType | None]) -> set[str]:
    """Surnames that nothing tells of but that they are joined to a person's name ("with Fabius and Hollande")."""
    people = {i for n in names if decided.get(_key(doc, n)) is _P for i in range(n.start, n.end)}
    found = set()
    for name in names:
        root = doc[name.start : name.end].root
        open_ = not name.demonym and name.type is None and decided[_key(doc, name)] is None and root.tag_ == "NNP"
        if open_ and root.dep_ == "conj" and root.head.i in people and is_surname(root.text):
            found.add(_key(doc, name))
    return found


def _bound(doc: Doc) -> dict[int, float]:
    """Weights by token: the subject of a clause that "his" or "her" belongs to, or that "he" stands below."""
    found: dict[int, float] = defaultdict(float)
    for token in doc:
        if token.lower_ in small_words("bound"):
            subject, weight = subject_of(clause_of(token)), 2.0
        elif token.lower_ in {"he", "she"} and (clause := clause_of(token)).dep_ in {"ccomp", "advcl"}:
            subject, weight = subject_of(clause_of(clause.head)), 0.8
        else:
            continue
        if subject is not None and subject.i < token.i and token.head.dep_ != "nsubj":
            found[subject.i] = max(found[subject.i], weight)
    return found


def is_surname(text: str) -> bool:
    """Whether the end of a person's name can stand for the person: no country, known organization or common noun."""
    low = text.lower()
    lexicon = heads()
    other = low in lexicon.other or low in lexicon.furniture or low in lexicon.never or low in lexicon.all
    return (
        len(text) > 1
        and text[:1].isupper()
        and not other
        and not known_organization(text)
        and not country_of(text)
        and not country_of_capital(text)
    )


def _winner(votes: _Votes) -> EntityType | None:
    weight, _, kind = max(((w, k.value if k else "", k) for k, w in votes.items()), default=(0, "", None))
    return kind if weight > 0 else None


def _key(doc: Doc, name: Name) -> str:
    return " ".join(doc[name.start : name.end].text.split())
