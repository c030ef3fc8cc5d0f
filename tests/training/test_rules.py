"""``python -m kg.training rules``: what each rule does on annotated articles."""

import pytest

from kg.training.__main__ import main

CONFIG = "seed = 13\n[data]\n{}\n[model]\n[training]\n[[runs]]\n[export]\nopset = 17\n"
ARTICLES = """# a published 2021-03-14
[[p1|P|Ana Ruiz]], the [[t1|T|mayor]] of [[l1|L|Leeds]], met [[p2|P|Bo Li]] in [[l2|L|Kars]] on Sunday.
= p1 holdsRole l1 title=t1 status=current
= p1 metWith p2 place=l2

# b published 2021-03-14
[[p1|P|Carl Dunn]] met [[p2|P|Eve Fry]] in [[l1|L|Oslo]] on Sunday.
"""


@pytest.fixture
def data(tmp_path):
    (tmp_path / "open" / "train").mkdir(parents=True)
    (tmp_path / "open" / "train" / "a.txt").write_text(ARTICLES, encoding="utf8")
    (tmp_path / "config.toml").write_text(CONFIG.format('open = "open/train"'), encoding="utf8")
    return tmp_path


def run(capsys, *arguments):
    code = main([str(argument) for argument in arguments])
    return code, *capsys.readouterr()


def test_rules_are_told_with_how_far_they_hold(data, capsys):
    code, out, err = run(capsys, "rules", "--config", data / "config.toml", "--data", data)
    assert (code, err) == (0, "")
    head, *lines = out.splitlines()
    assert head.split() == ["rule", "fired", "right", "precision", "right", "alone"]
    rows = {name: counts for name, *counts in map(str.split, lines)}
    assert rows["rule:frame:meet"] == ["2", "1", "0.500", "1"]  # of "b" the annotation has no meeting
    fired = [int(counts[0]) for counts in rows.values()]
    assert fired == sorted(fired, reverse=True)


@pytest.mark.parametrize(
    ("named", "given", "told"),
    [
        ('open = "open/train"', False, "--data is needed"),
        ('open = "open/none"', True, "not found: give the folder"),
        ("passages = []", True, "names no 'open' or 'news'"),
    ],
)
def test_what_is_missing_is_named(data, capsys, named, given, told):
    (data / "config.toml").write_text(CONFIG.format(named), encoding="utf8")
    code, out, err = run(capsys, "rules", "--config", data / "config.toml", *(("--data", data) if given else ()))
    assert (code, out) == (2, "")
    assert told in err


def test_other_steps_need_a_folder_for_their_work(capsys):
    code, _, err = run(capsys, "train")
    assert code == 2
    assert "--work is needed" in err
