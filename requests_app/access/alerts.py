"""Readings that managers should look at: written once, shown to those they concern, acknowledged (A08)."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from requests_app.access.maison_scope import MaisonScope
from requests_app.access.models import ReadingAlert, ReadingNotice
from requests_app.access.review import MAX_SHOWN
from requests_app.accounts.models import Membership, Role, User
from requests_app.lib.weeks import WEEK

KEY = ("user_id", "kind", "day", "subject_kind", "subject_id")


@dataclass(frozen=True, slots=True)
class Alerted:
    """One alert as a manager reads it; ``must_look`` until they have acknowledged it."""

    alert: ReadingAlert
    seen_by: list[str]
    must_look: bool


@transaction.atomic
def raise_alerts(found: Collection[ReadingAlert]) -> int:
    """Write the new ones and notify the managers of their agents; return how many."""
    known = set(
        ReadingAlert.objects.filter(
            user__in={alert.user_id for alert in found}, day__in={alert.day for alert in found}
        ).values_list(*KEY)
    )
    asked = {tuple(getattr(alert, name) for name in KEY): alert for alert in found}
    new = [alert for key, alert in asked.items() if key not in known]
    ReadingAlert.objects.bulk_create(new, ignore_conflicts=True)
    written = ReadingAlert.objects.filter(notices=None, day__in={alert.day for alert in new})
    _tell(written.filter(user__in={alert.user_id for alert in new}))
    return len(new)


def _tell(alerts: Iterable[ReadingAlert]) -> None:
    """Notify managers of all the agent's Maisons and of the whole territory: never the agent themself."""
    rows = list(alerts)
    places = defaultdict[int, set[int]](set)
    agents = {alert.user_id for alert in rows}
    for user, maison in Membership.objects.filter(user__in=agents).values_list("user", "maison"):
        places[user].add(maison or 0)
    managing = Membership.objects.filter(role=Role.MANAGER, user__is_active=True)
    managers = list(managing.values_list("user", "maison").distinct())
    ReadingNotice.objects.bulk_create(
        (
            ReadingNotice(alert=alert, manager_id=manager)
            for alert in rows
            for manager in sorted(_managers_of(managers, places[alert.user_id]) - {alert.user_id})
        ),
        ignore_conflicts=True,
    )


def _managers_of(managers: Iterable[tuple[int, int | None]], places: set[int]) -> set[int]:
    return {manager for manager, maison in managers if maison is None or maison in places}


def alerts_of(week: date, *, reach: MaisonScope, manager: User) -> list[Alerted]:
    """Return those of seven days within the scope, the last first, never about the reader; two statements."""
    rows = ReadingAlert.objects.filter(_scope_q(reach), day__gte=week, day__lt=week + WEEK).exclude(
        user=manager
    )
    alerts = list(rows.select_related("user").order_by("-day", "user", "kind", "-pk")[:MAX_SHOWN])
    notices = defaultdict[int, list[ReadingNotice]](list)
    for notice in ReadingNotice.objects.filter(alert__in=alerts).select_related("manager").order_by("pk"):
        notices[notice.alert_id].append(notice)
    return [
        Alerted(
            alert,
            [notice.manager.full_name for notice in notices[alert.pk] if notice.seen_at],
            any(n.manager_id == manager.pk and n.seen_at is None for n in notices[alert.pk]),
        )
        for alert in alerts
    ]


def note_alerts_seen(*, manager: User, alert_ids: list[int], at: datetime) -> int:
    """Note that a manager has looked at these; those of others stay as they are."""
    notices = ReadingNotice.objects.filter(manager=manager, alert__in=alert_ids, seen_at=None)
    return notices.update(seen_at=at)


def days_to_look_at(manager: User) -> list[date]:
    """List the days of the alerts that this manager has not looked at."""
    waiting = ReadingNotice.objects.filter(manager=manager, seen_at=None)
    return list(waiting.values_list("alert__day", flat=True).distinct())


def _scope_q(reach: MaisonScope) -> Q:
    if reach.everywhere:
        return Q()
    return Q(user__in=Membership.objects.filter(maison__in=sorted(reach.maisons)).values("user"))
