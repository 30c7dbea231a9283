"""A server that failed is left alone for some seconds, then asked again."""

from types import SimpleNamespace

import pytest

from requests_app.lib import breaker
from requests_app.lib.breaker import Breaker


@pytest.fixture
def clock(monkeypatch):
    """Seconds that this test moves: `clock[0] += 5`."""
    now = [1000.0]
    monkeypatch.setattr(breaker, "time", SimpleNamespace(monotonic=lambda: now[0]))
    return now


class Server:
    def __init__(self):
        self.calls, self.failure = 0, None

    def __call__(self):
        self.calls += 1
        if self.failure:
            raise self.failure
        return "answer"


def test_an_answer_passes_through(clock):
    server, ours = Server(), Breaker(OSError)
    assert [ours.ask(server, "otherwise", lost="x") for _n in range(3)] == ["answer"] * 3
    assert server.calls == 3


def test_one_that_failed_is_left_alone_then_asked_again(clock, caplog):
    server, ours = Server(), Breaker(OSError, ValueError, silence_s=5)
    server.failure = ValueError("secret words")
    assert [ours.ask(server, "otherwise", lost="places unknown") for _n in range(3)] == ["otherwise"] * 3
    assert server.calls == 1
    assert [record.getMessage() for record in caplog.records] == ["places unknown (ValueError)"]
    server.failure = None
    clock[0] += 4.9
    assert ours.ask(server, "otherwise", lost="x") == "otherwise"
    clock[0] += 0.2
    assert ours.ask(server, "otherwise", lost="x") == "answer"


def test_each_server_is_left_alone_by_itself(clock):
    failing, ours, other = Server(), Breaker(OSError), Breaker(OSError)
    failing.failure = OSError()
    ours.ask(failing, None, lost="x")
    assert other.ask(Server(), None, lost="x") == "answer"


def test_what_is_no_failure_of_the_server_is_raised(clock):
    server, ours = Server(), Breaker(OSError)
    server.failure = KeyError("a defect of ours")
    for _n in range(2):
        with pytest.raises(KeyError):
            ours.ask(server, None, lost="x")
