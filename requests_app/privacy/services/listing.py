"""Make a month's list: every closed ticket whose time is over, in batches that survive a crash."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from requests_app.catalog.models import Topic
from requests_app.lib.months import add_months, first_of_month
from requests_app.privacy.contacts import annotate_last_contact
from requests_app.privacy.dossiers import dossiers_of
from requests_app.privacy.lines import line_of
from requests_app.privacy.loose import loose_lines
from requests_app.privacy.models import DisposalLine, DisposalSchedule
from requests_app.privacy.rules import rule_of
from requests_app.tickets.models import State, Ticket

TURN = 500  # tickets examined per transaction
TURNS = 40  # per pass of the scheduler
SHORTER_MONTH = timedelta(days=3)  # 31 January and a month is 28 February: the reverse needs them
Fate = DisposalLine.Fate


def list_month(*, at: datetime, turns: int = TURNS) -> int:
    """Begin this month's list, or continue it; return how many lines were added."""
    month = first_of_month(timezone.localdate(at))
    schedule, _new = DisposalSchedule.objects.get_or_create(month=month, defaults={"made_at": at})
    added = 0
    for _turn in range(turns):
        if schedule.listed_at:
            break
        added += _turn_of(schedule, at)
    return added


@transaction.atomic
def _turn_of(schedule: DisposalSchedule, at: datetime) -> int:
    """Examine the next tickets; the cursor moves in the transaction of their lines."""
    schedule.refresh_from_db(from_queryset=DisposalSchedule.objects.select_for_update())
    if schedule.listed_at:
        return 0
    today = timezone.localdate(at)
    ids = list(_candidates(schedule, today).order_by("pk").values_list("pk", flat=True)[:TURN])
    lines = _lines(schedule, ids, today) if ids else []
    is_last = len(ids) < TURN
    lines += loose_lines(schedule, today) if is_last else []
    DisposalLine.objects.bulk_create(lines)
    schedule.cursor = ids[-1] if ids else schedule.cursor
    schedule.listed_at = at if is_last else None
    schedule.save(update_fields=["cursor", "listed_at"])
    return len(lines)


def _candidates(schedule: DisposalSchedule, today: date) -> QuerySet[Ticket]:
    """Select those closed before this month, old enough for the shortest rule; the exact day comes after."""
    oldest = timezone.make_aware(datetime.combine(schedule.month, datetime.min.time()))
    shortest = min(rule.months for rule in (rule_of(None), *map(rule_of, Topic.objects.all())))
    limit = add_months(today, -shortest) + SHORTER_MONTH
    received = timezone.make_aware(datetime.combine(limit, datetime.max.time()))
    closed = Ticket.objects.filter(state=State.CLOSED, closed_at__lt=oldest, received_at__lte=received)
    return closed.filter(pk__gt=schedule.cursor)


def _lines(schedule: DisposalSchedule, ids: list[int], today: date) -> list[DisposalLine]:
    """Build the dossiers of these tickets that end, less those listed already or kept until later."""
    groups = dossiers_of(ids)
    every = {pk for group in groups for pk in group}
    rows = annotate_last_contact(Ticket.objects.filter(pk__in=every)).select_related("topic", "maison")
    tickets, taken = {row.pk: row for row in rows}, _listed_tickets(every, today)
    lines = []
    for group in groups:
        if not taken.intersection(group):
            line = line_of(schedule, [tickets[pk] for pk in group])
            is_over = line.ends_on <= today and not any(tickets[pk].is_open for pk in group)
            lines += [line] if is_over else []
    return lines


def _listed_tickets(ids: Iterable[int], today: date) -> set[int]:
    """Return tickets already on a list, or that the archivist keeps for now."""
    lines = DisposalLine.objects.filter(ticket_ids__overlap=sorted(ids))
    waiting = lines.filter(fate=Fate.LISTED)
    kept = lines.filter(fate=Fate.REFUSED, keep_until__gt=today)
    return {pk for line in (*waiting, *kept) for pk in line.ticket_ids}
