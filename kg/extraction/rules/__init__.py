"""Relations by rules of English grammar over the mentions of a document."""

from kg.extraction.rules.extractor import RuleExtractor

__all__ = ["RuleExtractor"]
