"""A real door on a real port, and a client that speaks to it line by line."""

import asyncio
import os
import socket
import subprocess
import sys
import time
from pathlib import Path
from threading import Event, Thread

from django.db import connection

from channels_app.intake.models import ArrivalRaw
from channels_app.mail.door.server import Door

RAW = b"From: a@exemple.fr\r\nSubject: Bonjour\r\n\r\nUne question.\r\n"
HERE = "accueil@demande.invalid"
ROOT = Path(__file__).resolve().parents[3]
MAIL_IN = ROOT / "bin" / "mail-in"


class RunningDoor:
    """The door in a thread of this process: it writes to the tests' database."""

    def __init__(self) -> None:
        self.port = 0
        self._ready = Event()
        self._thread = Thread(target=lambda: asyncio.run(self._serve()), daemon=True)
        self._thread.start()
        assert self._ready.wait(10)
        while not self.door.mailboxes.is_known:  # a reading begun now would hide a test's own
            time.sleep(0.01)

    async def _serve(self) -> None:
        self._loop, self._stop = asyncio.get_running_loop(), asyncio.Event()
        self.door = Door()
        await self.door.serve("127.0.0.1", 0, self._opened, self._stop)

    def _opened(self, port: int) -> None:
        self.port = port
        self._ready.set()

    def close(self) -> None:
        if self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(15)

    def talk(self, greeting: str = "LHLO test") -> "Talk":
        return Talk(self.port, greeting)


class Talk:
    """A client that does exactly what it is told: `say` one line, read one answer."""

    def __init__(self, port: int, greeting: str) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port), 20)
        self._answers = self._socket.makefile("rb")
        self._is_lmtp = greeting.startswith("LHLO")
        self.greeting = [self.answer()]
        if greeting:
            self.greeting.append(self.say(greeting))

    def send(self, data: bytes) -> None:
        self._socket.sendall(data)

    def say(self, line: str) -> str:
        self.send(line.encode("utf-8", "surrogateescape") + b"\r\n")
        return self.answer()

    def answer(self) -> str:
        lines = []
        while True:
            line = self._answers.readline()
            lines.append(line.decode("utf-8", "replace").rstrip("\r\n"))
            if line[3:4] != b"-":
                return "\n".join(lines)

    def deliver(self, raw: bytes, *recipients: str, sender: str = "") -> list[str]:
        """One mail; the answers after its end: one by SMTP, one for each recipient by LMTP."""
        self.say(f"MAIL FROM:<{sender}>")
        taken = [self.say(f"RCPT TO:<{to}>") for to in recipients or ["accueil@demande.invalid"]]
        assert self.say("DATA").startswith("354")
        self.send(stuff_dots(raw))
        answers = [code for code in taken if code.startswith("250")] if self._is_lmtp else taken[:1]
        return [self.answer() for _ in answers]

    def close(self) -> None:
        self._answers.close()
        self._socket.close()


def stuff_dots(raw: bytes) -> bytes:
    """A mail as DATA carries it; an end that is no CRLF becomes one."""
    ended = raw if raw.endswith(b"\r\n") else raw + b"\r\n"
    return (b"." if ended.startswith(b".") else b"") + ended.replace(b"\r\n.", b"\r\n..") + b".\r\n"


def mail_in(raw: bytes, port: int, *words: str) -> subprocess.CompletedProcess[bytes]:
    """`bin/mail-in` as a mail server calls it."""
    return subprocess.run(
        [MAIL_IN, *words],
        input=raw,
        capture_output=True,
        env={"GRU_MAIL_PORT": str(port), "PATH": "/usr/bin:/bin"},
        timeout=90,
    )


def stored_mails() -> list[bytes]:
    return [raw.content for raw in ArrivalRaw.objects.order_by("pk")]


def refuse_to_write(sqlstate: str) -> None:
    """Let the database fail each new mail with this error, as it would by itself."""
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE OR REPLACE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$BEGIN RAISE EXCEPTION 'refused' USING ERRCODE = '{sqlstate}'; END$$;"
            "CREATE TRIGGER refuse BEFORE INSERT ON intake_arrivalraw EXECUTE FUNCTION refuse();"
        )


def accept_to_write() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER IF EXISTS refuse ON intake_arrivalraw")


def start_door(*words: str, **environment: str) -> subprocess.Popen[bytes]:
    """`manage mail_door` in a process of its own, on the tests' database and a free port."""
    argv = [sys.executable, "manage.py", "mail_door", "--port", "0", *words]
    return subprocess.Popen(argv, cwd=ROOT, env=our_world(**environment), stderr=subprocess.PIPE)


def our_world(**more: str) -> dict[str, str]:
    """The environment of a process that works on the tests' database."""
    known = connection.settings_dict
    host = known["HOST"].replace("/", "%2F")
    url = f"postgres://{known['USER']}:{known['PASSWORD']}@{host}:{known['PORT']}/{known['NAME']}"
    return {**os.environ, "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "gru.settings.test", **more}


def port_of(door: subprocess.Popen[bytes]) -> int:
    """The port that a started door says it opened."""
    assert door.stderr is not None
    return int(door.stderr.readline().rsplit(b":", 1)[1])
