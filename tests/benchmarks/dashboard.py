"""The manager's figures and page, beside the one grouped statement that a report cannot do without.

bin/manage seed_demo --tickets 100000 --days 300 --seed 1
python -m tests.benchmarks.dashboard      (DATABASE_URL and DJANGO_SETTINGS_MODULE set)
"""

import os
from collections.abc import Iterator

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gru.settings.dev")

import django

django.setup()

from django.db import transaction
from django.utils import timezone

from requests_app.access.scope import scope_of
from requests_app.accounts.models import User
from requests_app.indicators.periods import CHOICES, before, period_of
from requests_app.indicators.reading import read, where_of
from requests_app.tickets.models import Ticket
from requests_app.www.dashboards import views
from tests.benchmarks.harness import Measure, measure
from tests.benchmarks.pages import fetch, get

REPORT = """SELECT state, maison_id, count(*) FROM tickets_ticket
 WHERE received_at > now() - interval '28 days' GROUP BY state, maison_id"""


def figures(username: str, code: str):
    """The statements and sums of a page, without its markup."""
    user, now = User.objects.get(username=username), timezone.now()
    choice = CHOICES[code]
    period = period_of(choice, timezone.localdate(now))
    where = where_of(scope_of(user), user.current_maison_id)
    return lambda: read(where, period, before(period, choice), now=now)


def measures() -> Iterator[Measure]:
    for username in ("david", "central"):
        for code in ("semaine", "4-semaines", "12-semaines"):
            name = f"figures, {username}, {code}"
            yield measure(name, figures(username, code), lambda: fetch(REPORT))
    for username in ("david", "central"):
        page = get(views.board, "/tableau-de-bord/", username)
        yield measure(f"page, {username}, 4-semaines", page, lambda: fetch(REPORT))


if __name__ == "__main__":
    print(f"{Ticket.objects.count()} tickets")
    with transaction.atomic():
        for line in measures():
            print(line)
        transaction.set_rollback(True)
