"""NUL, absurd days and numbers in every parameter that a view reads: never an error of ours (threats: W03).

The parameters are found by watching what each view asks of the query and of the form, fields included.
"""

import sys
import traceback
from contextlib import contextmanager
from types import FrameType
from urllib.parse import quote_from_bytes

import pytest
from django.db import transaction
from django.http import QueryDict

from tests.house.routes import ROUTES
from tests.house.test_routes import signed_in
from tests.staging import address_of

FORM = "application/x-www-form-urlencoded"
WHO = ("chloe", "david", "central", "admin", "bruno")
NUL = b"a\x00b"
NASTIEST = [
    b"2026-11-30\x00",
    b"0000-00-00",
    b"0001-01-01",
    b"9999-12-31",
    b"31/12/9999",
    b"1e400",
    b"9" * 25,
    "²".encode(),
    b"\xed\xa0\x80",
]


@contextmanager
def watching():
    """Give who asks for what of any query or form within the block: keys, each with the line of ours."""
    asked: dict[tuple[str, str], None] = {}
    with pytest.MonkeyPatch.context() as patch:
        for name in ("get", "getlist", "__getitem__", "__contains__"):
            patch.setattr(QueryDict, name, _noting(getattr(QueryDict, name), asked))
        yield asked


def _noting(ours, asked):
    def ask(self, key, *more, **options):
        if isinstance(key, str):
            asked.setdefault((key, _line_of_ours()))
        return ours(self, key, *more, **options)

    return ask


def _line_of_ours():
    frame: FrameType | None = sys._getframe(2)
    while frame and "_app/" not in frame.f_code.co_filename:
        frame = frame.f_back
    return f"{frame.f_code.co_filename}:{frame.f_lineno}" if frame else ""


def attempt(client, verb, address, sent):
    """What broke, or ""; whatever it changed is undone."""
    try:
        with transaction.atomic():
            if verb == "get":
                status = client.get(address, QUERY_STRING=sent).status_code
            else:
                status = client.post(address, sent, content_type=FORM).status_code
            transaction.set_rollback(True)
    except Exception as error:  # any of them is an error of ours
        frames = [frame for frame in traceback.extract_tb(error.__traceback__) if "_app/" in frame.filename]
        where = f"{frames[-1].filename}:{frames[-1].lineno}" if frames else ""
        return f"{type(error).__name__} at {where}: {str(error)[:80]}"
    return "" if status < 500 else f"status {status}"


def broken_by(client, verb, address, tried):
    """Try each parameter alone with NUL, then all of them with each value; a line that asked is not new."""
    found: dict[tuple[str, str], bytes] = {}
    with watching() as asked:
        attempt(client, verb, address, "")
        while to_try := [each for each in asked if each not in tried]:
            tried.update(to_try)
            keys = list(dict.fromkeys(key for key, _line in to_try))
            for names, value in [*(([key], NUL) for key in keys), *((keys, value) for value in NASTIEST)]:
                sent = "&".join(f"{quote_from_bytes(k.encode())}={quote_from_bytes(value)}" for k in names)
                if told := attempt(client, verb, address, sent):
                    found.setdefault((names[0], told), value[:20])
    return found


@pytest.mark.parametrize("verb", ["get", "post"])
def test_W03_no_absurd_parameter_is_an_error_of_ours(stage, settings, verb):
    settings.LIMITS_ON = False
    broken: dict[str, object] = {}
    tried: set[tuple[str, str]] = set()
    for name, route in sorted(ROUTES.items()):
        if verb in route.verbs:
            who = next((who for who in WHO if who in route.opens_to), "chloe")
            if found := broken_by(signed_in(stage.users[who]), verb, address_of(name, stage), tried):
                broken[name] = found
    assert broken == {}
