"""Mails that cost all the time a mail may have, then a good one (threats: N02)."""

import smtplib

from tests.faults.running import wait_for

POISONED = 6
MAX_DELAY_S = 5
PART = b"--b\r\nContent-Type: text/html\r\n\r\n" + b"<p><a href='http://a.example/'>b</a>\r\n" * 1300
HEAVY = (
    b"From: heavy@a.example\r\nSubject: Poids %d\r\nMessage-ID: <heavy-%d@a.example>\r\n"
    b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n' + PART * 450 + b"--b--\r\n"
)  # 22 MB; each part is a page to clean: over six seconds of CPU
GOOD = "From: %s@exemple.fr\r\nMessage-ID: <%s@exemple.fr>\r\n\r\nMa facture est fausse.\r\n"
KEPT_AFTER_S = (
    "from channels_app.intake.models import Arrival; "
    "a = Arrival.objects.filter(touchpoint__sender='%s@exemple.fr').select_related('touchpoint').first(); "
    "print(a and (a.touchpoint.recorded_at - a.received_at).total_seconds())"
)


def test_N02_six_poisoned_mails_do_not_delay_the_seventh(product):
    with smtplib.LMTP("127.0.0.1", product.mail_port, timeout=60) as door:
        quiet = _seconds_until_kept(product, door, "before")
        for turn in range(POISONED):
            raw = HEAVY.replace(b"%d", b"%d" % turn)
            door.sendmail("heavy@a.example", ["accueil@demande.invalid"], raw)
        behind = _seconds_until_kept(product, door, "behind")
    print(f"a good mail is in a ticket after {quiet:.2f} s, behind {POISONED} poisoned ones {behind:.2f} s")
    assert behind - quiet < MAX_DELAY_S


def _seconds_until_kept(product, door, name: str) -> float:
    """From the mail kept at the door to its words in a ticket, by the clock of the product."""
    door.sendmail(f"{name}@exemple.fr", ["accueil@demande.invalid"], (GOOD % (name, name)).encode())
    seconds: list[str] = []

    def is_kept() -> bool:
        seconds.append(product.shell(KEPT_AFTER_S % name).strip())
        return seconds[-1] != "None"

    assert wait_for(is_kept, seconds=60)
    return float(seconds[-1])
