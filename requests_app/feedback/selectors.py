"""Read the field feedback of a week, an agent's own, and what was done about it."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Max, Q

from requests_app.access.maison_scope import MaisonScope
from requests_app.access.scope import scope_of
from requests_app.accounts.models import User
from requests_app.feedback.models import FieldFeedback
from requests_app.feedback.models.field import FieldFeedbackQuerySet
from requests_app.lib.few_people import FEW, join_few
from requests_app.lib.weeks import bounds_of

MAX_SHOWN = 200


@dataclass(frozen=True, slots=True)
class KindCount:
    """``n`` is None while it could tell who wrote (threats: P06)."""

    kind: str
    label: str
    n: int | None


@dataclass(frozen=True, slots=True)
class WeekCounts:
    """``total`` is None while fewer than five agents wrote that week."""

    kinds: list[KindCount]
    total: int | None


@dataclass(frozen=True, slots=True)
class Improvement:
    """What agents said, in public words, and what was done; ``place`` "": the whole territory."""

    done_at: datetime
    place: str
    said: str
    done: str


def places_of(user: User) -> MaisonScope:
    """Return whose board they read: where they list tickets; administrators everywhere."""
    scope = scope_of(user)
    return MaisonScope(everywhere=True) if scope.can_manage_agents else scope.listed_places


def feedback_of_week(monday: date, *, places: MaisonScope) -> FieldFeedbackQuerySet:
    """Return what was said from a Monday to the Sunday after it, the last first."""
    since, until = bounds_of(monday)
    rows = FieldFeedback.objects.standing().at(places).with_names()
    return rows.filter(said_at__gte=since, said_at__lt=until).order_by("-said_at", "-pk")


def feedback_of(author: User) -> FieldFeedbackQuerySet:
    """Return an agent's own feedback with what became of each, the last first."""
    rows = FieldFeedback.objects.standing().with_names().filter(author=author)
    return rows.prefetch_related("changes").order_by("-said_at", "-pk")


def published_at(maison_id: int, *, at_most: int = 3) -> FieldFeedbackQuerySet:
    """Return « vous avez dit, nous avons fait » of a Maison's public page, the last first."""
    rows = FieldFeedback.objects.standing().filter(maison=maison_id, is_public=True)
    return rows.order_by("-said_at", "-pk")[:at_most]


def list_improvements(*, since: datetime, until: datetime) -> Iterator[Improvement]:
    """List « vous avez dit, nous avons fait » of everywhere, done between two instants, the first first."""
    rows = FieldFeedback.objects.standing().filter(is_public=True)
    done = Max("changes__at", filter=Q(changes__state=FieldFeedback.State.DONE))
    within = rows.annotate(done_at=done).filter(done_at__gte=since, done_at__lt=until)
    columns = within.order_by("done_at", "pk").values_list(
        "done_at", "maison__label", "public_words", "answer"
    )
    return (Improvement(at, place or "", said, answer) for at, place, said, answer in columns)


def list_still_open(monday: date, *, places: MaisonScope, at_most: int = 20) -> FieldFeedbackQuerySet:
    """List what was said before a week and is neither done nor refused, the oldest first."""
    rows = FieldFeedback.objects.standing().at(places).with_names()
    closed = (FieldFeedback.State.DONE, FieldFeedback.State.NOT_NOW)
    earlier = rows.filter(said_at__lt=bounds_of(monday)[0]).exclude(state__in=closed)
    return earlier.exclude(kind=FieldFeedback.Kind.THANKS).order_by("said_at", "pk")[:at_most]


def done_lately(*, places: MaisonScope, now: datetime, at_most: int = 3) -> FieldFeedbackQuerySet:
    """Return what was done about the feedback of the last quarter, the last first."""
    rows = FieldFeedback.objects.standing().at(places).with_names()
    done = rows.filter(state=FieldFeedback.State.DONE, said_at__gte=now - timedelta(days=91)).exclude(
        answer=""
    )
    return done.order_by("-said_at", "-pk")[:at_most]


def count_by_kind(rows: Collection[FieldFeedback]) -> WeekCounts:
    """Count the rows of each kind, in the order of the kinds.

    A count is told when five agents wrote it, and five, or nobody, the kinds without one: a colleague who is
    alone to write is not found by it.
    """
    counted, authors = Counter(row.kind for row in rows), defaultdict[str, set[int]](set)
    for row in rows:
        authors[row.kind].add(row.author_id)
    told, _untold = join_few(authors)
    kinds = [
        KindCount(kind.value, str(kind.label), counted[kind.value] if kind.value in told else None)
        for kind in FieldFeedback.Kind
    ]
    has_many = len({row.author_id for row in rows}) >= FEW
    return WeekCounts(kinds, len(rows) if has_many else None)
