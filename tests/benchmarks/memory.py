"""Memory of a whole product (PSS: what is shared is shared out), at rest and after two thousand mails.

python -m tests.benchmarks.memory
"""

import multiprocessing
import smtplib
import tempfile
import time
from pathlib import Path

from tests.faults.running import Running, wait_for

MAILS, SENDERS, QUIET_S = 2_000, 4, 10
RAW = "From: Amina <a{n}@exemple.fr>\r\nMessage-ID: <{n}@bench>\r\nSubject: Question {n}\r\n\r\n{words}\r\n"
WORDS = "Bonjour, je souhaite un rendez-vous pour ma carte de transport. Merci. " * 40
PARTS = {
    "web": "gunicorn",
    "worker and scheduler": "celery",
    "mail door": "mail_door",
    "post office": "post_office",
    "PostgreSQL": "postgres",
    "Valkey": "valkey",
}


def pss_of(pid: int) -> float:
    """Megabytes."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


def measured(running: Running) -> dict[str, float]:
    found = dict.fromkeys([*PARTS, "launcher"], 0.0)
    found["launcher"] = pss_of(running.process.pid)
    for pid, line in running.descendants().items():
        part = next((part for part, word in PARTS.items() if word in line), "launcher")
        found[part] += pss_of(pid)
    return found


def send(port: int, ranks: range) -> None:
    with smtplib.LMTP("127.0.0.1", port) as line:
        for n in ranks:
            line.sendmail("", ["accueil@demande.invalid"], RAW.format(n=n, words=WORDS).encode())


def load(running: Running) -> float:
    """Seconds until every mail is understood."""
    start = time.perf_counter()
    ranges = [range(first, MAILS, SENDERS) for first in range(SENDERS)]
    jobs = [multiprocessing.Process(target=send, args=(running.mail_port, ranks)) for ranks in ranges]
    for job in jobs:
        job.start()
    for job in jobs:
        job.join()
    count = "from channels_app.intake.models import Arrival; print(Arrival.objects.pending().count())"
    assert wait_for(lambda: running.shell(count) == "0", seconds=600)
    return time.perf_counter() - start


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        running = Running(Path(folder) / "var")
        try:
            running.start("--empty")
            time.sleep(QUIET_S)
            rest = measured(running)
            took = load(running)
            time.sleep(QUIET_S)
            after = measured(running)
        finally:
            running.stop()
    for part in rest:
        print(f"{part:<24} {rest[part]:6.0f} MB at rest {after[part]:6.0f} MB after {MAILS} mails")
    whole, later = sum(rest.values()), sum(after.values())
    print(
        f"{'everything':<24} {whole:6.0f} MB at rest {later:6.0f} MB, x{later / whole:.2f}, in {took:.0f} s"
    )


if __name__ == "__main__":
    main()
