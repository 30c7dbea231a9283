"""What follows from choosing a person: the author stays in the ticket, an address may belong to two persons.

Each function returns its changes as plain values, which the event stores for the undo.
"""

from datetime import datetime
from typing import Any

from requests_app.accounts.models import User
from requests_app.lib import phones
from requests_app.people.models import ContactPoint, Person
from requests_app.people.services import points_at
from requests_app.people.services.choices import remove_refused
from requests_app.people.services.contacts import DEFAULT_USES
from requests_app.people.stored_rows import rebuilt, row_of
from requests_app.tickets.models import Participant, Ticket, Touchpoint

Values = dict[str, Any]
Kind = ContactPoint.Kind


def address_of_writer(ticket: Ticket) -> str:
    """Return where the first message came from: an e-mail or a number, "" when an agent noted it."""
    heard = ticket.touchpoints.filter(direction=Touchpoint.Direction.IN).exclude(sender="")
    sender = heard.order_by("occurred_at", "pk").values_list("sender", flat=True).first() or ""
    return sender if len(sender) <= 254 and kind_of(sender) else ""


def kind_of(address: str) -> str:
    """Return the contact kind of an address, or ""."""
    if "@" in address:
        return Kind.EMAIL
    return Kind.PHONE if phones.is_number(address) else ""


def save_writer(ticket: Ticket, role: str, by: User, at: datetime) -> Values:
    """Add the author as a participant: the former person, unless the address is not theirs."""
    former, address = ticket.person, address_of_writer(ticket)
    if former is None:
        return _save(ticket, role, address, ticket.sender, None, by, at)
    if address and not former.contact_points.filter(value=address).exists():
        return _save(ticket, role, address, "", None, by, at)
    return save_former(ticket, role, by, at)


def save_former(ticket: Ticket, role: str, by: User, at: datetime) -> Values:
    """Add the former person as a participant, at the address they wrote from or another of theirs."""
    former = ticket.person
    if former is None:
        return {}
    values = list(former.contact_points.order_by("kind", "pk").values_list("value", flat=True))
    wrote_from = address_of_writer(ticket)
    address = wrote_from if wrote_from in values else next(iter(values), "")
    return _save(ticket, role, address, former.full_name, former, by, at)


def _save(
    ticket: Ticket, role: str, address: str, name: str, person: Person | None, by: User, at: datetime
) -> Values:
    known = ticket.participants.filter(address=address).first()
    if known is None:
        made = Participant.objects.create(
            ticket=ticket,
            person=person,
            address=address,
            name=name[:120],
            role=role,
            added_at=at,
            added_by=by,
        )
        return {"made": made.pk, "left": row_of(made)}
    was = row_of(known)
    known.person, known.role, known.added_by, known.removed_at = person or known.person, role, by, None
    known.name = name[:120] if not address else known.name or name[:120]
    known.save(update_fields=["person", "role", "added_by", "removed_at", "name"])
    return {"was": was, "left": row_of(known)}


def restore_writer(saved: Values) -> None:
    """Restore the participants as before the choice, unless an agent said otherwise since."""
    was = saved.get("was")
    pk = was["id"] if was else saved.get("made", 0)
    row = Participant.objects.filter(pk=pk).first()
    if row is None or ("left" in saved and row_of(row) != saved["left"]):
        return
    if was:
        _again(was).save()
    else:
        row.delete()


def restore_participant_left(left: Values) -> None:
    """Restore the participant who became the person, unless somebody added that address since."""
    if not Participant.objects.filter(ticket=left["ticket_id"], address=left["address"]).exists():
        _again(left).save(force_insert=True)


def _again(row: Values) -> Participant:
    """Return the row as it was; a record deleted since is nobody's."""
    back = rebuilt(Participant, row)
    if back.person_id and not Person.objects.filter(pk=back.person_id).exists():
        back.person_id = None
    return back


def share_address(ticket: Ticket, person: Person, at: datetime) -> Values:
    """Add the address to the person who wrote; mark it shared when it was another's.

    An address that others have, and that did not identify the ticket's person, proves nothing (M09).
    """
    value = address_of_writer(ticket)
    known = points_at(kind_of(value), value) if value else []
    holders = {point.person_id for point in known}
    if not value or person.pk in holders or (holders and ticket.person_id not in holders):
        return {}
    alone = [point.pk for point in known if not point.is_shared]
    ContactPoint.objects.filter(pk__in=alone).update(is_shared=True)
    made = ContactPoint.objects.create(
        person=person,
        kind=kind_of(value),
        value=value,
        is_shared=bool(known),
        usable_for=remove_refused(kind_of(value), value, DEFAULT_USES),
        created_at=at,
    )
    return {"shared": alone, "made": made.pk, "holders": sorted(point.pk for point in known)}


def unshare_address(done: Values) -> None:
    """Restore the contacts as before the choice."""
    if made := done.get("made"):
        ContactPoint.objects.filter(pk=made).delete()
    alone = list(ContactPoint.objects.filter(pk__in=done.get("shared", [])))
    if alone and _holders(alone[0]) == done.get("holders", _holders(alone[0])):  # else others read it since
        ContactPoint.objects.filter(pk__in=[point.pk for point in alone]).update(is_shared=False)


def _holders(point: ContactPoint) -> list[int]:
    return sorted(each.pk for each in points_at(point.kind, point.value))


def delete_if_unused(person_id: int) -> None:
    """Delete a record that the choice created, unless something was written there since."""
    unused = Person.objects.filter(pk=person_id, tickets=None, changes=None, access_needs=None, merges=None)
    if not Person.objects.filter(merged_into=person_id).exists():
        unused.delete()
