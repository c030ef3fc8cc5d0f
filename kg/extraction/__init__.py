"""Doc -> mentions and claims, each with the sentence that says it."""

from kg.extraction.extractor import EXTRACTORS, extract, make_extractors
from kg.extraction.parts import join, split

__all__ = ["EXTRACTORS", "extract", "join", "make_extractors", "split"]
