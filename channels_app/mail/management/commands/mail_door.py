import asyncio
import sys
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from channels_app.mail.door.server import run
from channels_app.mail.door.writer import STATEMENT_TIMEOUT_MS, give_big_blocks_back
from requests_app.lib.patience import bound_the_waiting


class Command(BaseCommand):
    help = "Receives mail by SMTP and LMTP, and keeps it before it says yes."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default=settings.MAIL_HOST)
        parser.add_argument("--port", type=int, default=settings.MAIL_PORT)

    def handle(self, *args: Any, host: str, port: int, **options: Any) -> None:
        bound_the_waiting(statement_ms=STATEMENT_TIMEOUT_MS)
        give_big_blocks_back()
        try:
            asyncio.run(run(host, port, lambda opened: self._say(host, opened)))
        except OSError as error:
            where = f"{host}:{port}"
            raise CommandError(
                _("La porte du courriel ne peut pas s’ouvrir sur %(where)s : %(why)s.")
                % {"where": where, "why": error.strerror or error},
                returncode=75,
            ) from error

    def _say(self, host: str, port: int) -> None:
        sys.stderr.write(_("Porte du courriel ouverte sur %s:%s\n") % (host, port))
        sys.stderr.flush()
