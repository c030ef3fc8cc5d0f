"""What keeps a process of kg's own from every internet socket."""

import socket

__all__ = ["stay_offline"]


def stay_offline() -> None:
    """Say in this process that there is no IPv6: urllib3, which spaCy and trafilatura import, tries it by a socket.

    It holds for the whole process, so only a process that kg itself starts or is may call it, before any such import.
    """
    socket.has_ipv6 = False
