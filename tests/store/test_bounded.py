"""Work in a child process: what it writes arrives as it is written, and nothing that becomes of it harms this process."""

import os
import signal
import subprocess
import sys
import threading
import time

import pytest

from kg.errors import QueryError
from kg.store import bounded as module
from kg.store.bounded import bounded

MEMORY = 64 * 2**20

needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="no process can be forked here")


def run(work, *, seconds=20.0, memory=MEMORY):
    with bounded(work, seconds=seconds, memory=memory) as output:
        return output.read()


def fill(output):
    held = bytearray(2 * MEMORY)
    output.write(b"no" * bool(held))


def refuse(output):
    output.write(b"half")
    raise QueryError("not like this")


def fall(output):
    output.write(b"half")
    raise KeyError("a slip")


def die(number):
    return lambda _: os.kill(os.getpid(), number)


def wait(_):
    time.sleep(60)


# work -> what is said of it
FAILURES = [
    (refuse, "^not like this$"),
    (fall, "cannot be run: KeyError: 'a slip'"),
    (fill, "more than 64 MB of memory"),
    (die(signal.SIGSEGV), r"brought the engine down \(SIGSEGV\)"),
    (die(signal.SIGABRT), "memory"),
    (die(signal.SIGKILL), r"brought the engine down \(SIGKILL\)"),
    (lambda _: os._exit(7), r"brought the engine down \(status 7\)"),
    (wait, r"within 0\.3 seconds"),
]


@needs_fork
@pytest.mark.parametrize(("work", "said"), FAILURES, ids=range(len(FAILURES)))
def test_a_failure_is_one_line(capfd, work, said):
    with pytest.raises(QueryError, match=said) as raised:
        run(work, seconds=0.3 if work is wait else 20.0)
    assert "\n" not in str(raised.value)
    assert capfd.readouterr() == ("", "")
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)  # no child is left, not even a dead one


def test_what_is_written_arrives_whole():
    assert run(lambda output: [output.write(b"%d\n" % i) for i in range(100_000)]).endswith(b"\n99999\n")
    assert run(lambda _: None) == b""
    assert run(lambda output: output.write(b"x"), seconds=None) == b"x"


@needs_fork
def test_it_arrives_while_it_is_written_and_waits_for_its_reader():
    def count(output):
        for i in range(10**9):
            output.write(b"%d\n" % i)

    with bounded(count, seconds=20.0, memory=MEMORY) as output:
        assert output.readline() == b"0\n"
        time.sleep(0.2)
        assert output.readline() == b"1\n"


@needs_fork
def test_a_reader_that_stands_still_uses_up_no_time():
    def count(output):
        for _ in range(3):
            output.write(b"x" * 2**17)

    with bounded(count, seconds=5.0, memory=MEMORY) as output:
        assert output.read(1) == b"x"
        output._left = 0.5
        time.sleep(0.7)
        assert len(output.read()) == 3 * 2**17 - 1


def test_a_deep_stack_is_there():
    def descend(output):
        sys.setrecursionlimit(10**6)

        def down(depth):
            return sorted([1], key=lambda _: down(depth - 1)) if depth else None  # each through C

        down(20_000)
        output.write(b"up again")

    assert run(descend, memory=4 * MEMORY) == b"up again"


@needs_fork
def test_threads_of_the_caller_do_no_harm():
    stop = threading.Event()
    threads = [threading.Thread(target=stop.wait) for _ in range(4)]
    for thread in threads:
        thread.start()
    try:
        assert run(lambda output: output.write(b"x")) == b"x"
    finally:
        stop.set()
        for thread in threads:
            thread.join()


@needs_fork
def test_a_child_leaves_when_its_parent_is_gone():
    program = """
import os, time
from kg.store.bounded import bounded
def work(output):
    output.write(b"%d\\n" % os.getpid())
    output.flush()
    time.sleep(60)
with bounded(work, seconds=None, memory=2**26) as output:
    print(output.readline().decode(), end="", flush=True)
    os.kill(os.getpid(), 9)
"""
    child = int(subprocess.run([sys.executable, "-c", program], capture_output=True, timeout=30).stdout)
    for _ in range(200):
        try:
            os.kill(child, 0)
        except ProcessLookupError:
            return
        time.sleep(0.05)
    pytest.fail("the child is still there")


# Where nothing can be forked, time alone is bounded.
@pytest.mark.parametrize(("work", "said"), [FAILURES[0], FAILURES[-1]])
def test_without_a_fork(monkeypatch, work, said):
    monkeypatch.delattr(module.os, "fork", raising=False)
    assert run(lambda output: output.write(b"x")) == b"x"
    short = (lambda _: time.sleep(1)) if work is wait else work
    with pytest.raises(QueryError, match=said):
        run(short, seconds=0.3)
