"""Poison is refused quickly, in words, and the next mail is read as usual."""

import os
import signal
import threading
import time

import pytest

from channels_app.mail.parsing import Unreadable, glimpse, sandbox, understand
from channels_app.mail.parsing.sandbox import understand_safely

HEAD = b"From: amina@exemple.fr\nSubject: x\n"


def nested(levels: int) -> bytes:
    body = b"x"
    for level in range(levels):
        mark = b"b%d" % level
        body = b"Content-Type: multipart/mixed; boundary=%s\n\n--%s\n%s\n--%s--\n" % (mark, mark, body, mark)
    return HEAD + body


class TestLimits:
    @pytest.mark.parametrize(
        ("raw", "reason"),
        [
            (
                HEAD + b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b\n\nx\n" * 100_000,
                "500 parties",
            ),
            (nested(1000), "20 niveaux"),
            (HEAD + b"X-A: " + b"=?utf-8?q?a?= " * 20_000 + b"\n\nx", "64 Ko"),
        ],
    )
    def test_M04_refused_before_any_work(self, raw, reason):
        began = time.process_time()
        with pytest.raises(Unreadable, match=reason):
            understand(raw)
        assert time.process_time() - began < 1

    @pytest.mark.parametrize(
        "raw",
        [
            HEAD + b"Subject: " + b"=?a?q?" * 10_000 + b"\n\nx",
            HEAD + b"To: " + b"(" * 60_000 + b"\n\nx",
            HEAD + b"Content-Type: text/plain; " + b'a="' * 15_000 + b"\n\nx",
            HEAD + b"\n" + b"> a\n" * 200_000,
            HEAD + b"\n" + b"From: a\n" * 100_000,
            HEAD + b"\n" + b"Le 12/12/2012 a\n" * 100_000,
            HEAD + b"\n" + b"a" * 5_000_000,
        ],
    )
    def test_M19_long_work_is_bounded(self, raw):
        began = time.process_time()
        understand(raw)
        assert time.process_time() - began < 5

    def test_M04_a_refused_mail_still_shows_who_and_what(self):
        raw = HEAD + b"X-A: " + b"=?utf-8?q?a?= " * 20_000 + b"\n\nx"
        assert glimpse(raw) == ("amina@exemple.fr", "x")

    @pytest.mark.parametrize("raw", [b"", b"\x00" * 1000, bytes(range(256)) * 50, b"\n\n\n", b"From"])
    def test_M03_noise_is_read_as_well_as_can_be(self, raw):
        assert understand(raw).from_address is None


class TestSandbox:
    @pytest.fixture(autouse=True)
    def _ended(self):
        yield
        sandbox._drop()

    def test_gives_what_the_parser_gives(self):
        raw = HEAD + b"\nBonjour"
        assert understand_safely(raw) == understand(raw)

    def test_M03_refusals_come_back_in_words(self):
        with pytest.raises(Unreadable, match="20 niveaux"):
            understand_safely(nested(100))

    def test_M04_a_late_child_is_replaced(self):
        understand_safely(HEAD + b"\nx")
        first = sandbox._child.process
        os.kill(first.pid, signal.SIGSTOP)
        with pytest.raises(Unreadable, match="trop de temps"):
            understand_safely(HEAD + b"\nx", seconds=0.2)
        assert first.poll() is not None
        assert understand_safely(HEAD + b"\nBonjour").text == "Bonjour"

    def test_M04_memory_is_bounded(self):
        big = HEAD + b"Content-Transfer-Encoding: base64\n\n" + b"QUJD" * 10_000_000
        with pytest.raises(Unreadable, match="mémoire"):
            understand_safely(big, memory_mb=100)
        assert understand_safely(HEAD + b"\nBonjour").text == "Bonjour"

    def test_a_killed_child_is_replaced_unseen(self):
        understand_safely(HEAD + b"\nx")
        sandbox._child.process.kill()
        assert understand_safely(HEAD + b"\nBonjour").text == "Bonjour"

    def test_serves_several_threads(self):
        seen: list[str] = []
        threads = [
            threading.Thread(target=lambda n=n: seen.append(understand_safely(HEAD + b"\nfil %d" % n).text))
            for n in range(8)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(seen) == [f"fil {n}" for n in range(8)]

    def test_a_fork_starts_its_own(self):
        understand_safely(HEAD + b"\nx")
        ours = sandbox._child.process.pid
        read, write = os.pipe()
        if not (pid := os.fork()):
            understand_safely(HEAD + b"\nx")
            os.write(write, b"%d" % sandbox._child.process.pid)
            sandbox._child.process.kill()
            os._exit(0)
        os.waitpid(pid, 0)
        assert int(os.read(read, 20)) != ours
        assert understand_safely(HEAD + b"\nBonjour").text == "Bonjour"

    def test_costs_little(self):
        raw = HEAD + b"\nBonjour"
        understand_safely(raw)
        began = time.perf_counter()
        for _ in range(50):
            understand_safely(raw)
        assert (time.perf_counter() - began) / 50 < 0.01  # 0.3 ms alone; the machine may be shared
