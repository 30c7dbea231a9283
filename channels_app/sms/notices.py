"""A command by SMS is obeyed at once, and confirmed once when the provider does not (threats: S05)."""

from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _

from channels_app.sms import texts
from channels_app.sms.key import KEY
from channels_app.sms.keywords import PURPOSES, Keyword, Order
from requests_app.outbox.models import Outgoing
from requests_app.outbox.services import Message, queue, refuse
from requests_app.people.models import ContactPoint
from requests_app.people.services import choose
from requests_app.tickets.messages.limits import may_auto_send

KIND = Outgoing.Kind.NOTICE
PHONE = ContactPoint.Kind.PHONE


def obey(order: Keyword, *, number: str, is_answered: bool, cause: int, at: datetime) -> None:
    """Record what the number allows from now on; ``cause`` is the arrival, answered once."""
    changed = order.order is Order.HELP or choose(
        kind=PHONE,
        value=number,
        uses=PURPOSES,
        is_allowed=order.order is Order.START,
        word=order.word,
        at=at,
    )
    if changed and not is_answered:
        _say(order.order, number, cause, at)


def refused_at_provider(number: str, at: datetime) -> None:
    """Record a STOP that only the provider received."""
    choose(kind=PHONE, value=number, uses=PURPOSES, is_allowed=False, word="21610", at=at)


def outcome(order: Order) -> str:
    """Return why there is no ticket, in words for staff."""
    words = {
        Order.STOP: _("STOP : plus de rappel par SMS à ce numéro."),
        Order.START: _("Les rappels par SMS reprennent à ce numéro."),
        Order.HELP: _("Demande d’aide par SMS : le numéro de téléphone est donné."),
    }
    return words[order]


def _say(order: Order, number: str, cause: int, at: datetime) -> None:
    message = Message(
        key=f"{KIND}:{cause}:{order.value}:sms",
        kind=KIND,
        channel=KEY,
        recipient=number,
        message_id=f"gru.sms.{cause}.{order.value}@{settings.MAIL_DOMAIN}",
        payload={"text": _text(order)},
    )
    verdict = may_auto_send(recipient=number, kind=KIND, at=at)
    if verdict.refusal:
        refuse(message, reason=verdict.refusal, at=at)
    else:
        queue(message, at=at)


def _text(order: Order) -> str:
    """Return the text, with the relay service for deaf people if it fits in one SMS."""
    found = [
        texts.render_template(order.value, phone=settings.AUTHORITY_PHONE, relay=relay)
        for relay in (settings.RELAY_URL, "")
    ]
    return texts.fit(found)


def samples() -> list[str]:
    """Return each confirmation, for the check at start."""
    return [_text(order) for order in Order]
