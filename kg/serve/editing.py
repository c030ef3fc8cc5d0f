"""What lets a person correct the graph on its pages: a token that only the terminal shows, one request at a time.

A request to change something comes from a page of this server (its ``Origin``), as JSON, with the token in a header:
no page elsewhere can send such a one, and no other user of this machine knows the token.
"""

import hmac
import json
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from starlette.exceptions import HTTPException
from starlette.requests import Request

from kg.serve.limits import Places, read_body

__all__ = ["HEADER", "Editing", "Made"]

HEADER = "x-kg-token"
_LONGEST = 10_000  # characters of a field
_MOST = 40  # fields


class Made(NamedTuple):
    """A decision as it is shown: its number from 1, the line by which it is undone, and it in words."""

    number: int
    line: str
    words: str


@dataclass(frozen=True, kw_only=True)
class Editing:
    """How the graph that is served is changed.

    Attributes:
        decide: does what a form asks ("reject", its fields) and returns in words what was decided; raises ``KgError``.
        decisions: returns what was decided so far.
        token: what a request must bring.
    """

    decide: Callable[[str, Mapping[str, str]], str]
    decisions: Callable[[], Sequence[Made]]
    token: str = field(default_factory=lambda: secrets.token_urlsafe(32))

    @cached_property
    def places(self) -> Places:
        """One change at a time."""
        return Places(running=1, waiting=20, patience=120.0)

    async def asked(self, request: Request) -> tuple[str, Mapping[str, str]]:
        """Return what a request asks for: an action and its fields.

        Raises:
            HTTPException: it comes from elsewhere, without the token, or is none.
        """
        if request.headers.get("origin", "") != f"{request.url.scheme}://{request.headers.get('host', '')}":
            raise HTTPException(403, "a change is asked for by the pages of this server alone")
        if not hmac.compare_digest(request.headers.get(HEADER, "").encode(), self.token.encode()):
            raise HTTPException(403, "the token is wrong: open the address that `kg edit` printed")
        if request.headers.get("content-type", "").partition(";")[0].strip() != "application/json":
            raise HTTPException(415, "a change is asked for in JSON")
        try:
            body = json.loads(await read_body(request))
            action, fields = body["action"], body["fields"]
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            raise HTTPException(400, "a change is an object with an action and its fields") from error
        said = {name: value for name, value in fields.items() if isinstance(value, str)} if _is_form(fields) else None
        if not isinstance(action, str) or said is None or len(said) != len(fields):
            raise HTTPException(400, "an action is text, and so is each of its fields")
        return action, said


def _is_form(fields: object) -> bool:
    return (
        isinstance(fields, dict)
        and len(fields) <= _MOST
        and all(len(str(value)) <= _LONGEST for value in fields.values())
    )
