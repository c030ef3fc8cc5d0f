"""Doc -> mentions and claims, each with the sentence that says it."""

from kg.extraction.extractor import EXTRACTORS, extract_one, left_to_rules, make_extractors
from kg.extraction.parts import in_parts, join

__all__ = ["EXTRACTORS", "extract_one", "in_parts", "join", "left_to_rules", "make_extractors"]
