"""How an arrival that became no ticket is read: by its channel, else as bytes, else as a file."""

from dataclasses import replace

from django.utils.translation import gettext as _

from channels_app.contract import RawMessage
from channels_app.intake.models import Arrival
from channels_app.intake.raw_view import as_text
from channels_app.registry import salvage_from
from requests_app.people.models import ContactPoint
from requests_app.tickets.inbound import InboundMessage, SaidFile

MAX_TEXT = 20_000


def as_its_channel_reads(arrival: Arrival) -> InboundMessage:
    """Return text, sender and files as far as its channel can read them."""
    raw = arrival.raw.content
    arrived = RawMessage(arrival.pk, arrival.address, raw, arrival.received_at, arrival.facts)
    said = salvage_from(arrival.channel, arrived)
    return _silent(said) if said else as_it_came(arrival)


def as_it_came(arrival: Arrival) -> InboundMessage:
    """Return its bytes, as inert text and as a file."""
    said = as_a_file(arrival)
    return replace(said, text=as_text(arrival.raw.content)[:MAX_TEXT].strip())


def as_a_file(arrival: Arrival) -> InboundMessage:
    """Return only its bytes, to download, and the sender that was stored when it ended."""
    raw, sender = arrival.raw.content, str(arrival.facts.get("from") or "")
    address = sender if "@" in sender else ""
    name = _("arrivee-%(n)s.bin") % {"n": arrival.pk}
    file = SaidFile(name=name, declared_type="application/octet-stream", data=raw)
    said = InboundMessage(
        channel=arrival.channel,
        occurred_at=arrival.received_at,
        text=_("Ce message n’a pas pu être lu. Il est dans le fichier joint."),
        sender_kind=ContactPoint.Kind.EMAIL if address else "",
        sender_value=address,
        sender_name=sender,
        files=(file,) if raw else (),
    )
    return _silent(said)


READINGS = (as_its_channel_reads, as_it_came, as_a_file)  # each tried when the one before breaks


def _silent(said: InboundMessage) -> InboundMessage:
    """Return the same without a certain sender, and never answered automatically."""
    no_receipt = _("Fait par un agent : aucun accusé de réception n’est parti.")
    return replace(said, is_sender_sure=False, is_silent=True, remarks=(*said.remarks, no_receipt))
