"""Role titles as worded -> concepts of ``ontology/roles.ttl``."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from rdflib import RDF, SKOS, Graph, URIRef

from kg.lexicons import lexicon, word_set
from kg.resources import ontology_path

__all__ = ["RoleScheme"]

_WORD = re.compile(r"[^\W_]+")
_POSSESSIVE = re.compile(r"['’]s\b|(?<=s)['’](?=\s|$)")
_INITIALS = re.compile(r"\b(?:[a-z]\.){2,}")
_DEPUTY = "deputy"

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class RoleScheme:
    """The role concepts by label, and what is broader than each.

    Attributes:
        labels: words of a label, levelled -> IRI of its concept.
        broader: IRI -> IRI of the concept above it.
    """

    labels: Mapping[Words, str]
    broader: Mapping[str, str]

    @classmethod
    @lru_cache(maxsize=1)
    def load(cls) -> "RoleScheme":
        """Return the scheme of ``ontology/roles.ttl``, read once."""
        graph = Graph().parse(ontology_path("roles.ttl"), format="turtle")
        labels: dict[Words, str] = {}
        for concept in sorted(c for c in graph.subjects(RDF.type, SKOS.Concept) if isinstance(c, URIRef)):
            for name in (SKOS.prefLabel, SKOS.altLabel):
                for label in sorted(str(o) for o in graph.objects(concept, name)):
                    labels.setdefault(_level(label), str(concept))
        broader = {str(s): str(o) for s, o in sorted(graph.subject_objects(SKOS.broader))}
        return cls(labels=labels, broader=broader)

    def concept(self, title: str) -> str | None:
        """Return the IRI of the concept that a title names, or None.

        The longest label that holds the head of the title wins ("defence minister" in "iranian defense minister");
        "minister of finance" is read as "finance minister" too. Without a longer label it is the head's own concept
        ("minister" for "minister of magic"). A deputy gets the deputy's concept, never the principal's.
        """
        return _concept(self, title)

    def under(self, title: str) -> frozenset[str]:
        """Return the IRIs of the concept that a title, as a whole, is a label of, and of all below it; else none."""
        words = _level(title)
        tried = ((*words[:-1], form) for form in _forms(words[-1])) if words else ()
        top = next((self.labels[label] for label in tried if label in self.labels), None)
        return frozenset(iri for iri in {*self.labels.values()} if top in self._up_from(iri)) if top else frozenset()

    def _up_from(self, concept: str | None) -> Iterator[str]:
        while concept is not None:
            yield concept
            concept = self.broader.get(concept)

    def _find(self, words: Words, head: int) -> tuple[int, int, str] | None:
        """Return the first word, end and concept of the longest label around a word that breaks no complement off."""
        relators = word_set("title_words", "relators")
        ends = [j for j in range(head + 1, len(words) + 1) if j == len(words) or j == head + 1 or words[j] in relators]
        spans = [(i, j) for i in range(head + 1) for j in ends if words[i:j] in self.labels]
        best = max(spans, key=lambda s: (s[1] - s[0], s[1]), default=None)
        return (*best, self.labels[words[best[0] : best[1]]]) if best else None

    def _deputy_of(self, concept: str, label: Words) -> str:
        """Return the concept of the deputy of a post: its own, that of a post above it, or any deputy's."""
        names: list[Words] = [label]
        above: str | None = concept
        while above:
            names += sorted(words for words, iri in self.labels.items() if iri == above)
            above = self.broader.get(above)
            if above and above.endswith("/role"):
                break
        return next(
            (self.labels[(_DEPUTY, *n)] for n in names if (_DEPUTY, *n) in self.labels), self.labels[(_DEPUTY,)]
        )


@lru_cache(maxsize=4096)
def _concept(scheme: RoleScheme, title: str) -> str | None:
    words = _level(title)
    if words in scheme.labels:
        return scheme.labels[words]
    words = _strip_status(words)
    if not words:
        return None
    relators = word_set("title_words", "relators")
    cut = next((i for i, w in enumerate(words) if i and w in relators), len(words))
    readings = [_reading(scheme, words, cut - 1)]
    if cut < len(
        words
    ):  # "minister of finance" -> "finance minister", "minister for fuel and energy" -> "energy minister"
        end = next((i for i in range(cut + 1, len(words)) if words[i] in relators), len(words))
        complement = words[cut + 1 : end]
        turned = (*words[: cut - 1], *complement, words[cut - 1])
        readings.append(_reading(scheme, turned, len(turned) - 1))
    found = [r for r in readings if r]
    if not found and cut < len(words):  # "daily show with ... correspondent": the preposition stood inside a name
        found = [r for r in (_reading(scheme, words, len(words) - 1),) if r]
    if found:
        return max(found, key=lambda r: r[0])[1]
    begins = (words[:n] for n in range(len(words), 1, -1))  # "chargé d'affaires ad interim"
    return next((scheme.labels[b] for b in begins if b in scheme.labels), None)


def _reading(scheme: RoleScheme, words: Words, head: int) -> tuple[int, str] | None:
    """Return the length of the label around the head, be it a plural too, and the concept of the title."""
    for form in _forms(words[head]):
        tried = (*words[:head], form, *words[head + 1 :])
        found = scheme._find(tried, head)
        if found is None:
            continue
        start, end, concept = found
        deputies = lexicon("titles")["deputies"]
        if any(w in deputies for w in tried[:start]):
            return end - start, scheme._deputy_of(concept, tried[start:end])
        return end - start, concept
    return None


def _forms(word: str) -> Iterable[str]:
    yield word
    for ending, singular in (("men", "man"), ("ies", "y"), ("es", ""), ("s", "")):
        if word.endswith(ending) and len(word) > len(ending) + 2:
            yield word.removesuffix(ending) + singular


def _level(text: str) -> Words:
    """Return the words in lower case, without articles, possessives and marks, in British spelling."""
    variants = lexicon("titles")["variants"]
    text = re.split(r"[,;(]", text.strip(" ,;("), maxsplit=1)[
        0
    ]  # "secretary (special duties)", "minister of trade, sport ..."
    lowered = _INITIALS.sub(lambda m: m[0].replace(".", "") + " ", " ".join(text.lower().split()))
    whole = lexicon("titles")["irregular_plurals"].get(lowered, lowered)
    words = (variants.get(w, w) for w in _WORD.findall(_POSSESSIVE.sub("", whole)))
    return tuple(w for w in words if w not in word_set("title_words", "determiners"))


def _strip_status(words: Words) -> Words:
    """Leave out "acting", "former", "-elect": the post is the same whoever holds it how."""
    status = lexicon("titles")["status"]
    before = {w.strip("-") for kind in ("former", "acting", "designate", "current") for w in status[kind]}
    after = {w for w in status["suffix"] if "-" not in w}
    kept = list(words)
    while len(kept) > 1 and kept[0] in before:
        kept.pop(0)
    return tuple(w for i, w in enumerate(kept) if i == 0 or w not in after)
