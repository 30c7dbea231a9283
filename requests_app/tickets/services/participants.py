"""Who else takes part in a ticket, and which of them receive our answers."""

from collections.abc import Iterable
from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from requests_app.accounts.models import User
from requests_app.lib import phones
from requests_app.lib.text import mail_address
from requests_app.tickets.errors import Refused
from requests_app.tickets.inbound import InboundMessage
from requests_app.tickets.models import Participant, Ticket
from requests_app.tickets.models.participants import ParticipantQuerySet
from requests_app.tickets.selectors.family import family_of, survivor_of
from requests_app.tickets.services.follow_up import close_to_removed, reopen_to_removed
from requests_app.tickets.services.moves import require_handler, require_handler_here

MAX_ROWS = 20
MAX_PROPOSED = 50  # per ticket, whoever writes to how many: an agent reads them all


def propose_copied(ticket: Ticket, copied: Iterable[tuple[str, str]], at: datetime) -> None:
    """Propose those in copy of a mail; they receive nothing until an agent says so."""
    room = MAX_PROPOSED - ticket.participants.filter(added_by=None).count()
    rows = [
        Participant(
            ticket=ticket, address=address, name=name[:120], role=Participant.Role.COPIED, added_at=at
        )
        for address, name in copied
    ]
    Participant.objects.bulk_create(rows[: max(0, min(MAX_ROWS, room))], ignore_conflicts=True)


def propose_writer(ticket: Ticket, address: str, name: str, role: str, at: datetime) -> None:
    """Propose whoever wrote, or came, for another; an agent says for whom, and what they receive."""
    row = Participant(ticket=ticket, address=address[:254], name=name[:120], role=role, added_at=at)
    Participant.objects.bulk_create([row], ignore_conflicts=True)


def propose_speaker(ticket: Ticket, said: InboundMessage, role: str, at: datetime) -> None:
    """Propose the sender in their role, when they write for another."""
    if role:
        propose_writer(ticket, said.sender_value, said.sender_name, role, at)


@transaction.atomic
def add_participant(
    *, ticket: Ticket, address: str, name: str, role: str, may_receive: bool, by: User, at: datetime
) -> Participant:
    """Add a participant; one already there gets the new role."""
    require_handler(ticket, by)
    address = _normal(address)
    _require_room(ticket, address)
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
    """Set whether a participant receives our answers; this confirms one who was only proposed."""
    require_handler_here(participant.ticket, by)
    changes: dict[str, object] = {"may_receive": may_receive}
    if participant.added_by_id is None:
        _require_room(participant.ticket, participant.address)
        changes |= {"added_by": by, "added_at": at}
    _same(participant).present().update(**changes)


@transaction.atomic
def remove_participant(*, participant: Participant, by: User, at: datetime) -> None:
    """Remove a participant: what they wrote stays; when they write again they are a stranger."""
    require_handler_here(participant.ticket, by)
    close_to_removed(_family(participant), participant.address, at)
    _same(participant).present().update(removed_at=at)


@transaction.atomic
def restore_participant(*, participant: Participant, by: User, at: datetime) -> None:
    """Restore a participant who was removed."""
    require_handler_here(participant.ticket, by)
    _require_room(participant.ticket, participant.address)
    if participant.removed_at:
        reopen_to_removed(_family(participant), participant.address, participant.removed_at)
    _same(participant).filter(removed_at=participant.removed_at).update(removed_at=None)


def _same(participant: Participant) -> ParticipantQuerySet:
    """Return them and the same address in tickets read as one: a decision holds for all."""
    if not participant.address:
        return Participant.objects.filter(pk=participant.pk)
    here = Participant.objects.filter(ticket__in=_family(participant), address=participant.address)
    return here | Participant.objects.filter(pk=participant.pk)


def _family(participant: Participant) -> list[int]:
    return family_of(survivor_of(participant.ticket))


def _require_room(ticket: Ticket, address: str) -> None:
    """Refuse when a ticket is full; proposed ones do not count, since strangers put them there."""
    confirmed = ticket.participants.present().exclude(added_by=None)
    if confirmed.exclude(address=address).count() >= MAX_ROWS:
        raise Refused(_("Vingt personnes au plus dans une demande."))


def _normal(address: str) -> str:
    """Normalise an e-mail (lower case) or a number (E.164)."""
    if number := "" if "@" in address else phones.e164(address):
        return number
    mail = mail_address(address)
    try:
        validate_email(mail)
    except ValidationError as error:
        words = _("Écrivez une adresse e-mail ou un numéro, par exemple nom@exemple.fr.")
        raise Refused(words) from error
    return mail
