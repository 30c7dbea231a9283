"""Log each search of persons; an agent may make a limited number per hour (threats: A05)."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _

from requests_app.access.models import PersonSearch
from requests_app.accounts.models import Membership, Role, User

Method = PersonSearch.Method
HOUR = timedelta(hours=1)
# Counted and written by one statement, so that a page pays one more whatever was typed.
WRITE = """
INSERT INTO access_personsearch (user_id, maison_id, at, way, found, was_refused)
SELECT %(user)s, %(maison)s, %(at)s, %(way)s, CASE WHEN made.n >= %(most)s THEN 0 ELSE %(found)s END,
       made.n >= %(most)s
  FROM (SELECT count(*) AS n FROM access_personsearch
         WHERE user_id = %(user)s AND at > %(since)s AND NOT was_refused) made
RETURNING was_refused
"""
NO_LIMIT = 2**31


def note_search(*, user: User, way: str, found: int, at: datetime) -> bool:
    """Log a search; False when it exceeds the hourly limit: nothing of it may be shown."""
    row = {
        "user": user.pk,
        "maison": user.current_maison_id,
        "at": at,
        "since": at - HOUR,
        "way": way,
        "found": found,
        "most": settings.PERSON_SEARCHES_PER_HOUR if settings.LIMITS_ON else NO_LIMIT,
    }
    with connection.cursor() as cursor:
        cursor.execute(WRITE, row)
        return not cursor.fetchone()[0]


def too_many(user: User) -> str:
    """Return what to do, and whom to call: the managers of where the agent works, else the authority."""
    managing = Membership.objects.filter(role=Role.MANAGER, maison=user.current_maison_id)
    managers = User.objects.present().filter(pk__in=managing.exclude(user=user).values("user")).order_by("pk")
    called = ", ".join(manager.full_name for manager in managers[:2]) or _("l’équipe centrale")
    said = _(
        "Vous avez cherché beaucoup de personnes en une heure. Attendez quelques minutes, ou appelez %(who)s."
    )
    return said % {"who": called}
