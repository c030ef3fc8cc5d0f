"""What the network says of a word, and of a pair of mentions: the names of its outputs, in order.

Training and inference share these lists; weights are valid for one version of them only (``config.json`` repeats it).
"""

from dataclasses import dataclass

from kg.model import PREDICATES, EntityType, MentionKind, Modality, Polarity, RoleStatus

__all__ = [
    "ASSERTED",
    "DATE",
    "FORMS",
    "HELPERS",
    "LEARNED",
    "OTHER",
    "OUTPUTS",
    "PAIR_OUTPUTS",
    "REASONS",
    "REASON_AT",
    "SAME",
    "STATUSES",
    "STATUS_AT",
    "TAGS",
    "TITLE",
    "UNASSERTED",
    "Form",
]


@dataclass(frozen=True, slots=True)
class Form:
    """What a mention looks like: its type and whether it is a name, a pronoun or a description.

    A title has no kind of mention; neither have dates and what else may look like a mention.
    """

    type: EntityType | str
    kind: MentionKind | None = None


_NAME, _PRONOUN, _NOMINAL = MentionKind.NAME, MentionKind.PRONOUN, MentionKind.NOMINAL
_P, _O, _L = EntityType.PERSON, EntityType.ORGANIZATION, EntityType.PLACE

FORMS: tuple[Form, ...] = (
    Form(_P, _NAME), Form(_O, _NAME), Form(_L, _NAME), Form("Title"),
    Form(_P, _PRONOUN), Form(_O, _PRONOUN), Form(_P, _NOMINAL), Form(_O, _NOMINAL),
    Form("Date"), Form("Other"),
)  # fmt: skip
"""Forms of candidates; all but the last two are tagged by the network, dates come from the parser."""
TITLE, DATE, OTHER = 3, 8, 9

TAGS = ("O", *(f"{prefix}-{n}" for n in range(DATE) for prefix in "BI"))
"""Tags of words: outside, or beginning and inside of a mention of each form (by number)."""

HELPERS = (
    "worksFor",  # memberOf, politicalAffiliation or holdsRole at an organization: what KnowledgeNet does not tell apart
    "chiefExecutive",  # holdsRole as chief executive
    "same",  # both mentions point to one thing (symmetric)
    "titleOf",  # person -> the words of a title that the person holds or held
    "titleAt",  # words of a title -> organization or place of the post
)
LEARNED = tuple(name for name, relation in PREDICATES.items() if not relation.by_rules)
"""The predicates that the annotated texts mark: of the others the network has nothing to say."""
ASSERTED: dict[str, int] = {name: i for i, name in enumerate((*LEARNED, *HELPERS))}
"""Output number of each relation that the text asserts."""
UNASSERTED: dict[str, int] = {name: len(ASSERTED) + i for i, name in enumerate((*LEARNED, "titleOf"))}
"""Output number of each relation that the text mentions without asserting it."""
SAME = ASSERTED["same"]

REASONS: tuple[tuple[Polarity, Modality], ...] = (
    (Polarity.NEGATED, Modality.ACTUAL),
    (Polarity.AFFIRMED, Modality.PLANNED),
    (Polarity.AFFIRMED, Modality.DENIED),
    (Polarity.AFFIRMED, Modality.POSSIBLE),
)
REASON_AT = len(ASSERTED) + len(UNASSERTED)
STATUSES = (RoleStatus.CURRENT, RoleStatus.FORMER, RoleStatus.ACTING, RoleStatus.DESIGNATE)
STATUS_AT = REASON_AT + len(REASONS)
PAIR_OUTPUTS = STATUS_AT + len(STATUSES)

OUTPUTS: tuple[str, ...] = (
    *ASSERTED,
    *(f"not {name}" for name in UNASSERTED),
    *(f"{polarity} {modality}" for polarity, modality in REASONS),
    *STATUSES,
)
"""The names of a pair's outputs, in order: weights are matched to the program by them."""
