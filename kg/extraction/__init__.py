"""Doc -> mentions and claims, each with the sentence that says it."""

from kg.extraction.extractor import EXTRACTORS, extract_one, make_extractors
from kg.extraction.parts import in_parts, join

__all__ = ["EXTRACTORS", "extract_one", "in_parts", "join", "make_extractors"]
