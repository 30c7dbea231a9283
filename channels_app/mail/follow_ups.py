"""Which of our messages a mail answers or returns: seals are trusted, references are not (M07, N03)."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from channels_app.delivery.services import (
    NamedMessage,
    find_bounced,
    is_among,
    record_bounce,
    record_delivery,
)
from channels_app.mail.parsing import Understood
from requests_app.lib import seals
from requests_app.outbox.models import Outgoing
from requests_app.outbox.services import step

LATE = ("delayed", "relayed", "expanded")


@dataclass(frozen=True, slots=True)
class Return:
    """A notice about one of our messages: which one, and its outcome at its recipient."""

    outgoing: Outgoing
    outcome: str

    @property
    def is_arrival(self) -> bool:
        return self.outcome == "delivered"

    def learn(self, at: datetime) -> None:
        """Record what the notice says; a delay is only written in the log of the message."""
        if self.is_arrival:
            record_delivery(outgoing=self.outgoing, at=at)
            return
        is_permanent = self.outcome not in LATE
        reason = _("l’adresse n’a pas reçu le message") if is_permanent else _("la remise est retardée")
        record_bounce(outgoing=self.outgoing, reason=reason, is_permanent=is_permanent, at=at)


def find_followed(mail: Understood, address: str) -> str:
    """Return the reference of the ticket a mail answers, from its sealed address or our Message-ID."""
    for box in (address, *mail.to, *mail.delivered_to):
        if reference := seals.reference_of_address(box):
            return reference
    return next(filter(None, map(seals.reference_of_message_id, mail.references)), "")


def name_message(mail: Understood, address: str) -> NamedMessage | None:
    """Return what a notice refers to: the message whose return address it came to, or that it returns.

    None when it names nothing of ours.
    """
    boxes = (address, *mail.to, *mail.delivered_to)
    if mine := next(filter(None, map(seals.message_id_of_address, boxes)), ""):
        return NamedMessage(mine, is_sealed=True)
    reference = next(filter(None, map(seals.reference_of_address, boxes)), "")
    ids = (mail.bounce_original_message_id, *mail.references)
    if message_id := next((each for each in ids if each and seals.is_ours(each)), ""):
        is_sealed = reference == seals.reference_of_message_id(message_id)
        return NamedMessage(message_id.strip("<> "), is_sealed=is_sealed)
    return NamedMessage(reference=reference) if reference else None


def find_returned(mail: Understood, named: NamedMessage, at: datetime) -> Return | None:
    """Return the message of ours that a notice is about; None when it speaks of another recipient."""
    recipients = [address for address, _outcome in mail.bounce_outcomes]
    outgoing = find_bounced(named, recipients, at=at)
    if outgoing is None:
        return None
    outcomes = [
        outcome for address, outcome in mail.bounce_outcomes if is_among(outgoing.recipient, [address])
    ]
    return Return(outgoing, outcomes[-1] if outcomes else "")


def note_answer(mail: Understood, address: str, at: datetime) -> None:
    """Write in the log of our message that an autoresponder answered: an agent sees who is away."""
    named = name_message(mail, address)
    message_id = named.message_id if named else ""
    outgoing = Outgoing.objects.filter(message_id=message_id).first() if message_id else None
    if outgoing:
        words = _("Une réponse automatique est revenue de %(address)s : « %(subject)s ».")
        said = {"address": mail.from_address or "?", "subject": mail.subject[:100]}
        step(outgoing.pk, words % said, at=at)
