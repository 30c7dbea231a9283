"""The connection to a portal: a minute at most, whatever drips from the other side (threats: O03)."""

import socket

from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection

from requests_app.lib.hanging_up import End

LASTS_S = 60.0  # a request with its files; the timeout of `requests` begins again at each byte


class BoundedLine(HTTPAdapter):
    """Carries one call of one session."""

    def __init__(self) -> None:
        super().__init__()
        self._end = End(LASTS_S)
        self.poolmanager.pool_classes_by_scheme = _bounded_pools(self._end)

    def close(self) -> None:
        self._end.forget()
        super().close()


def _bounded_pools(end: End) -> dict[str, type[HTTPConnectionPool]]:
    class Http(HTTPConnection):
        def _new_conn(self) -> socket.socket:
            return _begin(end, super()._new_conn())

    class Https(HTTPSConnection):
        def _new_conn(self) -> socket.socket:
            return _begin(end, super()._new_conn())

    class HttpPool(HTTPConnectionPool):
        ConnectionCls = Http

    class HttpsPool(HTTPSConnectionPool):
        ConnectionCls = Https

    return {"http": HttpPool, "https": HttpsPool}


def _begin(end: End, line: socket.socket) -> socket.socket:
    end.begin(line)
    return line
