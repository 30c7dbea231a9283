from datetime import timedelta

import pytest
from django.utils import timezone

from channels_app.contract import RawMessage, Unreadable
from channels_app.phone.inbound import PhoneInbound
from channels_app.phone.sheet import Call, Next, Voice, read_call
from channels_app.testing import HearingPromises
from requests_app.people.services import NewPerson


class TestPhoneHears(HearingPromises):
    kind, word = "phone", "dossier"

    @pytest.fixture
    def sample(self, bruno, lyon_8):
        at = timezone.now()
        return Call(at, bruno.pk, lyon_8.pk, Next.PASSED_ON, why="RSA", word="Son dossier est là.").to_raw()


class TestSheet:
    def test_comes_back_as_it_was_written(self):
        at = timezone.now()
        sheet = Call(
            at=at,
            agent_id=1,
            maison_id=2,
            next=Next.PROMISED,
            new_person=NewPerson("Zoé", "Durand", 1980),
            is_out=True,
            is_relayed=True,
            number="+33639981234",
            voice=Voice.NO,
            promised_at=at + timedelta(days=1),
        )

        assert read_call(sheet.to_raw()) == sheet
        assert sheet.to_raw() == read_call(sheet.to_raw()).to_raw()

    @pytest.mark.parametrize("raw", [b"", b"\xff", b"[]", b"{}", b'{"at": 1}', b"null"])
    def test_noise_is_unreadable(self, raw):
        with pytest.raises(Unreadable):
            PhoneInbound().parse(RawMessage(1, "", raw, timezone.now()))
