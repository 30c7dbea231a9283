"""A list of a hundred tickets and one ticket created, called in process with a key; beside what others cost.

bin/manage seed_demo --tickets 10000 --days 200 --seed 1
python -m tests.benchmarks.api            (DATABASE_URL and DJANGO_SETTINGS_MODULE set)
"""

import itertools
import json
import os
import time
from collections.abc import Callable, Iterator

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gru.settings.dev")

import django

django.setup()

from django.db import transaction
from django.test import RequestFactory
from django.urls import resolve
from django.utils import timezone

from channels_app.intake.services import process, store_unqueued
from requests_app.api_keys.services import create_key
from requests_app.maisons.models import Maison
from requests_app.tickets.models import Ticket
from tests.benchmarks.harness import Measure, measure
from tests.benchmarks.mail import HERE, WORDS, mail
from tests.benchmarks.pages import fetch

LIST = """SELECT id, reference, channel, state, subject, received_at FROM tickets_ticket
 WHERE {place} ORDER BY id DESC LIMIT 101"""
KNOWN = "samira.benali@exemple.fr"
_rank = itertools.count(time.time_ns())
Call = Callable[[], object]


def key_of(*scopes: str, maisons: list[Maison] | None = None) -> str:
    return create_key(name="Banc", scopes=scopes, maisons=maisons or [], by=None, at=timezone.now())[1]


def call(secret: str, path: str, body: Callable[[], bytes] | None = None, **headers: str) -> Call:
    """A resource called as the server would, less sockets and middleware."""
    view, _args, kwargs = resolve(path.partition("?")[0])
    headers = {"Authorization": f"Bearer {secret}", **headers}

    def run() -> object:
        made = RequestFactory(SERVER_NAME="localhost")
        if body is None:
            request = made.get(path, headers=headers)
        else:
            once = headers | {"Idempotency-Key": str(next(_rank))}
            request = made.post(path, body(), content_type="application/json", headers=once)
        answer = view(request, **kwargs)
        answer.render()
        assert answer.status_code in {200, 201}, answer.content
        return answer.content

    return run


def new_ticket() -> bytes:
    """As many words as the mail beside it, from the same person."""
    return json.dumps({"text": f"{next(_rank)} {WORDS}", "person": {"mails": [KNOWN]}}).encode()


def hear_mail() -> None:
    """A mail stored and understood, which nobody has sent before."""
    given = {"channel": "mail", "address": HERE, "raw": mail(), "source": "bench"}
    process(arrival_id=store_unqueued(**given, at=timezone.now()).arrival_id, at=timezone.now())


def measures() -> Iterator[Measure]:
    maison = Maison.objects.current().get(code="P84")
    everywhere = key_of("tickets:read", "sensitive:read")
    here = key_of("tickets:read", maisons=[maison])
    path = "/api/v1/tickets/?page_size=100"
    raw_here, raw = LIST.format(place=f"maison_id = {maison.pk}"), LIST.format(place="true")
    yield measure("list of 100 tickets, one Maison", call(here, path), lambda: fetch(raw_here))
    yield measure("list of 100 tickets, whole territory", call(everywhere, path), lambda: fetch(raw))
    chosen = f"{path}&fields=reference,state,maison"
    yield measure("the same, three members", call(everywhere, chosen), lambda: fetch(raw))
    writer = key_of("tickets:write")
    yield measure(
        "ticket created, beside a mail heard", call(writer, "/api/v1/tickets/", new_ticket), hear_mail
    )


def main() -> None:
    print(f"{Ticket.objects.count()} tickets")
    with transaction.atomic():
        for line in measures():
            print(line, flush=True)
        transaction.set_rollback(True)


if __name__ == "__main__":
    main()
