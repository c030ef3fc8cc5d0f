"""The server as a process: uvicorn on 127.0.0.1."""

import socket
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

import uvicorn

from kg.errors import UsageError
from kg.serve.app import Options, application
from kg.serve.limits import MAX_HEAD

__all__ = ["run_server"]

_HOST = "127.0.0.1"
_CONNECTIONS = 1_000
_LEAVING = 3  # seconds for answers under way when the server is told to end


def run_server(folder: Path, *, port: int, options: Options, ready: Callable[[str], None]) -> None:
    """Serve the build of a folder until the process is told to end.

    Args:
        folder: of a build.
        port: to listen at, 0 for any that is free.
        options: how.
        ready: called with the address once requests are answered.

    Raises:
        OutputError: the folder holds no build, or one that is damaged.
        UsageError: the port is taken or not to be had, or the base URL is none.
    """
    outside = urlsplit(options.base_url)
    if options.base_url and not (outside.scheme in {"http", "https"} and outside.hostname and not outside.query):
        raise UsageError(f"--base-url {options.base_url} is no address: write it like https://example.org/graph/")
    app = application(folder, options)
    token = "" if options.editing is None else f"#token={options.editing.token}"
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as listening:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((_HOST, port))
        except OSError as error:
            raise UsageError(
                f"port {port} of {_HOST} cannot be had ({error.strerror}): give another one with --port"
            ) from error
        config = uvicorn.Config(
            app,
            http="h11",  # bounds the length of a request's head
            ws="none",
            lifespan="off",
            log_level="warning",
            access_log=False,
            server_header=False,
            proxy_headers=False,
            limit_concurrency=_CONNECTIONS,
            timeout_keep_alive=15,
            timeout_graceful_shutdown=_LEAVING,
            h11_max_incomplete_event_size=MAX_HEAD,
        )
        listening.listen(128)
        ready(f"http://{_HOST}:{listening.getsockname()[1]}/{token}")
        with suppress(KeyboardInterrupt):  # as it is told to end
            uvicorn.Server(config).run(sockets=[listening])
