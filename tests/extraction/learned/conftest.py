"""Documents, mentions and scores written by hand, for the network's rooms without the network."""

import math
import re
from dataclasses import dataclass

import numpy as np
import pytest
import spacy
from spacy.tokens import Doc

from kg.extraction.learned.features import MentionCandidate
from kg.extraction.learned.labels import FORMS, OUTPUTS, Form
from kg.extraction.learned.reading import read_scored
from kg.extraction.learned.scores import PairTable, Scores
from kg.model import Document, MentionKind

VOCAB = spacy.blank("en").vocab
NOTHING = -12.0  # logit of what is not said
POS = {
    "NN": "NOUN",
    "PR": "PRON",
    "VB": "VERB",
    "IN": "ADP",
    "DT": "DET",
    "JJ": "ADJ",
    "CD": "NUM",
    "WP": "PRON",
    "PO": "PART",
}
TYPES = {"P": "Person", "O": "Organization", "L": "Place", "T": "Title", "D": "Date"}
KINDS = {"": MentionKind.NAME, "~": MentionKind.PRONOUN, "^": MentionKind.NOMINAL}


def make_doc(text):
    """Return a document of words "word", "word/TAG" or "word/TAG/lemma".

    "." ends a sentence; the root is its first verb, else its first word.
    """
    items = [[*item.split("/"), "", ""][:3] for item in text.split()]
    words = [word for word, *_ in items]
    tags = [tag or (word if not word[0].isalnum() else "NNP" if word[0].isupper() else "NN") for word, tag, _ in items]
    starts = [i == 0 or words[i - 1] == "." for i in range(len(words))]
    pos = ["PROPN" if t.startswith("NNP") else "AUX" if t == "MD" else POS.get(t[:2], "PUNCT") for t in tags]
    heads, first = [], 0
    for i in range(len(words)):
        first = i if starts[i] else first
        end = next((j for j in range(i + 1, len(words)) if starts[j]), len(words))
        heads.append(next((j for j in range(first, end) if tags[j].startswith("VB")), first))
    deps = ["ROOT" if head == i else "dep" for i, head in enumerate(heads)]
    lemmas = [lemma or word.lower() for word, _, lemma in items]
    doc = Doc(VOCAB, words=words, tags=tags, pos=pos, heads=heads, deps=deps, lemmas=lemmas)
    doc.user_data["document"] = Document(id="d", text=doc.text)
    return doc


@dataclass(frozen=True)
class Sketch:
    """A document with its candidates, which the tests call by their words ("she", or "she#2" the second time)."""

    doc: Doc
    candidates: tuple[MentionCandidate, ...]

    @property
    def names(self):
        found = []
        for c in self.candidates:
            words = self.doc[c.start : c.end].text
            before = sum(n.split("#")[0] == words for n in found)
            found.append(words if not before else f"{words}#{before + 1}")
        return found

    def scores(self, said, windows=None):
        """Return scores of probabilities by (words, output, words); "same" is put both ways.

        ``windows`` lists the candidates of each table, with what only that table says.
        """
        tables = windows or [(self.names, {})]
        return Scores(self.candidates, tuple(self._table(names, said | own) for names, own in tables))

    def _table(self, names, said):
        logits = np.full((len(names), len(names), len(OUTPUTS)), NOTHING, dtype=np.float32)
        for (a, output, b), p in said.items():
            if a in names and b in names:
                for i, j in ((a, b), (b, a)) if output == "same" else ((a, b),):
                    logits[names.index(i), names.index(j), OUTPUTS.index(output)] = math.log(p / (1 - p))
        return PairTable(tuple(self.names.index(n) for n in names), logits)

    def discourse(self, scores, **options):
        return read_scored(self.doc, scores, **{"same": 0.5} | options)


def make_sketch(marked, parse=make_doc):
    """Return the sketch of words with mentions in brackets: "[P Ana Ruiz ] met/VBD [P~ her/PRP ]" (P, O, L, T, D)."""
    words, candidates, opened = [], [], None
    for item in marked.split():
        if match := re.fullmatch(r"\[([POLTD])([~^]?)", item):
            opened = len(words), FORMS.index(Form(TYPES[match[1]], KINDS[match[2]] if match[1] in "POL" else None))
        elif item == "]":
            candidates.append(MentionCandidate(opened[0], len(words), opened[1]))
        else:
            words.append(item)
    doc = parse(" ".join(words))
    assert len(doc) == len(words), [t.text for t in doc]
    return Sketch(doc, tuple(candidates))


@pytest.fixture(scope="session")
def doc_of():
    return make_doc


@pytest.fixture(scope="session")
def sketch():
    return make_sketch


@pytest.fixture
def parsed_sketch(analyzer):
    """Return a function: marked words, each as the real pipeline parts them -> sketch of the real parse."""

    def run(marked, published=None):
        document = lambda text: Document(id="d", text=text, published=published)  # noqa: E731
        return make_sketch(marked, parse=lambda text: next(iter(analyzer.analyze([document(text)]))))

    return run
