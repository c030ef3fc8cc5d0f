"""What a user names is read only where it is a regular file of a bounded size; all else is one line, at once."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from kg.errors import UsageError
from kg.files import open_regular, read_regular, read_utf8

LONG = "n" * 300


def test_a_regular_file_is_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"\xef\xbb\xbfa\r\nb")
    (tmp_path / "link").symlink_to(path)
    for name in (path, str(path), tmp_path / "link"):
        assert read_regular(name, limit=7) == b"\xef\xbb\xbfa\r\nb"
        assert read_utf8(name, limit=7) == "a\r\nb"
        with open_regular(name) as file:
            assert file.read(4) == b"\xef\xbb\xbfa"
    assert read_regular(tmp_path / "none", limit=1, missing_ok=True) == b""


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("pipe", "it is no regular file: name a file"),
        ("/dev/zero", "it is no regular file: name a file"),
        ("folder", "it is a folder: name a file"),
        ("none", "it cannot be read (No such file or directory): check the path"),
        ("dangling", "it cannot be read (No such file or directory): check the path"),
        (LONG, "it cannot be read (File name too long)"),
        ("a\x00b", "it cannot be read (ValueError): check the path"),
        ("large", "it is larger than 10 bytes: split it"),
        ("latin", "it is not UTF-8: save it as UTF-8"),
    ],
)
@pytest.mark.parametrize("missing_ok", [False, True])
def test_what_is_no_such_file_is_one_line(tmp_path: Path, name: str, message: str, *, missing_ok: bool) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "folder").mkdir()
    (tmp_path / "dangling").symlink_to(tmp_path / "nowhere")
    (tmp_path / "large").write_bytes(b"x" * 11)
    (tmp_path / "latin").write_bytes(b"Jos\xe9")
    if missing_ok and name == "none":
        return
    with pytest.raises(UsageError) as raised:
        read_utf8(tmp_path / name, limit=10, missing_ok=missing_ok, name="the file f")
    assert str(raised.value).startswith(f"the file f: {message}")
    with pytest.raises(UsageError, match=r"^/dev/zero: it is no regular file"):
        open_regular("/dev/zero")


@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="Linux alone has these files")
@pytest.mark.parametrize("name", ["/proc/self/mem", "/proc/kmsg"])
def test_an_odd_file_of_the_system_neither_hangs_nor_raises_anything_else(name: str) -> None:
    code = (
        f"from kg.files import *\ntry: read_regular({name!r}, limit=9)\nexcept Exception as e: print(type(e).__name__)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=20, check=True)
    assert done.stdout in {"UsageError\n", ""}
