"""Ten times the usual peak for ten minutes, while agents read (threats: F07).

Ten inputs a second, six mails and four SMS, 6 000 in all; `GRU_FAULT_BURST_S` makes it shorter.
"""

import json
import os
import smtplib
import threading
import time
from concurrent.futures import Future, ThreadPoolExecutor

from tests.benchmarks.served import Agent
from tests.faults.running import wait_for
from tests.faults.test_sms_door import write

SECONDS = int(os.environ.get("GRU_FAULT_BURST_S", "600"))
MAILS, SMS = 6, 4  # a second
ANSWERED_WITHIN_S, READ_WITHIN_S, HEARD_WITHIN_S = 1, 2, 15 * 60
WORDS = "Bonjour, ma facture est trop haute. " * 20
RAW = f"From: <b%d@exemple.fr>\r\nMessage-ID: <b%d@exemple.fr>\r\nSubject: Facture\r\n\r\n{WORDS}\r\n"
KEPT = (
    "from requests_app.tickets.models import Touchpoint as T; import json; "
    "said = lambda kind: T.objects.filter(channel=kind, direction='in').values('sender').distinct().count(); "
    "print(json.dumps([said('mail'), said('sms'), T.objects.filter(direction='in').count()]))"
)


class Burst:
    """Inputs sent at their time, whatever the answers before; seconds that each took, by kind."""

    def __init__(self, product) -> None:
        self.product, self.lock = product, threading.Lock()
        self.took: dict[str, list[float]] = {"mail": [], "sms": [], "page": []}

    def timed(self, kind, call):
        start = time.monotonic()
        call()
        with self.lock:
            self.took[kind].append(time.monotonic() - start)

    def mail(self, rank):
        with smtplib.LMTP("127.0.0.1", self.product.mail_port) as line:
            raw = (RAW % (rank, rank)).encode()
            self.timed("mail", lambda: line.sendmail(f"b{rank}@exemple.fr", ["accueil@demande.invalid"], raw))

    def sms(self, rank):
        def call():
            assert write(self.product, f"+3363{rank:07d}") == [200]

        self.timed("sms", call)

    def run(self):
        start = time.monotonic()
        with ThreadPoolExecutor(40) as senders:
            sent: list[Future] = []
            for second in range(SECONDS):
                time.sleep(max(0, start + second - time.monotonic()))
                sent += [senders.submit(self.mail, second * MAILS + turn) for turn in range(MAILS)]
                sent += [senders.submit(self.sms, second * SMS + turn) for turn in range(SMS)]
            for each in sent:
                each.result()

    def read(self, agent, done):
        while not done.is_set():
            self.timed("page", lambda: agent.ask("GET", "/tri/"))
            done.wait(0.5)

    def p95(self, kind):
        return sorted(self.took[kind])[-max(1, len(self.took[kind]) // 20)]


def test_F07_ten_times_the_peak_loses_nothing_and_stays_quick(product):
    burst, done = Burst(product), threading.Event()
    reader = threading.Thread(target=burst.read, args=(Agent(product.port, "central"), done))
    reader.start()
    try:
        burst.run()
    finally:
        done.set()
        reader.join()
    ended = time.monotonic()
    assert wait_for(lambda: _balance(product)["pending"] == 0, seconds=HEARD_WITHIN_S)
    backlog = time.monotonic() - ended
    mails, sms = SECONDS * MAILS, SECONDS * SMS
    print({kind: f"{burst.p95(kind) * 1000:.0f} ms" for kind in burst.took}, f"backlog {backlog:.0f} s")
    assert _balance(product)["gap"] == 0
    assert json.loads(product.shell(KEPT)) == [mails, sms, mails + sms]
    assert max(burst.p95("mail"), burst.p95("sms")) < ANSWERED_WITHIN_S
    assert burst.p95("page") < READ_WITHIN_S


def _balance(product):
    return json.loads(product.manage("reconcile").stdout)
