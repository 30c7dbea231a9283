"""Random input on every route, by those who may use it: a page or a refusal, no error of ours (W03, W04)."""

import random
import traceback
from functools import cache
from urllib.parse import urlencode

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils import timezone

from requests_app.www.backoffice.ticket.transitions import ACTIONS
from tests.house.routes import ROUTES
from tests.house.test_routes import signed_in
from tests.staging import address_of

SEED, TRIES = 20261125, 3  # for each verb of a route
OURS = ("requests_app", "channels_app")
WHO = ("chloe", "david", "central", "admin", "bruno", "archivist")  # the first of them who may
ODD = [
    "",
    " ",
    "0",
    "-1",
    "1.5",
    "1e400",
    "9" * 25,
    "9" * 5000,
    "٣",
    "\x00",
    "a\x00b",
    "\U0010ffff",
    "é" * 300,
    "[[[[",
    "'; --",
    "%00",
    "../../etc/passwd",
    "9999-12-31",
    "0001-01-01",
    "31/12/9999",
    "2026-02-30",
    "0000-00-00",
    "99999-01-01",
    "30/02/2026",
    "0001-01-01T00:00:00+14:00",
    "2026-11-30\x00",
    "24:61",
    "a@b.fr",
    "06 39 98 12 34",
    "//exemple.fr/",
    "\r\nX-Odd: 1",
    "\u202egnp.exe",
]
BYTES = [b"", b"%PDF-1.7\n", b"\x89PNG\r\n\x1a\n\x00", b"\xff\xd8\xff\xe0", b"PK\x03\x04", b"\x00" * 50]
NAMES = ["a.pdf", "../x\x00.svg", "é" * 300]
ASKED = [
    "vue",
    "canal",
    "tri",
    "lieu",
    "du",
    "au",
    "apres",
    "avant",
    "depuis",
    "deja",
    "periode",
    "sens",
    "jour",
    "fait",
    "de",
    "v",
    "ici",
    "personne",
    "sujet",
    "next",
    "lien",
]
KNOWN = ["recues", "a-trier", "arrivee", "retard", "tous", "asc", "semaine", "7-jours", "RSA", "10:30"]


@cache
def every_form():
    """The forms of the house, whatever room they stand in."""
    found, to_see = [], [forms.BaseForm]
    while to_see:
        to_see += (here := to_see.pop()).__subclasses__()
        found += [here] if here.__module__.startswith(OURS) else []
    return sorted(found, key=lambda form: (form.__module__, form.__qualname__))


def form_of(name, dice):
    """The form of an action refuses the fields of others: it is tried with its own."""
    action = ACTIONS.get(name.removeprefix("backoffice:"))
    return action.form if action else dice.choice(every_form())


def there(stage):
    """What is really there, so that some tries go deep."""
    ticket = stage.ticket
    rows = [ticket, stage.twin, ticket.person, ticket.maison, stage.users["chloe"], stage.appointment]
    keys = [str(row.pk) for row in rows]
    today = timezone.localdate().isoformat()
    return [*keys, *KNOWN, ticket.reference, ticket.maison.code, f"{ticket.pk}-{ticket.version}", today]


def value_of(field, known, dice):
    """Most of the time what the field waits for, so that one odd value at a time goes through."""
    if isinstance(field, forms.FileField):
        return SimpleUploadedFile(dice.choice(NAMES), dice.choice(BYTES))
    if dice.random() < 0.35:
        return dice.choice(ODD)
    if isinstance(field, forms.ChoiceField) and field.choices and dice.random() < 0.8:
        return str(dice.choice(list(field.choices))[0])
    return dice.choice(known)


def sent_to(name, known, dice):
    fields = form_of(name, dice).base_fields.items()
    sent = {field: value_of(kind, known, dice) for field, kind in fields if dice.random() < 0.9}
    if dice.random() < 0.2:
        sent[dice.choice(["is_staff", "status", "assignee", "q", "apres", "\x00"])] = dice.choice(ODD)
    return sent


def asked(known, dice):
    short = [value for value in ODD if len(value) < 1000]
    return {dice.choice(ASKED): dice.choice([*short, *known]) for _ in range(dice.randint(0, 4))}


def attempt(client, verb, address, sent):
    """What broke, or ""; whatever it changed is undone."""
    try:
        with transaction.atomic():
            status = getattr(client, verb)(address, sent).status_code
            transaction.set_rollback(True)
    except Exception as error:  # any of them is an error of ours
        frames = [frame for frame in traceback.extract_tb(error.__traceback__) if "_app/" in frame.filename]
        return (
            f"{type(error).__name__} at {frames[-1].filename}:{frames[-1].lineno}" if frames else repr(error)
        )
    return "" if status < 500 else f"status {status}"


@pytest.mark.timeless
@pytest.mark.parametrize("verb", ["get", "post"])
def test_W03_no_random_input_is_an_error_of_ours(stage, settings, verb):
    settings.LIMITS_ON = False
    dice, known, broken = random.Random(SEED), there(stage), []
    for name, route in sorted(ROUTES.items()):
        who = next((who for who in WHO if who in route.opens_to), "chloe")
        client = signed_in(stage.users[who])
        for _ in range(TRIES if verb in route.verbs else 0):
            sent = asked(known, dice) if verb == "get" else sent_to(name, known, dice)
            query = f"?{urlencode(asked(known, dice))}" if verb == "post" and dice.random() < 0.3 else ""
            if told := attempt(client, verb, address_of(name, stage) + query, sent):
                broken.append((name, told, {key: str(value)[:40] for key, value in sent.items()}))
    assert broken == []
