"""What the tests forbid: the network."""

import socket
from collections.abc import Callable
from typing import Any

import pytest

LOOPBACK = ("127.", "::1", "localhost")


def forbid_network(patch: pytest.MonkeyPatch) -> None:
    """Sockets reach this machine only: a test that needs the outside fails at once, by its own fault."""
    for name in ("connect", "connect_ex"):
        patch.setattr(socket.socket, name, _guard(getattr(socket.socket, name)))


def _guard(connect: Callable[..., Any]) -> Callable[..., Any]:
    def guard(self: socket.socket, address: Any) -> Any:
        if self.family != socket.AF_UNIX and not str(address[0]).startswith(LOOPBACK):
            raise AssertionError(f"a test wants the network: {address}")
        return connect(self, address)

    return guard
