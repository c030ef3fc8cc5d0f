"""What every answer goes through: the names of the server, the path that a proxy adds, headers, clients that stall."""

from collections.abc import Iterable

import anyio
from starlette.datastructures import MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

__all__ = ["POLICY", "QUERY_POLICY", "Guard"]

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""Of every answer that has no stricter one: nothing from elsewhere, and no script or style within a page."""

QUERY_POLICY = POLICY.replace(
    "style-src 'self'",
    "style-src 'self' 'sha256-zCK2EVMoPc04mRF/g5CotUvxbJPWS+8V0b+s9ptqQIk=' "
    "'sha256-c0O6TmFAkgpNbHxKAa1BrveWHHopjEtC47i0PzMudxg='",
)
"""Of the page with YASGUI: its tables add two styles of their own, for columns whose width can be changed."""

_HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cache-Control": "no-cache",
}
_STALLED = 30.0  # seconds that a client may take none of its answer


class Guard:
    """Answers only by the names given: a page elsewhere whose name is pointed at this machine gets nothing.

    Args:
        app: what answers.
        hosts: names that a request may be for, in lower case, without port.
        prefix: path before every address from outside ("/kg"); a proxy may leave it on or take it off.
    """

    def __init__(self, app: ASGIApp, *, hosts: Iterable[str], prefix: str) -> None:
        self._app, self._hosts, self._prefix = app, frozenset(hosts), prefix

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand a request on."""
        if scope["type"] != "http":
            return
        begun = False

        async def guarded(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
            with anyio.fail_after(_STALLED):
                await send(message)

        try:
            if _host(scope) not in self._hosts:
                refused = PlainTextResponse("no such host here: ask by the address that kg serve prints\n", 421)
                await refused(scope, receive, guarded)
                return
            await self._app(self._stripped(scope), receive, guarded)
        except TimeoutError:
            if not begun:
                raise

    def _stripped(self, scope: Scope) -> Scope:
        raw = scope.get("raw_path") or scope["path"].encode()
        prefix = self._prefix.encode()
        if not prefix or not (raw + b"/").startswith(prefix + b"/"):
            return scope
        path = scope["path"].removeprefix(self._prefix)
        return {**scope, "raw_path": raw.removeprefix(prefix) or b"/", "path": path or "/"}


def _host(scope: Scope) -> str:
    value = next((v.decode("latin-1") for k, v in scope["headers"] if k == b"host"), "").strip().lower()
    return value.rpartition("]")[0] + "]" if value.startswith("[") else value.partition(":")[0]
