"""The SMTP server: accepts everything and forwards nothing, or fails on command."""

import asyncio
import threading
from dataclasses import dataclass, field

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from gru.demo.post_office.shelf import Shelf

MODES = ("off", "450", "550", "hang", "close_after_data", "slow")
REFUSALS = {"450", "550"}
HANGS_FOR_S = 60
SLOW_S = 3
MAX_BYTES = 60_000_000


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


class Window:
    """aiosmtpd's handler: one mail, one entry of the shelf for each recipient."""

    def __init__(self, shelf: Shelf, trouble: Trouble) -> None:
        self.shelf, self.trouble, self.lines = shelf, trouble, 0

    async def handle_EHLO(
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        """Count the connections: senders should not open one for each mail."""
        self.lines += 1
        session.host_name = hostname
        return responses

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Accept the recipient, or refuse it on command; the failure mode of a mail is chosen here."""
        mode = self.trouble.next() if not envelope.rcpt_tos else "off"
        if mode in REFUSALS:
            return f"{mode} on command"
        envelope.rcpt_tos.append(address)
        envelope.rcpt_options.append(mode)
        return "250 known"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """Accept, or fail on command: « close_after_data » accepts and hangs up, « hang » does not accept."""
        mode = envelope.rcpt_options[0]
        if mode == "hang":
            await asyncio.sleep(HANGS_FOR_S)
            return "451 too late"
        if mode == "slow":
            await asyncio.sleep(SLOW_S)
        for recipient in envelope.rcpt_tos:
            self.shelf.add(envelope.original_content or b"", recipient)
        if mode == "close_after_data" and isinstance(server.transport, asyncio.WriteTransport):
            server.transport.abort()
        return "250 kept here"


def start_server(shelf: Shelf, trouble: Trouble, *, host: str, port: int) -> Controller:
    """Start the SMTP server in its own thread."""
    controller = Controller(Window(shelf, trouble), hostname=host, port=port, data_size_limit=MAX_BYTES)
    controller.start()
    return controller
