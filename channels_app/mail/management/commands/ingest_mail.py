import sys
from collections import Counter
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import InterfaceError, OperationalError
from django.utils import timezone
from django.utils.translation import gettext as _

from channels_app.intake.models import Arrival
from channels_app.intake.services import Stored, process, store
from channels_app.intake.services.processing import MAX_ATTEMPTS
from channels_app.mail.key import KEY

BAD_ARGUMENTS, TRY_AGAIN = 2, 75


class Command(BaseCommand):
    help = "Keeps raw mails, from files or from stdin, as the mail door does."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="*", type=Path, metavar="FILE")
        parser.add_argument("--to", default="", help="recipient; accueil@ our domain by default")
        parser.add_argument("--now", action="store_true", help="also process them before returning")

    def handle(self, *args: Any, files: list[Path], to: str, now: bool, **options: Any) -> None:
        try:
            self._ingest(files, to.strip().strip("<>").lower(), hear_now=now)
        except (OperationalError, InterfaceError) as error:
            raise CommandError(
                _("La base de données ne répond pas : recommencez plus tard."), returncode=TRY_AGAIN
            ) from error

    def _ingest(self, files: list[Path], to: str, *, hear_now: bool) -> None:
        address = to or f"accueil@{settings.MAIL_DOMAIN}"
        counts: Counter[str] = Counter()
        sources: list[Path | None] = [*files] or [None]
        for file in sources:
            raw = self._read(file)
            if raw is None:
                counts["refused"] += 1
                continue
            stored = _store(raw, address)
            counts["new" if stored.is_new else "known"] += 1
            if hear_now and stored.is_new:
                counts[_parse(stored)] += 1
        self._conclude(counts, hear_now=hear_now)

    def _read(self, file: Path | None) -> bytes | None:
        """Return the bytes of a file, or of stdin; None, and a sentence, when they cannot be taken."""
        try:
            raw = file.read_bytes() if file else sys.stdin.buffer.read()
        except OSError as error:
            self.stderr.write(_("%(file)s : %(why)s") % {"file": file, "why": error.strerror})
            return None
        if len(raw) > settings.MAIL_MAX_BYTES:
            self.stderr.write(_("%(file)s : plus de 40 Mo") % {"file": file or "stdin"})
            return None
        return raw

    def _conclude(self, counts: Counter[str], *, hear_now: bool) -> None:
        line = _("Courriels gardés : %(new)s nouveaux, %(known)s déjà connus, %(refused)s refusés.")
        said = line % {name: counts[name] for name in ("new", "known", "refused")}
        if hear_now:
            line = _(
                "Compris : %(heard)s joints à une demande, %(discarded)s écartés, "
                "%(quarantined)s en quarantaine, %(pending)s en attente."
            )
            said += " " + line % {state: counts[state] for state in Arrival.State.values}
        self.stdout.write(said)
        if counts["refused"]:
            raise SystemExit(BAD_ARGUMENTS)


def _store(raw: bytes, address: str) -> Stored:
    return store(channel=KEY, address=address, raw=raw, source="ingest_mail", at=timezone.now())


def _parse(stored: Stored) -> str:
    """Process it until its state is final: quarantine comes with the third failure."""
    state = ""
    for _attempt in range(MAX_ATTEMPTS):
        state = process(arrival_id=stored.arrival_id, at=timezone.now())
        if state != Arrival.State.PENDING:
            break
    return state
