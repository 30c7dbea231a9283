"""Translates Twilio's statuses to ours; they are used nowhere else."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from channels_app.delivery.services import StatusReport
from channels_app.sms.door.signatures import Fields
from channels_app.sms.key import KEY
from requests_app.outbox.models import Outgoing

State = Outgoing.State
# Statuses before « sent » say nothing new: we know that the provider has it.
STATES = {
    "accepted": "",
    "scheduled": "",
    "queued": "",
    "sending": "",
    "sent": State.SENT,
    "delivered": State.DELIVERED,
    "read": State.DELIVERED,
    "undelivered": State.FAILED,
    "failed": State.FAILED,
    "canceled": State.FAILED,
}
# Final states; « sent » for days is all that some networks ever report.
ENDED = {word for word, state in STATES.items() if state} | {"received"}
UNKNOWN = gettext_lazy("l’opérateur ne dit pas pourquoi")
# Error code → why, and whether nothing will ever arrive at that number.
REASONS = {
    30003: (gettext_lazy("le téléphone est éteint ou hors réseau"), False),
    30004: (gettext_lazy("l’opérateur a bloqué le message"), False),
    30005: (gettext_lazy("ce numéro n’existe pas"), True),
    30006: (gettext_lazy("c’est un téléphone fixe, ou un numéro injoignable par SMS"), True),
    30007: (gettext_lazy("l’opérateur l’a pris pour un message indésirable"), False),
    30008: (UNKNOWN, False),
    21211: (gettext_lazy("ce numéro n’existe pas"), True),
    21408: (gettext_lazy("l’envoi vers ce pays n’est pas ouvert"), False),
    21610: (gettext_lazy("la personne a refusé nos SMS (STOP)"), False),
    21612: (gettext_lazy("ce numéro ne peut pas être joint de chez nous"), True),
    21614: (gettext_lazy("ce numéro ne reçoit pas de SMS"), True),
}
REFUSED_BY_PERSON = 21610
MAX_CODE_LENGTH = 8  # digits: Twilio's have five


def parse_callback(fields: Fields, mark: int | None) -> StatusReport | None:
    """Parse a status callback; None when it says nothing new, or is unknown."""
    sid = fields.one("MessageSid") or fields.one("SmsSid")
    word = fields.one("MessageStatus") or fields.one("SmsStatus")
    return read_parts(sid, word, fields.one("ErrorCode"), mark) if sid else None


def read_parts(sid: str, word: str, code: str, mark: int | None = None) -> StatusReport | None:
    """Return the same, from its parts."""
    state, code = STATES.get(word.lower(), ""), code[:MAX_CODE_LENGTH]
    if not state:
        return None
    why, is_address = REASONS.get(int(code), (UNKNOWN, False)) if code.isdecimal() else (UNKNOWN, False)
    if state != State.FAILED:
        return StatusReport(KEY, sid, state, mark=mark)
    reason = _("%(why)s (code %(code)s)") % {"why": why, "code": code} if code.isdecimal() else str(why)
    return StatusReport(KEY, sid, state, reason, is_address, mark)
