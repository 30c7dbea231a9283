"""The person's receipt: the number, the date of the answer, what comes next."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from channels_app.portal.forms.reach import ContactMethod
from channels_app.portal.models import Draft
from channels_app.portal.sending import is_own, ticket_of
from requests_app.lib import french, phones
from requests_app.lib.qr import qr_of
from requests_app.maisons import opening
from requests_app.outbox import pages
from requests_app.tickets.messages.identity import Identity, identity_of
from requests_app.tickets.messages.service_identity import reachable
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
    """``reference`` is "" while the request is stored and not parsed yet: it is safe all the same.

    It is "" too when ``is_repeat``: the same words came before, perhaps from somebody else.
    """

    reference: str
    received: str
    due: str
    next_step: str
    qr: str
    place: Place | None
    service: Identity  # where to write while no place may be named
    is_repeat: bool = False


def receipt_of(draft: Draft) -> Receipt:
    """Return the receipt of a sent draft."""
    ticket = ticket_of(draft)
    step, service = _next_step(draft), reachable(identity_of(None))
    is_repeat = ticket is not None and not is_own(draft, ticket)
    if ticket is None or is_repeat:
        received = french.day(draft.sent_at) if draft.sent_at else ""
        return Receipt("", received, "", step, "", None, service, is_repeat=is_repeat)
    received, qr = french.day(ticket.received_at), qr_of(pages.address_of(pages.BY_NUMBER))
    if ticket.is_in_danger:
        step = _("Par prudence, aucun message automatique ne part. Gardez votre numéro.")
        return Receipt(ticket.reference, received, "", step, qr, None, service)
    due = french.day(ticket.due_at) if ticket.due_at else ""
    return Receipt(ticket.reference, received, due, step, qr, place_of(ticket), service)


def _next_step(draft: Draft) -> str:
    reach = draft.answers["contact"]
    if reach["moyen"] == ContactMethod.PHONE:
        return _("Nous vous répondons au %(phone)s.") % {"phone": phones.format_national(reach["numero"])}
    if reach["moyen"] == ContactMethod.MAIL:
        return _("Nous vous répondons à %(address)s.") % {"address": reach["email"]}
    if reach["moyen"] == ContactMethod.LETTER:
        return _("Nous vous répondons par courrier.")
    return _("Nous gardons la réponse pour vous. Donnez votre numéro de demande à l’accueil.")


def place_of(ticket: Ticket) -> Place | None:
    """Return the Maison in charge, unless naming it would reveal too much (threats: A03, S07)."""
    maison = ticket.maison
    if maison is None or ticket.is_sensitive:
        return None
    address = ", ".join(filter(None, [maison.address, maison.town]))
    return Place(maison.code, maison.name, address, opening.describe_week(maison), maison.opening_note)
