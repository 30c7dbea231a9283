"""What no retry will mend is asked of an agent, on the ticket that the message belongs to (threats: O06)."""

from datetime import datetime

from django.utils.translation import gettext as _

from requests_app.channels.outbound import Outbound
from requests_app.channels.ways_out import outbound_of
from requests_app.lib import phones
from requests_app.outbox.models import Outgoing
from requests_app.people.models import ContactPoint
from requests_app.tickets.models import Task, Ticket
from requests_app.tickets.services.tasks import ask, drop


def check_contact(outgoing: Outgoing, why: str, at: datetime) -> None:
    """The address did not work: « à vérifier » with the person, and no proof of who she is any more."""
    if outgoing.contact_point_id:
        point = ContactPoint.objects.filter(pk=outgoing.contact_point_id)
        point.update(needs_check=True, verified_at=None)
    no_doubt(outgoing, at)
    if outgoing.kind == Outgoing.Kind.HANDOVER:
        _hand_over_by_hand(outgoing, why, at)
        return
    way_out = outbound_of(outgoing.channel) or Outbound
    _ask(Task.Kind.CHECK_CONTACT, str(way_out.refused), outgoing, why, at)


def check_doubt(outgoing: Outgoing, at: datetime) -> None:
    """Nobody knows whether it left."""
    words = _("Nous ne savons pas si le message à %(to)s est parti. Demandez à la personne si elle l’a.")
    _ask(Task.Kind.CHECK_SENDING, words, outgoing, "", at)


def no_doubt(outgoing: Outgoing, at: datetime) -> None:
    """We know now: nobody has to look."""
    drop(key=_sending_key(outgoing), at=at)


def check_failure(outgoing: Outgoing, why: str, at: datetime) -> None:
    """It never left, and it is not the address: somebody says it another way."""
    if outgoing.kind == Outgoing.Kind.HANDOVER:
        _hand_over_by_hand(outgoing, why, at)
        return
    words = _("Le message à %(to)s n’est pas parti : %(why)s. Prévenez la personne autrement.")
    _ask(Task.Kind.CHECK_SENDING, words, outgoing, why, at)


def call_meanwhile(outgoing: Outgoing, why: str, at: datetime) -> None:
    """A limit of ours keeps it back: somebody calls, who does not have to wait for it (threats: N09)."""
    words = _("Le message à %(to)s attend : %(why)s. Appelez la personne.")
    _ask(Task.Kind.CALL, words, outgoing, why, at)


def _hand_over_by_hand(outgoing: Outgoing, why: str, at: datetime) -> None:
    """The body did not get the request: an agent gives it another way, and tells the person so."""
    words = _("%(to)s n’a pas reçu la demande : %(why)s. Transmettez-la autrement.")
    _ask(Task.Kind.TRANSFER, words, outgoing, why, at)


def _sending_key(outgoing: Outgoing) -> str:
    return f"sending:{outgoing.pk}"


def _ask(kind: str, words: str, outgoing: Outgoing, why: str, at: datetime) -> None:
    ticket = Ticket.objects.filter(touchpoints__outgoing=outgoing).first()
    if ticket is None:
        return
    said = {"to": phones.format_national(outgoing.recipient), "why": why.strip().rstrip(".")[:150]}
    is_contact = kind == Task.Kind.CHECK_CONTACT
    key = f"contact:{ticket.reference}:{outgoing.recipient}" if is_contact else _sending_key(outgoing)
    ask(ticket=ticket, kind=kind, text=words % said, key=key, at=at)
