"""Files written whole or not at all; locks that name who holds them."""

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from kg import atomic
from kg.atomic import locked, replace_file
from kg.errors import BusyError

HOLD = """
import sys, time
from pathlib import Path
from kg.atomic import locked
with locked(Path(sys.argv[1]), what="graph"):
    print("held", flush=True)
    time.sleep(60)
"""

WINDOWS = """
import errno, fcntl, os, pathlib, socket, shutil, sys, types
def locking(descriptor, mode, length):  # as the C library of Windows does it
    try:
        fcntl.lockf(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB, length, os.lseek(descriptor, 0, os.SEEK_CUR))
    except OSError as error:
        raise PermissionError(errno.EACCES, "Permission denied") from error
sys.modules["msvcrt"] = types.SimpleNamespace(locking=locking, LK_NBLCK=2)
sys.platform = "win32"
"""


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.fixture
def holder(tmp_path):
    """Another process that holds ``lock``."""
    with subprocess.Popen([sys.executable, "-c", HOLD, str(tmp_path / "lock")], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"held\n"
        yield process
        process.kill()


def test_a_file_is_made_and_replaced_and_nothing_else_is_left(tmp_path):
    for content in (b"old", b"new"):
        replace_file(tmp_path / "page", content)
        assert (tmp_path / "page").read_bytes() == content
    assert names(tmp_path) == ["page"]


def test_a_leftover_draft_is_cleared_and_a_private_file_stays_private(tmp_path):
    page = tmp_path / "page"
    page.write_text("old")
    page.chmod(0o600)
    (tmp_path / ".page.draft").symlink_to(tmp_path / "else")
    replace_file(page, b"new")
    assert page.stat().st_mode & 0o777 == 0o600
    assert names(tmp_path) == ["page"]


def test_a_link_is_replaced_and_not_written_through(tmp_path):
    outside = tmp_path / "outside"
    outside.write_text("theirs")
    (tmp_path / "page").symlink_to(outside)
    replace_file(tmp_path / "page", b"ours")
    assert outside.read_text() == "theirs"
    assert not (tmp_path / "page").is_symlink()


def folder_there(path):
    path.mkdir()


def pipe_there(path):
    os.mkfifo(path)


def link_to_device(path):
    path.symlink_to(os.devnull)


@pytest.mark.parametrize("put", [folder_there, pipe_there, link_to_device])
def test_what_is_no_file_is_not_replaced(tmp_path, put):
    put(tmp_path / "page")
    before = (tmp_path / "page").lstat()
    with pytest.raises(OSError, match="no regular file"):
        replace_file(tmp_path / "page", b"new")
    assert (tmp_path / "page").lstat() == before
    assert names(tmp_path) == ["page"]


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_failure_leaves_the_old_file(tmp_path, monkeypatch, step):
    (tmp_path / "page").write_text("old")

    def fail(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, step, fail)
    with pytest.raises(OSError, match="No space"):
        replace_file(tmp_path / "page", b"new")
    assert (tmp_path / "page").read_text() == "old"
    assert names(tmp_path) == ["page"]


def test_a_lock_names_its_holder(tmp_path, holder):
    with (
        pytest.raises(BusyError, match=rf"^graph .*process {holder.pid} on .*, since 20"),
        locked(tmp_path / "lock", what="graph"),
    ):
        pass


def test_a_lock_of_a_killed_program_holds_nobody(tmp_path, holder):
    holder.kill()
    holder.wait()
    assert (tmp_path / "lock").exists()
    with locked(tmp_path / "lock", what="graph"):
        pass
    assert names(tmp_path) == []


def test_locks_of_windows_hold_and_name_their_holder_too(tmp_path):
    lock = tmp_path / "lock"
    command = [sys.executable, "-c", WINDOWS + HOLD, str(lock)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        other = [sys.executable, "-c", WINDOWS + HOLD.replace("60", "0"), str(lock)]
        refused = subprocess.run(other, capture_output=True, text=True, check=False)
        assert f"graph is being written by another kg (process {holder.pid} on " in refused.stderr
        holder.kill()
    assert names(tmp_path) == ["lock"]
    assert subprocess.run(other, capture_output=True, check=False).stdout == b"held\n"
    assert names(tmp_path) == []


def test_whoever_has_patience_gets_it_once_it_is_free(tmp_path, holder, monkeypatch):
    tries = []

    def sleep(_seconds):
        tries.append(1)
        holder.kill()
        holder.wait()

    monkeypatch.setattr(atomic.time, "sleep", sleep)
    with locked(tmp_path / "lock", what="graph", patience=60):
        assert tries
    assert names(tmp_path) == []


def test_one_at_a_time(tmp_path):
    """Many take turns, each removing the lock file: no two ever hold it at once."""
    program = """
import os, sys
from pathlib import Path
from kg.atomic import locked
folder = Path(sys.argv[1])
for _ in range(25):
    with locked(folder / "lock", what="it", patience=60):
        os.mkdir(folder / "inside")
        os.rmdir(folder / "inside")
"""
    command = [sys.executable, "-c", program, str(tmp_path)]
    running = [subprocess.Popen(command) for _ in range(3)]
    assert [process.wait(timeout=60) for process in running] == [0, 0, 0]


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"pid": "x"}', b"\xff"])
def test_a_lock_that_does_not_say_whose_it_is(tmp_path, content, monkeypatch):
    (tmp_path / "lock").write_bytes(content)
    monkeypatch.setattr(atomic, "_take", lambda file: False)
    with pytest.raises(BusyError, match="not yet said"), locked(tmp_path / "lock", what="graph"):
        pass


def test_a_lock_is_no_link(tmp_path):
    (tmp_path / "lock").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(OSError), locked(tmp_path / "lock", what="graph"):
        pass
    assert not (tmp_path / "elsewhere").exists()
