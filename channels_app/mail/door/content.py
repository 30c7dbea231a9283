"""The bytes of a mail while they are received: as they were sent, within the limits."""

import asyncio

from django.conf import settings

from channels_app.mail.door import answers
from channels_app.mail.door.peers import Peers

CHUNK = 64 * 1024


class Content:
    """Bytes received until the limit is passed; then none, and `refusal` says why."""

    def __init__(self, peers: Peers) -> None:
        self._peers = peers
        self._bytes = bytearray()
        self._size = 0
        self.refusal = ""
        self.has_begun = False

    def add(self, piece: bytes) -> None:
        self.has_begun = True
        if not self.refusal:
            self.refusal = self._why_too_much(len(piece))
        if self.refusal:
            self.forget()
            return
        self._bytes += piece
        self._size += len(piece)
        self._peers.bytes_in_flight += len(piece)

    def take(self) -> bytes:
        """Hand over the bytes: they still count as in flight, until `forget`."""
        taken, self._bytes = bytes(self._bytes), bytearray()
        return taken

    def forget(self) -> None:
        """Free the memory."""
        self._peers.bytes_in_flight -= self._size
        self._size, self._bytes = 0, bytearray()

    def _why_too_much(self, more: int) -> str:
        if self._size + more > settings.MAIL_MAX_BYTES:
            return answers.TOO_BIG
        return "" if self._peers.has_room else answers.NO_ROOM


async def read_lines(reader: asyncio.StreamReader, content: Content) -> None:
    """Read until the lone dot, without the dots that the protocol adds; a lone CR or LF ends no line."""
    is_new_line = True
    while True:
        piece, is_line_end = await _piece(reader)
        if is_new_line and piece.startswith(b"."):
            if piece == b".\r\n":
                return
            piece = piece[1:]
        is_new_line = is_line_end
        content.add(piece)


async def read_chunk(reader: asyncio.StreamReader, content: Content, size: int) -> None:
    """Read N bytes, whatever they are."""
    content.has_begun = True
    while size:
        piece = await reader.readexactly(min(size, CHUNK))
        content.add(piece)
        size -= len(piece)


async def _piece(reader: asyncio.StreamReader) -> tuple[bytes, bool]:
    """Return a line, or a part of one that is longer than the reader's limit."""
    try:
        return await reader.readuntil(b"\r\n"), True
    except asyncio.LimitOverrunError as overrun:
        return await reader.read(overrun.consumed), False
