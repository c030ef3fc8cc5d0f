"""The learned relation extractor: a small encoder, run by ONNX Runtime."""

from kg.extraction.learned.extractor import LearnedExtractor

__all__ = ["LearnedExtractor"]
