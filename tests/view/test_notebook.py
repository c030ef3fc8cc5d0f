"""The page inside a notebook."""

from html.parser import HTMLParser

import pytest

import kg
from kg.errors import UnknownEntityError


class Frame(HTMLParser):
    def __init__(self, text: str):
        super().__init__()
        self.found: list[dict] = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.found.append({"tag": tag, **dict(attrs)})


def test_the_page_stands_in_a_frame_of_its_own(newsroom):
    shown = kg.show(newsroom, focus="Okafor", height=500, doubtful=True)
    [frame] = Frame(shown._repr_html_()).found
    assert frame["tag"] == "iframe"
    assert frame["srcdoc"] == shown.html
    assert frame["height"] == "500"
    assert "allow-same-origin" not in frame["sandbox"]
    assert '"doubtful":true' in shown.html
    assert "6 articles" in shown.html
    assert "write its .html" in repr(shown)


def test_what_cannot_be_shown(newsroom):
    with pytest.raises(UnknownEntityError):
        kg.show(newsroom, focus="Nobody at all")
    with pytest.raises(TypeError):
        kg.show(newsroom, colour="red")
