import os

import pytest

from channels_app.intake.models import Arrival
from channels_app.mail.door import answers
from channels_app.mail.tests.doors import RAW, accept_to_write, mail_in, refuse_to_write, stored_mails


class TestMailIn:
    def test_keeps_stdin_byte_for_byte(self, door):
        raw = b".From: a@exemple.fr\nSubject: x\n\n.\nsans fin de ligne"
        assert mail_in(raw, door.port).returncode == 0
        assert stored_mails() == [raw]
        assert Arrival.objects.get().facts == {}

    def test_exits_75_when_the_door_is_closed(self):
        done = mail_in(RAW, 1)
        assert done.returncode == os.EX_TEMPFAIL
        assert done.stderr

    def test_exits_75_when_the_door_says_later(self, door):
        refuse_to_write("53100")
        try:
            assert mail_in(RAW, door.port).returncode == os.EX_TEMPFAIL
        finally:
            accept_to_write()

    def test_exits_65_when_it_is_refused_for_good(self, door):
        done = mail_in(RAW, door.port, "--to", "x@ailleurs.example")
        assert done.returncode == os.EX_DATAERR
        assert answers.NOT_OURS.encode() in done.stderr

    @pytest.mark.parametrize("words", [["--to"], ["--quoi"], ["--to", "a\nb"]])
    def test_exits_2_on_bad_arguments(self, words):
        assert mail_in(RAW, 1, *words).returncode == 2
