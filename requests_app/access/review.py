"""What managers review of a week: exceptions (who, when, where, why; A04), and excessive searches (A05)."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Min, Q
from django.utils import timezone

from requests_app.access.maison_scope import MaisonScope
from requests_app.access.models import BreakGlassGrant, GlassNotice, PersonSearch
from requests_app.accounts.models import Membership, User
from requests_app.lib.weeks import bounds_of, monday_of

MAX_SHOWN = 200


@dataclass(frozen=True, slots=True)
class Exceptional:
    """One exception; ``must_look`` until this manager has acknowledged it."""

    glass: BreakGlassGrant
    seen_by: list[str]
    must_look: bool


def exceptions_of(
    week: date, *, reach: MaisonScope, manager: User, at_most: int | None = MAX_SHOWN
) -> list[Exceptional]:
    """Return those of seven days, the last first; two statements. ``reach`` covers either side."""
    start, end = bounds_of(week)
    rows = BreakGlassGrant.objects.filter(_concerns(reach), at__gte=start, at__lt=end)
    joined = rows.select_related("user", "maison", "from_maison").order_by("-at", "-pk")
    glasses = list(joined[:at_most])
    notices: dict[int, list[GlassNotice]] = {}
    for notice in GlassNotice.objects.filter(glass__in=glasses).select_related("manager").order_by("pk"):
        notices.setdefault(notice.glass_id, []).append(notice)
    return [_exceptional(glass, notices.get(glass.pk, []), manager) for glass in glasses]


@dataclass(frozen=True, slots=True)
class ExcessiveSearch:
    """An agent who was refused searches of persons, how many, and when it began."""

    name: str
    place: str
    count: int
    since: datetime


def excessive_searches(week: date, *, reach: MaisonScope) -> list[ExcessiveSearch]:
    """Return who searched for too many persons in an hour, within the scope; one statement."""
    start, end = bounds_of(week)
    rows = PersonSearch.objects.filter(_reach_q(reach), was_refused=True, at__gte=start, at__lt=end)
    grouped = rows.values("user", "maison__label").annotate(count=Count("pk"), since=Min("at"))
    names = ("user__given_name", "user__family_name", "user__username")
    return [
        ExcessiveSearch(f"{given} {family}".strip() or username, place or "", count, since)
        for given, family, username, place, count, since in grouped.order_by("-count").values_list(
            *names, "maison__label", "count", "since"
        )[:MAX_SHOWN]
    ]


def weeks_to_review(manager: User) -> list[date]:
    """Return the Mondays of the weeks that hold something this manager has not seen, oldest first."""
    waiting = GlassNotice.objects.filter(manager=manager, seen_at=None).values_list("glass__at", flat=True)
    return sorted({monday_of(timezone.localdate(at)) for at in waiting})


def _reach_q(reach: MaisonScope) -> Q:
    """Filter searches made at a place within the scope, or by someone who works there."""
    if reach.everywhere:
        return Q()
    working = Membership.objects.filter(maison__in=sorted(reach.maisons)).values("user")
    return Q(maison__in=sorted(reach.maisons)) | Q(user__in=working)


def _concerns(reach: MaisonScope) -> Q:
    """Filter exceptions asked from, or into, a place within the scope; or by someone who works there."""
    if reach.everywhere:
        return Q()
    places = sorted(reach.maisons)
    working = Membership.objects.filter(maison__in=places).values("user")
    return Q(maison__in=places) | Q(from_maison__in=places) | Q(user__in=working)


def _exceptional(glass: BreakGlassGrant, notices: list[GlassNotice], manager: User) -> Exceptional:
    return Exceptional(
        glass=glass,
        seen_by=[notice.manager.full_name for notice in notices if notice.seen_at],
        must_look=any(notice.manager_id == manager.pk and notice.seen_at is None for notice in notices),
    )
