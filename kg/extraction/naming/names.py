"""Where a text names somebody or something: spaCy's entities, their ends and types corrected by lexicon and context.

Three steps: *candidates* (names that their words show, the recognizer's spans cut and completed, runs of capitalized
words), *types* (decided once for all occurrences of a string) and *consistency* (every further occurrence of a name).
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Set
from dataclasses import replace

from spacy.tokens import Doc, Token

from kg.extraction.language.tokens import Name, Taken, demonym_at, is_display, is_hyphen, name_text
from kg.extraction.language.words import heads, is_given_name
from kg.extraction.naming.candidates import capitalized_runs, recognized_names
from kg.extraction.naming.columns import types_by_column
from kg.extraction.naming.compounds import compounds
from kg.extraction.naming.credits import credited_names
from kg.extraction.naming.evidence import is_surname, with_types
from kg.extraction.naming.mending import mended
from kg.extraction.naming.organizations import acronym_names, headed_names, known_names, state_bodies
from kg.model import EntityType

__all__ = ["Name", "find_names"]

_P, _O = EntityType.PERSON, EntityType.ORGANIZATION


def find_names(doc: Doc) -> tuple[Name, ...]:
    """Return the names and demonyms of a document in text order; none overlap."""
    taken = Taken(doc)
    for find in (credited_names, compounds, state_bodies, headed_names, known_names, recognized_names):
        for name in find(doc):
            taken.add(name)
    for name in list(capitalized_runs(doc, taken)):
        taken.add(name)
    names = _shortened(doc, taken.names)
    names = _split(doc, _merged(doc, names))
    names = with_types(doc, names)
    names = _with_acronyms(doc, names)
    columns = types_by_column(doc)
    names = [name if name.demonym else replace(name, type=columns.get(name.start, name.type)) for name in names]
    return tuple(mended(doc, _consistent(doc, names)))


def _merged(doc: Doc, names: Iterable[Name]) -> list[Name]:
    """Join the two halves of a person's name that the recognizer split."""
    merged: list[Name] = []
    for name in sorted(names, key=lambda n: n.start):
        last = merged[-1] if merged else None
        if (
            last is not None
            and last.end == name.start
            and last.type is _P
            and name.type is _P
            and not doc[name.start].is_sent_start
            and not is_display(doc[name.start].sent)
        ):
            merged[-1] = replace(last, end=name.end)
        else:
            merged.append(name)
    return merged


def _split(doc: Doc, names: list[Name]) -> list[Name]:
    """Split two persons joined by a hyphen ("the Putin-Aso meeting")."""
    known = {doc[n.end - 1].text for n in names if n.type is _P and not is_hyphen(doc, n.end - 2)}
    result = []
    for name in names:
        if (
            name.end - name.start == 3
            and is_hyphen(doc, name.start + 1)
            and {doc[name.start].text, doc[name.end - 1].text} <= known
        ):
            result += [replace(name, end=name.start + 1, type=_P), replace(name, start=name.end - 1, type=_P)]
        else:
            result.append(name)
    return result


def _shortened(doc: Doc, names: list[Name]) -> list[Name]:
    """Cut a capitalized word off that is no part of the name ("Explaining Beijing", "Mzoudi Verdict").

    At the beginning of a sentence, and anywhere in a headline, a capital tells nothing: such a name gives way to a
    shorter one inside it that stands elsewhere in running text.
    """
    steady = Counter(
        name_text(doc, n)
        for n in names
        if not n.demonym and n.start != doc[n.start].sent.start and not is_display(doc[n.start].sent)
    )
    surnames = {s.split()[-1] for s in steady if " " in s}
    words = {t.text for t in doc}
    result = []
    for name in names:
        result.append(name)
        length = name.end - name.start
        if name.demonym or steady[name_text(doc, name)]:
            continue
        if length == 1:
            first = doc[name.start]
            proper = (
                first.tag_ in {"NNP", "NNPS", "NNS"}
                or is_given_name(first.text)
                or first.dep_ in {"nsubj", "nsubjpass"}
            )
            if first.is_sent_start and not proper and name.type is not _O:
                result.pop()  # "Dubbed ..."
            continue
        display = is_display(doc[name.start].sent)
        if not display and name.start != doc[name.start].sent.start:
            continue
        if not display and (is_given_name(doc[name.start].text) or not _is_common_word(doc[name.start], words)):
            continue
        for size in range(length - 1, 0, -1):
            starts = range(name.start, name.end - size + 1) if display else [name.end - size]
            known = [
                i
                for i in starts
                if steady[doc[i : i + size].text] or (size == 1 and display and doc[i].text in surnames)
            ]
            if known and doc[known[0]].text.lower() not in heads().never:
                found = replace(name, start=known[0], end=known[0] + size)
                people = demonym_at(doc, found.start) == size  # "Ottoman Turks"
                result[-1] = replace(found, type=EntityType.PLACE, demonym=True) if people else found
                break
    return result


def _is_common_word(token: Token, words: Set[str]) -> bool:
    """Whether a capitalized first word is an ordinary one: by its tag, its ending, or small among the text's words."""
    if (
        token.tag_ in {"VBG", "VBN", "VBD", "IN", "RB", "CC", "UH"}
        or token.is_stop
        or token.ent_type_ in {"DATE", "TIME"}
    ):
        return True
    if token.text.endswith("ing") and len(token) > 6:
        return True
    return token.lower_ in words


def _with_acronyms(doc: Doc, names: list[Name]) -> list[Name]:
    """Take an acronym in brackets behind an organization's name for the name of an organization."""
    taken = Taken(doc, (n for n in names if n.type is not None))
    found = list(acronym_names(doc, [n for n in names if n.type is _O]))
    short = {doc[a.start].text for a in found}
    for acronym in found:
        taken.add(acronym)
    return [replace(n, type=_O) if n.end - n.start == 1 and doc[n.start].text in short else n for n in taken.names]


def _consistent(doc: Doc, names: list[Name]) -> list[Name]:
    """Add every further occurrence of a name's words, and of a person's surname."""
    strings: dict[tuple[str, ...], EntityType] = {}
    for name in names:
        if name.type is not None and not name.demonym:
            words = tuple(t.text for t in doc[name.start : name.end])
            strings.setdefault(words, name.type)
    for words, kind in list(strings.items()):
        if kind is _P and len(words) > 1 and is_surname(words[-1]):
            strings.setdefault(words[-1:], _P)
    exact: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    capitals: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for words in sorted(strings, key=len, reverse=True):
        if len(words) > 1 or len(words[0]) > 1:
            exact[words[0]].append(words)
            if len("".join(words)) > 3:
                capitals[words[0].upper()].append(words)
    taken = Taken(doc, (n for n in names if n.type is not None))
    for i, token in enumerate(doc):
        if i in taken:
            continue
        for words in exact.get(token.text, ()):
            if tuple(t.text for t in doc[i : i + len(words)]) == words and (
                len(words) > 1 or token.tag_ in {"NNP", "NNPS", "NN", "NNS"}
            ):
                taken.add(Name(i, i + len(words), strings[words]))
                break
        else:
            if token.is_upper and len(token) > 2:
                for words in capitals.get(token.text, ()):
                    if [t.text for t in doc[i : i + len(words)]] == [w.upper() for w in words]:
                        taken.add(Name(i, i + len(words), strings[words]))
                        break
    return taken.names
