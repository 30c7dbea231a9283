"""Words looked for in all that was said, beside the one indexed statement that cannot be done without.

bin/manage seed_demo --tickets 100000 --days 300 --seed 1
python -m tests.benchmarks.search         (DATABASE_URL and DJANGO_SETTINGS_MODULE set)
"""

import os
from collections.abc import Iterator
from functools import partial

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gru.settings.dev")

import django

django.setup()

from django.db import transaction
from django.test import RequestFactory

from requests_app.accounts.models import User
from requests_app.tickets.models import Ticket, Touchpoint
from requests_app.www.backoffice.search import search_page as search_pages
from tests.benchmarks.harness import Measure, measure
from tests.benchmarks.pages import busiest, fetch

RARE = "zibeline"  # written once, in the same transaction: what has just arrived is found
HOLDING = """SELECT id, ticket_id FROM tickets_touchpoint
 WHERE search_words @@ websearch_to_tsquery('public.fr_gru', %s) ORDER BY id DESC LIMIT 26"""
NAMED = "SELECT id FROM people_person WHERE search_name LIKE %s LIMIT 8"


def asked(username: str, words: str):
    """The page that answers, less sockets and middleware."""

    def call():
        request = RequestFactory().post("/chercher/", {"q": words})
        request.user = User.objects.get(username=username)
        request.htmx = False
        request._messages = ()
        answer = search_pages.search(request)
        assert answer.status_code in {200, 302}, answer.status_code
        return answer.content

    return call


def said_once(ticket: Ticket) -> None:
    words = ticket.touchpoints.latest("pk")
    words.pk, words._state.adding = None, True
    words.text = words.reply_text = f"Je cherche mon manteau de {RARE}."
    words.save()


def measures() -> Iterator[Measure]:
    said_once(busiest())
    for username in ("chloe", "central"):
        for kind, words in (("rare", RARE), ("common", "bonjour"), ("two common", "bonjour rendez-vous")):
            name = f"{username}: {kind} word"
            yield measure(name, asked(username, words), partial(fetch, HOLDING, words))
        yield measure(f"{username}: unfinished", asked(username, "rend"), lambda: fetch(HOLDING, "rendez"))
        for kind, name in (("name", "martin"), ("name, a wrong letter", "benoli samira")):
            like = f"% {name[:3]}%"
            yield measure(f"{username}: {kind}", asked(username, name), partial(fetch, NAMED, like))
        yield measure(
            f"{username}: telephone", asked(username, "06 39 98 12 34"), lambda: fetch(NAMED, "% zz%")
        )


if __name__ == "__main__":
    print(f"{Ticket.objects.count()} tickets, {Touchpoint.objects.count()} touchpoints")
    with transaction.atomic():
        for line in measures():
            print(line, flush=True)
        transaction.set_rollback(True)
