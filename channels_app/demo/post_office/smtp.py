"""The sending server: accepts everything and forwards nothing, or fails as it was told to."""

import asyncio
import threading
from dataclasses import dataclass, field

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from channels_app.demo.post_office.shelf import Shelf

MODES = ("off", "450", "550", "hang", "close_after_data")
HANGS_FOR_S = 60


@dataclass
class Trouble:
    """What goes wrong for the next ``count`` mails; « off » when nothing does."""

    mode: str = "off"
    count: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def set(self, mode: str, count: int) -> None:
        with self.lock:
            self.mode, self.count = mode, count

    def next(self) -> str:
        with self.lock:
            if self.count <= 0:
                return "off"
            self.count -= 1
            return self.mode


class Counter:
    """aiosmtpd's handler: one mail, one line of the shelf for each recipient."""

    def __init__(self, shelf: Shelf, trouble: Trouble) -> None:
        self.shelf, self.trouble = shelf, trouble

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """Accept, or fail as told; « close_after_data » accepts and hangs up without a word."""
        mode = self.trouble.next()
        if mode in {"450", "550"}:
            return f"{mode} on command"
        if mode == "hang":
            await asyncio.sleep(HANGS_FOR_S)
        for recipient in envelope.rcpt_tos:
            self.shelf.add(envelope.original_content or b"", recipient)
        if mode == "close_after_data" and isinstance(server.transport, asyncio.WriteTransport):
            server.transport.abort()
        return "250 kept here"


def opened(shelf: Shelf, trouble: Trouble, *, host: str, port: int) -> Controller:
    """Start the sending server in its own thread."""
    controller = Controller(Counter(shelf, trouble), hostname=host, port=port, data_size_limit=60_000_000)
    controller.start()
    return controller
