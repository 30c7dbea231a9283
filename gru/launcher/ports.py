"""Refuse a port that another program holds, before anything is started."""

import socket
import time

from gru.launcher.commands import LOOPBACK
from gru.launcher.refusal import TRY_AGAIN, Refusal


def refuse_used(port: int, option: str, *, seconds: float = 0) -> None:
    """Refuse `port` if it is still held after `seconds` (a killed instance needs a moment to leave)."""
    deadline = time.monotonic() + seconds
    while not is_free(port):
        if time.monotonic() >= deadline:
            raise Refusal(
                f"Le port {port} est déjà pris : libérez-le, ou donnez-en un autre avec {option}.",
                TRY_AGAIN,
            )
        time.sleep(0.2)


def any_free() -> int:
    """Return a free port."""
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        return int(probe.getsockname()[1])


def is_free(port: int) -> bool:
    """Tell whether a program may listen there now; refuse what only root may take."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except PermissionError:
            raise Refusal(f"Le port {port} est réservé à root : donnez-en un à partir de 1024.") from None
        except OSError:
            return False
    return True
