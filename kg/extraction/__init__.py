"""Doc -> mentions and claims, each with the sentence that says it."""

from kg.extraction.extractor import EXTRACTORS, extract_one, left_to_rules, make_extractors
from kg.extraction.parts import join, split

__all__ = ["EXTRACTORS", "extract_one", "join", "left_to_rules", "make_extractors", "split"]
