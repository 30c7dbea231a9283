"""What an erasure asked by a person can do: what goes, what stays, and why (threats: P05)."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from requests_app.appointments.models import Appointment
from requests_app.catalog.models import Topic
from requests_app.lib import french
from requests_app.lib.months import add_months, first_of_month
from requests_app.people.models import Person
from requests_app.privacy.contacts import last_contact_of, with_last_contact
from requests_app.privacy.dossiers import dossiers_of
from requests_app.privacy.errors import Refused
from requests_app.privacy.leaving import tickets_with_messages_to_leave
from requests_app.privacy.lines import line_of
from requests_app.privacy.models import DisposalLine, DisposalSchedule
from requests_app.privacy.persons import with_merged
from requests_app.tickets.models import Ticket

APPEAL_MONTHS = 12  # silence, the appeal to the service, its silence, the court
Fate = DisposalLine.Fate


@dataclass(frozen=True, slots=True)
class Dossier:
    """Tickets that end together; ``why_not`` is the reason that keeps them, "" when they can go."""

    tickets: tuple[Ticket, ...]
    why_not: str

    @property
    def references(self) -> list[str]:
        return [ticket.reference for ticket in self.tickets]


def preview(person: Person, *, at: datetime) -> list[Dossier]:
    """Each dossier of the person, with the reason that keeps it; the same statements for one as for ten."""
    family = with_merged(person.pk)
    theirs = Ticket.objects.filter(person__in=family)
    groups = dossiers_of(list(theirs.values_list("pk", flat=True)))
    every = {pk for group in groups for pk in group}
    rows = with_last_contact(Ticket.objects.filter(pk__in=every)).select_related("topic", "maison", "person")
    tickets, waiting, to_come = {row.pk: row for row in rows}, _waiting(every), _to_come(every, at)
    leaving = tickets_with_messages_to_leave(every)
    found = []
    for group in groups:
        dossier = tuple(tickets[pk] for pk in group)
        why = _why_not(dossier, family, waiting, at) or _why_wait(group, to_come, leaving)
        found.append(Dossier(dossier, why))
    return found


@transaction.atomic
def ask_erasure(*, person: Person, at: datetime) -> list[Dossier]:
    """Put what can go on the list that waits for a visa; returns every dossier, with what keeps it."""
    schedule = _schedule(at)  # locked first: who asks twice at once is listed once
    dossiers = preview(person, at=at)
    going = [dossier for dossier in dossiers if not dossier.why_not]
    if not going:
        raise Refused(_("Rien ne peut être effacé maintenant : chaque raison est écrite ici."))
    lines = [line_of(schedule, list(dossier.tickets)) for dossier in going]
    for line in lines:
        line.asked_at = at
    DisposalLine.objects.bulk_create(lines)
    return dossiers


def _schedule(at: datetime) -> DisposalSchedule:
    """The list of this month while it has no visa; else the next one. Locked: no visa is given meanwhile."""
    month = first_of_month(timezone.localdate(at))
    lists = DisposalSchedule.objects.select_for_update()
    schedule, _new = lists.get_or_create(month=month, defaults={"made_at": at})
    if schedule.visa_at is None:
        return schedule
    return lists.get_or_create(month=add_months(month, 1), defaults={"made_at": at})[0]


def _waiting(ids: set[int]) -> set[int]:
    lines = DisposalLine.objects.filter(ticket_ids__overlap=sorted(ids), fate=Fate.LISTED)
    return {pk for line in lines for pk in line.ticket_ids}


def _to_come(ids: set[int], at: datetime) -> dict[int, datetime]:
    """The last appointment to come of each ticket: an erasure takes no date from somebody who is expected."""
    rows = Appointment.objects.expected().filter(ticket__in=ids, ends_at__gt=at).order_by("starts_at")
    return dict(rows.values_list("ticket", "starts_at"))


def _why_wait(ids: list[int], to_come: dict[int, datetime], leaving: set[int]) -> str:
    """An appointment keeps its tickets until its day; a message, until it has left."""
    dates = [to_come[pk] for pk in ids if pk in to_come]
    if dates:
        day = french.day(timezone.localdate(max(dates)))
        return _("Un rendez-vous est prévu : elle est gardée jusqu’au %(day)s.") % {"day": day}
    return (
        _("Un message doit encore partir : elle est gardée jusque-là.") if leaving.intersection(ids) else ""
    )


def _why_not(tickets: tuple[Ticket, ...], family: set[int], waiting: set[int], at: datetime) -> str:
    """The first reason that keeps these tickets: our answer, the law, somebody else’s rights."""
    if any(ticket.is_open for ticket in tickets):
        return _("Elle n’est pas terminée : nous devons encore y répondre.")
    if waiting.intersection(ticket.pk for ticket in tickets):
        return _("Elle est déjà sur la liste des archives.")
    if any(ticket.person_id not in {*family, None} for ticket in tickets):
        return _("Elle est aussi celle d’une autre personne.")
    until = add_months(timezone.localdate(last_contact_of(list(tickets))), APPEAL_MONTHS)
    has_decision = any(ticket.topic and ticket.topic.regime != Topic.Regime.NONE for ticket in tickets)
    if has_decision and until > timezone.localdate(at):
        return _("Un recours reste possible : elle est gardée jusqu’au %(day)s.") % {"day": french.day(until)}
    return ""
