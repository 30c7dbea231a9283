"""What has waited too long for us, longest first, with what blocks it: to be unblocked in three clicks."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from requests_app.indicators.where import Where
from requests_app.lib import french
from requests_app.tickets.models import State
from requests_app.tickets.models.tickets import LATE_AFTER
from requests_app.tickets.selectors.masking import topic_words
from requests_app.tickets.selectors.views import OURS

SHOWN = 5


@dataclass(frozen=True, slots=True)
class Stuck:
    """One ticket, masked as in lists."""

    reference: str
    waits: str
    why: str
    topic: str | Promise
    place: str


def stuck(where: Where, *, now: datetime) -> list[Stuck]:
    """Return the few that have waited longest."""
    late = where.tickets().filter(state__in=OURS, waiting_since__lt=now - LATE_AFTER)
    columns = (
        "reference",
        "waiting_since",
        "state",
        "assignee__given_name",
        "assignee__family_name",
        "tasks_count",
        "is_sensitive",
        "topic__label",
        "proposed_topic__label",
        "maison__label",
    )
    return [_stuck(row, now) for row in late.order_by("waiting_since", "pk").values_list(*columns)[:SHOWN]]


def _stuck(row: tuple, now: datetime) -> Stuck:
    reference, since, state, given, family, tasks, is_sensitive, topic, proposed, place = row
    return Stuck(
        reference=reference,
        waits=french.delay(now - since),
        why=_why(state, f"{given or ''} {family or ''}".strip(), tasks),
        topic=topic_words(topic, proposed, "", is_sensitive=is_sensitive),
        place=place or _("Lieu à choisir"),
    )


def _why(state: str, agent: str, tasks: int) -> str:
    if tasks:
        return _("Quelque chose reste à faire à la main")
    if state == State.TO_SORT:
        return _("Personne ne l’a triée")
    if not agent:
        return _("Personne ne la suit")
    return _("Suivie par %(agent)s") % {"agent": agent}
