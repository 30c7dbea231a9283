"""Which of our messages a mail answers or brings back: seals are believed, numbers not (threats: M07)."""

import re
from datetime import datetime

from django.utils.translation import gettext as _

from channels_app.delivery.services import bounced, delivered
from channels_app.mail.parsing import Understood
from requests_app.lib import seals

LOOKED_AT = 200_000  # bytes of a notice in which its status is sought
_ANYWHERE = re.IGNORECASE | re.MULTILINE
_FAILED = re.compile(rb"^action:\s*failed", _ANYWHERE)
_ARRIVED = re.compile(rb"^action:\s*delivered", _ANYWHERE)
_ONLY_LATE = re.compile(rb"^(?:action:\s*(?:delayed|relayed|expanded)|status:\s*4\.)", _ANYWHERE)


def followed(mail: Understood, address: str) -> str:
    """The reference of the demand a mail answers: by the sealed address it went to, or our Message-ID."""
    for box in (address, *mail.to, *mail.delivered_to):
        if reference := seals.reference_of_address(box):
            return reference
    return next(filter(None, map(seals.reference_of_message_id, mail.references)), "")


def returned_id(mail: Understood) -> str:
    """The Message-ID of ours that a notice returns, or ""."""
    candidates = (mail.bounce_original_message_id, *mail.references)
    return next((each for each in candidates if each and seals.is_ours(each)), "")


def undelivered(message_id: str, recipient: str, notice: bytes, at: datetime) -> None:
    """Note that a message of ours was not delivered, or was; a delay is only written in its log.

    Notices that return no Message-ID came to the sealed address of our message: they name its recipient.
    """
    notice = notice[:LOOKED_AT]
    if _ARRIVED.search(notice) and not _FAILED.search(notice):
        delivered(message_id=message_id, recipient=recipient, at=at)
        return
    is_permanent = not _ONLY_LATE.search(notice)
    reason = _("l’adresse n’a pas reçu le message") if is_permanent else _("la remise est retardée")
    bounced(message_id=message_id, recipient=recipient, reason=reason, is_permanent=is_permanent, at=at)
