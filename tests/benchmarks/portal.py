"""The citizen's pages, beside the statements they cannot do without.

bin/manage seed_demo --tickets 100000 --days 300 --seed 1
python -m tests.benchmarks.portal         (DATABASE_URL and DJANGO_SETTINGS_MODULE set)
"""

import os
import uuid
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gru.settings.dev")

import django

django.setup()

from django.conf import settings
from django.db import connection, transaction
from django.test import RequestFactory
from django.utils import timezone

from channels_app.intake.services import store_and_process
from channels_app.portal import drafts
from channels_app.portal.form_data import Filled
from channels_app.portal.views import review, tracking
from requests_app.outbox import links
from requests_app.outbox.models import Outgoing
from requests_app.tickets.models import Ticket, Touchpoint
from tests.benchmarks.harness import RUNS, WARM_UP, Measure, measure
from tests.benchmarks.pages import THREAD, busiest, fetch

KEEP = """INSERT INTO intake_arrival (channel, address, source, key, meaning, raw_sha256, size, received_at,
  state, reason, attempts, try_after, facts)
  VALUES ('portal', '', 'raw', %s, '', '', 1, now(), 'discarded', 'x', 0, now(), '{}')"""


def follow(ticket: Ticket):
    links.link_for("benchmark", "ticket", ticket.pk, timezone.now())
    secret = links.insert_links(links.PLACEHOLDER, Outgoing(key="benchmark")).rpartition("/")[2]

    def call():
        request = RequestFactory().get(f"/suivi/{secret}/")
        answer = tracking.track(request, secret)
        assert answer.status_code == 200, answer.status_code
        return answer.content

    return call


def submit():
    """Stored raw, understood, acknowledged."""
    sent = Filled(at=timezone.now(), topic_code="", text="Une facture", town="Bron", phone="+33639981234")
    store_and_process(
        channel="portal", raw=sent.to_raw(), source="form", key=str(uuid.uuid4()), at=timezone.now()
    )


ANSWERS: dict[str, dict[str, Any]] = {
    "sujet": {"sujet": "fsl-acces-maintien"},
    "message": {"texte": "Une facture"},
    "lieu": {"commune": "Bron", "adresse": ""},
    "contact": {"moyen": "tel", "numero": "", "usage": "", "message": "non", "partage": False, "eviter": ""},
    "vous": {"prenom": "Amina", "nom": "Benali", "besoins": [], "langue": ""},
}


def send_page() -> Callable[[], None]:
    """« Envoyer ma demande », pressed on the last page by somebody new, within the limits."""
    settings.LIMITS_ON = True
    ready = [_filled(rank) for rank in range(WARM_UP + RUNS + 1)]

    def call() -> None:
        request = RequestFactory().post("/demande/verifier/", REMOTE_ADDR=str(uuid.uuid4()))
        request.COOKIES[drafts.COOKIE] = ready.pop()
        request._dont_enforce_csrf_checks = True
        answer = review(request)
        assert answer.status_code == 302, answer.status_code

    return call


def _filled(rank: int) -> str:
    """The secret of a form whose questions are all answered."""
    draft, secret = drafts.open_draft(at=timezone.now() - timedelta(minutes=3))
    draft.answers = {**ANSWERS, "contact": {**ANSWERS["contact"], "numero": f"+336399{rank:05}"}}
    draft.save(update_fields=["answers"])
    return secret


def store() -> None:
    with connection.cursor() as cursor:
        cursor.execute(KEEP, [uuid.uuid4().hex])


def measures() -> Iterator[Measure]:
    ticket = busiest()
    yield measure("follow-up page, 20 messages", follow(ticket), lambda: fetch(THREAD, ticket.pk))
    yield measure("form sent by its page, somebody new", send_page(), store)
    yield measure("form submitted, understood, acknowledged", submit, store)


if __name__ == "__main__":
    print(f"{Ticket.objects.count()} tickets, {Touchpoint.objects.count()} touchpoints")
    with transaction.atomic():
        for line in measures():
            print(line)
        transaction.set_rollback(True)
