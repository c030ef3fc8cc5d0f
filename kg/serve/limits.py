"""What one client may take of the server: size of a request, places to work in, time to send and to receive."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

import anyio
import anyio.to_thread
from starlette.exceptions import HTTPException
from starlette.requests import Request

__all__ = ["MAX_BODY", "MAX_HEAD", "Places", "read_body"]

MAX_BODY = 512 * 1024
"""Bytes of a request's body; a query of the most characters fits, whatever its encoding."""

MAX_HEAD = 256 * 1024
"""Bytes of a request's first line and headers; a query of the most ASCII characters fits into an address."""

_PATIENCE = 20.0  # seconds for a body to arrive

T = TypeVar("T")


@dataclass(frozen=True)
class Places:
    """So many pieces of work at once, each in a thread; others wait, for a while and not too many.

    Attributes:
        running: how many at once.
        waiting: how many may wait.
        patience: for how many seconds.
    """

    running: int
    waiting: int
    patience: float

    @cached_property
    def _limiter(self) -> anyio.CapacityLimiter:
        return anyio.CapacityLimiter(self.running)

    async def run(self, work: Callable[[], T]) -> T:
        """Return what the work returns, once there is a place for it.

        Raises:
            HTTPException: 503, there is none.
        """
        token = object()
        busy = HTTPException(
            503, "the server is busy with other questions: ask again in a few seconds", {"Retry-After": "5"}
        )
        if self._limiter.statistics().tasks_waiting >= self.waiting:
            raise busy
        try:
            with anyio.fail_after(self.patience):
                await self._limiter.acquire_on_behalf_of(token)
        except TimeoutError as error:
            raise busy from error
        try:
            return await anyio.to_thread.run_sync(work, limiter=self._threads)
        finally:
            self._limiter.release_on_behalf_of(token)

    @cached_property
    def _threads(self) -> anyio.CapacityLimiter:
        return anyio.CapacityLimiter(self.running)


async def read_body(request: Request) -> bytes:
    """Return the body of a request.

    Raises:
        HTTPException: 413, it is too long, or 408, it does not arrive.
    """
    body = bytearray()
    try:
        with anyio.fail_after(_PATIENCE):
            async for piece in request.stream():
                body += piece
                if len(body) > MAX_BODY:
                    raise HTTPException(413, f"a request has at most {MAX_BODY:,} bytes: ask for less at once")
    except TimeoutError as error:
        raise HTTPException(408, "the request did not arrive in time: send it again") from error
    return bytes(body)
