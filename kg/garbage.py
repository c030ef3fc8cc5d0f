"""Records have no cycles: to walk all of them again and again for some takes a fifth of a large graph's time."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["garbage_kept"]


@contextmanager
def garbage_kept() -> Iterator[None]:
    """Suspend the search for cycles inside the block."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
