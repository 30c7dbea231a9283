"""Read the field feedback of a week, an agent's own, and what was done about it."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from requests_app.access.maison_scope import MaisonScope
from requests_app.accounts.models import User
from requests_app.feedback.models import FieldFeedback
from requests_app.feedback.models.field import FieldFeedbackQuerySet
from requests_app.lib.weeks import bounds_of

MAX_SHOWN = 200


@dataclass(frozen=True, slots=True)
class KindCount:
    kind: str
    label: str
    n: int


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


def done_lately(*, places: MaisonScope, now: datetime, at_most: int = 3) -> FieldFeedbackQuerySet:
    """Return what was done about the feedback of the last quarter, the last first."""
    rows = FieldFeedback.objects.standing().at(places).with_names()
    done = rows.filter(state=FieldFeedback.State.DONE, said_at__gte=now - timedelta(days=91)).exclude(
        answer=""
    )
    return done.order_by("-said_at", "-pk")[:at_most]


def count_by_kind(rows: Iterable[FieldFeedback]) -> list[KindCount]:
    """Count the rows of each kind, in the order of the kinds, empty ones too."""
    counted = Counter(row.kind for row in rows)
    return [KindCount(kind.value, str(kind.label), counted[kind.value]) for kind in FieldFeedback.Kind]
