"""One connection. aiosmtpd handles the commands; the rest is for LMTP, big mails and odd ones."""

import asyncio
import logging
from collections import defaultdict
from collections.abc import Awaitable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from aiosmtpd.smtp import SMTP, syntax
from django.conf import settings

from channels_app.mail.door import addresses, answers
from channels_app.mail.door.content import CHUNK, Content, read_chunk, read_lines
from channels_app.mail.envelopes import path_of
from channels_app.mail.wholes import RETURN_PATH
from requests_app.lib.failpoints import failpoint

if TYPE_CHECKING:
    from channels_app.mail.door.server import Door

logger = logging.getLogger(__name__)

MAX_COMMAND_LENGTH = 4096
MAX_RECIPIENTS = 100
MAX_MAIL_SECONDS = 600.0  # RFC 5321 gives a sender ten minutes for the end of its mail
OUR_PIPE = "mail-in"  # how bin/mail-in greets: its empty sender means « unknown »


class Session(SMTP):
    """SMTP after EHLO, LMTP after LHLO."""

    line_length_limit = CHUNK  # read at once; longer lines are put together again
    command_size_limit = MAX_COMMAND_LENGTH
    command_size_limits: defaultdict[str, int] = defaultdict(lambda: MAX_COMMAND_LENGTH)
    envelope: Any
    transport: Any

    def __init__(self, door: "Door") -> None:
        self.door = door
        self.source = "smtp"
        self.is_busy = False
        self.is_refused = False
        self.peer_name = ""
        self.mail = Content(door.peers)
        super().__init__(
            self,
            data_size_limit=settings.MAIL_MAX_BYTES,
            enable_SMTPUTF8=True,
            hostname=settings.MAIL_DOMAIN,
            ident="GRU",
            loop=asyncio.get_running_loop(),
        )

    # --- the connection ----------------------------------------------------------------------
    def connection_made(self, transport: Any) -> None:
        self.peer_name = str((transport.get_extra_info("peername") or ("",))[0])
        self.is_refused = not self.door.peers.admits(self.peer_name)
        if self.is_refused:
            transport.write(answers.TOO_MANY.encode() + b"\r\n")
            transport.close()
            return
        self.door.sessions.add(self)
        super().connection_made(transport)

    def connection_lost(self, error: Exception | None) -> None:
        if self.is_refused:
            return
        self.door.sessions.discard(self)
        self.door.peers.leaves(self.peer_name)
        self.mail.forget()
        super().connection_lost(error)

    def data_received(self, data: bytes) -> None:
        if not self.is_refused:
            super().data_received(data)

    def eof_received(self) -> bool | None:
        return None if self.is_refused else super().eof_received()

    def say_goodbye(self) -> None:
        """Close an idle connection in the protocol's own words."""
        if self.transport:
            self.transport.write(answers.CLOSING.encode() + b"\r\n")
            self.transport.close()

    async def handle_exception(self, error: Exception) -> str:
        """Avoid aiosmtpd's reply, which quotes the error, and its log, which quotes the peer."""
        logger.error("mail door: %s in a session", type(error).__name__)
        return answers.LATER

    # --- the commands ------------------------------------------------------------------------
    @syntax("LHLO hostname")
    async def smtp_LHLO(self, hostname: str) -> None:
        await super().smtp_EHLO(hostname)
        self.source = OUR_PIPE if hostname == OUR_PIPE else "lmtp"

    async def smtp_EHLO(self, hostname: str) -> None:
        self.source = "smtp"
        await super().smtp_EHLO(hostname)

    async def handle_EHLO(
        self, _server: SMTP, session: Any, _envelope: Any, hostname: str, responses: list[str]
    ) -> list[str]:
        session.host_name = hostname
        more = ["250-PIPELINING", "250-ENHANCEDSTATUSCODES", "250-CHUNKING"]
        return [responses[0], *more, *responses[1:]]

    async def handle_RCPT(
        self, _server: SMTP, _session: Any, envelope: Any, address: str, _options: list[str]
    ) -> str:
        if address.lower() == addresses.POSTMASTER:
            address = f"{addresses.POSTMASTER}@{settings.MAIL_DOMAIN}"
        if not addresses.is_readable(address):
            return answers.NO_ADDRESS
        if not self.door.mailboxes.exists(address):
            return answers.NOT_OURS if self.door.mailboxes.is_known else answers.LATER
        if len(envelope.rcpt_tos) >= MAX_RECIPIENTS:
            return answers.TOO_MANY_RECIPIENTS
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def smtp_DATA(self, arg: str) -> None:
        refusal = "501 5.5.4 Syntax: DATA" if arg else self._why_no_mail()
        if refusal:
            await self.push(refusal)
            return
        with self._busy():
            await self.push("354 End data with <CR><LF>.<CR><LF>")
            if await self._read_in_time(read_lines(self._reader, self.mail)):
                await self._end_of_mail()

    @syntax("BDAT size [LAST]")
    async def smtp_BDAT(self, arg: str) -> None:
        """Receive a mail in chunks of a given size (RFC 3030): the only way to get bytes as they are."""
        size, _space, last = (arg or "").upper().partition(" ")
        if not size.isdecimal() or last not in ("", "LAST"):
            await self.push("501 5.5.4 Syntax: BDAT size [LAST]")
            self.transport.close()  # what follows would be read as commands
            return
        with self._busy():
            if not self.mail.has_begun:
                self.mail.refusal = self._why_no_mail()
            if not await self._read_in_time(read_chunk(self._reader, self.mail, int(size))):
                return
            if last:
                await self._end_of_mail()
            else:
                await self.push(self.mail.refusal or f"250 2.0.0 {size}")

    async def _read_in_time(self, reading: Awaitable[None]) -> bool:
        """Return whether the mail came in time; a slow sender is dropped, it would hold its slot."""
        try:
            async with asyncio.timeout(MAX_MAIL_SECONDS):
                await reading
        except TimeoutError:
            self.say_goodbye()
            return False
        return True

    def _why_no_mail(self) -> str:
        if not self.envelope.rcpt_tos or self.mail.has_begun:
            return "503 5.5.1 Error: need RCPT command"
        if not self.door.peers.may_send(self.peer_name):
            return answers.LATER
        return "" if self.door.peers.has_room else answers.NO_ROOM

    # --- the mail ----------------------------------------------------------------------------
    @contextmanager
    def _busy(self) -> Iterator[None]:
        """Count a mail being received: the door waits for it before it stops."""
        self.is_busy = True
        try:
            yield
        finally:
            self.is_busy = False
        if self.door.is_stopping:
            self.say_goodbye()

    async def _end_of_mail(self) -> None:
        """Store the mail, then reply: once by SMTP, once for each recipient by LMTP."""
        recipients, refusal = self.envelope.rcpt_tos, self.mail.refusal
        try:
            said = [refusal] * max(1, len(recipients)) if refusal else await self._store(recipients)
        finally:
            self._set_post_data_state()
        for answer in [answers.worst(said)] if self.source == "smtp" else said:
            await self.push(answer)
        failpoint("door.after_answer")

    async def _store(self, recipients: list[str]) -> list[str]:
        is_told = self.source != OUR_PIPE
        facts = {RETURN_PATH: path_of(self.envelope.mail_from)} if is_told else {}
        return await self.door.writer.store(self.mail.take(), recipients, self.source, facts)

    def _set_post_data_state(self) -> None:
        """Reset the mail; aiosmtpd calls this wherever an envelope ends: after a mail, RSET, EHLO."""
        super()._set_post_data_state()  # type: ignore[no-untyped-call]
        self.mail.forget()
        self.mail = Content(self.door.peers)

    def _getaddr(self, arg: str) -> tuple[str | None, str | None]:
        return addresses.read(arg)
