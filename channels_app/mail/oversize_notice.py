"""The sender of a mail too large for us is told once how to send it again (threats: M01)."""

from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from channels_app.mail.filters import Letter
from channels_app.mail.key import KEY
from requests_app.lib import french, seals
from requests_app.outbox.models import Outgoing
from requests_app.outbox.services import Message, queue
from requests_app.tickets.messages.limits import may_auto_send
from requests_app.tickets.references import new_reference

KIND = Outgoing.Kind.NOTICE


def ask_for_less(letter: Letter, *, size: int, cause: int) -> None:
    """Queue the notice, unless the mail is automatic or enough were sent today; ``cause`` is the arrival.

    A mail without a Message-ID is not answered: of one cut too early the header may be missing too.

    It repeats nothing of the mail (threats: M12). Its Message-ID is sealed for a ticket that does not
    exist, so that it is recognised when it bounces.
    """
    refusal = letter.noise or letter.why_no_answer or letter.mail.no_ack_reason
    if refusal or not (letter.sender and letter.mail.message_id):
        return
    verdict = may_auto_send(recipient=letter.sender, kind=KIND, at=letter.received_at)
    if verdict.refusal:
        return
    message = Message(
        key=f"{KIND}:{cause}:too_big:mail",
        kind=KIND,
        channel=KEY,
        recipient=letter.sender,
        message_id=seals.new_message_id(new_reference()),
        payload=_words(letter, size),
    )
    queue(message, at=letter.received_at)


def _words(letter: Letter, size: int) -> dict[str, Any]:
    context = {
        "received": french.moment(letter.received_at),
        "size": french.size(size),
        "phone": settings.AUTHORITY_PHONE,
        "name": settings.AUTHORITY_NAME,
    }
    with translation.override(settings.LANGUAGE_CODE):
        return {
            "subject": _("Votre message est trop gros"),
            "text": render_to_string("messages/too_big.txt", context).strip() + "\n",
            "references": [letter.mail.message_id] if letter.mail.message_id else [],
        }
