"""The child that reads mail: what it may do, what it may take, and what it may answer (threats: N02, M04)."""

import json
import os
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from channels_app.intake.models import Arrival
from channels_app.intake.services import process, sweep
from channels_app.mail import first_tries
from channels_app.mail.parsing import TooSlow, Unreadable, sandbox, understand
from channels_app.mail.parsing.sandbox import understand_safely
from channels_app.mail.parsing.wire import Malformed, decode, encode
from requests_app.tickets.models import Ticket

NOW = timezone.now()  # long before the test in a long run
EARLIER = NOW - timedelta(minutes=5)
HEAD = b"From: amina@example.org\nSubject: Bonjour\nMessage-ID: <%d@a>\n"
MAIL = HEAD % 1 + b"\nBonjour\n"
WITH_FILES = (
    HEAD % 2 + b"Date: Mon, 2 Mar 2026 10:00:00 +0100\nCc: B <b@c.fr>\n"
    b'Content-Type: multipart/mixed; boundary="b"\n\n'
    b"--b\nContent-Type: text/plain; charset=utf-8\n\nL\xc3\xa9o\n"
    b'--b\nContent-Type: image/png; name="a.png"\n\n\x00\xff\x01\n'
    b'--b\nContent-Type: application/x; name="b"\n\n\n--b--\n'
)
# One line of work after the child has locked itself up; it prints what came of it.
LOCKED = """
import {modules}
from channels_app.mail.parsing.lockdown import lock_down
print("filter" if lock_down(2**30) else "no filter", flush=True)
try:
    {work}
except OSError as error:
    print("refused", error.errno, flush=True)
else:
    print("done", flush=True)
"""


def locked(work: str, modules: str = "os, socket, subprocess, ctypes, codecs, signal") -> list[str]:
    program = LOCKED.format(modules=modules, work=work)
    ran = subprocess.run(
        [sys.executable, "-c", program], cwd=sandbox.ROOT, capture_output=True, text=True, timeout=60
    )
    return ran.stdout.split("\n")


class TestWhatItMayDo:
    @pytest.mark.parametrize(
        "work",
        [
            "open('/etc/hostname')",
            "open('/tmp/written', 'w')",
            "os.open('/etc/passwd', os.O_RDONLY)",
            "os.listdir('/')",
            "os.stat('/etc/passwd')",
            "os.unlink('/tmp/nothing')",
            "socket.socket()",
            "socket.socket(socket.AF_UNIX)",
            "socket.socketpair()",
            "os.pipe()",
            "os.fork()",
            "os.execv('/bin/true', ['true'])",
            "os.kill(1, 0)",
            "os.kill(os.getppid(), signal.SIGTERM)",
            "os.memfd_create('a')",
        ],
    )
    def test_N02_no_file_no_network_no_process(self, work):
        assert locked(work)[1].startswith("refused")

    def test_N02_the_filter_of_calls_holds_here(self):
        assert locked("os.getpid()")[:2] == ["filter", "done"]

    def test_N02_nothing_is_left_of_the_environment(self):
        assert locked("print(len(os.environ), len(__import__('sys').path))")[1] == "0 0"

    @pytest.mark.parametrize(
        "charset", ["koi8_r", "shift_jis", "gb18030", "big5hkscs", "cp1258", "mac_turkish", "utf_7"]
    )
    def test_charsets_are_there_before_it_locks_itself_up(self, charset):
        assert locked(f"print('é'.encode('{charset}', 'replace') is not None)")[1] == "True"


class TestWhatItMayTake:
    @pytest.fixture(autouse=True)
    def _poison(self, poisoned_child):
        """The child never ends with a mail that says « poison »."""

    def test_N02_seconds_of_cpu(self):
        began = time.monotonic()
        with pytest.raises(TooSlow):
            understand_safely(HEAD % 1 + b"\npoison", cpu_s=0.3)
        assert time.monotonic() - began < 15
        assert understand_safely(MAIL).text == "Bonjour"

    def test_N02_even_when_it_looks_at_no_signal(self):
        with pytest.raises(TooSlow):
            understand_safely(HEAD % 1 + b"\ndeaf poison", cpu_s=0.3)
        assert understand_safely(MAIL).text == "Bonjour"

    def test_N02_six_poisoned_ones_delay_the_seventh_by_less_than_five_seconds(self, arrivals):
        understand_safely(MAIL)  # its workers have a child that lives
        spent = cpu_of_child()
        for arrival in arrivals[:6]:
            assert process(arrival_id=arrival.pk, at=NOW) == Arrival.State.PENDING
        assert process(arrival_id=arrivals[6].pk, at=NOW) == Arrival.State.HEARD
        assert cpu_of_child() - spent < 4
        assert Arrival.objects.pending().slow().count() == 6

    def test_N02_a_slow_one_is_tried_again_with_all_its_time_and_ends_in_quarantine(
        self, arrivals, monkeypatch
    ):
        monkeypatch.setattr(sandbox.understand_safely, "__kwdefaults__", {**DEFAULTS, "cpu_s": 0.3})
        process(arrival_id=arrivals[0].pk, at=NOW)
        Arrival.objects.exclude(pk=arrivals[0].pk).update(state=Arrival.State.DISCARDED, reason="autre")
        sweep(at=NOW)
        arrivals[0].refresh_from_db()
        assert arrivals[0].state == Arrival.State.QUARANTINED
        assert arrivals[0].reason == sandbox.TOO_SLOW

    def test_N02_a_long_one_that_ends_is_heard_by_the_sweep(self, make_arrival, monkeypatch):
        monkeypatch.setattr(first_tries.first_try, "seconds", first_tries.LEAST_S)
        raw = HEAD % 9 + b"\nlong, but it ends"
        arrival = make_arrival(raw=raw, state="pending", reason="", received_at=EARLIER)
        assert process(arrival_id=arrival.pk, at=NOW) == Arrival.State.PENDING
        assert sweep(at=NOW) == 1
        arrival.refresh_from_db()
        assert arrival.state == Arrival.State.HEARD
        assert Ticket.objects.count() == 1

    def test_N02_the_sweep_takes_one_slow_one_while_a_fresh_one_waits(self, arrivals, monkeypatch):
        for arrival in arrivals[:2]:
            process(arrival_id=arrival.pk, at=NOW)
        Arrival.objects.pending().fresh().update(received_at=NOW)  # its worker has it in hand
        monkeypatch.setattr(sandbox.understand_safely, "__kwdefaults__", {**DEFAULTS, "cpu_s": 0.2})
        assert sweep(at=NOW) == 1
        assert Arrival.objects.pending().slow().count() == 1


DEFAULTS = dict(sandbox.understand_safely.__kwdefaults__)


class TestWhatItMayAnswer:
    @pytest.mark.parametrize("raw", [MAIL, WITH_FILES, b"", b"\xff\x00" * 50])
    def test_N02_words_and_files_come_through_as_they_were_read(self, raw):
        words, blobs = encode(understand(raw))
        assert decode(json.loads(words)["mail"], memoryview(b"".join(blobs))) == understand(raw)

    @pytest.mark.parametrize(
        "lie",
        [
            {"text": 5},
            {"text": None},
            {"text": "a\0b"},
            {"text": "\ud800"},
            {"text": "a" * 2_000_001},
            {"is_auto": 1},
            {"to": "a@b.fr"},
            {"to": [["a"]]},
            {"to": ["a@b.fr"] * 70_000},
            {"copied": [["a"]]},
            {"sent_at": "hier"},
            {"sent_at": "2026-03-02T10:00:00"},
            {"files": [{"name": "a"}]},
            {"files": None},
            {"more": 1},
        ],
    )
    def test_N02_nothing_else_comes_through(self, lie):
        words, blobs = encode(understand(WITH_FILES))
        header = {**json.loads(words)["mail"], **lie}
        with pytest.raises(Malformed):
            decode(header, memoryview(b"".join(blobs)))

    @pytest.mark.parametrize("size", [-1, 10**9, "3", 2.0, True])
    def test_N02_a_file_has_the_bytes_that_came(self, size):
        words, blobs = encode(understand(WITH_FILES))
        header = json.loads(words)["mail"]
        header["files"][0]["data"] = size
        with pytest.raises(Malformed):
            decode(header, memoryview(b"".join(blobs)))

    @pytest.mark.parametrize(
        "told", [None, [], "late", {}, {"late": 1}, {"refused": 5}, {"mail": 1}, {"mail": {}}]
    )
    def test_N02_an_answer_of_nobodys_makes_the_mail_unreadable(self, monkeypatch, told):
        monkeypatch.setattr(sandbox, "_ask_twice", lambda *_: (told, b""))
        with pytest.raises(Unreadable, match=sandbox.CRASHED):
            understand_safely(MAIL)

    def test_N02_it_never_unpickles(self):
        names = ("child", "sandbox", "wire", "lockdown")
        folder = sandbox.ROOT / "channels_app/mail/parsing"
        assert not any("pickle." in (folder / f"{name}.py").read_text() for name in names)


def cpu_of_child() -> float:
    """CPU seconds that the children which ended, and the one that lives, have taken."""
    child = sandbox._child
    ended = os.times()
    living = 0.0
    if child:
        user, system = Path(f"/proc/{child.process.pid}/stat").read_text().rpartition(")")[2].split()[11:13]
        living = (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")
    return ended.children_user + ended.children_system + living


@pytest.fixture
def poisoned_child(monkeypatch, tmp_path):
    """Another child for the length of a test: three mails take long in it, as no pattern of ours does."""
    program = tmp_path / "poisoned.py"
    program.write_text(POISONED)
    sandbox._drop()
    real = sandbox.subprocess.Popen

    def popen(argv, **options):
        return real([argv[0], str(program), *argv[3:]], **options)

    monkeypatch.setattr(sandbox.subprocess, "Popen", popen)
    monkeypatch.setattr(first_tries.first_try, "seconds", first_tries.FULL_S)
    yield
    sandbox._drop()


POISONED = """
import re
from channels_app.mail.parsing import child

real = child.understand

def understand(raw):
    if b"deaf poison" in raw:
        max(range(10**11))
    if b"poison" in raw:
        re.match(r"(a+)+$", "a" * 60 + "b")
    if b"long" in raw:
        sum(number for number in range(30_000_000))
    return real(raw)

child.understand = understand
child.main()
"""


@pytest.fixture
def arrivals(make_arrival):
    raws = [HEAD % n + b"\npoison %d" % n for n in range(6)] + [HEAD % 7 + b"\nBonjour, une question."]
    return [make_arrival(raw=raw, state="pending", reason="", received_at=EARLIER) for raw in raws]
