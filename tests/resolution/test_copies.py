from random import Random

from kg.resolution import group_copies

WORDS = [f"word{i}" for i in range(2000)]


def story(seed: int, length: int = 400) -> str:
    return " ".join(Random(seed).choices(WORDS, k=length))


def test_reprints_are_copies_also_when_cut_or_with_another_headline() -> None:
    text = story(1)
    texts = {
        "a": text,
        "b": f"Another headline\n\n{text}\n(agency)",
        "c": text[: len(text) // 2],
        "d": story(2),
        "e": text.upper().replace(" ", "  "),
    }
    assert group_copies(texts) == {"a": "a", "b": "a", "c": "a", "d": "d", "e": "a"}


def test_a_digest_of_many_stories_is_a_copy_of_none() -> None:
    texts = {f"s{i}": story(i) for i in range(10)}
    found = group_copies(texts | {"digest": "\n".join(texts.values())})
    assert len(set(found.values())) == 11


def test_texts_too_short_to_tell_are_no_copies() -> None:
    assert group_copies({"a": "He said no.", "b": "He said no.", "c": ""}) == {"a": "a", "b": "b", "c": "c"}


def test_a_quotation_makes_no_copy_and_the_order_does_not_matter() -> None:
    one, two = story(3), story(4) + story(3)[:500]
    assert group_copies({"a": one, "b": two}) == {"a": "a", "b": "b"}
    many = {f"d{i}": f"{story(i % 3)} {i}" for i in range(60)}
    assert group_copies(dict(reversed(many.items()))) == group_copies(many)
    assert len(set(group_copies(many).values())) == 3
