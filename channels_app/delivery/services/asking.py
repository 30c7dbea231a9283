"""What no retry will fix becomes a task for an agent, on the ticket of the message (threats: O06)."""

from datetime import datetime

from django.utils.translation import gettext as _

from requests_app.channels.outbound import Outbound
from requests_app.channels.ways_out import outbound_of
from requests_app.lib import phones
from requests_app.outbox.models import Outgoing
from requests_app.people.models import ContactPoint
from requests_app.tickets.models import Ticket, ToDo
from requests_app.tickets.todos import ask, drop


def check_contact(outgoing: Outgoing, why: str, at: datetime) -> None:
    """Ask to check an address that failed with the person; it no longer proves who they are."""
    if outgoing.contact_point_id:
        point = ContactPoint.objects.filter(pk=outgoing.contact_point_id)
        point.update(needs_check=True, verified_at=None)
    no_doubt(outgoing, at)
    if outgoing.kind == Outgoing.Kind.HANDOVER:
        _hand_over_by_hand(outgoing, why, at)
        return
    way_out = outbound_of(outgoing.channel) or Outbound
    _ask(ToDo.Kind.CHECK_CONTACT, str(way_out.refused), outgoing, why, at)


def check_doubt(outgoing: Outgoing, at: datetime) -> None:
    """Ask whether a message left, when nobody can tell."""
    words = _("Nous ne savons pas si le message à %(to)s est parti. Demandez à la personne si elle l’a.")
    _ask(ToDo.Kind.CHECK_SENDING, words, outgoing, "", at)


def no_doubt(outgoing: Outgoing, at: datetime) -> None:
    """Close that task: we know now whether it left."""
    drop(key=_sending_key(outgoing), at=at)


def check_failure(outgoing: Outgoing, why: str, at: datetime) -> None:
    """Ask an agent to tell the person by another channel: it never left, and the address is not to blame."""
    if outgoing.kind == Outgoing.Kind.HANDOVER:
        _hand_over_by_hand(outgoing, why, at)
        return
    words = _("Le message à %(to)s n’est pas parti : %(why)s. Prévenez la personne autrement.")
    _ask(ToDo.Kind.CHECK_SENDING, words, outgoing, why, at)


def call_meanwhile(outgoing: Outgoing, why: str, at: datetime) -> None:
    """Ask an agent to call rather than wait for a message that our limits hold back (threats: N09)."""
    words = _("Le message à %(to)s attend : %(why)s. Appelez la personne.")
    _ask(ToDo.Kind.CALL, words, outgoing, why, at)


def _hand_over_by_hand(outgoing: Outgoing, why: str, at: datetime) -> None:
    """Ask an agent to hand the request over another way, and to tell the person: the body did not get it."""
    words = _("%(to)s n’a pas reçu la demande : %(why)s. Transmettez-la autrement.")
    _ask(ToDo.Kind.TRANSFER, words, outgoing, why, at)


def _sending_key(outgoing: Outgoing) -> str:
    return f"sending:{outgoing.pk}"


def _ask(kind: str, words: str, outgoing: Outgoing, why: str, at: datetime) -> None:
    ticket = Ticket.objects.filter(touchpoints__outgoing=outgoing).first()
    if ticket is None:
        return
    said = {"to": phones.format_national(outgoing.recipient), "why": why.strip().rstrip(".")[:150]}
    is_contact = kind == ToDo.Kind.CHECK_CONTACT
    key = f"contact:{ticket.reference}:{outgoing.recipient}" if is_contact else _sending_key(outgoing)
    ask(ticket=ticket, kind=kind, text=words % said, key=key, at=at)
