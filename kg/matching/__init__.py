"""Do two names name one thing? One matcher for the names of one article and for those of all of them."""

from kg.matching.match import Feature, NameMatch
from kg.matching.names import MATCH, MERGE, compare_names

__all__ = ["MATCH", "MERGE", "Feature", "NameMatch", "compare_names"]
