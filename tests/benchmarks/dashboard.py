"""The manager's page, its files and the list behind each number, beside the grouped statement of a report.

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
from requests_app.indicators.periods import CHOICES, period_of, previous_period
from requests_app.indicators.reading import read
from requests_app.indicators.rolling import roll
from requests_app.indicators.where import where_of
from requests_app.tickets.models import Ticket
from requests_app.www.backoffice.triage import triage_list
from requests_app.www.dashboards import views
from tests.benchmarks.harness import Measure, measure
from tests.benchmarks.pages import fetch, get

PAGE, RUNS = "/tableau-de-bord/", 20
WHO = ("david", "central")
REPORT = """SELECT state, maison_id, count(*) FROM tickets_ticket
 WHERE received_at > now() - interval '28 days' GROUP BY state, maison_id"""
LISTS = ("attente", "plus-de-5-jours", "a-confier", "a-placer")
DATED = ("recues", "repondues")


def raw() -> object:
    return fetch(REPORT)


def figures(username: str, code: str):
    """The statements and sums of a page, without its markup."""
    user, now = User.objects.get(username=username), timezone.now()
    choice = CHOICES[code]
    period = period_of(choice, timezone.localdate(now))
    where = where_of(scope_of(user), user.current_maison_id)
    return lambda: read(where, period, previous_period(period, choice), now=now)


def measures() -> Iterator[Measure]:
    for username in WHO:
        for code in ("semaine", "4-semaines", "12-semaines"):
            yield measure(f"figures, {username}, {code}", figures(username, code), raw, runs=RUNS)
    for username in WHO:
        for query in ("", "?sujet=rsa-demande", "?periode=12-semaines"):
            page = get(views.board, f"{PAGE}{query}", username)
            yield measure(f"page, {username}, {query or '4-semaines'}", page, raw, runs=RUNS)
    for form in ("csv", "xlsx"):
        file = get(views.export, f"{PAGE}export/{form}/", "central", form)
        yield measure(f"{form}, central, 4-semaines", file, raw, runs=RUNS)
    yield from _behind()


def _behind() -> Iterator[Measure]:
    """The list that each number leads to, counted whole."""
    period = period_of(CHOICES["4-semaines"], timezone.localdate())
    days = f"&tri=arrivee&du={period.first}&au={period.last}"
    for username in WHO:
        queries = [f"{view}&compte=exact" for view in LISTS if view != "a-placer" or username == "central"]
        queries += [f"{view}{days}{topic}" for view in DATED for topic in ("", "&sujet=rsa-demande")]
        for query in queries:
            page = get(triage_list.triage, f"/tri/?vue={query}&lieu=tous", username)
            yield measure(f"list, {username}, {query.replace(days, ' 4 w')}"[:44], page, raw, runs=RUNS)


def main() -> None:
    print(f"{Ticket.objects.count()} tickets")
    with transaction.atomic():
        roll(at=timezone.now())
        for line in measures():
            print(line, flush=True)
        transaction.set_rollback(True)


if __name__ == "__main__":
    main()
