import threading
from contextlib import contextmanager

import psycopg2
import pytest
from django.db import connection

from channels_app.intake.models import Arrival
from channels_app.mail.door import answers
from channels_app.mail.tests.doors import HERE, RAW, accept_to_write, refuse_to_write, stored_mails


class TestTrouble:
    @pytest.mark.parametrize(
        ("sqlstate", "answer"),
        [("53100", answers.NO_ROOM), ("57014", answers.LATER), ("22000", answers.LATER)],
    )
    def test_F05_never_says_yes_for_what_the_database_refuses(self, door, sqlstate, answer):
        refuse_to_write(sqlstate)
        try:
            assert door.talk().deliver(RAW, HERE) == [answer]
        finally:
            accept_to_write()
        assert not Arrival.objects.exists()
        assert door.talk().deliver(RAW, HERE) == [answers.KEPT]

    def test_F04_outlives_a_database_that_goes_away(self, door):
        talk = door.talk()
        assert talk.deliver(RAW, HERE) == [answers.KEPT]
        with closed_database():
            assert talk.deliver(RAW + b"2", HERE) == [answers.LATER]
        assert talk.deliver(RAW + b"2", HERE) == [answers.KEPT]

    def test_finishes_the_mail_in_flight_before_it_stops(self, door):
        talk, idle = door.talk(), door.talk()
        talk.say("MAIL FROM:<>")
        talk.say(f"RCPT TO:<{HERE}>")
        talk.say("DATA")
        talk.send(b"Subject: x\r\n")
        closing = threading.Thread(target=door.close)
        closing.start()
        assert idle.answer() == answers.CLOSING
        talk.send(b"\r\nfin\r\n.\r\n")
        assert (talk.answer(), talk.answer()) == (answers.KEPT, answers.CLOSING)
        closing.join()
        with pytest.raises(OSError):
            door.talk()

    def test_gives_back_the_memory_of_a_mail_cut_off(self, door):
        talk = door.talk()
        talk.say("MAIL FROM:<>")
        talk.say(f"RCPT TO:<{HERE}>")
        talk.say("DATA")
        talk.send(b"x" * 500_000)
        talk.close()
        talk = door.talk()
        assert talk.deliver(RAW, HERE) == [answers.KEPT]
        assert door.door.peers.bytes_in_flight == 0
        assert stored_mails() == [RAW]

    def test_P01_logs_no_word_of_the_mail_nor_of_its_envelope(self, door, caplog):
        refuse_to_write("22000")
        try:
            door.talk().deliver(
                b"Subject: CANARI\r\n\r\nCANARI\r\n", "accueil+CANARI@demande.invalid", sender="CANARI@x.fr"
            )
            door.talk().say("CANARI CANARI")
        finally:
            accept_to_write()
        assert "CANARI" not in caplog.text.upper().replace("INTAKE", "")
        assert "not stored" in caplog.text


class TestLimits:
    def test_refuses_one_connection_too_many_and_forgets_those_that_left(self, door):
        door.door.peers.is_on = True
        talks = [door.talk() for _ in range(64)]
        assert door.talk("").greeting == [answers.TOO_MANY]
        for talk in talks:
            talk.say("QUIT")
            talk.close()
        assert door.talk().deliver(RAW, HERE) == [answers.KEPT]

    def test_refuses_nobody_when_limits_are_off(self, door):
        door.door.peers.is_on = False
        talks = [door.talk() for _ in range(70)]
        assert talks[-1].deliver(RAW, HERE) == [answers.KEPT]
        for talk in talks:
            talk.close()


@contextmanager
def closed_database():
    """Nobody may connect to the tests' database, and the connections of the door are cut."""
    known = connection.settings_dict
    words = {
        "host": known["HOST"],
        "port": known["PORT"],
        "user": known["USER"],
        "password": known["PASSWORD"],
    }
    other = psycopg2.connect(dbname="postgres", **{name: word for name, word in words.items() if word})
    other.autocommit = True
    with connection.cursor() as ours, other.cursor() as cursor:
        ours.execute("SELECT pg_backend_pid()")
        cursor.execute(f'ALTER DATABASE "{known["NAME"]}" ALLOW_CONNECTIONS false')
        try:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s AND pid <> %s",
                [known["NAME"], ours.fetchone()[0]],
            )
            yield
        finally:
            cursor.execute(f'ALTER DATABASE "{known["NAME"]}" ALLOW_CONNECTIONS true')
            other.close()
