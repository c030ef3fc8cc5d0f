"""Article text in a terminal."""

import os
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.cli.terminal import clean, print_table, progress_bar


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Hossein Salami", "Hossein Salami"),
        ("Lucía Ferro — «Øst» “quote” 東京 محمد", "Lucía Ferro — «Øst» “quote” 東京 محمد"),
        ("می‌خواهم", "می‌خواهم"),  # a zero-width non-joiner belongs to the spelling
        ("a\x1b[31mred", "a\ufffd[31mred"),
        ("a\x9b31mred", "a\ufffd31mred"),
        ("two\nlines\tand\ra tab", "two lines and a tab"),
        ("\u202egnp.exe\u202c", "\ufffdgnp.exe\ufffd"),
        ("a\u2028b\u0085c", "a b c"),
        ("lone \ud800 surrogate", "lone \ufffd surrogate"),
    ],
)
def test_clean(text, shown):
    assert clean(text) == shown


@given(st.text(st.characters(codec=None, exclude_categories=())))
def test_clean_text_is_one_encodable_line_of_the_same_length(text):
    shown = clean(text)
    assert len(shown) == len(text)
    assert len(shown.splitlines()) <= 1
    assert clean(shown) == shown
    assert "\x1b" not in shown
    shown.encode("utf8")


def test_a_table_takes_nothing_for_markup(capsys):
    print_table(("[red]who", "n"), [("[bold]x[/] :smile:", 1), (None, 22)], numbers=(1,))
    out = capsys.readouterr().out
    assert "[red]who" in out
    assert "[bold]x[/] :smile:" in out


def test_a_narrow_table_breaks_between_words_and_keeps_dates_whole(capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "30")
    print_table(("name", "date", "n"), [("Margit Halvorsen of Bergen", "1937-05-03", 12)], numbers=(2,))
    assert [line.split() for line in capsys.readouterr().out.splitlines()][2:] == [
        ["Margit", "1937-05-03", "12"],
        ["Halvorsen", "of"],
        ["Bergen"],
    ]


def test_a_table_in_a_pipe_is_as_wide_as_it_needs(capsys, monkeypatch):
    monkeypatch.delenv("COLUMNS", raising=False)
    print_table(("sentence",), [("word " * 100,)])
    assert len(capsys.readouterr().out.splitlines()) == 3


def test_a_long_table_goes_on_in_the_columns_of_its_first_thousand_rows(capsys, monkeypatch):
    monkeypatch.delenv("COLUMNS", raising=False)
    rows = [("東京" if i == 5 else f"n{i % 7}", i, "end") for i in range(1_000)]
    rest = [("東", 7, "end"), (None, 8, None), ("longer than\x1b all", 123, "end")]
    print_table(("name", "i", "z"), iter([*rows, *rest]), numbers=(1,))
    lines = [line.rstrip() for line in capsys.readouterr().out.splitlines()]
    assert len(lines) == 1_005
    assert lines[7] == "東京    5  end"
    assert lines[-3:] == ["東      7  end", "        8", "longer than\ufffd all  123  end"]


def test_no_progress_bar_where_no_one_watches(capsys):
    with progress_bar(quiet=False) as progress:
        assert progress is None
    assert capsys.readouterr().err == ""


@pytest.mark.skipif(not hasattr(os, "openpty"), reason="needs a pseudo-terminal")
def test_the_progress_bar_counts_on_a_terminal():
    program = """
from kg.cli.terminal import progress_bar
with progress_bar(quiet=False) as progress:
    progress(1, None)
    progress(3, 8)
"""
    ours, theirs = os.openpty()
    environment = os.environ | {"TERM": "xterm", "COLUMNS": "80"}
    subprocess.run([sys.executable, "-c", program], stderr=theirs, env=environment, check=True, timeout=60)
    os.close(theirs)
    assert b"3/8" in os.read(ours, 100_000)
    os.close(ours)
