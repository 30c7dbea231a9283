"""The triage page and the ticket page, beside the statements they cannot do without.

bin/manage seed_demo --tickets 100000 --days 300 --seed 1
python -m tests.benchmarks.pages          (DATABASE_URL and DJANGO_SETTINGS_MODULE set)
"""

import os
from collections.abc import Iterator

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gru.settings.dev")

import django

django.setup()

from django.db import connection, transaction
from django.db.models import Count
from django.test import RequestFactory

from requests_app.accounts.models import User
from requests_app.tickets.models import Ticket, Touchpoint
from requests_app.www.backoffice.ticket import ticket_page as ticket_pages
from requests_app.www.backoffice.triage import triage_list as triage_pages
from tests.benchmarks.harness import Measure, measure

LIST = """SELECT id, reference, channel, sender, subject, excerpt, waiting_since FROM tickets_ticket
 WHERE state = 'to_sort' AND {place} ORDER BY waiting_since, id LIMIT 26"""
THREAD = """SELECT id, channel, occurred_at, sender, text, reply_text FROM tickets_touchpoint
 WHERE ticket_id = %s ORDER BY occurred_at DESC, id DESC LIMIT 21"""


def fetch(sql: str, *params: object) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()


def get(view, path: str, username: str, *args: object):
    """A view called as the server would, less sockets and middleware: content and templates."""

    def call():
        request = RequestFactory().get(path)
        request.user = User.objects.select_related(None).get(username=username)
        request.htmx = False
        request._messages = ()
        answer = view(request, *args)
        assert answer.status_code == 200, answer.status_code
        return answer.content

    return call


def busiest() -> Ticket:
    """A ticket with about twenty messages, made once."""
    made = Ticket.objects.annotate(n=Count("touchpoints")).filter(n__gte=20, maison__code="P84").first()
    return made or _grow(Ticket.objects.open().filter(maison__code="P84", is_sensitive=False).latest("pk"))


def _grow(ticket: Ticket) -> Ticket:
    first = ticket.touchpoints.earliest("pk")
    for _rank in range(24):
        first.pk = None
        first._state.adding = True
        first.save()
    return ticket


def measures() -> Iterator[Measure]:
    maison = User.objects.get(username="chloe").current_maison_id
    here, everywhere = LIST.format(place=f"maison_id = {maison}"), LIST.format(place="true")
    yield measure("triage, one Maison", get(triage_pages.triage, "/tri/", "chloe"), lambda: fetch(here))
    yield measure(
        "triage, whole territory", get(triage_pages.triage, "/tri/", "central"), lambda: fetch(everywhere)
    )
    for view in ("plus-de-5-jours", "en-attente", "motif-reserve", "a-transmettre"):
        path = f"/tri/?vue={view}"
        yield measure(f"triage, {view}", get(triage_pages.triage, path, "central"), lambda: fetch(everywhere))
    ticket = busiest()
    path = f"/demandes/{ticket.reference}/?vue=a-trier"
    page = get(ticket_pages.ticket, path, "chloe", ticket.reference)
    yield measure("ticket with 20 messages", page, lambda: fetch(THREAD, ticket.pk))
    path = f"/tri/{ticket.reference}/"
    page = get(triage_pages.preview, path, "chloe", ticket.reference)
    yield measure("triage with a preview", page, lambda: fetch(THREAD, ticket.pk))


if __name__ == "__main__":
    print(f"{Ticket.objects.count()} tickets, {Touchpoint.objects.count()} touchpoints")
    with transaction.atomic():
        for line in measures():
            print(line)
        transaction.set_rollback(True)
