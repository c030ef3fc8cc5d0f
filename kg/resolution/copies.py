"""Which documents are copies of one story, so that a reprint is no second witness.

Texts are compared by the runs of ``_RUN`` words in them (Broder, "On the resemblance and containment of documents",
1997). Of all runs those with a hash divisible by ``_EVERY`` are kept, the same ones in every copy, so a text that
shares enough of them with another is its copy, also where it was cut short or got another headline. Documents are
looked up by the runs they share, so the work grows with the copies there are and not with all pairs.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from zlib import crc32

from kg.disjoint import Disjoint

__all__ = ["group_copies"]

_RUN = 6  # words
_EVERY = 4
_MIN_RUNS = 8  # kept runs below which a text is too short to tell
_SHARED = 0.7  # share of the shorter text's runs that the longer one has too
_LENGTH = 0.3  # share of the longer text's runs: a digest of many stories is a copy of none
_MAX_KNOWN = 20  # documents looked at for one run; a run that more have is boilerplate or their copy already


def group_copies(texts: Mapping[str, str]) -> Mapping[str, str]:
    """Return, by document id, the first id of the documents that are copies of it; its own where there are none."""
    runs = {document: _runs(text) for document, text in sorted(texts.items())}
    same = Disjoint[str]()
    known: dict[int, list[str]] = defaultdict(list)
    for document, own in runs.items():
        shared = Counter(other for run in own for other in known[run])
        for other, count in sorted(shared.items()):
            if _is_copy(count, len(own), len(runs[other])):
                same.join(*sorted((same.of(document), same.of(other))))
        for run in own:
            if len(known[run]) < _MAX_KNOWN:
                known[run].append(document)
    return {document: same.of(document) for document in runs}


def _runs(text: str) -> frozenset[int]:
    words = re.findall(r"\w+", text.casefold())
    return frozenset(_sampled(" ".join(words[at : at + _RUN]) for at in range(len(words) - _RUN + 1)))


def _sampled(runs: Iterable[str]) -> Iterable[int]:
    hashes = (crc32(run.encode("utf8", "replace")) for run in runs)
    return (found for found in hashes if found % _EVERY == 0)


def _is_copy(shared: int, one: int, two: int) -> bool:
    short, long = sorted((one, two))
    return short >= _MIN_RUNS and shared >= _SHARED * short and shared >= _LENGTH * long
