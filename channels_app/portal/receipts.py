"""What the person keeps: the number, the date of the answer, what comes next."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from channels_app.portal.forms.reach import Way
from channels_app.portal.models import Draft
from channels_app.portal.sending import ticket_of
from requests_app.lib import french, phones
from requests_app.lib.qr import qr_of
from requests_app.maisons import opening
from requests_app.outbox import links
from requests_app.tickets.models import Ticket


@dataclass(frozen=True, slots=True)
class Place:
    code: str
    name: str
    address: str
    hours: list[str]
    note: str  # in French, as the Maison wrote it


@dataclass(frozen=True, slots=True)
class Receipt:
    """``reference`` is "" while the demand is stored and not understood yet: it is safe all the same."""

    reference: str
    due: str
    next_step: str
    qr: str
    place: Place | None


def receipt_of(draft: Draft) -> Receipt:
    """The receipt of a sent draft."""
    ticket = ticket_of(draft)
    step = _next_step(draft)
    if ticket is None:
        return Receipt("", "", step, "", None)
    if ticket.is_in_danger:
        step = _("Par prudence, aucun message automatique ne part. Gardez votre numéro.")
        return Receipt(ticket.reference, "", step, qr_of(links.follow_up_address()), None)
    due = french.day(ticket.due_at) if ticket.due_at else ""
    return Receipt(ticket.reference, due, step, qr_of(links.follow_up_address()), place_of(ticket))


def _next_step(draft: Draft) -> str:
    reach = draft.answers["contact"]
    if reach["moyen"] == Way.PHONE:
        return _("Nous vous répondons au %(phone)s.") % {"phone": phones.spoken(reach["numero"])}
    if reach["moyen"] == Way.MAIL:
        return _("Nous vous répondons à %(address)s.") % {"address": reach["email"]}
    if reach["moyen"] == Way.LETTER:
        return _("Nous vous répondons par courrier.")
    return _("Nous gardons la réponse pour vous. Donnez votre numéro de demande à l’accueil.")


def place_of(ticket: Ticket) -> Place | None:
    """The Maison in charge, unless knowing it says too much (threats: A03, S07)."""
    maison = ticket.maison
    if maison is None or ticket.is_sensitive:
        return None
    address = ", ".join(filter(None, [maison.address, maison.town]))
    return Place(maison.code, maison.name, address, opening.lines(maison), maison.opening_note)
