"""The learned relation extractor: a small encoder, run by ONNX Runtime."""

from kg.extraction.learned.extractor import LearnedExtractor
from kg.extraction.learned.network import unlearned

__all__ = ["LearnedExtractor", "unlearned"]
