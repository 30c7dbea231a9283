"""SMS taken in at the door, and ten thousand sent against the local telephone.

python -m tests.benchmarks.sms [COUNT]    (DATABASE_URL of a throwaway database, migrated, with its territory;
or by `bin/manage shell`, as README.md says)
The rows are really committed; the telephone is a server of its own process, so that both have a core.
"""

import multiprocessing
import os
import resource
import sys
import tempfile
import time
from pathlib import Path
from statistics import median, quantiles
from urllib.parse import urlencode

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gru.settings.dev")
os.environ["GRU_LIMITS"] = "off"

import django

django.setup()

from django.conf import settings
from django.db import connection, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from twilio.request_validator import RequestValidator

from channels_app.delivery import services as delivery
from channels_app.sms.provider.accounts import client_of
from gru.demo.post_office.shelf import Shelf
from gru.demo.post_office.smtp import Trouble
from gru.demo.post_office.web import serving
from gru.demo.telephone import Exchange, Subscriber, Telephone
from requests_app.outbox.models import Outgoing
from requests_app.outbox.services import Message, queue

SID, TOKEN, OURS, HERE = f"AC{'0' * 32}", "token", "+33937000000", "https://gru.exemple.fr"
DOOR = "/entree/sms/twilio/"
ACCEPTED, SENDERS = 500, 2


def telephone(port: "multiprocessing.Queue[int]", folder: str) -> None:
    """The exchange in a process of its own; it says nothing of what it was given."""
    place = Telephone(Exchange(Path(folder) / "texts.jsonl"), Subscriber(SID, TOKEN, OURS, HERE))
    place.troubles.set("silent", 10**9)
    web = serving(Shelf(Path(folder) / "mails.jsonl"), Trouble(), host="127.0.0.1", port=0, telephone=place)
    port.put(web.server_port)
    web.serve_forever()


def accept() -> list[float]:
    """Milliseconds of the whole request, signature and commit included."""
    client, validator, taken = Client(), RequestValidator(TOKEN), []
    for rank in range(ACCEPTED):
        fields = {"MessageSid": f"SM{time.time_ns()}", "From": f"+3363998{rank:04d}", "To": OURS}
        fields |= {"Body": "Bonjour, où en est ma demande ?", "NumMedia": "0", "NumSegments": "1"}
        signature = validator.compute_signature(HERE + DOOR, fields)
        begun = time.perf_counter()
        answer = client.post(
            DOOR,
            urlencode(fields),
            content_type="application/x-www-form-urlencoded",
            headers={"X-Twilio-Signature": signature},
        )
        taken.append((time.perf_counter() - begun) * 1000)
        assert answer.status_code == 200, answer.status_code
    return taken


def prepare(count: int) -> None:
    """As many SMS due now, each to another number."""
    now, run = timezone.now(), time.time_ns()
    for rank in range(count):
        number, text = f"+336{rank:08d}", f"Métropole de Lyon : votre demande {rank} est enregistrée."
        message = Message(
            f"bench:{run}:{rank}", "acknowledgment", "sms", number, f"b.{run}.{rank}", {"text": text}
        )
        queue(message, at=now)


def drain() -> None:
    """One sender: sweeps until nothing is due."""
    while delivery.sweep(at=timezone.now()):
        pass


def main(count: int = 10_000) -> None:
    """Measure and print; ``count`` SMS are sent."""
    settings.TWILIO_ACCOUNT_SID, settings.TWILIO_AUTH_TOKEN, settings.TWILIO_FROM = SID, TOKEN, OURS
    settings.PUBLIC_URL = HERE
    Outgoing.objects.filter(key__startswith="bench:").delete()  # of an earlier run
    accept()
    taken = accept()
    print(
        f"accepted: median {median(taken):.1f} ms, p95 {quantiles(taken, n=20)[-1]:.1f} ms ({ACCEPTED} calls)"
    )
    with tempfile.TemporaryDirectory() as folder:
        port: multiprocessing.Queue[int] = multiprocessing.Queue()
        connections.close_all()  # a child that ends would hang up the line it shares with us
        exchange = multiprocessing.Process(target=telephone, args=(port, folder), daemon=True)
        exchange.start()
        settings.TWILIO_API_BASE = f"http://127.0.0.1:{port.get()}"
        send(count, Path(folder))
        exchange.terminate()


def statements() -> list[str]:
    """What one SMS more costs in a sweep: that of eleven less that of one, shared by ten."""
    settings.LIMITS_ON = True  # the limits of production are part of it
    prepare(1)
    delivery.sweep(at=timezone.now())  # the first SMS of the day makes the row of its budget
    spent = []
    for many in (1, 11):
        prepare(many)
        with CaptureQueriesContext(connection) as captured:
            delivery.sweep(at=timezone.now())
        spent.append([each["sql"] for each in captured])
    settings.LIMITS_ON = False
    few, lot = spent
    one = (len(lot) - len(few)) // 10
    claims = "SET \"state\" = 'sending'"  # the fourth statement of each SMS
    taken = next(n for n, sql in enumerate(lot) if claims in sql)
    return [" ".join(sql.split())[:110] for sql in lot[taken - 3 : taken - 3 + one]]


def send(count: int, folder: Path) -> None:
    """Drain with two senders; the truth is the telephone's own list."""
    listed = statements()
    already = len((folder / "texts.jsonl").read_text().splitlines())
    print(f"statements for one SMS more: {len(listed)}", *listed, sep="\n  ")
    prepare(count)
    begun = time.perf_counter()
    connections.close_all()
    client_of.cache_clear()  # and its line to the provider
    senders = [multiprocessing.Process(target=drain) for _ in range(SENDERS)]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join()
    seconds = time.perf_counter() - begun
    lines = (folder / "texts.jsonl").read_text().splitlines()
    states = set(Outgoing.objects.filter(key__startswith="bench:").values_list("state", flat=True))
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    gone, pace = len(lines) - already, count / seconds
    print(f"sent: {gone} of {count} in {seconds:.0f} s, {pace:.0f} a second; {states}")
    print(f"peak memory of a sender: {peak} MB")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))
