"""Where syntax lets a pronoun mean a name of its sentence, and where it does not (the binding principles)."""

from collections.abc import Sequence

from spacy.tokens import Token

from kg.extraction.discourse import TokenMention
from kg.extraction.language.grammar import small_words
from kg.extraction.language.places import clause_of, role_of, subject_of

__all__ = ["barred", "may_follow", "nesting_of", "subjects_above"]

_ARGUMENTS = frozenset({"nsubj", "nsubjpass", "dobj", "dative", "attr"})
_HOPS = 6


def subjects_above(token: Token) -> Sequence[Token]:
    """Return the subjects of the clauses above a token's own, the nearest first."""
    found, clause = [], clause_of(token)
    for _ in range(_HOPS):
        if clause.head == clause:
            break
        clause = clause_of(clause.head)
        if subject := subject_of(clause):
            found.append(subject)
    return found


def nesting_of(root: Token) -> int:
    """Return the number of noun phrases of its clause that a name stands inside ("the head of the party of Smith")."""
    depth, clause = 0, clause_of(root)
    for _ in range(_HOPS):
        if root == clause or root.head == root:
            break
        root = root.head
        depth += root.pos_ in {"NOUN", "PROPN"} and root.dep_ != "conj"
    return depth


def may_follow(token: Token, root: Token) -> bool:
    """Return whether a name behind a pronoun can be what it means: the pronoun stands below the name's clause."""
    if role_of(root) != "subject":
        return False
    clause = clause_of(root)
    below = token.i < root.i and clause_of(token) != clause and any(a == clause for a in token.ancestors)
    return below or (token.dep_ == "poss" and _in_preposed(token, root))


def _in_preposed(token: Token, root: Token) -> bool:
    """ "In his speech, Smith said ...": the possessive stands in an adjunct before the subject."""
    return any(a.dep_ == "prep" and a.head == clause_of(root) and a.i < root.i for a in token.ancestors)


def barred(token: Token, root: Token, mention: TokenMention, *, possessive: bool) -> bool:
    """Return whether syntax keeps a pronoun from meaning a name in its sentence."""
    if token.lower_ in small_words("reflexives"):
        return False
    if possessive:
        owned = token.head
        if owned.dep_ == "appos" and mention.start <= owned.head.i < mention.end:  # "John, her husband"
            return True
        if owned.dep_ == "attr":  # "John was her husband"
            subject = subject_of(owned.head)
            return subject is not None and mention.start <= subject.i < mention.end
        return root.dep_ in {"appos", "compound"} and root.head == owned  # "her husband John"
    if any(c == token for c in root.conjuncts):
        return True
    verb, other = _governor(token), _governor(root)
    if verb is not None and verb == other:
        return True
    # "Smith asked Jones to help him": the one who helps is Jones
    if (
        verb is not None
        and verb.dep_ in {"xcomp", "ccomp"}
        and role_of(token) != "subject"
        and not any(c.dep_ in {"nsubj", "nsubjpass"} for c in verb.children)
    ):
        controller = next((c for c in verb.head.children if c.dep_ == "dobj"), None) or subject_of(verb.head)
        return controller is not None and mention.start <= controller.i < mention.end
    return False


def _governor(token: Token) -> Token | None:
    """The verb that a noun phrase is an argument of, prepositions passed over."""
    if token.dep_ == "conj":
        token = next(iter(token.conjuncts), token)
    head = token.head
    if token.dep_ in _ARGUMENTS:
        return head
    if token.dep_ == "pobj" and head.dep_ in {"prep", "dative", "agent"} and head.head.pos_ in {"VERB", "AUX"}:
        return head.head
    return None
