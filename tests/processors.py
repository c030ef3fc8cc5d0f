"""Whether this processor rounds as the one that built the committed sample and the examples of the README.

The network computes in int8; processors with instructions of their own for it (VNNI) and others round differently, so
that a statement near the threshold is told by the one and not by the other.
"""

from pathlib import Path

__all__ = ["rounds_alike"]

_BUILT_WITH = "avx512_vnni"


def rounds_alike() -> bool:
    """Return whether what is read here is what was committed, statement by statement."""
    try:
        return _BUILT_WITH in Path("/proc/cpuinfo").read_text(encoding="utf8").split()
    except OSError:
        return False
