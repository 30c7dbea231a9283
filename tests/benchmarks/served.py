"""A whole product under four agents at once: pages a second, start, memory; the clients are counted in.

python -m tests.benchmarks.served [DATA_FOLDER]    (a data folder of bin/serve, seeded; a new one when absent)
"""

import http.client
import itertools
import re
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from statistics import median
from urllib.parse import urlencode

from tests.benchmarks.memory import measured
from tests.faults.running import Running

AGENTS, SECONDS, QUIET_S = ("chloe", "central", "elsa", "david"), 10, 10
PASSWORD = "gru-demo"
PAGES = ("/tri/", "/tri/?vue=en-attente", "/accueil/")
TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="(\w+)"')


class Agent:
    """Somebody signed in, over one connection that stays open as a browser's does."""

    def __init__(self, port: int, username: str) -> None:
        self.line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.cookies: dict[str, str] = {}
        token = TOKEN.search(self.ask("GET", "/connexion/"))
        assert token, "no form on the page"
        words = {"csrfmiddlewaretoken": token[1].decode(), "username": username, "password": PASSWORD}
        self.ask("POST", "/connexion/", urlencode(words))

    def ask(self, method: str, path: str, body: str = "") -> bytes:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if body:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self.line.request(method, path, body or None, headers)
        answer = self.line.getresponse()
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            name, _equals, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        assert answer.status in {200, 302}, (path, answer.status)
        return answer.read()


def work(port: int, username: str, path: str) -> list[float]:
    """Milliseconds of each page read in the time given."""
    agent, spent, end = Agent(port, username), [], time.monotonic() + SECONDS
    while time.monotonic() < end:
        start = time.perf_counter()
        agent.ask("GET", path)
        spent.append((time.perf_counter() - start) * 1000)
    return spent


def together(port: int, path: str, names: tuple[str, ...]) -> str:
    with ProcessPoolExecutor(len(names)) as agents:
        each = agents.map(work, [port] * len(names), names, [path] * len(names))
        spent = sorted(itertools.chain.from_iterable(each))
    rate, p95 = len(spent) / SECONDS, spent[-len(spent) // 20]
    who = f"{len(names)} agents" if len(names) > 1 else names[0]
    return (
        f"{path:<24} {who:<9} {rate:5.0f} pages a second, median {median(spent):6.1f} ms, p95 {p95:6.1f} ms"
    )


def started(data: Path, name: str) -> tuple[Running, str]:
    start = time.perf_counter()
    running = Running(data).start(seconds=600)
    return running, f"{name:<24} {time.perf_counter() - start:5.1f} s"


def measures(data: Path) -> None:
    for name in ("first start", "second start"):
        running, words = started(data, name)
        print(words, flush=True)
        if name == "first start":
            running.stop()
    try:
        time.sleep(QUIET_S)
        rest = sum(measured(running).values())
        for path in PAGES:
            print(together(running.port, path, ("david",)), flush=True)
            print(together(running.port, path, AGENTS), flush=True)
        time.sleep(QUIET_S)
        after = sum(measured(running).values())
    finally:
        running.stop()
    print(f"{'memory (PSS)':<24} {rest:5.0f} MB at rest, {after:5.0f} MB after, x{after / rest:.2f}")


def main() -> None:
    if len(sys.argv) > 1:
        return measures(Path(sys.argv[1]))
    with tempfile.TemporaryDirectory() as folder:
        return measures(Path(folder) / "var")


if __name__ == "__main__":
    main()
