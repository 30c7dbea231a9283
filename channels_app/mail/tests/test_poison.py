"""Mails made to stop us: each ends soon, and the next ones pass (threats: M03, M04)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from channels_app.intake import services
from channels_app.intake.models import Arrival
from channels_app.mail.tests.mails import raw as sample
from channels_app.mail.tests.receiving import NOW, mail, receive_mail

State = Arrival.State
pytestmark = pytest.mark.django_db

FROM = b"From: a@b.fr\r\n"
MIXED = b"Content-Type: multipart/mixed; boundary=%d\r\n\r\n--%d\r\n"
BOMBS = {
    "100 000 parts": FROM + MIXED % (1, 1) + b"\r\na\r\n--1\r\n" * 100_000,
    "1 000 levels": FROM + b"".join(MIXED % (n, n) for n in range(1000)),
    "20 000 encoded words": FROM + b"Subject: " + b"=?utf-8?q?a?= " * 20_000 + b"\r\n\r\nx",
    "an endless To": FROM + b"To: " + b"(" * 60_000 + b"\r\n\r\nx",
    "300 000 nested divs": FROM + b"Content-Type: text/html\r\n\r\nBonjour" + b"<div>" * 300_000,
}


@pytest.mark.parametrize("name", BOMBS)
def test_M04_ends_soon_one_way_or_the_other(territory, name):
    before = timezone.now()
    assert receive_mail(BOMBS[name]).state in {State.HEARD, State.QUARANTINED}
    assert timezone.now() - before < timedelta(seconds=20)


def test_M03_a_hundred_good_mails_pass_beside_them(territory):
    for bomb in (BOMBS["1 000 levels"], BOMBS["an endless To"], sample("m03_unknown_charset")):
        receive_mail(bomb)
    states = [receive_mail(mail(f"Subject: {n}")).state for n in range(100)]
    assert states == [State.HEARD] * 100
    assert services.reconcile(at=NOW).is_right
