from datetime import datetime
from functools import partial
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from channels_app.contract import Ignored, Inbound, Parsed, RawMessage
from channels_app.sms import notices, pictures
from channels_app.sms.door.storing import OTHER_WORDS
from channels_app.sms.key import KEY
from channels_app.sms.keywords import ONLY_AFTER_STOP, PURPOSES, Keyword, Order, keyword, obeyed_elsewhere
from channels_app.sms.reading import Sms as Text
from channels_app.sms.reading import read
from requests_app.lib import short_words
from requests_app.lib.short_words import Meaning
from requests_app.people.models import ContactPoint
from requests_app.people.services import is_refused
from requests_app.tickets.inbound import InboundMessage
from requests_app.tickets.services import Received
from requests_app.tickets.services.number_matching import is_shared

PHONE = ContactPoint.Kind.PHONE


class SmsInbound(Inbound):
    """Text messages, through Twilio."""

    def parse(self, arrived: RawMessage) -> Parsed | Ignored:
        """Parse an order, the one-word answer of a room, or words for an agent, in this order (S04)."""
        text = read(arrived)
        facts = {"from": text.sender, "sid": text.sid, "segments": text.segments}
        if text.sender == settings.TWILIO_FROM:
            return Ignored(_("Un de nos SMS nous est revenu."), facts)
        if order := _order(text):
            obey = partial(
                notices.obey,
                order,
                number=text.number,
                is_answered=order.is_answered or text.provider_answered,
                cause=arrived.arrival_id,
                at=arrived.received_at,
            )
            return Ignored(notices.outcome(order.order), {**facts, "keyword": order.word}, obey)
        meaning = short_words.understand(text.number, text.text, arrived.received_at) if text.number else None
        return _parsed_message(text, meaning, facts, arrived)

    def salvage(self, arrived: RawMessage, *, is_brief: bool) -> InboundMessage:
        """Return the words of an SMS that was obeyed as an order, or set aside; raises Unreadable."""
        text = read(arrived)
        return _message(
            text,
            is_sender_sure=False,
            facts={"from": text.sender, "sid": text.sid},
            remarks=tuple(filter(None, [pictures.describe_pictures(text)])),
        )


def _message(text: Text, **more: Any) -> InboundMessage:
    """Give the words of an SMS and who sent it; ``more`` is what each use knows besides."""
    return InboundMessage(
        channel=KEY,
        occurred_at=text.sent_at,
        text=text.text,
        reply_text=text.text,
        sender_kind=PHONE if text.number else "",
        sender_value=text.number,
        sender_name="" if text.number else text.sender,
        **more,
    )


def _order(text: Text) -> Keyword | None:
    """Return the order it is; « YES », or what the provider took for START, only after a STOP."""
    if not text.number:
        return None
    known = keyword(text.text)
    order = known or obeyed_elsewhere(text.text, text.provider_says)
    may_be_an_answer = order and (order.word in ONLY_AFTER_STOP or (not known and order.order is Order.START))
    return None if may_be_an_answer and not is_refused(PHONE, text.number, PURPOSES[0]) else order


def _parsed_message(
    text: Text, meaning: Meaning | None, facts: dict[str, Any], arrived: RawMessage
) -> Parsed:
    said = _message(
        text,
        is_sender_sure=not text.number or not is_shared(text.number),
        by_number=text.number,
        follows=meaning.reference if meaning else "",
        facts={**facts, **_read_settled(meaning), "why": [_("SMS reçu.")]},
        remarks=_remarks(text, meaning, arrived),
    )
    has_more = meaning is not None or pictures.can_come(text)
    then = partial(_act, meaning, text, arrived.received_at) if has_more else None
    return Parsed(said, facts=facts, then=then)


def _read_settled(meaning: Meaning | None) -> dict[str, Any]:
    if meaning is None:
        return {}
    flags = {"is_settled": meaning.is_settled, "is_opinion": meaning.is_opinion}
    return {name: True for name, is_so in flags.items() if is_so}


def _remarks(text: Text, meaning: Meaning | None, arrived: RawMessage) -> tuple[str, ...]:
    """Return what the agent must know beside the words."""
    twin = _("Un autre SMS est venu sous le même numéro d’envoi, avec d’autres mots : les deux sont gardés.")
    has_twin = bool(arrived.facts.get(OTHER_WORDS))
    found = (pictures.describe_pictures(text), meaning.sentence if meaning else "", twin if has_twin else "")
    return tuple(filter(None, found))


def _act(meaning: Meaning | None, text: Text, at: datetime, received: Received) -> None:
    if meaning and meaning.act:
        meaning.act(received.touchpoint.pk, at)
    if pictures.can_come(text):
        pictures.expect(text, touchpoint_id=received.touchpoint.pk, at=at)
