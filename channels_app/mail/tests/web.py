"""The real web server, in a process of its own, on the tests' database."""

import http.client
import subprocess
import sys

from channels_app.mail.tests.calls import BASIC, KEYS
from channels_app.mail.tests.doors import ROOT, our_world
from tests.faults.running import free_port, wait_for

KINDS = {"postmark": "application/json", "mailgun": "multipart/form-data"}


class Web:
    """`web.post("postmark", body)` gives the status."""

    def __init__(self, port: int = 0, **environment: str) -> None:
        self.port = port or free_port()
        argv = [sys.executable, "-m", "gunicorn", "--config", "python:gru.gunicorn"]
        argv += ["--bind", f"127.0.0.1:{self.port}", "gru.wsgi:application"]
        keys = {f"GRU_WEBHOOK_{name.upper()}": key for name, key in KEYS.items()}
        world = our_world(GRU_WEB_PROCESSES="1", **keys, **environment)
        self.process = subprocess.Popen(argv, cwd=ROOT, env=world)
        assert wait_for(self.answers, seconds=60)

    def answers(self) -> bool:
        try:
            return self.ask("GET", "/entree/mail/postmark/", b"", {}) == 405
        except OSError:
            return False

    def post(self, provider: str, body: bytes, **headers: str) -> int:
        wanted = {"Content-Type": KINDS[provider], "Authorization": BASIC}
        more = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.ask("POST", f"/entree/mail/{provider}/", body, wanted | more)

    def ask(self, verb: str, path: str, body: bytes, headers: dict[str, str]) -> int:
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            line.request(verb, path, body=body, headers=headers)
            return line.getresponse().status
        finally:
            line.close()

    def close(self) -> None:
        self.process.terminate()
        self.process.wait(20)
