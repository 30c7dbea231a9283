"""Heads that may be read in two ways, and room that somebody fills (threats: N08)."""

import time
from types import SimpleNamespace

import pytest
from waitress.adjustments import Adjustments
from waitress.buffers import OverflowableBuffer

from gru.web import body as bodies
from gru.web import parser
from gru.web.body import ALWAYS_TAKEN, Body
from gru.web.channel import Work
from gru.web.parser import BODY_S, HEAD_S, Request
from gru.web.worker import FILES_A_LINE, FILES_LEFT, MAX_LINES, _open_files
from requests_app.lib.bodies import CROWDED
from requests_app.lib.callers import WAS_FORWARDED

ROOM = 300_000
MEGABYTE = 1_000_000


def received(*lines: str, path: str = "/connexion/", version: str = "1.1", verb: str = "POST") -> Request:
    head = "\r\n".join([f"{verb} {path} HTTP/{version}", "Host: 127.0.0.1", *lines, "", ""])
    request = Request(Adjustments())
    request.received(head.encode("latin-1"))
    return request


@pytest.mark.parametrize(
    ("version", "lines"),
    [
        ("1.1", ["Content-Length: 5", "Transfer-Encoding: chunked"]),
        ("1.1", ["Content-Length: 5", "Content-Length: 6"]),
        ("1.0", ["Connection: keep-alive", "Transfer-Encoding: chunked"]),
        ("1.0", ["Connection: keep-alive", "Content-Length: 5", "Transfer-Encoding: chunked"]),
        ("1.9", ["Transfer-Encoding: chunked"]),
        ("1.1", ["Transfer-Encoding: chunked", "Transfer-Encoding: chunked"]),
        ("1.1", ["Transfer-Encoding: chunked, chunked"]),
        ("1.1", ["Content-Length: " + "9" * 5000]),
    ],
)
def test_N08_a_head_with_two_lengths_is_refused(version, lines):
    request = received(*lines, version=version)
    assert (request.completed, request.error.code) == (True, 400)


@pytest.mark.parametrize("path", ["http://[", "http://[::1", "//[", "http://a]b/"])
def test_N08_an_address_that_is_none_gets_an_answer(path):
    request = received(path=path, verb="GET")
    assert request.completed
    assert request.error is None or request.error.code == 400


def test_N08_a_body_with_one_length_is_taken():
    assert received("Content-Length: 5").error is None
    assert received("Transfer-Encoding: Chunked").error is None


@pytest.mark.parametrize(
    ("header", "is_told"),
    [("X-Forwarded-For: 10.0.0.1", True), ("Forwarded: for=10.0.0.1", True), ("Accept: */*", False)],
)
def test_the_product_knows_of_a_proxy_whose_headers_are_removed(header, is_told):
    server = SimpleNamespace(adj=Adjustments(), effective_port=1, server_name="x")
    channel = SimpleNamespace(server=server, addr=("127.0.0.1", 1), check_client_disconnected=None)
    work = Work(channel, received(header, verb="GET"))
    assert work.get_environment()[WAS_FORWARDED] is is_told


def new_body(most: int = MEGABYTE) -> Body:
    return Body(OverflowableBuffer(1024), most=most, cuts=0)


@pytest.fixture
def full_room(monkeypatch):
    """Somebody sends photos until nothing more is taken."""
    monkeypatch.setattr(bodies, "MAX_IN_ALL", ROOM)
    photos = [new_body() for _ in range(4)]
    for photo in photos:
        photo.append(b"x" * (ALWAYS_TAKEN + ROOM // 3))
    yield photos
    for photo in photos:
        photo.close()


def test_N08_a_room_full_of_photos_still_takes_texts(full_room):
    assert [photo.refused for photo in full_room] == ["", "", "", CROWDED]
    for size in (100, ALWAYS_TAKEN):
        text = new_body()
        text.append(b"x" * size)
        assert (text.refused, len(text)) == ("", size)
    another = new_body()
    another.append(b"x" * (ALWAYS_TAKEN + 10))
    assert another.refused == CROWDED


def test_N08_the_room_is_given_back(full_room):
    before = bodies.held.total
    full_room[0].close()
    assert bodies.held.total == before - ROOM // 3
    another = new_body()
    for _ in range(4):
        another.append(b"x" * (ALWAYS_TAKEN // 2))
    assert (another.refused, bodies.held.total) == ("", before - ROOM // 3 + ALWAYS_TAKEN)
    another.close()
    assert bodies.held.total == before - ROOM // 3


def test_N08_what_was_sent_at_once_holds_no_place_for_hours(monkeypatch):
    now = time.monotonic()
    clock = SimpleNamespace(monotonic=lambda: now)
    monkeypatch.setattr(parser, "time", clock)
    request = received("Content-Length: 900000")
    request.received(b"x" * 800_000)
    assert not request.is_late(now + BODY_S - 1)
    assert request.is_late(now + HEAD_S + BODY_S + 1)


def test_N08_a_poor_telephone_is_waited_for(monkeypatch):
    began = time.monotonic()
    now = [began]
    monkeypatch.setattr(parser, "time", SimpleNamespace(monotonic=lambda: now[0]))
    request = received("Content-Length: 900000")
    while now[0] < began + 400:
        now[0] += 10
        assert not request.is_late(now[0])
        request.received(b"x" * 22_000)


def test_N08_each_line_has_a_file_for_its_body():
    lines = min(MAX_LINES, (_open_files() - FILES_LEFT) // FILES_A_LINE)
    assert lines * FILES_A_LINE + FILES_LEFT <= _open_files()
