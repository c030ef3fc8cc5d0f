"""Which facts told of an annotated text are right: texts and claims written by hand."""

from dataclasses import replace

import pytest

from kg.extraction.decision import witnesses
from kg.extraction.learned.labels import ASSERTED
from kg.model import Claim, EntityType, Evidence, LocalEntity, Mention, MentionKind
from kg.training.judging import as_article, judge_told
from kg.training.records import Annotated, GoldMention, Pair

TEXT = """# a published 2024-03-05
[[p1|P|Ana Ruiz]], [[t1|T|deputy mayor]] of [[l1|L|Leeds]] and [[t2|T|lawyer]], met [[p2|P|Bo Li]] of the
[[o1|O|Green Party]] on [[d1|D|Sunday]]. [[p1|P|Ruiz]] was born in [[d2|D|1970]]; [[p1|P~|she]] did not visit [[l2|L|Kars]].
[[p3|P~|He]] joined the [[o1|O^|party]].
= p1 holdsRole l1 title=t1 status=former
= p1 holdsRole null title=t2 status=current
= p1 metWith p2
= p2 politicalAffiliation o1
= p1 bornOn d2
= p3 memberOf o1
- p1 visited l2 negated
"""
P, O, L = EntityType.PERSON, EntityType.ORGANIZATION, EntityType.PLACE  # noqa: E741
ENTITIES = {"Ana Ruiz": P, "Bo Li": P, "Leeds": L, "Kars": L, "Green Party": O, "Cy Dunn": P}


@pytest.fixture
def text(parse):
    (found,) = parse(TEXT)
    return found


def entity(name, kind):
    return LocalEntity(type=kind, name=name, aliases=("Ruiz",) if name == "Ana Ruiz" else ())


def told(*rows):
    """Return testimonies of "subject|predicate|object|title"."""
    names = list(ENTITIES)
    for row in rows:
        subject, predicate, target, title = [*row.split("|"), ""][:4]
        known = target in ENTITIES
        evidence = Evidence(document="a", start=0, end=1, text="", subject=(0, 1), object=None, extractor="x")
        yield witnesses.Testimony(
            (
                Claim(
                    subject=names.index(subject),
                    predicate=predicate,
                    object=names.index(target) if known else None,
                    literal=None if known or not target else target,
                    title=title or None,
                    evidence=evidence,
                ),
            )
        )


ALL = [entity(name, kind) for name, kind in ENTITIES.items()]


def test_a_text_as_an_annotated_article(text):
    article = as_article(text)
    assert article["entities"] == [
        {"id": "p1", "type": "Person", "name": "Ana Ruiz", "aliases": ["Ana Ruiz", "Ruiz"]},
        {"id": "l1", "type": "Place", "name": "Leeds", "aliases": ["Leeds"]},
        {"id": "p2", "type": "Person", "name": "Bo Li", "aliases": ["Bo Li"]},
        {"id": "o1", "type": "Organization", "name": "Green Party", "aliases": ["Green Party"]},
        {"id": "l2", "type": "Place", "name": "Kars", "aliases": ["Kars"]},
    ]  # whom the text never names is none
    rows = {(r["s"], r["p"], r["o"], r["title"], r["status"]) for r in article["relations"]}
    assert rows == {
        ("p1", "holdsRole", "l1", "deputy mayor", "former"),
        ("p1", "holdsRole", None, "lawyer", "current"),
        ("p1", "metWith", "p2", None, None),  # once
        ("p2", "memberOf", "o1", None, None),
        ("p1", "bornOn", "1970", None, None),
    }
    assert len(article["relations"]) == len(rows)
    assert article["traps"] == [{"s": "p1", "p": "visited", "o": "l2"}]
    assert (article["id"], article["published"]) == ("a", "2024-03-05")


@pytest.mark.parametrize(
    ("row", "right"),
    [
        ("Ana Ruiz|metWith|Bo Li", True),
        ("Bo Li|metWith|Ana Ruiz", True),  # symmetric
        ("Ana Ruiz|spokeWith|Bo Li", False),
        ("Ana Ruiz|metWith|Cy Dunn", False),
        ("Ana Ruiz|visited|Kars", False),  # the text denies it
        ("Bo Li|politicalAffiliation|Green Party", True),
        ("Bo Li|memberOf|Green Party", True),
        ("Ana Ruiz|memberOf|Green Party", False),
        ("Ana Ruiz|bornOn|1970", True),
        ("Ana Ruiz|bornOn|1971", False),
        ("Ana Ruiz|holdsRole|Leeds|deputy mayor", True),
        ("Ana Ruiz|holdsRole|Leeds|mayor", True),  # two words of three
        ("Ana Ruiz|holdsRole|Leeds|treasurer", False),
        ("Ana Ruiz|holdsRole|Leeds", False),
        ("Ana Ruiz|holdsRole|Kars|deputy mayor", False),
        ("Ana Ruiz|holdsRole||deputy mayor", False),  # it has a body
        ("Ana Ruiz|holdsRole||lawyer", True),
        ("Bo Li|holdsRole||lawyer", False),
    ],
)
def test_right_and_wrong(text, row, right):
    judged = judge_told(text, ALL, told(row))
    assert (judged.right, judged.gold) == ((right,), 5)


def test_a_membership_that_a_role_implies_is_neither(parse):
    (found,) = parse(
        "# a\n[[p1|P|Ana Ruiz]], [[t1|T|head]] of the [[o1|O|Green Party]].\n= p1 holdsRole o1 title=t1 status=current\n"
    )
    rows = ("Ana Ruiz|memberOf|Green Party", "Ana Ruiz|holdsRole|Green Party|head", "Bo Li|memberOf|Green Party")
    assert judge_told(found, ALL, told(*rows)).right == (None, True, False)


def test_what_no_annotation_marks_is_neither(text):
    assert judge_told(text, ALL, told("Bo Li|investedIn|Green Party")).right == (None,)


@pytest.mark.parametrize(
    ("rows", "right"),
    [
        (["Ana Ruiz|holdsRole|Leeds|mayor", "Ana Ruiz|holdsRole|Leeds|deputy mayor"], (False, True)),  # fits best
        (["Ana Ruiz|holdsRole|Leeds|mayor", "Ana Ruiz|holdsRole|Leeds|mayor"], (True, False)),
        ([], ()),
    ],
)
def test_a_role_makes_one_told_role_right(text, rows, right):
    assert judge_told(text, ALL, told(*rows)).right == right


def test_entities_are_found_by_their_names_and_types(text):
    renamed = [entity(e.name, O if e.name == "Bo Li" else e.type) for e in ALL]
    assert judge_told(text, renamed, told("Ana Ruiz|metWith|Bo Li")).right == (False,)
    short = [LocalEntity(type=P, name="Ruiz"), *ALL[1:]]
    assert judge_told(text, short, told("Ana Ruiz|metWith|Bo Li")).right == (True,)


SOME = Annotated(
    id="k",
    group="k",
    text="Ana Ruiz, a Leeds lawyer, works for the Green Party. Bo Li was born in Kars.",
    mentions=(
        GoldMention(0, 8, type="Person", entity="ana"),
        GoldMention(40, 51, type="Organization", entity="greens"),
        GoldMention(53, 58, type="Person"),
        GoldMention(71, 75, type="Place"),
    ),
    supervised=frozenset(ASSERTED[name] for name in ("worksFor", "bornIn", "spouseOf")),
    ones=(Pair(0, 1, ASSERTED["worksFor"]), Pair(2, 3, ASSERTED["bornIn"]), Pair(0, 2, ASSERTED["livesIn"])),
)


@pytest.mark.parametrize(
    ("row", "right"),
    [
        ("Ana Ruiz|memberOf|Green Party", True),
        ("Ana Ruiz|holdsRole|Green Party|lawyer", True),
        ("Bo Li|memberOf|Green Party", False),
        ("Ana Ruiz|holdsRole|Leeds|lawyer", None),  # the annotation tells nothing of posts in places
        ("Bo Li|bornIn|Kars", True),
        ("Ana Ruiz|bornIn|Kars", False),
        ("Ana Ruiz|livesIn|Leeds", None),  # not supervised
        ("Ana Ruiz|spouseOf|Bo Li", False),
    ],
)
def test_of_a_text_in_part_annotated_only_that_part_is_judged(row, right):
    spans = {name: SOME.text.find(name) for name in ENTITIES}
    known = [replace(e, mentions=(Mention(spans[e.name], spans[e.name] + len(e.name), MentionKind.NAME),)) for e in ALL]
    judged = judge_told(SOME, known, told(row))
    assert (judged.right, judged.gold) == ((right,), 2)
