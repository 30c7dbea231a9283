"""Boxes of another server, read by the real client on a real socket (threats: I1, I2, I3)."""

import os
import subprocess
import sys
from datetime import date, timedelta

import pytest
from django.conf import settings as conf
from django.utils import timezone

from channels_app.intake.models import Arrival
from channels_app.mail import imap
from channels_app.mail.imap import clients, polling
from channels_app.mail.models import PolledBox
from channels_app.mail.tasks import poll_imap
from channels_app.mail.tests.doors import ROOT, accept_to_write, our_world, refuse_to_write, stored_mails
from channels_app.mail.tests.imap_server import Folder, ImapServer
from requests_app.lib import incidents as staff
from requests_app.lib.incidents import incidents

pytestmark = pytest.mark.django_db(transaction=True)

LONG_AGO = date(2020, 1, 1)
SECONDS = timedelta(seconds=1)
POLL = "import django; django.setup(); from channels_app.mail.tasks import poll_imap; poll_imap()"


def mail(rank: int, body: str = "Bonjour") -> bytes:
    return (
        f"From: amina@exemple.fr\r\nSubject: {rank}\r\nMessage-ID: <{rank}@x.fr>\r\n\r\n{body}\r\n".encode()
    )


@pytest.fixture
def server(settings):
    running = ImapServer()
    settings.IMAP_URL = running.url()
    yield running
    running.close()


@pytest.fixture
def box(server):
    return server.folders["INBOX"]


def poll(after: timedelta = 0 * SECONDS) -> int:
    return imap.poll(at=timezone.now() + after)


def row() -> PolledBox:
    return PolledBox.objects.get()


class TestReading:
    def test_I1_a_mail_is_kept_as_it_is_then_marked_read_and_never_taken_again(self, server, box):
        uid = box.put(mail(1))
        poll_imap()
        assert stored_mails() == [mail(1)]
        assert (Arrival.objects.get().source, Arrival.objects.get().address) == (
            "imap",
            "accueil@demande.invalid",
        )
        assert box.mails[uid].is_seen
        assert poll() == 0
        assert server.count("UID FETCH 1 (UID BODY") == 1

    def test_keeps_for_the_address_the_mail_was_delivered_to(self, box):
        box.put(b"Delivered-To: Tri@demande.invalid\r\nTo: autre@demande.invalid\r\n" + mail(1))
        poll()
        assert Arrival.objects.get().address == "tri@demande.invalid"

    def test_reads_what_a_colleague_opened_first_and_what_is_in_a_read_only_box(self, box):
        poll()
        box.is_read_only = True
        box.put(mail(1), is_seen=True)
        assert (poll(), poll()) == (1, 0)

    def test_signs_in_with_signs_of_any_kind(self, settings):
        server = ImapServer(user='boîte "deux"@x.fr', password="clé \\ é")
        settings.IMAP_URL = (
            server.url(password="cl%C3%A9%20%5C%20%C3%A9")
            .replace("î", "%C3%AE")
            .replace(' "deux"', "%20%22deux%22")
        )
        server.folders["INBOX"].put(mail(1))
        assert poll() == 1
        server.close()

    def test_several_boxes_and_folders_are_read_apart(self, server, settings, box):
        server.folders["Demandes"] = Folder()
        settings.IMAP_URL = f"{server.url()}  {server.url('Demandes')} {server.url('Absent')}"
        box.put(mail(1))
        server.folders["Demandes"].put(mail(2))
        assert poll() == 2
        states = {each.name: each.failing_since is None for each in PolledBox.objects.all()}
        assert states == {
            "127.0.0.1/INBOX": True,
            "127.0.0.1/Demandes": True,
            "127.0.0.1/Absent": False,
        }

    def test_a_server_that_knows_few_criteria_is_read_all_the_same(self, server, box):
        server.troubles.knows_few_criteria = True
        box.put(mail(1), is_seen=True, on=LONG_AGO)
        poll()
        box.put(mail(2))
        poll()
        assert mail(2) in stored_mails()


class TestOldBoxes:
    def test_of_ten_thousand_old_mails_only_the_unread_and_todays_are_taken(self, server, box):
        for rank in range(10_000):
            box.put(mail(rank), is_seen=rank % 5_000 != 7, on=LONG_AGO)
        box.put(mail(10_001), is_seen=True)
        assert poll() == 3
        assert server.count("UID FETCH") <= 4
        assert poll() == 0

    def test_a_large_backlog_comes_by_passes_and_holds_up_no_other_box(
        self, server, settings, box, monkeypatch
    ):
        monkeypatch.setattr(polling, "MAX_ROWS", 20)
        server.folders["Autre"] = Folder()
        settings.IMAP_URL = f"{server.url()} {server.url('Autre')}"
        for rank in range(50):
            box.put(mail(rank))
        server.folders["Autre"].put(mail(100))
        assert [poll() for _ in range(4)] == [21, 20, 10, 0]

    def test_I3_another_numbering_takes_nothing_twice_and_nothing_old(self, server, box):
        old = box.put(mail(0), is_seen=True, on=LONG_AGO)
        box.put(mail(1))
        poll()
        PolledBox.objects.update(began_at=timezone.now() - timedelta(days=3000))  # read for eight years
        box.renumber()
        box.put(mail(2))
        asked = server.count("UID FETCH")
        poll()
        assert stored_mails() == [mail(1), mail(2)]
        assert row().uid_validity == 2
        assert not [line for line in server.said[asked:] if f"FETCH {old + 100_000} " in line]


class TestTroubles:
    @pytest.mark.parametrize("trouble", ["refused", "nil"])
    def test_F08_one_bad_mail_holds_up_no_other_and_ends_in_quarantine(self, server, box, trouble, territory):
        for rank in (1, 2, 3):
            box.put(mail(rank))
        getattr(server.troubles, trouble).add(2)
        assert poll() == 2
        assert stored_mails() == [mail(1), mail(3)]
        poll(), poll(), poll()
        assert stored_mails() == [mail(1), mail(3), b""]
        assert row().refused == {}
        poll_heard()
        bad = Arrival.objects.get(state="quarantined")
        assert bad.reason == "Le serveur de la boîte ne donne pas le message n° 2 : ouvrez-le là-bas."

    def test_a_line_that_breaks_in_a_mail_is_taken_up_again_after_it(self, server, box):
        for rank in (1, 2, 3):
            box.put(mail(rank))
        server.troubles.cut.add(2)
        assert poll() == 1
        assert row().last_error == "le serveur a coupé la ligne"
        assert poll() == 1
        assert stored_mails() == [mail(1), mail(3)]
        server.troubles.cut.clear()
        assert poll() == 1
        assert set(stored_mails()) == {mail(1), mail(2), mail(3)}
        assert row().failing_since is None

    def test_what_went_away_meanwhile_is_no_trouble(self, server, box):
        server.troubles.gone.add(box.put(mail(1)))
        box.put(mail(2))
        assert poll() == 1
        assert row().failing_since is None

    def test_M01_over_the_cap_the_header_and_the_size_are_kept(self, server, box, territory):
        server.troubles.sizes[box.put(mail(1, "CORPS"))] = conf.MAIL_MAX_BYTES + 1
        assert poll() == 1
        assert b"CORPS" not in stored_mails()[0]
        poll_heard()
        assert Arrival.objects.get().reason.startswith("Trop gros : 42")

    def test_M01_a_size_told_too_small_is_not_believed(self, server, box, settings):
        settings.MAIL_MAX_BYTES = 10_000
        server.troubles.sizes[box.put(mail(1, "x" * 20_000))] = 100
        assert poll() == 1
        assert len(stored_mails()[0]) < 100
        assert Arrival.objects.get().facts["too_big"] > 20_000

    def test_a_refused_password_is_said_and_tried_less_and_less_often(self, server, box, settings):
        settings.IMAP_URL = server.url(password="fausse")
        box.put(mail(1))
        for minute in range(60):
            poll(minute * 60 * SECONDS)
        assert server.count("LOGIN") <= 9
        assert row().last_error == "le serveur refuse l’identifiant ou le mot de passe"
        settings.IMAP_URL = server.url()
        assert poll(timedelta(minutes=75)) == 1

    def test_an_absent_server_is_said_and_found_again(self, settings, server, box):
        settings.IMAP_URL = "imap://a:b@127.0.0.1:1/"
        poll()
        assert row().last_error == "le serveur ne répond pas"

    @pytest.mark.parametrize("trouble", ["hangs", "drips"])
    def test_a_server_that_hangs_or_drips_costs_its_own_time_only(
        self, server, settings, box, monkeypatch, trouble
    ):
        monkeypatch.setattr(clients, "TIMEOUT_S", 1)
        monkeypatch.setattr(polling, "LAST_ANSWER_S", 0)
        monkeypatch.setattr(polling, "MAX_SECONDS", 2.0)
        monkeypatch.setattr(polling, "LEAST_S", 1.0)
        other = ImapServer()
        settings.IMAP_URL = f"{server.url()} {other.url()}"
        setattr(server.troubles, trouble, True)
        box.put(mail(1))
        other.folders["INBOX"].put(mail(2))
        began = timezone.now()
        assert poll() == 1
        assert timezone.now() - began < timedelta(seconds=10)
        assert stored_mails() == [mail(2)]
        other.close()

    def test_F04_a_database_that_refuses_marks_nothing_read_and_blames_no_box(self, server, box):
        uid = box.put(mail(1))
        refuse_to_write("53100")
        try:
            with pytest.raises(Exception, match="refused"):
                poll()
        finally:
            accept_to_write()
        assert not box.mails[uid].is_seen
        assert row().failing_since is None
        assert poll() == 1

    def test_F02_killed_between_the_store_and_the_mark_it_is_kept_once(self, server, box):
        box.put(mail(1))
        argv, world = [sys.executable, "-c", POLL], our_world(GRU_IMAP_URL=server.url())
        dying = subprocess.run(argv, cwd=ROOT, env={**world, "FAILPOINT": "imap.after_store:kill"})
        assert dying.returncode == -9
        assert not box.mails[1].is_seen
        assert subprocess.run(argv, cwd=ROOT, env=world).returncode == os.EX_OK
        assert stored_mails() == [mail(1)]
        assert box.mails[1].is_seen


class TestWhatPeopleAreTold:
    def test_staff_read_which_box_and_why_and_no_account(self, server, settings):
        settings.IMAP_URL = server.url(password="fausse")
        poll()
        (sentence,) = [each for each in incidents(timezone.now()) if "boîte" in each]
        assert sentence.startswith("La boîte 127.0.0.1/INBOX n’est plus relevée : le serveur refuse")
        assert "fausse" not in sentence
        assert staff.incidents(timezone.now()) == [sentence]


def poll_heard() -> None:
    """What the workers do with what was kept."""
    from channels_app.intake import services

    services.sweep(at=timezone.now() + timedelta(minutes=1))
