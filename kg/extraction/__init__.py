"""Doc -> mentions and claims, each with the sentence that says it."""

from kg.extraction.extractor import EXTRACTORS, extract, make_extractors

__all__ = ["EXTRACTORS", "extract", "make_extractors"]
