import base64
from datetime import timedelta

import pytest
from django.utils import timezone

from channels_app.contract import RawMessage, Unreadable
from channels_app.letter.inbound import LetterInbound
from channels_app.letter.sheet import Letter, Next, Scan, read_letter
from channels_app.testing import HearingPromises

PDF = b"%PDF-1.4\n%%EOF\n"


def scan(data=PDF, name="lettre.pdf"):
    return Scan(name, "application/pdf", base64.b64encode(data).decode())


class TestLetterHears(HearingPromises):
    kind, word = "letter", "Demande le RSA"

    @pytest.fixture
    def sample(self, bruno, lyon_8):
        at = timezone.now()
        return Letter(
            at, bruno.pk, lyon_8.pk, Next.PASSED_ON, word="Demande le RSA.", scans=(scan(),)
        ).to_raw()


class TestSheet:
    def test_comes_back_as_it_was_written(self):
        at = timezone.now()
        sheet = Letter(
            at=at,
            agent_id=1,
            maison_id=2,
            next=Next.PASSED_ON,
            written_on=at.date() - timedelta(days=3),
            arrived_on=at.date(),
            registered_number="1A 234",
            organisation="Mairie",
            scans=(scan(), scan(b"\xff\xd8\xff", "page 2.jpg")),
        )

        assert read_letter(sheet.to_raw()) == sheet
        assert sheet.to_raw() == read_letter(sheet.to_raw()).to_raw()

    @pytest.mark.parametrize("raw", [b"", b"\xff", b"[]", b"{}", b'{"at": 1}', b"null"])
    def test_noise_is_unreadable(self, raw):
        with pytest.raises(Unreadable):
            LetterInbound().parse(RawMessage(1, "", raw, timezone.now()))

    def test_a_scan_that_is_no_base64_is_unreadable(self):
        raw = Letter(timezone.now(), 1, 2, Next.PASSED_ON, scans=(Scan("a", "b", "¤"),)).to_raw()
        with pytest.raises(Unreadable):
            LetterInbound().parse(RawMessage(1, "", raw, timezone.now()))
