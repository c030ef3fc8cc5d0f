"""What the words before a name say of its bearer's death."""

from spacy.tokens import Doc

from kg.extraction.language.tokens import is_title_word
from kg.lexicons import word_set

__all__ = ["is_named_dead"]

_NEAR = 6  # words before the name


def is_named_dead(doc: Doc, start: int) -> bool:
    """Whether the name that begins at a token is told as that of the dead: "the late X", "murdered editor X"."""
    for word in reversed(doc[max(0, start - _NEAR) : start]):
        if word.lower_ in word_set("relations/deaths", "dead"):
            return word.ent_type_ != "DATE"  # "in late March X left"
        if not (is_title_word(word) or word.pos_ == "ADJ" or word.dep_ in {"compound", "nmod"}):
            return False
    return False
