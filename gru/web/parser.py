"""Read one request: its size is judged by its headers, then counted as it comes (threats: N08)."""

import time
from io import BytesIO
from typing import Any

from waitress.parser import HTTPRequestParser, ParsingError
from waitress.receiver import ChunkedReceiver
from waitress.utilities import BadRequest

from gru.web.body import Body
from requests_app.lib.bodies import TOO_LARGE, limit_at

MAX_LINE_LENGTH, MAX_TRAILER_LENGTH = 1024, 16_384  # around chunks; waitress itself knows no limit
MAX_HEADERS, MAX_HEADER_LENGTH = 100, 8190
HEAD_S = 20.0
BODY_S, BYTES_A_SECOND = (
    60.0,
    2_000,
)  # over a minute, slower than the poorest phone: it only occupies a slot


class Request(HTTPRequestParser):
    """A request being received; ``refused`` says why its body was not accepted."""

    def __init__(self, adj: Any) -> None:
        super().__init__(adj)
        self.began_at = time.monotonic()
        self.body_until = self.began_at + HEAD_S + BODY_S
        self.refused = ""
        self.body: Body | None = None

    def received(self, data: bytes) -> int:
        """Consume data; return how much is this request's: all of it, once refused."""
        was_in_head = not self.headers_finished
        consumed: int = super().received(data)
        if was_in_head and self.headers_finished and not self.error and not self.empty:
            self._judge_head()
        elif self.body is not None:
            self._judge_body(self.body)
            self._give_time(len(data))
        return len(data) if self.refused or self.error else consumed

    def parse_header(self, header_plus: bytes) -> None:
        """Parse the headers; refuse those that could be read in two ways."""
        lines = header_plus.split(b"\r\n")
        if len(lines) > MAX_HEADERS + 2 or max(map(len, lines)) > MAX_HEADER_LENGTH:
            raise ParsingError("Too many headers, or too long")
        try:
            super().parse_header(header_plus)
        except (
            ValueError
        ) as error:  # an address or a length that Python refuses: the connection would end in silence
            raise ParsingError("Malformed head") from error
        if self._has_two_lengths(lines):
            raise ParsingError("Two lengths")

    def _has_two_lengths(self, lines: list[bytes]) -> bool:
        """Tell whether a proxy may have seen another end of the body (RFC 9112, 6.1)."""
        codings = [line for line in lines if line.lower().startswith(b"transfer-encoding:")]
        if "TRANSFER_ENCODING" in self.headers or len(codings) > 1 or any(b"," in line for line in codings):
            return True  # in HTTP/1.0, where it means nothing, or sent twice
        return self.chunked and "CONTENT_LENGTH" in self.headers

    def end_too_early(self) -> None:
        """Refuse what was announced and will not come."""
        self.error = BadRequest("The body is not whole")
        self.completed = True

    def is_late(self, now: float) -> bool:
        """Tell whether its sender only occupies a slot."""
        if not self.headers_finished:
            return now - self.began_at > HEAD_S
        return now > self.body_until

    def _give_time(self, size: int) -> None:
        """Extend the deadline by what came, up to BODY_S: sending much at once buys no hours."""
        self.body_until = min(self.body_until + size / BYTES_A_SECOND, time.monotonic() + BODY_S)

    def get_body_stream(self) -> Any:
        """Return what was received; of a refused body, nothing."""
        return BytesIO() if self.refused else super().get_body_stream()

    def _judge_head(self) -> None:
        """Refuse what announces too much, before it is asked for (``Expect``) or read."""
        if self.body_rcv is None:
            return
        most, cuts = limit_at(self.path.encode("latin-1").decode("utf-8", "replace"))
        if self.content_length > most * max(cuts, 1):
            self._refuse(TOO_LARGE)
            return
        self.body = self.body_rcv.buf = Body(self.body_rcv.buf, most=most, cuts=cuts)

    def _judge_body(self, body: Body) -> None:
        if body.refused:
            self._refuse(body.refused)
        elif self._is_badly_chunked():
            self.error = BadRequest("Invalid chunk")
            self.completed = True
        elif self.completed and not self.error:
            self.headers["CONTENT_LENGTH"] = str(len(body))

    def _is_badly_chunked(self) -> bool:
        chunks = self.body_rcv
        if not isinstance(chunks, ChunkedReceiver):
            return False
        return len(chunks.control_line) > MAX_LINE_LENGTH or len(chunks.trailer) > MAX_TRAILER_LENGTH

    def _refuse(self, why: str) -> None:
        """Have the product answer now; the rest of the body is not read."""
        self.refused, self.completed = why, True
        self.expect_continue, self.connection_close = False, True
        self.headers["CONTENT_LENGTH"] = "0"
        self.close()
