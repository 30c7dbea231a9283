"""Files are scanned by an antivirus beside the message, never before it (threats: M17, I6).

An infected file is locked; its message stays, the agent reads why, and the person is told. While the scanner
is down, files stay locked « en attente de contrôle » and everything else goes on.
"""

import logging
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from requests_app.lib.antivirus import TooBig, Unavailable, virus_in
from requests_app.tickets.messages.infection_notice import tell_infected
from requests_app.tickets.models import Attachment, Touchpoint

logger = logging.getLogger(__name__)

AT_ONCE = 50  # files per sweep
Control = Attachment.Control


def scan_touchpoint(*, touchpoint_id: int, at: datetime) -> None:
    """Scan the files of one message; the sweep retries those that could not be scanned."""
    _scan_all(list(Attachment.objects.waiting().filter(touchpoint=touchpoint_id).order_by("pk")), at)


def scan_waiting(*, at: datetime) -> None:
    """Scan what the task missed, or what waits since the scanner was down."""
    if not settings.CLAMAV_URL:  # the scanner was removed: nothing waits for it any more
        Attachment.objects.waiting().update(control=Control.NONE)
        return
    _scan_all(list(Attachment.objects.waiting().order_by("pk")[:AT_ONCE]), at)


def _scan_all(waiting: list[Attachment], at: datetime) -> None:
    for attachment in waiting:
        try:
            _scan(attachment, at)
        except Unavailable as error:
            logger.warning("antivirus: %s, %s files wait", error, len(waiting))
            return


def _scan(attachment: Attachment, at: datetime) -> None:
    """Scan outside any transaction, then record; concurrent scans record it once."""
    virus, control = "", Control.CLEAN
    try:
        with attachment.file.open("rb") as stream:
            virus = virus_in(stream, url=settings.CLAMAV_URL)
    except TooBig:
        control = Control.TOO_BIG
    except FileNotFoundError:
        logger.error("antivirus: file %s is not in the storage", attachment.pk)
        control = Control.TOO_BIG
    _note(attachment, Control.INFECTED if virus else control, at)


@transaction.atomic
def _note(attachment: Attachment, control: str, at: datetime) -> None:
    noted = Attachment.objects.waiting().filter(pk=attachment.pk).update(control=control)
    if not noted or control != Control.INFECTED:
        return
    logger.error("antivirus: file %s is infected", attachment.pk)
    touchpoint = Touchpoint.objects.select_for_update().get(pk=attachment.touchpoint_id)
    words = _("Un virus a été trouvé dans « %(name)s » : ce fichier est bloqué, le message est gardé.")
    touchpoint.remarks = [*touchpoint.remarks, words % {"name": attachment.name}]
    touchpoint.save(update_fields=["remarks"])
    tell_infected(touchpoint, at=at)
