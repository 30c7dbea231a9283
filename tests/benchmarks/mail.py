"""Mail accepted, understood, handed over by a process of its own; beside what cannot be done without.

python -m tests.benchmarks.mail     (DATABASE_URL of a throwaway database, migrated, with its territory)
The rows are really committed: the wait for the disk is what is measured.
"""

import hashlib
import itertools
import multiprocessing
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from statistics import median
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gru.settings.dev")
os.environ["GRU_LIMITS"] = "off"

import django

django.setup()

from django.db import connection, connections, transaction
from django.utils import timezone

from channels_app.intake import services
from channels_app.intake.models import Arrival
from channels_app.intake.services.storing import STORE
from channels_app.mail.tests.doors import HERE, MAIL_IN, ROOT, Talk, port_of
from requests_app.lib import seals
from requests_app.people.models import ContactPoint
from requests_app.people.services import NewPerson, create_person
from requests_app.tickets.models import Ticket
from tests.benchmarks.harness import Measure, measure

SENDERS, MAILS = 4, 300
KNOWN = "samira.benali@exemple.fr"
WORDS = "Bonjour, je souhaite un rendez-vous pour ma carte de transport. Merci. " * 40
RAW_TICKET = """INSERT INTO tickets_ticket (reference, channel, state, outcome, priority, proposed_words,
 is_sensitive, transfer_body, sender, subject, excerpt, files_count, received_at, waiting_since, version)
 VALUES (%s, 'mail', 'to_sort', '', 'normal', '[]', false, '', '', '', '', 0, now(), now(), 1) RETURNING id"""
RAW_TOUCHPOINT = """INSERT INTO tickets_touchpoint (ticket_id, channel, direction, occurred_at, recorded_at,
 sender, subject, text, reply_text, html, html_version, facts, remarks)
 VALUES (%s, 'mail', 'in', now(), now(), '', '', %s, %s, '', 0, '{}', '[]')"""
_rank = itertools.count(time.time_ns())


def mail(sender: str = KNOWN) -> bytes:
    """Three kilobytes that nobody has sent before."""
    number = next(_rank)
    lines = [f"From: Samira Benali <{sender}>", f"Subject: Question {number}", f"Message-ID: <{number}@x>"]
    return "\r\n".join([*lines, "", WORDS, ""]).encode()


def raw_store() -> None:
    """The one statement and its commit, without a door."""
    data = mail()
    sha = hashlib.sha256(data).hexdigest()
    values: dict[str, Any] = {"channel": "mail", "address": HERE, "source": "bench", "key": sha, "sha": sha}
    values |= {"raw": data, "size": len(data), "at": timezone.now(), "facts": "{}"}
    with connection.cursor() as cursor:
        cursor.execute(STORE, values)
        cursor.execute(
            "UPDATE intake_arrival SET state = 'discarded', reason = 'bench' WHERE key = %s", [sha]
        )


def raw_ticket() -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(RAW_TICKET, [f"B-{next(_rank) % 10**12}"])
        cursor.execute(RAW_TOUCHPOINT, [cursor.fetchone()[0], WORDS, WORDS])


RAW_REPLY = (
    """UPDATE tickets_ticket SET excerpt = %s, version = version + 1 WHERE reference = %s RETURNING id"""
)
RAW_LATEST = "SELECT id, subject FROM tickets_ticket WHERE state = 'to_sort' ORDER BY id DESC LIMIT 1"


def raw_reply(reference: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(RAW_REPLY, [WORDS[:200], reference])
        cursor.execute(RAW_TOUCHPOINT, [cursor.fetchone()[0], WORDS, WORDS])


def raw_all() -> None:
    raw_store()
    raw_ticket()


def until_visible(talk: Talk) -> Callable[[], object]:
    """Accepted by the door, understood, read by the statement of the triage list."""

    def job() -> None:
        assert talk.deliver(mail(), HERE)[0].startswith("250")
        services.process(arrival_id=Arrival.objects.pending().latest("pk").pk, at=timezone.now())
        with connection.cursor() as cursor:
            cursor.execute(RAW_LATEST)
            assert cursor.fetchone()

    return job


def a_ticket_of_hers() -> Ticket:
    services.process(arrival_id=kept(), at=timezone.now())
    return Ticket.objects.filter(person__contact_points__value=KNOWN).latest("pk")


def reply_one(reference: str) -> Callable[[], object]:
    """Understanding an answer that came back to its sealed address."""
    back = seals.reply_address(reference)
    waiting = iter([kept(back) for _ in range(60)])
    return lambda: services.process(arrival_id=next(waiting), at=timezone.now())


def hear_one() -> Callable[[], object]:
    """Understanding alone: the mail is kept beforehand."""
    waiting = iter([kept() for _ in range(60)])
    return lambda: services.process(arrival_id=next(waiting), at=timezone.now())


def kept(address: str = HERE) -> int:
    given = {"channel": "mail", "address": address, "raw": mail(), "source": "bench"}
    return services.store_unqueued(**given, at=timezone.now()).arrival_id


def hand_over(port: int) -> Callable[[], object]:
    def job() -> None:
        env = {**os.environ, "GRU_MAIL_PORT": str(port)}
        subprocess.run([MAIL_IN], input=mail(), env=env, check=True)

    return job


def smallest_python() -> None:
    subprocess.run(["/usr/bin/python3", "-I", "-S", "-c", "import sys, socket; sys.stdin.read()"], input=b"")


def send_many(port: int, answers: "multiprocessing.Queue[list[float]]") -> None:
    talk, spent = Talk(port, "LHLO bench"), []
    for turn in range(MAILS):
        raw = mail(f"samira{turn}@exemple.fr")
        start = time.perf_counter()
        assert talk.deliver(raw, HERE)[0].startswith("250")
        spent.append((time.perf_counter() - start) * 1000)
    answers.put(spent)


def hear_many(ids: list[int], answers: "multiprocessing.Queue[list[float]]") -> None:
    spent = []
    for arrival_id in ids:
        start = time.perf_counter()
        services.process(arrival_id=arrival_id, at=timezone.now())
        spent.append((time.perf_counter() - start) * 1000)
    answers.put(spent)


def together(name: str, work: Callable[..., None], shares: list[object]) -> str:
    """Several processes at once: how many a second, and how long each one took."""
    connections.close_all()
    answers: multiprocessing.Queue[list[float]] = multiprocessing.Queue()
    start = time.perf_counter()
    processes = [multiprocessing.Process(target=work, args=(share, answers)) for share in shares]
    for process in processes:
        process.start()
    spent = sorted(itertools.chain.from_iterable(answers.get() for _ in processes))
    rate, p95 = len(spent) / (time.perf_counter() - start), spent[-len(spent) // 20]
    return f"{name:<44} {rate:5.0f} a second, median {median(spent):6.2f} ms, p95 {p95:6.2f} ms"


def measures(port: int) -> Iterator[Measure | str]:
    talk = Talk(port, "LHLO bench")
    yield measure("accept, one sender", lambda: talk.deliver(mail(), HERE), raw_store)
    yield measure("understand, known sender", hear_one(), raw_ticket)
    yield measure("accept, understand, see", until_visible(talk), raw_all)
    reference = a_ticket_of_hers().reference
    words = f"answer finds its ticket among {Ticket.objects.count()}"
    yield measure(words, reply_one(reference), lambda: raw_reply(reference))
    yield measure("bin/mail-in, one process a mail", hand_over(port), smallest_python)
    yield together(f"accept, {SENDERS} senders", send_many, [port] * SENDERS)
    ids = list(Arrival.objects.pending().values_list("pk", flat=True))
    yield together("understand, 2 workers", hear_many, [ids[::2], ids[1::2]])


def memory(pid: int) -> str:
    with open(f"/proc/{pid}/smaps_rollup") as rollup:
        pss = next(int(line.split()[1]) for line in rollup if line.startswith("Pss:"))
    return f"{'memory of the door (PSS)':<44} {pss / 1024:.0f} MB"


def main() -> None:
    if not ContactPoint.objects.at("email", KNOWN).exists():
        create_person(new=NewPerson("Samira", "Benali", email=KNOWN), at=timezone.now())
    argv = [sys.executable, "manage.py", "mail_door", "--port", "0"]
    door = subprocess.Popen(argv, cwd=ROOT, stderr=subprocess.PIPE)
    try:
        port = port_of(door)
        print(memory(door.pid), "at rest")
        for line in measures(port):
            print(line, flush=True)
        print(memory(door.pid), "after load")
    finally:
        door.terminate()
        door.wait(15)


if __name__ == "__main__":
    main()
