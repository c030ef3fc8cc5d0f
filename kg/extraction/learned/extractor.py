"""The learned extractor: what rules of syntax do not reach, read by a small encoder on the processor."""

from collections.abc import Iterator
from pathlib import Path

from spacy.tokens import Doc

from kg.extraction.discourse import Discourse
from kg.extraction.learned.claims import claims_of
from kg.extraction.learned.facts import facts
from kg.extraction.learned.network import Network
from kg.extraction.learned.refine import refine
from kg.extraction.learned.scores import Scores, read_scores
from kg.extraction.stance.attribution import Attribution
from kg.model import Claim
from kg.resources import data_path

__all__ = ["LearnedExtractor"]


class LearnedExtractor:
    """Reads claims, and the mentions that other parts missed, with the weights in ``kg/data/model``.

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

    @property
    def alone(self) -> float:
        """Least confidence of a claim that no other extractor seconds."""
        return self.network.config.alone

    def __call__(self, doc: Doc, discourse: Discourse) -> Iterator[Claim]:
        """Yield claims whose subject, object and place index ``discourse.entities``."""
        scores = self._read(doc, discourse)
        config = self.network.config
        attribution = Attribution(discourse)
        for fact in facts(scores, discourse, config.thresholds):
            yield from claims_of(
                fact,
                scores,
                discourse,
                extractor=f"model:pairs@{config.version}",
                calibration=config.calibration,
                attribution=attribution,
            )

    def refine(self, doc: Doc, discourse: Discourse, *, nameless: bool = False) -> Discourse:
        """Return the discourse with the names, pronouns and descriptions that the network adds to it.

        With ``nameless``, names that others passed over become entities, and what only pronouns and descriptions point
        to becomes one with an empty name: benchmarks that count facts about "he" need it, a graph does not.
        """
        same = self.network.config.thresholds["same"]
        return refine(discourse, self._read(doc, discourse), same=same, everything=nameless)

    def _read(self, doc: Doc, discourse: Discourse) -> Scores:
        """Score a document once: ``refine`` and the call after it share the work."""
        if self._last is not None and self._last[0] is doc:
            return self._last[1]
        scores = read_scores(doc, self.network, given=[(m.start, m.end) for m in discourse.mentions])
        self._last = (doc, scores)
        return scores
