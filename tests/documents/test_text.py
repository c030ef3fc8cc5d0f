import pytest

from kg.documents.text import read_markdown, read_text

from .samples import alone

FIELDS = "title: 'A minister resigns'\ndate: 2021-09-20\nsource: https://a.example/x\ntags: [a, b]\n"
FRONT = f"---\n{FIELDS}---\n\n# Another\n\nText."


def test_plain_text_is_kept_unchanged() -> None:
    raw = "Minister meets general\r\n\r\n  The minister\tmet him.  \r\n\x0c\r\n"
    content = alone(read_text(raw.encode("utf-8")))
    assert content.text == raw
    assert content.title == "Minister meets general"


@pytest.mark.parametrize(
    ("text", "title", "published", "source"),
    [
        (FRONT, "A minister resigns", "2021-09-20", "https://a.example/x"),
        (FRONT.replace("\n", "\r\n"), "A minister resigns", "2021-09-20", "https://a.example/x"),
        ("Preface\n\n## A *minister* [resigns](http://a.example) ##\n\nText.", "A minister resigns", None, None),
        ("A minister resigns\n==================\n\nText.", "A minister resigns", None, None),
        ("A minister has resigned\n\nText. " * 3, "A minister has resigned", None, None),
        ("---\ntitle:\n- nested\n---\n\nHe went.", None, None, None),
        ("---\nnever closed\n", None, None, None),
        ("#hashtag and nothing else.", None, None, None),
    ],
)
def test_markdown_says_title_date_and_source(text: str, title: str, published: str | None, source: str | None) -> None:
    content = alone(read_markdown(text.encode("utf-8")))
    assert (content.text, content.title, content.published, content.source) == (text, title, published, source)
