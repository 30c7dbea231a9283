import json
import os
import signal
import sys
from io import BytesIO, StringIO, TextIOWrapper

import pytest
from django.conf import settings
from django.core.management import call_command

from channels_app.intake.models import Arrival
from channels_app.mail.tests.doors import mail_in, port_of, start_door
from channels_app.mail.tests.mails import CORPUS

State = Arrival.State
GOOD = CORPUS / "html_only_reply.eml"
BOUNCE = CORPUS / "bounce_without_report_fr.eml"


def ingested(*words: object) -> str:
    out = StringIO()
    call_command("ingest_mail", *map(str, words), stdout=out)
    return out.getvalue()


def exported() -> list[dict[str, object]]:
    out = StringIO()
    call_command("export_touchpoints", "--channel", "mail", "--format", "json", stdout=out)
    return json.loads(out.getvalue())


@pytest.mark.django_db
class TestIngestMail:
    def test_keeps_files_and_says_so_in_one_line(self):
        assert ingested(GOOD, BOUNCE, GOOD).splitlines() == [
            "Courriels gardés : 2 nouveaux, 1 déjà connus, 0 refusés."
        ]
        assert set(Arrival.objects.values_list("state", flat=True)) == {State.PENDING}

    def test_hears_them_at_once_when_asked(self, territory):
        line = ingested("--now", GOOD, BOUNCE)
        assert "1 joints à une demande, 1 écartés, 0 en quarantaine, 0 en attente" in line

    def test_reads_stdin(self, monkeypatch):
        monkeypatch.setattr(sys, "stdin", TextIOWrapper(BytesIO(b"From: a@b.fr\n\nx")))
        ingested("--to", "Tri@demande.invalid")
        assert Arrival.objects.get().address == "tri@demande.invalid"

    def test_exits_2_for_a_file_that_is_not_there_and_keeps_the_others(self):
        with pytest.raises(SystemExit) as ended:
            ingested(GOOD, "/nowhere.eml")
        assert ended.value.code == 2
        assert Arrival.objects.count() == 1

    def test_M01_refuses_what_passes_the_cap(self, tmp_path):
        (tmp_path / "big.eml").write_bytes(b"x" * (settings.MAIL_MAX_BYTES + 1))
        with pytest.raises(SystemExit):
            ingested(tmp_path / "big.eml")
        assert not Arrival.objects.exists()

    @pytest.mark.parametrize("address", ["x@ailleurs.example", "contact@demande.invalid"])
    def test_refuses_no_address_for_an_administrator_gives_it(self, address):
        ingested("--to", address, GOOD)
        assert Arrival.objects.get().address == address


@pytest.mark.django_db
class TestExport:
    def test_gives_one_object_for_each_arrival_in_any_state(self, territory):
        ingested("--now", GOOD, BOUNCE, GOOD)
        ingested(CORPUS / "utf16_body.eml")
        objects = exported()
        assert [mail["state"] for mail in objects] == [State.HEARD, State.DISCARDED, State.PENDING]
        assert objects[0]["ticket"].startswith("LYN-")
        assert (objects[1]["ticket"], objects[1]["bounce"]) == (None, True)
        assert all(mail["text"] and mail["from"] for mail in objects)
        assert set(objects[0]) == {
            *("arrival", "raw_sha256", "state", "reason", "message_id", "from", "subject", "text"),
            *("reply_text", "html", "attachments", "auto", "bounce", "ack_sent", "ticket"),
        }

    def test_never_fails_on_what_cannot_be_read(self, make_arrival):
        make_arrival(raw=b"a: b\r\n" * 20_000)
        assert exported()[0]["text"] == ""

    def test_gives_the_sender_and_subject_of_what_is_too_long_to_read(self, make_arrival):
        head = b"From: Amina <amina@exemple.fr>\r\nSubject: Bonjour\r\n"
        make_arrival(raw=head + b"X-Long: b\r\n" * 20_000)
        assert (exported()[0]["from"], exported()[0]["subject"]) == ("amina@exemple.fr", "Bonjour")

    def test_gives_an_empty_array_for_nothing(self):
        assert exported() == []

    def test_costs_the_same_for_one_as_for_ten(self, territory, django_assert_max_num_queries):
        ingested("--now", *sorted(CORPUS.glob("reply_*.eml")))
        with django_assert_max_num_queries(4):
            exported()


@pytest.mark.django_db(transaction=True)
class TestMailDoorCommand:
    def test_F03_keeps_mail_while_the_broker_is_down_and_stops_in_peace(self):
        door = start_door(REDIS_URL="redis://127.0.0.1:1/0")
        port = port_of(door)
        codes = [mail_in(b"From: a@b.fr\n\n%d" % n, port).returncode for n in range(3)]
        door.send_signal(signal.SIGTERM)
        assert (codes, door.wait(10)) == ([0, 0, 0], 0)
        assert Arrival.objects.count() == 3

    def test_a_closed_door_is_named_with_the_settings_that_move_it(self):
        refused = mail_in(b"From: a@b.fr\n\nBonjour", 1)
        assert refused.returncode == os.EX_TEMPFAIL
        assert "127.0.0.1:1 (GRU_MAIL_HOST, GRU_MAIL_PORT)" in refused.stderr.decode()

    def test_says_that_the_port_is_taken(self, door):
        refused = start_door("--port", str(door.port))
        assert refused.wait(20) == os.EX_TEMPFAIL
        assert "ne peut pas s’ouvrir" in refused.stderr.read().decode()
