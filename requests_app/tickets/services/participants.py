"""Who else takes part in a ticket, and who of them receives our answers."""

from collections.abc import Iterable
from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from requests_app.access.scope import scope_of
from requests_app.accounts.models import User
from requests_app.lib import phones
from requests_app.lib.text import mail_address
from requests_app.tickets.errors import NotAllowed, Refused
from requests_app.tickets.models import Participant, Ticket

MOST = 20


def propose_copied(ticket: Ticket, copied: Iterable[tuple[str, str]], at: datetime) -> None:
    """Those in copy of a mail; they receive nothing until an agent says so."""
    rows = [
        Participant(
            ticket=ticket, address=address, name=name[:120], role=Participant.Role.COPIED, added_at=at
        )
        for address, name in copied
    ]
    Participant.objects.bulk_create(rows[:MOST], ignore_conflicts=True)


def propose_writer(ticket: Ticket, address: str, name: str, role: str, at: datetime) -> None:
    """Who wrote for another; an agent says for whom, and what they receive."""
    row = Participant(ticket=ticket, address=address[:254], name=name[:120], role=role, added_at=at)
    Participant.objects.bulk_create([row], ignore_conflicts=True)


@transaction.atomic
def add_participant(
    *, ticket: Ticket, address: str, name: str, role: str, may_receive: bool, by: User, at: datetime
) -> Participant:
    """Let somebody take part; one who is there already gets the new role."""
    _require(ticket, by)
    address = _normal(address)
    if ticket.participants.present().exclude(address=address).count() >= MOST:
        raise Refused(_("Vingt personnes au plus dans une demande."))
    fields = {
        "name": name.strip()[:120],
        "role": role,
        "may_receive": may_receive,
        "added_by": by,
        "removed_at": None,
    }
    found, _is_new = Participant.objects.update_or_create(
        ticket=ticket, address=address, defaults=fields, create_defaults={**fields, "added_at": at}
    )
    return found


@transaction.atomic
def allow_participant(*, participant: Participant, may_receive: bool, by: User, at: datetime) -> None:
    """Say whether somebody receives our answers; whoever was only proposed is confirmed by it."""
    _require(participant.ticket, by)
    changes: dict[str, object] = {"may_receive": may_receive}
    if participant.added_by_id is None:
        changes |= {"added_by": by, "added_at": at}
    Participant.objects.present().filter(pk=participant.pk).update(**changes)


@transaction.atomic
def remove_participant(*, participant: Participant, by: User, at: datetime) -> None:
    """Somebody no longer takes part: what they wrote stays, what they will write is a stranger’s."""
    _require(participant.ticket, by)
    Participant.objects.present().filter(pk=participant.pk).update(removed_at=at)


@transaction.atomic
def restore_participant(*, participant: Participant, by: User, at: datetime) -> None:
    """Somebody who was removed takes part again, as before."""
    _require(participant.ticket, by)
    if participant.ticket.participants.present().count() >= MOST:
        raise Refused(_("Vingt personnes au plus dans une demande."))
    Participant.objects.filter(pk=participant.pk).update(removed_at=None)


def _normal(address: str) -> str:
    """An e-mail in lower case, or a number (E.164)."""
    if number := "" if "@" in address else phones.e164(address):
        return number
    mail = mail_address(address)
    try:
        validate_email(mail)
    except ValidationError as error:
        words = _("Écrivez une adresse e-mail ou un numéro, par exemple nom@exemple.fr.")
        raise Refused(words) from error
    return mail


def _require(ticket: Ticket, by: User) -> None:
    if not scope_of(by).can_handle(ticket.maison_id, ticket.is_sensitive, ticket.shared_with):
        raise NotAllowed
