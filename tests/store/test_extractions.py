"""What was read is kept as it is read, and believed only where it is as it was written."""

import json

import pytest

from kg.errors import OutputError
from kg.model import Claim, EntityType, Extraction, LocalEntity, Mention, MentionKind
from kg.store import dump_extractions, known_extractions, open_journal, parse_extractions
from tests.graphs import quoted

KEYS = ["key a", "key b"]


def extraction(document: str) -> Extraction:
    evidence = quoted("Zoë met Bo\ud800 in Rome, 1979", (0, 3), (8, 10), document=document, also=("model:test",))
    claim = Claim(subject=0, predicate="metWith", object=1, date="1979", confidence=0.8, evidence=evidence)
    entities = tuple(
        LocalEntity(type=EntityType.PERSON, name=name, mentions=(Mention(*at, MentionKind.NAME),))
        for name, at in (("Zoë", (0, 3)), ("Bo", (8, 10)))
    )
    return Extraction(document=document, entities=entities, claims=(claim,))


KNOWN = {key: extraction(key[-1]) for key in KEYS}
CONTENT = dump_extractions(KNOWN.items())


def known(path, content: bytes):
    path.write_bytes(content)
    return known_extractions(path, KEYS)


def test_what_was_written_is_read(tmp_path):
    assert dict(parse_extractions(tmp_path, CONTENT)) == KNOWN
    assert known(tmp_path / "x", CONTENT) == (KNOWN, 0)
    assert known_extractions(tmp_path / "x", ["key b", "other"]) == ({"key b": KNOWN["key b"]}, 0)


def test_a_flipped_bit_anywhere_is_never_believed(tmp_path):
    first = CONTENT.index(b"\n")
    for position in range(first):
        damaged = bytearray(CONTENT)
        damaged[position] ^= 1 << position % 8
        found, lines = known(tmp_path / "x", bytes(damaged))
        assert found == {"key b": KNOWN["key b"]}, position
        assert lines >= 1


CHANGES = {
    "a claim of an entity that is not there": lambda r: r["claims"][0].update(subject=7),
    "a date that is none": lambda r: r["claims"][0].update(date="yesterday"),
    "no number": lambda r: r["claims"][0].update(confidence=float("nan")),
    "another name": lambda r: r["entities"][0].update(name="Zoe"),
    "another document": lambda r: r.update(document="b"),
    "another key": lambda r: r.update(key="key b"),
    "no checksum": lambda r: r.pop("check"),
    "no claims": lambda r: r.pop("claims"),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_an_edited_line_is_not_believed(tmp_path, change):
    line, rest = CONTENT.split(b"\n", 1)
    record = json.loads(line)
    change(record)
    edited = json.dumps(record).encode() + b"\n" + rest
    assert known(tmp_path / "x", edited) == ({"key b": KNOWN["key b"]}, 1)
    with pytest.raises(OutputError, match=r"extractions\.jsonl:1 is damaged: build again"):
        list(parse_extractions(tmp_path, edited))


@pytest.mark.parametrize(
    ("content", "keys", "lines"),
    [
        (b"", 0, 0),
        (b"\n\n", 0, 0),
        (CONTENT[:-1], 2, 0),
        (CONTENT[:-10], 1, 1),
        (CONTENT[:40], 0, 1),
        (b"\xff\xfe" + CONTENT, 1, 1),
        (b"[" * 100_000 + b"\n" + CONTENT, 2, 1),
        (CONTENT * 2, 2, 0),
        (b"\0" * 1000, 0, 1),
    ],
)
def test_a_file_cut_short_or_damaged(tmp_path, content, keys, lines):
    found, damaged = known(tmp_path / "x", content)
    assert (len(found), damaged) == (keys, lines)
    assert found.items() <= KNOWN.items()


def test_no_file_holds_none(tmp_path):
    assert known_extractions(tmp_path / "x", KEYS) == ({}, 0)
    assert known_extractions(tmp_path, KEYS) == ({}, 0)


def test_a_journal_goes_on_after_a_line_that_was_cut_short(tmp_path):
    path = tmp_path / "journal"
    with open_journal(path) as keep:
        keep("key a", KNOWN["key a"])
        assert known_extractions(path, KEYS)[0] == {"key a": KNOWN["key a"]}  # at once, should the program be killed
        keep("key b", KNOWN["key b"])
    path.write_bytes(path.read_bytes()[:-20])
    with open_journal(path) as keep:
        keep("key b", KNOWN["key b"])
    assert known_extractions(path, KEYS) == (KNOWN, 1)


def test_a_journal_that_cannot_be_written(tmp_path):
    with pytest.raises(OutputError, match="--output"), open_journal(tmp_path):
        pass
    (tmp_path / "journal").symlink_to("/dev/full")
    with pytest.raises(OutputError, match="No space left"), open_journal(tmp_path / "journal") as keep:
        keep("key a", KNOWN["key a"])
