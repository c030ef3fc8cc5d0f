"""What the model says of a pair of mentions, of a mention and of a word piece: the names of its outputs, in order.

Training and inference share these lists; weights are valid for one version of them only (``config.json`` repeats it).
"""

from kg.model import PREDICATES, EntityType, Modality, Polarity, RoleStatus

__all__ = [
    "ASSERTED",
    "HELPERS",
    "PAIR_OUTPUTS",
    "REASONS",
    "REASON_AT",
    "STATUSES",
    "STATUS_AT",
    "TAGS",
    "TYPES",
    "UNASSERTED",
]

HELPERS = (
    "worksFor",  # memberOf, politicalAffiliation or holdsRole at an organization: what KnowledgeNet does not tell apart
    "chiefExecutive",  # holdsRole as chief executive
    "same",  # both mentions point to one thing (symmetric)
    "titleOf",  # person -> the words of a title that the person holds or held
    "titleAt",  # words of a title -> organization or place of the post
)
ASSERTED: dict[str, int] = {name: i for i, name in enumerate((*PREDICATES, *HELPERS))}
"""Output number of each relation that the text asserts."""
UNASSERTED: dict[str, int] = {name: len(ASSERTED) + i for i, name in enumerate((*PREDICATES, "titleOf"))}
"""Output number of each relation that the text mentions without asserting it."""

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

TYPES: tuple[EntityType | str, ...] = (*EntityType, "Date", "Other")
TAGS = ("O", *(f"{prefix}-{name}" for name in ("Person", "Organization", "Place", "Title") for prefix in "BI"))
