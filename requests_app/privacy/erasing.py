"""What an erasure requested by a person can do: what goes, what stays, and why (threats: P05)."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from requests_app.accounts.models import User
from requests_app.appointments.models import Appointment
from requests_app.catalog.models import Topic
from requests_app.lib import french
from requests_app.lib.months import add_months, first_of_month
from requests_app.people.models import Person
from requests_app.privacy.contacts import annotate_last_contact, last_contact_of
from requests_app.privacy.dossiers import dossiers_of
from requests_app.privacy.errors import Refused
from requests_app.privacy.leaving import tickets_with_messages_to_leave
from requests_app.privacy.lines import line_of
from requests_app.privacy.models import DisposalLine, DisposalSchedule, ErasureAsked
from requests_app.privacy.persons import merged_records
from requests_app.tickets.models import Ticket, Touchpoint

APPEAL_MONTHS = 12  # our silence, the appeal to us, our silence again, the court
Fate, IN = DisposalLine.Fate, Touchpoint.Direction.IN


@dataclass(frozen=True, slots=True)
class Dossier:
    """Tickets that end together; ``why_not`` is why they stay, "" when they can go."""

    tickets: tuple[Ticket, ...]
    why_not: str

    @property
    def references(self) -> list[str]:
        return [ticket.reference for ticket in self.tickets]

    @property
    def received_at(self) -> datetime:
        return min(ticket.received_at for ticket in self.tickets)


def preview(person: Person, *, at: datetime) -> list[Dossier]:
    """List the person's dossiers, each with why it stays; the same statements for one as for ten."""
    family = merged_records(person.pk)
    theirs = Ticket.objects.filter(person__in=family)
    groups = dossiers_of(list(theirs.values_list("pk", flat=True)))
    every = {pk for group in groups for pk in group}
    rows = annotate_last_contact(Ticket.objects.filter(pk__in=every)).select_related(
        "topic", "maison", "person"
    )
    tickets, listed, to_come = (
        {row.pk: row for row in rows},
        _on_lists(every, at),
        _coming_appointments(every, at),
    )
    leaving = tickets_with_messages_to_leave(every)
    found = []
    for group in groups:
        dossier = tuple(tickets[pk] for pk in group)
        why = _why_not(dossier, family, listed, at) or _why_wait(group, to_come, leaving)
        found.append(Dossier(dossier, why))
    return found


@transaction.atomic
def ask_erasure(*, person: Person, at: datetime, by: User | None = None) -> list[Dossier]:
    """Add what can go to the list that waits for approval; the sweep checks the rest again.

    Return every dossier, with why it stays. Raises Refused when it changes nothing.
    """
    schedule = _schedule(at)  # locked first: two simultaneous requests make one list entry
    dossiers = preview(person, at=at)
    going = [dossier for dossier in dossiers if not dossier.why_not]
    known = ErasureAsked.objects.filter(person__in=merged_records(person.pk))
    if not dossiers or (not going and known.exists()):
        raise Refused(_("Rien ne peut être effacé maintenant : chaque raison est écrite ici."))
    known.exclude(person=person).delete()
    ErasureAsked.objects.update_or_create(person=person, defaults={"asked_at": at, "asked_by": by})
    _list(going, schedule, at)
    return dossiers


@transaction.atomic
def recheck_erasure(*, asked: ErasureAsked, at: datetime) -> int:
    """List what an erasure covers and nothing holds any more; return how many dossiers.

    Once nothing that it covers is left, the request ends. What the person wrote since needs a
    new request.
    """
    schedule = _schedule(at)
    covered = [each for each in preview(asked.person, at=at) if each.received_at <= asked.asked_at]
    if not covered:
        asked.delete()
        return 0
    ids = [ticket.pk for each in covered for ticket in each.tickets]
    words = Touchpoint.objects.filter(ticket__in=ids, direction=IN, recorded_at__gt=asked.asked_at)
    since = set(words.values_list("ticket", flat=True))
    free = [each for each in covered if not each.why_not]
    going = [each for each in free if not since.intersection(ticket.pk for ticket in each.tickets)]
    return _list(going, schedule, at)


@transaction.atomic
def withdraw_erasure(*, person: Person, at: datetime) -> None:
    """Withdraw a person's request: their lines leave the lists not approved yet."""
    _schedule(at)
    family = merged_records(person.pk)
    ids = list(Ticket.objects.filter(person__in=family).values_list("pk", flat=True))
    lines = DisposalLine.objects.filter(ticket_ids__overlap=ids, fate=Fate.LISTED, schedule__visa_at=None)
    lines.filter(asked_at__isnull=False).delete()
    if not ErasureAsked.objects.filter(person__in=family).delete()[0]:
        raise Refused(_("Aucun effacement n’est demandé."))


def _list(going: list[Dossier], schedule: DisposalSchedule, at: datetime) -> int:
    lines = [line_of(schedule, list(dossier.tickets)) for dossier in going]
    for line in lines:
        line.asked_at = at
    DisposalLine.objects.bulk_create(lines)
    return len(lines)


def _schedule(at: datetime) -> DisposalSchedule:
    """Return this month's list while not approved, else the next one, locked so that it stays so."""
    month = first_of_month(timezone.localdate(at))
    lists = DisposalSchedule.objects.select_for_update()
    schedule, _new = lists.get_or_create(month=month, defaults={"made_at": at})
    if schedule.visa_at is None:
        return schedule
    return lists.get_or_create(month=add_months(month, 1), defaults={"made_at": at})[0]


def _on_lists(ids: set[int], at: datetime) -> dict[int, str]:
    """Say what a list already decides on a ticket: awaiting approval, or kept for a while."""
    lines = DisposalLine.objects.filter(ticket_ids__overlap=sorted(ids)).select_related("schedule")
    today, said = timezone.localdate(at), dict[int, str]()
    for line in lines.filter(fate=Fate.LISTED):
        said |= dict.fromkeys(line.ticket_ids, _why_listed(line, today))
    for line in lines.filter(fate=Fate.REFUSED, keep_until__gt=today):
        said |= dict.fromkeys(line.ticket_ids, _why_retained(line))
    return said


def _why_listed(line: DisposalLine, today: date) -> str:
    words = _("Elle est déjà sur la liste des archives.")
    if line.schedule.month <= today:
        return words
    day = french.day(line.schedule.month)
    return words + " " + _("Leur visa se donne à partir du %(day)s.") % {"day": day}


def _why_retained(line: DisposalLine) -> str:
    day = french.day(line.keep_until) if line.keep_until else ""
    return _("Les archives la gardent jusqu’au %(day)s.") % {"day": day}


def _coming_appointments(ids: set[int], at: datetime) -> dict[int, datetime]:
    """Return each ticket's last appointment to come: an erasure cancels no appointment."""
    rows = Appointment.objects.expected().filter(ticket__in=ids, ends_at__gt=at).order_by("starts_at")
    return dict(rows.values_list("ticket", "starts_at"))


def _why_wait(ids: list[int], to_come: dict[int, datetime], leaving: set[int]) -> str:
    """Say why they wait: an appointment to come, or a message that has not left."""
    dates = [to_come[pk] for pk in ids if pk in to_come]
    if dates:
        day = french.day(timezone.localdate(max(dates)))
        return _("Un rendez-vous est prévu : elle est gardée jusqu’au %(day)s.") % {"day": day}
    return (
        _("Un message doit encore partir : elle est gardée jusque-là.") if leaving.intersection(ids) else ""
    )


def _why_not(tickets: tuple[Ticket, ...], family: set[int], listed: dict[int, str], at: datetime) -> str:
    """Return the first reason to keep these tickets: our answer, the law, somebody else's rights."""
    if any(ticket.is_open for ticket in tickets):
        return _("Elle n’est pas terminée : nous devons encore y répondre.")
    if said := next((listed[ticket.pk] for ticket in tickets if ticket.pk in listed), ""):
        return said
    if any(ticket.person_id not in {*family, None} for ticket in tickets):
        return _("Elle est aussi celle d’une autre personne.")
    until = add_months(timezone.localdate(last_contact_of(list(tickets))), APPEAL_MONTHS)
    has_decision = any(ticket.topic and ticket.topic.regime != Topic.Regime.NONE for ticket in tickets)
    if has_decision and until > timezone.localdate(at):
        return _("Un recours reste possible : elle est gardée jusqu’au %(day)s.") % {"day": french.day(until)}
    return ""
