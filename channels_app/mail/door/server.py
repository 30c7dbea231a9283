"""Listens, and stops without dropping a mail that is being received."""

import asyncio
import logging
import signal
from collections.abc import Callable

from django.conf import settings
from django.db import DatabaseError

from channels_app.mail.door.peers import Peers
from channels_app.mail.door.session import Session
from channels_app.mail.door.writer import MailWriter
from channels_app.mail.mailboxes import FRESH_FOR_S, Mailboxes

logger = logging.getLogger(__name__)

LAST_MAILS_S = 8.0  # for the mails in flight when stopping; the launcher kills after ten
SOON_S = 2.0


class Door:
    """What the connections of one port share."""

    def __init__(self) -> None:
        self.writer = MailWriter()
        self.peers = Peers(is_on=settings.LIMITS_ON)
        self.mailboxes = Mailboxes()
        self.sessions: set[Session] = set()
        self.is_stopping = False

    async def serve(self, host: str, port: int, ready: Callable[[int], None], stop: asyncio.Event) -> None:
        """Receive mail until told to stop; `ready` gets the port, which may have been 0."""
        refreshing = asyncio.create_task(self._keep_fresh())
        loop = asyncio.get_running_loop()
        server = await loop.create_server(lambda: Session(self), host, port, backlog=512)
        ready(server.sockets[0].getsockname()[1])
        await stop.wait()
        server.close()
        refreshing.cancel()
        await self._finish()
        await loop.run_in_executor(None, self.writer.close)

    async def _keep_fresh(self) -> None:
        """Read the Maisons' mailboxes again every minute; sooner until they have been read once."""
        while True:
            try:
                await self.writer.run(self.mailboxes.refresh)
            except DatabaseError as error:
                logger.warning("mail door: mailboxes not read (%s)", type(error).__name__)
            await asyncio.sleep(FRESH_FOR_S if self.mailboxes.is_known else SOON_S)

    async def _finish(self) -> None:
        self.is_stopping = True
        for session in list(self.sessions):
            if not session.is_busy:
                session.say_goodbye()
        end = asyncio.get_running_loop().time() + LAST_MAILS_S
        while any(s.is_busy for s in self.sessions) and asyncio.get_running_loop().time() < end:
            await asyncio.sleep(0.02)


async def run(host: str, port: int, ready: Callable[[int], None]) -> None:
    """Run the door until SIGTERM or Ctrl-C."""
    stop, loop = asyncio.Event(), asyncio.get_running_loop()
    for signum in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(signum, stop.set)
    await Door().serve(host, port, ready, stop)
