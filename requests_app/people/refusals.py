"""« STOP » sent by a number: since when, and what to do, in words for agents (threats: S05)."""

from datetime import datetime

from django.db.models import Case, OuterRef, Subquery, When
from django.utils.translation import gettext as _

from requests_app.lib import french
from requests_app.people.models import ContactChoice, ContactPoint

REMINDER = ContactPoint.Use.REMINDER
# The same for a hand-written statement over contact points « c »: null unless the last choice was no.
STOPPED_AT = """(SELECT CASE WHEN s.is_allowed THEN NULL ELSE s.at END FROM people_contactchoice s
 WHERE s.kind = c.kind AND s.value = c.value AND s.use = 'reminder'
 ORDER BY s.at DESC, s.id DESC LIMIT 1)"""


def stopped_at() -> Subquery:
    """Build, for a queryset of contact points, since when reminders are refused there, or null."""
    said = ContactChoice.objects.filter(kind=OuterRef("kind"), value=OuterRef("value"), use=REMINDER)
    since = said.annotate(since=Case(When(is_allowed=False, then="at")))
    return Subquery(since.order_by("-at", "-pk").values("since")[:1])


def stopped_since(number: str) -> datetime | None:
    """Return the same for one number, whoever has it; one statement."""
    said = ContactChoice.objects.latest_at(ContactPoint.Kind.PHONE, number).filter(use=REMINDER).first()
    return said.at if said and not said.is_allowed else None


def describe(since: datetime) -> str:
    """Say what the number refuses, and how that ends."""
    words = _(
        "STOP depuis le %(day)s : plus de rappel par SMS. Pour les reprendre, la personne envoie START."
    )
    return words % {"day": french.moment(since)}


def warn_before_writing(since: datetime) -> str:
    """Say what to know before an agent's SMS leaves for that number."""
    words = _("STOP est venu de ce numéro le %(day)s : l’opérateur peut bloquer aussi une réponse par SMS.")
    return f"{words % {'day': french.moment(since)}} {_('Mieux vaut un appel ou un e-mail.')}"
