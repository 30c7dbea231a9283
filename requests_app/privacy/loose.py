"""Rows without a ticket end too: set-aside messages, records without a ticket, old refusals."""

from datetime import date, datetime, timedelta

from django.utils import timezone

from requests_app.lib.holdings import LOOSE, Keys, Loose
from requests_app.lib.months import add_months
from requests_app.privacy.models import DisposalLine, DisposalSchedule
from requests_app.privacy.rules import rule_of

ROWS = 500  # of one line: what one transaction deletes
LINES = 40  # of one model in a month; the next list continues
Fate = DisposalLine.Fate


def loose_lines(schedule: DisposalSchedule, today: date) -> list[DisposalLine]:
    """Build unsaved lines for all that ended by the authority's own periods."""
    return [line for loose in LOOSE.values() for line in _lines_of(loose, schedule, today)]


def still_loose(line: DisposalLine) -> Keys:
    """Return those of its rows that no ticket has taken since."""
    before = timezone.make_aware(
        datetime.combine(line.last_contact_on + timedelta(days=1), datetime.min.time())
    )
    rows = LOOSE[line.model].rows(before).filter(pk__in=line.row_ids)
    return set(rows.values_list("pk", flat=True))


def _lines_of(loose: Loose, schedule: DisposalSchedule, today: date) -> list[DisposalLine]:
    rule = rule_of(None)
    limit = add_months(today, -rule.months) + timedelta(days=1)
    before = timezone.make_aware(datetime.combine(limit, datetime.min.time()))
    rows = loose.rows(before).exclude(pk__in=_listed_rows(loose.model, today)).order_by("pk")
    dated = list(rows.values_list("pk", loose.dated)[: ROWS * LINES])
    parts = [dated[start : start + ROWS] for start in range(0, len(dated), ROWS)]
    return [_line(loose, schedule, part) for part in parts]


def _listed_rows(model: str, today: date) -> list[int]:
    """Return rows already on a list, or that the archivist keeps for now."""
    lines = DisposalLine.objects.filter(model=model)
    taken = [*lines.filter(fate=Fate.LISTED), *lines.filter(fate=Fate.REFUSED, keep_until__gt=today)]
    return [pk for line in taken for pk in line.row_ids]


def _line(loose: Loose, schedule: DisposalSchedule, part: list[tuple[int, datetime]]) -> DisposalLine:
    days = [timezone.localdate(at) for _pk, at in part]
    rule = rule_of(None)
    return DisposalLine(
        schedule=schedule,
        model=loose.model,
        row_ids=[pk for pk, _at in part],
        topic_label=str(loose.label),
        received_on=min(days),
        last_contact_on=max(days),
        ends_on=rule.ends_on(max(days)),
        active_months=rule.active_months,
    )
