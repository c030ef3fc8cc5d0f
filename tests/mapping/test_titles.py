"""Which of two titles is the vaguer name of one post."""

import pytest

from kg.mapping.titles import content_words, normalize_title, vaguer

VAGUER = [
    ("commander", "chief commander"),
    ("minister", "minister of defence"),
    ("defence minister", "minister of defence"),
    ("chief", "chief of staff"),
    ("secretary", "secretary general"),
    ("chief executive", "chief executive officer"),
    ("ambassador", "ambassador to the united nations"),
    (None, "head"),
    ("head", "head"),
]
OTHER = [
    ("chief commander", "commander"),
    ("president", "vice president"),
    ("president", "vice-president"),
    ("minister", "prime minister"),
    ("minister", "deputy minister of defence"),
    ("president", "adviser to the president"),
    ("president", "president's adviser"),
    ("spokesman", "commander"),
    ("head", None),
]


@pytest.mark.parametrize(("title", "fuller"), VAGUER)
def test_vaguer(title, fuller):
    assert vaguer(title, fuller)


@pytest.mark.parametrize(("title", "fuller"), OTHER)
def test_another_post(title, fuller):
    assert not vaguer(title, fuller)


def test_normalize():
    assert normalize_title("  Chief\n Commander ") == "chief commander"
    assert normalize_title(" ") is None
    assert normalize_title(None) is None
    assert content_words("head of the staff") == {"head", "staff"}
