"""What a name's words and surroundings tell of its type; every occurrence of a string in a document votes."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from spacy.tokens import Doc, Span, Token

from kg.extraction.syntax import Layout, clause_of, role_of, subject_of
from kg.extraction.tokens import Name, head_of, is_display, is_title_word
from kg.extraction.words import heads, is_given, known_organization, person_lexicon, ranks
from kg.geography import country_of, country_of_capital
from kg.model import EntityType

__all__ = ["is_surname", "with_types"]

_P, _O, _L = EntityType.PERSON, EntityType.ORGANIZATION, EntityType.PLACE
_Votes = defaultdict[EntityType | None, float]


def with_types(doc: Doc, names: Sequence[Name]) -> list[Name]:
    """Return the names with the type that all occurrences of the same words vote for, None without a winner."""
    votes: dict[str, _Votes] = defaultdict(lambda: defaultdict(float))
    labels: dict[str, _Votes] = defaultdict(lambda: defaultdict(float))
    contexts: dict[str, _Votes] = defaultdict(lambda: defaultdict(float))
    seen: Counter[str] = Counter()
    for name in names:
        if name.demonym:
            continue
        counted = votes[_key(doc, name)]
        display = is_display(doc[name.start].sent)
        labels[_key(doc, name)][name.type] += name.votes * (0.5 if display else 1.0)
        seen[_key(doc, name)] += 1
        for kind, weight in _context(doc, name):
            contexts[_key(doc, name)][kind] += weight
    bound = _bound(doc)
    if biographic := _biographic(doc):
        for name in names:
            root = doc[name.start : name.end].root
            if name.end - name.start == 1 and not name.demonym and role_of(root) in {"subject", "possessor"}:
                votes[_key(doc, name)][_P] += biographic
    if _is_match_report(doc):
        for name in names:
            if not name.demonym and _is_club(doc, name):
                votes[_key(doc, name)][_O] += 2
    for name in names:
        if not name.demonym:
            votes[_key(doc, name)][_P] += sum(bound.get(i, 0.0) for i in range(name.start, name.end))
    for key, counted in votes.items():
        for kind, weight in labels[key].items():
            counted[kind] += 1.2 * weight**0.5  # the recognizer errs alike on all occurrences
        for kind, weight in contexts[key].items():
            counted[kind] += weight / seen[key] ** 0.5
        for kind, weight in _wording(key):
            counted[kind] += weight
    for name in names:
        if name.end - name.start > 1 and not name.demonym and _winner(votes[_key(doc, name)]) is _P:
            for start in range(name.start + 1, name.end):  # "Le Pen", "El-Sonni"
                surname = doc[start : name.end].text
                if surname in votes and is_surname(surname):
                    votes[surname][_P] += 20
    decided = {key: _winner(counted) for key, counted in votes.items()}
    for key in _missed(doc, names, decided):
        votes[key][_P] += 2
        decided[key] = _winner(votes[key])
    return [n if n.demonym else replace(n, type=decided[_key(doc, n)]) for n in names]


def _biographic(doc: Doc) -> float:
    """How much a text speaks of few persons all the time, and so tells that a name of one word is a person's."""
    pronouns = sum(t.lower_ in {"he", "she", "his", "her", "him"} for t in doc)
    return 1.2 if pronouns > 0.03 * len(doc) else 0.8 if pronouns > 0.015 * len(doc) else 0.0


def _is_match_report(doc: Doc) -> bool:
    words = sum(t.lemma_.lower() in heads().sport for t in doc)
    return words >= 12 and words > 0.03 * len(doc)


def _is_club(doc: Doc, name: Name) -> bool:
    """Whether a name stands as a club's does in a report on a match."""
    lexicon = heads()
    root = doc[name.start : name.end].root
    before = doc[name.start - 1].lower_ if name.start else ""
    following = [t for t in doc[name.end : name.end + 3] if t.tag_ != "POS"]
    if role_of(root) == "subject" and root.head.lemma_.lower() in lexicon.sport_verbs:
        return True
    if before in {
        "against",
        "beat",
        "versus",
        "vs",
        "vs.",
        "over",
        "host",
        "side",
        "champions",
        "rivals",
        "archrivals",
    }:
        return True
    if before == "to" and root.head.head.lemma_.lower() in {"loss", "lose", "defeat", "fall", "concede", "draw"}:
        return True
    return bool(following) and following[0].lemma_.lower() in lexicon.sport - {"home", "half", "final", "title"}


def _missed(doc: Doc, names: Sequence[Name], decided: Mapping[str, EntityType | None]) -> set[str]:
    """Subjects that "he" or "she" can only mean if they are persons, as no person is near."""
    layout = Layout(doc)
    by_sentence: dict[int, list[Name]] = defaultdict(list)
    for name in names:
        if not name.demonym:
            by_sentence[layout.sentence[name.start]].append(name)
    found = set()
    for token in doc:
        if token.lower_ not in {"he", "she", "his", "her", "him"}:
            continue
        number = layout.sentence[token.i]
        near = [n for k in (number, number - 1, number - 2) for n in by_sentence[k] if n.start < token.i]
        if not any(decided[_key(doc, n)] is _P for n in near):
            found |= {_key(doc, n) for n in near if role_of(doc[n.start : n.end].root) == "subject"}
    return found


def _bound(doc: Doc) -> dict[int, float]:
    """Weights by token: the subject of a clause that "his" or "her" belongs to, or that "he" stands below."""
    found: dict[int, float] = defaultdict(float)
    for token in doc:
        if token.lower_ in {"his", "her", "himself", "herself"}:
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


def _wording(text: str) -> Iterator[tuple[EntityType | None, float]]:
    """What the words of a name tell wherever it stands."""
    low, lexicon = text.lower(), heads()
    words = low.split()
    if low in lexicon.never or low in lexicon.furniture or low in lexicon.other:
        yield None, 99
    if (
        (known := known_organization(text)) is not None
        and text[0].isupper()
        and (len(text) > 4 or text.isupper() or "." in text or "long" not in known)
    ):
        yield _O, 8
    elif country_of(text) or low in lexicon.regions:
        yield _L, 6
    elif country_of_capital(text):
        yield _L, 2
    if len(words) > 1:
        head = head_of(words)
        front = words[: next((k for k, w in enumerate(words) if k and w in {"of", "for", "on"}), len(words))]
        if front[-1] in lexicon.other or " ".join(front[-2:]) in lexicon.other:
            yield None, 6
        elif words[-1].rstrip(".") in {"jr", "sr"}:
            yield _P, 5
        elif words[-1] in lexicon.legal:
            yield _O, 5
        elif head:
            yield _O, 1.5 if head in lexicon.weak else 4
        elif (
            words[-1] in lexicon.facilities
            or words[-1] in lexicon.lands
            or words[0] in {"mount", "lake", "fort", "cape", "camp"}
        ):
            yield _L, 3
        elif text.split()[0].isupper() and 1 < len(words[0]) < 6 and "." not in words[0] and not text.isupper():
            yield _O, 1.5
            yield _P, -1
        elif is_given(words[0]) and len(words) <= 4 and words[0] not in lexicon.regions and not country_of(words[0]):
            yield _P, 1.5
    elif is_given(text) and not country_of(text) and low not in lexicon.regions:
        yield _P, 1.5
    elif text.isupper() and len(text) > 1 and not country_of(text):
        yield _O, 0.6
        yield _P, -2
    elif sum(c.isupper() for c in text) > 1 and not country_of(text) and not text.startswith("Mc"):
        yield _O, 0.6


def _context(doc: Doc, name: Name) -> Iterator[tuple[EntityType | None, float]]:
    """What the words before and after an occurrence tell."""
    span = doc[name.start : name.end]
    sentence = span[0].sent
    before = doc[name.start - 1] if name.start > sentence.start else None
    after = doc[name.end] if name.end < sentence.end else None
    if before is not None:
        yield from _preceding(doc, name, before)
    if after is not None:
        yield from _following(doc, name, after)
    yield from _syntax(span.root)


def _preceding(doc: Doc, name: Name, before: Token) -> Iterator[tuple[EntityType | None, float]]:
    word, lexicon = before.lower_.rstrip("."), heads()
    single = name.end - name.start == 1
    if (
        before.text == ":"
        and name.start > 1
        and doc[name.start - 2].lower_ in {"author", "editor", "by", "reporter", "writer", "text"}
    ):
        yield _P, 3
    if before.text in {'"', "'", "``"} and name.start > 1:  # the newspaper "To Vima"
        word = doc[name.start - 2].lower_
    if word in ranks().gender or (word in ranks().words and word not in ranks().ambiguous):
        yield _P, 4
    elif word in lexicon.nouns and before.tag_ in {"NN", "``", "''", '"'}:
        yield _O, 3
    elif word in person_lexicon().kin and before.tag_ in {"NN", "NNP"}:
        yield _P, 2
    elif word in lexicon.localities and before.tag_ == "NN" and single:
        yield _L, 1
    elif is_title_word(before) and (before.tag_ in {"NN", "NNP"} or not single) and before.text != ".":
        yield _P, 1.5
    elif (
        word == "of"
        and name.start > 1
        and doc[name.start - 2].lemma_.lower() in lexicon.localities | {"battle", "siege"}
    ):
        yield _L, 2.5
    elif word == "in" and (name.type is not _O or not doc[name.start].is_upper):
        yield _L, 0.8
    elif (
        word in {"by", "author", "editor"}
        and name.end - name.start in {2, 3}
        and name.type is not _L
        and len(sentence_of(doc, name)) < 12
    ):
        yield _P, 1
    elif word == "the" and single and name.type is _P:
        plural = doc[name.start].tag_ == "NNPS"
        yield _O, 1.5 if plural else 0.5
        yield _P, -1.5 if plural else -0.7


def sentence_of(doc: Doc, name: Name) -> Span:
    """Return the sentence that a name stands in."""
    return doc[name.start].sent


def _following(doc: Doc, name: Name, after: Token) -> Iterator[tuple[EntityType | None, float]]:
    word, lexicon = after.lower_, heads()
    if word in lexicon.nouns and after.tag_ == "NN" and after.text[0].islower():
        yield _O, 1.5
    elif word in lexicon.localities and after.tag_ == "NN":
        yield _L, 0.7
    elif after.text[0].islower() and is_title_word(after) and name.type is _P:
        yield _O, 0.8
        yield _P, -0.8
    elif after.text == "," and name.end + 1 < len(doc):
        following = doc[name.end + 1]
        if following.like_num and name.end + 2 < len(doc) and doc[name.end + 2].text == ",":
            yield _P, 1.5
        elif following.lower_ in {"who", "whose"} and following.tag_ in {"WP", "WP$"} and name.type is _P:
            yield _P, 1
    elif after.tag_ == "POS" and name.end + 1 < len(doc) and doc[name.end + 1].lower_ in person_lexicon().possessed:
        yield _P, 1


def _syntax(root: Token) -> Iterator[tuple[EntityType | None, float]]:
    words, verb = person_lexicon(), root.head.lemma_.lower()
    if root.dep_ == "nsubj" and root.head.pos_ in {"VERB", "AUX"}:
        if verb in words.speech:
            yield _P, 0.4
        elif verb in words.verbs:
            yield _P, 0.8
        elif root.pos_ == "PROPN":
            yield _P, 0.3
    elif root.dep_ == "nsubjpass" and verb in words.passive:
        yield _P, 1
    if root.i > 1 and root.doc[root.i - 1].lower_ == "old" and root.doc[root.i - 2].text == "-":  # "the 20-year-old X"
        yield _P, 2
    if root.dep_ == "dobj" and verb in words.deals:
        yield _O, 1.5
    for other in root.conjuncts:
        if other.ent_type_ == "PERSON":
            yield _P, 0.8
        elif other.ent_type_ == "GPE":
            yield _L, 0.5
    if root.dep_ == "appos" and root.head.pos_ == "NOUN":
        if is_title_word(root.head):
            yield _P, 1
        elif root.head.lower_ in heads().nouns:
            yield _O, 2.5
    for child in root.children:
        if child.dep_ == "appos" and child.pos_ == "NOUN":
            if is_title_word(child):
                yield _P, 1.2
            elif child.lower_ in heads().nouns:
                yield _O, 1.2
            elif child.lower_ in heads().localities:
                yield _L, 0.8
