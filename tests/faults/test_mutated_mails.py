"""Real mails and our own, damaged again and again for three minutes (threats: M03, M04).

A failure names its seed: `damaged(SEED_MAIL, random.Random(seed))` gives the mail again.
"""

import random
import time

import pytest
from django.conf import settings

from channels_app.mail.tests.mutations import damage
from channels_app.mail.tests.test_mutations import SEEDS, survives

MINUTES = 3
MAX_BYTES = 200_000  # bytes; beyond, two seconds are not enough for a machine that is shared


def test_M03_no_damage_stops_the_reader():
    folder = settings.SHARED_DIR / "data" / "mail"
    real = [path.read_bytes() for path in sorted(folder.rglob("*.eml")) if path.stat().st_size < MAX_BYTES]
    mails = [*SEEDS, *real]
    first, rounds, until = time.time_ns(), 0, time.monotonic() + MINUTES * 60
    while time.monotonic() < until:
        seed, rounds = first + rounds, rounds + 1
        number = seed % len(mails)
        try:
            survives(damage(mails[number], random.Random(seed)))
        except Exception as error:
            pytest.fail(f"mail {number} with seed {seed}: {error!r}")
    assert rounds > 1000
