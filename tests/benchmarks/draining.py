"""Ten thousand mails of the outbox leave by two processes; beside the bare SMTP of the same bytes.

python -m tests.benchmarks.draining     (DATABASE_URL of a throwaway database, migrated)
"""

import multiprocessing
import os
import smtplib
import subprocess
import sys
import tempfile
import time
import urllib.request
from datetime import timedelta

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gru.settings.dev")

import django

django.setup()

from django.conf import settings
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from channels_app.delivery import services
from channels_app.mail.sending.writing import as_bytes, build_mail
from gru.launcher.ports import any_free
from requests_app.lib import seals
from requests_app.outbox.models import Outgoing

MAILS, WORKERS, MAX_SECONDS = 10_000, 2, 600
WORDS = "Bonjour,\n\nVotre message est bien arrivé. C’est la demande numéro LYN-7K4P2Q.\n" * 8


def fill(count: int) -> None:
    """Messages due now, as intake leaves them."""
    now = timezone.now()
    turn = time.time_ns()
    rows = (
        Outgoing(
            key=f"bench:{turn}:{rank}",
            kind="acknowledgment",
            channel="mail",
            recipient=f"a{rank}@exemple.fr",
            message_id=seals.new_message_id("LYN-7K4P2Q"),
            payload={
                "subject": "Votre demande LYN-7K4P2Q",
                "text": WORDS,
                "reply_to": "demande@demande.invalid",
            },
            created_at=now,
            try_after=now,
            give_up_at=now + timedelta(days=1),
        )
        for rank in range(count)
    )
    Outgoing.objects.bulk_create(rows, batch_size=1000)


def drain(url: str) -> None:
    settings.EMAIL_URL = url
    while services.sweep(at=timezone.now()):
        pass


def bare_smtp(port: int, count: int) -> float:
    """Mails a second of one line that only speaks SMTP."""
    row = Outgoing.objects.latest("pk")
    message = as_bytes(build_mail(row))
    start = time.perf_counter()
    with smtplib.SMTP("127.0.0.1", port) as line:
        for _turn in range(count):
            line.sendmail("a@demande.invalid", [row.recipient], message)
    return count / (time.perf_counter() - start)


def statements_of_one(url: str) -> int:
    settings.EMAIL_URL = url
    fill(1)
    with CaptureQueriesContext(connection) as seen:
        services.send(outgoing_id=Outgoing.objects.latest("pk").pk, at=timezone.now())
    return len(seen) - 1


def report(url: str, port: int) -> None:
    drain(url)
    print(f"one mail: {statements_of_one(url)} statements")
    print(f"bare SMTP, one line: {bare_smtp(port, 500):.0f} mails a second")
    fill(MAILS)
    connections.close_all()
    start = time.perf_counter()
    jobs = [multiprocessing.Process(target=drain, args=(url,)) for _ in range(WORKERS)]
    for job in jobs:
        job.start()
    for job in jobs:
        job.join(MAX_SECONDS)
    took, left = time.perf_counter() - start, Outgoing.objects.filter(state="queued").count()
    rate = (MAILS - left) / took
    print(f"{MAILS - left} mails by {WORKERS} processes: {took:.0f} s, {rate:.0f} a second, {left} left")


def main() -> None:
    smtp_port, port = any_free(), any_free()
    with tempfile.TemporaryDirectory() as folder:
        env = {**os.environ, "GRU_DATA_DIR": folder, "GRU_EMBEDDED": "1"}
        argv = [
            sys.executable,
            "manage.py",
            "post_office",
            "--smtp-port",
            str(smtp_port),
            "--port",
            str(port),
        ]
        office = subprocess.Popen(argv, env=env)
        try:
            _wait_for(port)
            report(f"smtp://127.0.0.1:{smtp_port}?ask=http://127.0.0.1:{port}/courriels/recu", smtp_port)
        finally:
            office.terminate()
            office.wait(15)


def _wait_for(port: int) -> None:
    for _turn in range(100):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/courriels.json", timeout=2)
        except OSError:
            time.sleep(0.1)
        else:
            return


if __name__ == "__main__":
    main()
