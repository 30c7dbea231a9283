"""The real mails of the shared folder, through the real door and through the command."""

import csv
import json
import os
import re
from collections import Counter
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command

from channels_app.intake.models import Arrival, ArrivalRaw
from channels_app.mail.door import answers
from channels_app.mail.tests.doors import HERE

FOLDER = Path(settings.SHARED_DIR) / "data" / "mail"
DANGER = re.compile(
    r"<\s*(script|form|iframe|frame|object|embed|base|meta|link|style|svg|math)\b|\son\w+\s*=|javascript:"
    r"|<[^>]+\b(src|background|srcset)\s*=\s*[\"']?\s*(https?:)?//",
    re.IGNORECASE,
)
pytestmark = [pytest.mark.corpus, pytest.mark.timeless]


@pytest.fixture(scope="module")
def manifest() -> list[dict[str, str]]:
    if not (FOLDER / "manifest.csv").exists():
        assert os.environ.get("CI") != "true", f"no mail corpus in {FOLDER}"
        pytest.skip(f"no mail corpus in {FOLDER}: set GRU_SHARED_DIR")
    with (FOLDER / "manifest.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def ended_as_crlf(raw: bytes) -> bytes:
    """What DATA can carry: it ends with a line end."""
    return raw if raw.endswith(b"\r\n") else raw + b"\r\n"


def test_M02_the_door_keeps_them_all_as_they_are_and_a_second_time_none(manifest, door):
    raws = [(FOLDER / row["file"]).read_bytes() for row in manifest]
    talk = door.talk()
    for _time in (1, 2):
        assert {answer for raw in raws for answer in talk.deliver(raw, HERE)} == {answers.KEPT}
    kept = [bytes(raw) for raw in ArrivalRaw.objects.order_by("pk").values_list("data", flat=True)]
    assert kept == list(dict.fromkeys(ended_as_crlf(raw) for raw in raws))


def test_I2_the_command_hears_them_all_and_nothing_disappears(manifest, territory):
    call_command("ingest_mail", "--now", *(str(FOLDER / row["file"]) for row in manifest), stdout=StringIO())
    mails = {mail["raw_sha256"]: mail for mail in told("export_touchpoints", "--channel", "mail")}
    balance = told("reconcile")
    assert (balance["received"], balance["gap"], balance["pending"]) == (len(mails), 0, 0)
    wrong = {row["file"]: why for row in manifest for why in wrongs(row, mails.get(row["sha256"])) if why}
    assert not wrong
    assert Arrival.objects.filter(state=Arrival.State.QUARANTINED).count() <= 3
    assert Counter(mail["state"] for mail in mails.values())["heard"] > 400


def told(*words: str) -> Any:
    out = StringIO()
    call_command(*words, stdout=out)
    return json.loads(out.getvalue())


def wrongs(row: dict[str, str], mail: dict[str, object] | None) -> list[str]:
    """What no mail may do, whatever the scores of the reader (its own tests hold those)."""
    if mail is None:
        return ["not exported"]
    is_human = row["is_auto"] == row["is_bounce"] == "no"
    was_put_aside = mail["state"] == "discarded" and "déjà arrivé" not in str(mail["reason"])
    return [
        "" if mail["state"] in ("heard", "discarded", "quarantined") else "still pending",
        "a person's mail is put aside" if is_human and was_put_aside else "",
        "shown with danger" if DANGER.search(str(mail["html"])) else "",
        "acknowledged" if row["no_ack"] == "yes" and mail["ack_sent"] else "",
        "empty reply" if mail["text"] and not mail["reply_text"] else "",
    ]
