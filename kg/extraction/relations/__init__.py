"""Relations by rules of English grammar over the mentions of a document."""

from kg.extraction.relations.extractor import RuleExtractor

__all__ = ["RuleExtractor"]
