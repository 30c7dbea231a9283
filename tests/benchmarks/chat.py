"""The chat on a busy day: 300 conversations open on telephones, 30 agents on « Conversations », all polling.

python -m tests.benchmarks.chat           (or by `bin/manage shell`, as README.md says)
Whole requests, middleware included, in this process; the rows are really committed. A page asks every three
seconds: 330 pages are 110 polls a second, nearly all of them answered 304.
"""

import itertools
import os
import time
from collections.abc import Callable, Iterator
from statistics import quantiles
from uuid import uuid4

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gru.settings.dev")

import django

django.setup()

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from requests_app.accounts.models import Membership, Role, User
from requests_app.maisons.models import Maison
from requests_app.tickets.models import Ticket

THREADS, AGENTS, ROUNDS = 300, 30, 3
JSON = {"Accept": "application/json"}
FIRST = "Bonjour, où en est mon dossier de logement ?"


class Page:
    """An open page that asks for what is new, as its script does."""

    def __init__(self, client: Client, asked: str) -> None:
        self.client, self.asked, self.after, self.etag = client, asked, 0, ""

    def poll(self) -> int:
        headers = {**JSON, **({"If-None-Match": self.etag} if self.etag else {})}
        answer = self.client.get(f"{self.asked}?after={self.after}", headers=headers)
        assert answer.status_code in {200, 304}, (self.asked, answer.status_code)
        if answer.status_code == 200:
            self.etag = answer.headers["ETag"]
            self.after = max([self.after, *(each["id"] for each in answer.json()["messages"])])
        return answer.status_code


class Person(Page):
    """Somebody who has written a first line."""

    def __init__(self) -> None:
        client = Client()
        answer = client.post("/chat/", {"text": FIRST, "client_id": str(uuid4())})
        assert answer.status_code == 303, answer.status_code
        self.path = answer.headers["Location"]
        super().__init__(client, f"{self.path}messages/")

    def write(self, rank: int) -> None:
        answer = self.client.post(self.path, {"text": f"La ligne {rank}.", "client_id": str(uuid4())})
        assert answer.status_code == 303, answer.status_code


def agents() -> Iterator[Page]:
    """As many case handlers as there are, each of one Maison, all of the Maisons that have conversations."""
    maisons = list(Maison.objects.filter(closed_on=None).order_by("pk")[:AGENTS])
    for rank, maison in zip(range(AGENTS), itertools.cycle(maisons), strict=False):
        user = User.objects.create_user(f"tchat-{uuid4().hex[:12]}", f"{uuid4()}", current_maison=maison)
        Membership.objects.create(user=user, role=Role.CASE_HANDLER, maison=maison)
        Ticket.objects.filter(pk__in=_share(rank)).update(maison=maison)
        client = Client()
        client.force_login(user)
        yield Page(client, "/conversations/lignes/")


def _share(rank: int) -> list[int]:
    """The tickets of the newest conversations that fall to this agent's Maison."""
    newest = list(
        Ticket.objects.filter(channel="chat").order_by("-pk").values_list("pk", flat=True)[:THREADS]
    )
    return newest[rank::AGENTS]


def timed(name: str, jobs: list[Callable[[], object]], wanted: object = None) -> None:
    """Run each once, and print what it took; the statements are those of the last."""
    taken, cpu = [], time.process_time()
    for job in jobs:
        begun = time.perf_counter()
        given = job()
        taken.append((time.perf_counter() - begun) * 1000)
        assert wanted in {None, given}, (name, given)
    spent = (time.process_time() - cpu) * 1000 / len(jobs)
    points = quantiles(taken, n=20)
    print(f"{name:<44} p50 {points[9]:6.1f} ms, p95 {points[18]:6.1f} ms   cpu {spent:4.1f} ms", flush=True)


def statements(job: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as seen:
        job()
    return len(seen)


def main() -> None:
    settings.LIMITS_ON, settings.ALLOWED_HOSTS = False, ["*"]
    persons: list[Person] = []
    timed(f"first line ({THREADS})", [lambda: persons.append(Person())] * THREADS)
    desks = list(agents())
    pages: list[Page] = [*persons, *desks]
    for page in pages:  # the agents' pages make them present: what persons read changes once
        page.poll()
    for page in pages:
        page.poll()
    polls = [person.poll for person in persons]
    timed("a person's poll, nothing new", polls * ROUNDS, 304)
    timed("an agent's poll, nothing new", [desk.poll for desk in desks] * ROUNDS * 4, 304)
    timed("one more line", [lambda p=person: p.write(1) for person in persons])
    timed("a person's poll, one line added", polls, 200)
    timed("an agent's poll, lines added", [desk.poll for desk in desks], 200)
    print("statements of a poll:", statements(persons[0].poll), "person,", statements(desks[0].poll), "agent")


if __name__ == "__main__":
    main()
