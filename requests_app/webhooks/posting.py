"""Post one push to the address that was checked, within ten seconds, following nothing (threats: W08)."""

import socket
import ssl
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from threading import Timer

from django.utils.translation import gettext as _

from requests_app.lib.refusals import Refused
from requests_app.webhooks.addresses import Target, parse, resolve

LIMIT_S = 10.0
MAX_ANSWER = 1000  # characters kept of an answer


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back; ``error`` is why it is no success, in words, "" for a 2xx."""

    status: int | None = None
    text: str = ""
    error: str = ""
    took_ms: int = 0


class _PinnedConnection(HTTPConnection):
    """A connection to ``address``, whatever the name of the host leads to by now."""

    def __init__(self, target: Target, address: str) -> None:
        super().__init__(target.host, target.port, timeout=LIMIT_S)
        self.default_port = 443 if target.is_tls else 80  # left out of « Host »
        self._target, self._address = target, address
        self._open: socket.socket | None = None

    def connect(self) -> None:
        self.sock = socket.create_connection((self._address, self._target.port), self.timeout)
        if self._target.is_tls:
            context = ssl.create_default_context()
            context.hostname_checks_common_name = False  # RFC 9525: only what the certificate names as such
            name = self._target.host
            self.sock = context.wrap_socket(self.sock, server_hostname=name, do_handshake_on_connect=False)
        self._open = self.sock  # http.client lets go of its own before the answer is read
        if isinstance(self.sock, ssl.SSLSocket):
            self.sock.do_handshake()

    def cut(self) -> None:
        """End whatever it waits for: an answer that drips would outlast every single read."""
        if self._open is not None:
            with suppress(OSError):
                self._open.shutdown(socket.SHUT_RDWR)


def post(url: str, *, body: str, headers: Mapping[str, str]) -> Answer:
    """Post a push and return what came back; never raises for what the other side does."""
    started = time.monotonic()
    try:
        status, text = _exchange(url, body, headers)
        error = _explain(status, is_over=time.monotonic() - started >= LIMIT_S)
    except Refused as refusal:
        status, text, error = None, "", str(refusal)
    except TimeoutError:
        status, text, error = None, "", _too_slow()
    except ssl.SSLError:
        status, text, error = None, "", _("Le certificat de cette adresse n’est pas valable.")
    except (OSError, HTTPException, ValueError):
        is_over = time.monotonic() - started >= LIMIT_S
        status, text, error = None, "", _too_slow() if is_over else _("Pas de réponse à cette adresse.")
    return Answer(status, text, error, round((time.monotonic() - started) * 1000))


def _exchange(url: str, body: str, headers: Mapping[str, str]) -> tuple[int, str]:
    target = parse(url)
    connection = _PinnedConnection(target, resolve(target))
    timer = Timer(LIMIT_S, connection.cut)
    timer.daemon = True
    timer.start()
    try:
        connection.request("POST", target.path, body.encode(), dict(headers))
        response = connection.getresponse()
        data = response.read(MAX_ANSWER * 4)
        return response.status, data.decode("utf-8", "replace").replace("\x00", "�")[:MAX_ANSWER]
    finally:
        timer.cancel()
        connection.close()


def _explain(status: int, *, is_over: bool) -> str:
    if is_over:
        return _too_slow()
    if 200 <= status < 300:
        return ""
    if 300 <= status < 400:
        return _("Cette adresse renvoie vers une autre : donnez la dernière.")
    return _("Réponse %(status)s au lieu de 200.") % {"status": status}


def _too_slow() -> str:
    return _("Pas de réponse en dix secondes.")
