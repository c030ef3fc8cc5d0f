"""The learned extractor: a small encoder on the processor reads names, who is meant, and relations."""

from collections.abc import Iterator
from pathlib import Path

from spacy.tokens import Doc

from kg.extraction.discourse import Discourse
from kg.extraction.learned.claims import as_grammar_has_it, claims_of
from kg.extraction.learned.facts import facts
from kg.extraction.learned.network import Network
from kg.extraction.learned.reading import read_scored
from kg.extraction.learned.scores import Scores, read_scores
from kg.extraction.stance.attribution import Attribution
from kg.model import PREDICATES, Claim
from kg.resources import data_path

__all__ = ["LearnedExtractor"]

FLOOR = 0.1  # least score of a claim: what other witnesses say may still carry it


class LearnedExtractor:
    """Reads mentions and claims with the weights in ``kg/data/model``.

    Args:
        folder: other weights, as ``python -m kg.training export`` writes them.
        threads: of ONNX Runtime; the result does not depend on the documents read before, nor on who else runs.

    Raises:
        ModelError: at the first use, a file of the model is missing or of another version.
    """

    name = "model"

    def __init__(self, *, folder: Path | None = None, threads: int = 1) -> None:
        self._folder, self._threads = folder, threads
        self._network: Network | None = None
        self._last: tuple[Doc, Scores] | None = None

    @property
    def network(self) -> Network:
        """The loaded network."""
        if self._network is None:
            self._network = Network(self._folder or data_path("model"), threads=self._threads)
        return self._network

    def read(self, doc: Doc, *, nameless: bool = False) -> Discourse:
        """Return the mentions of a document and the entities they point to.

        With ``nameless``, what only pronouns and descriptions point to becomes an entity with an empty name: benchmarks
        that count facts about "he" need it, a graph does not.
        """
        same = self.network.config.thresholds["same"]
        return read_scored(doc, self._scores(doc), same=same, nameless=nameless)

    def __call__(self, doc: Doc, discourse: Discourse) -> Iterator[Claim]:
        """Yield claims whose subject, object and place index ``discourse.entities``; their confidence is a score."""
        config = self.network.config
        scores = self._scores(doc)
        attribution = Attribution(discourse)
        low = {**dict.fromkeys(PREDICATES, FLOOR), **config.thresholds}
        name = f"model:pairs@{config.version}"
        for fact, standing in as_grammar_has_it(facts(scores, discourse, low), scores, discourse):
            yield from claims_of(fact, scores, discourse, extractor=name, attribution=attribution, standing=standing)
        self._last = None  # the next text is not read with the scores of this one in memory

    def _scores(self, doc: Doc) -> Scores:
        """Score a document once: ``read`` and the call after it share the work."""
        if self._last is not None and self._last[0] is doc:
            return self._last[1]
        scores = read_scores(doc, self.network)
        self._last = (doc, scores)
        return scores
