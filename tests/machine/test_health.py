"""What the product says of itself: /healthz, `doctor`, `sweep`, the refusals of half a configuration."""

import shutil
import socket
import subprocess
import sys
import threading
from datetime import datetime
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.utils import timezone
from django.utils.module_loading import import_string

from channels_app.portal import drafts, quota
from gru import checks, doctor, probes
from gru.celery import app
from gru.schedule import SCHEDULE, beat_schedule
from gru.settings.hosts import allowed_hosts

NO_BROKER = "redis+socket:///nowhere/valkey.sock?virtual_host=0"


@pytest.fixture
def mail_door(settings):
    with socket.create_server(("127.0.0.1", 0)) as door:
        settings.MAIL_HOST, settings.MAIL_PORT = door.getsockname()
        threading.Thread(target=lambda: door.accept()[0].sendall(b"220 test\r\n"), daemon=True).start()
        yield


def disk_of(*, used: int, free: int, reserved: int = 150):
    """A disk of which a part is kept for others: neither used nor free."""
    size = shutil._ntuple_diskusage(used + free + reserved, used, free)
    return lambda path: size


class TestHealthz:
    def test_says_ok_in_the_words_that_outside_checks_read(self, client, db):
        answer = client.get("/healthz")
        assert (answer.status_code, answer.content) == (200, b'{"status":"ok"}')
        assert "no-store" in answer["Cache-Control"]

    def test_answers_a_probe_that_knows_it_by_another_name(self, client, db):
        assert client.get("/healthz", HTTP_HOST="10.1.2.3:8000").status_code == 200
        assert client.get("/connexion/", HTTP_HOST="10.1.2.3:8000").status_code == 400

    def test_F04_without_a_database_it_is_503(self, client, db, monkeypatch):
        lost = connection.copy()
        lost.settings_dict["HOST"] = "/nowhere"
        monkeypatch.setattr(probes, "connection", lost)
        answer = client.get("/healthz")
        assert (answer.status_code, answer.json()) == (503, {"status": "database unreachable"})

    def test_without_the_last_migration_it_is_503(self, client, db, monkeypatch):
        monkeypatch.setattr(probes, "_seen_migrated", set())
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM django_migrations WHERE app = 'sessions'")
        answer = client.get("/healthz")
        assert (answer.status_code, answer.json()) == (503, {"status": "migrations missing"})

    def test_F03_a_dead_broker_does_not_take_the_product_down(self, client, db, settings):
        settings.CELERY_BROKER_URL = NO_BROKER
        assert client.get("/healthz").status_code == 200

    def test_costs_one_statement_once_migrated(self, client, db, django_assert_num_queries):
        client.get("/healthz")
        with django_assert_num_queries(1):
            client.get("/healthz")


class TestDoctor:
    def test_F05_forms_never_sent_are_watched_from_eighty_per_cent(self, db, settings):
        drafts.open_draft(at=timezone.now())
        settings.MAX_UNSENT_BYTES = int(quota.weight() / 0.79)
        assert not doctor.unsent().is_fatal
        settings.MAX_UNSENT_BYTES = int(quota.weight() / 0.81)
        assert doctor.unsent().is_fatal

    def run(self):
        out = StringIO()
        try:
            call_command("doctor", stdout=out)
        except SystemExit as left:
            return left.code, out.getvalue()
        return 0, out.getvalue()

    def test_I2_counts_what_has_disappeared(self, make_arrival):
        make_arrival(state="heard", reason="")
        [found] = doctor.arrivals()
        assert found.is_fatal
        assert "il manque 1 arrivée" in found.detail

    def test_I2_says_that_the_count_is_right(self, make_arrival):
        make_arrival()
        [found] = doctor.arrivals()
        assert (found.is_fatal, found.detail) == (False, "juste ; 1 en quarantaine, 0 en cours")

    def test_a_whole_product_is_well(self, db, mail_door, monkeypatch):
        monkeypatch.setattr(shutil, "disk_usage", disk_of(used=60, free=40))
        code, table = self.run()
        assert code == 0, table
        assert [line[:18].strip() for line in table.splitlines()] == [
            "base de données",
            "compte de la base",
            "connexions",
            "file des tâches",
            "planificateur",
            "arrivées",
            "porte du courriel",
            "courriel sortant",
            "SMS",
            "géocodeur",
            "envois",
            "abonnements",
            "stockage",
            "formulaires",
            "nombres",
            "horloge",
            "pages de loi",
        ]

    def test_F03_a_dead_broker_is_told(self, db, mail_door, settings):
        settings.CELERY_BROKER_URL = NO_BROKER
        code, table = self.run()
        assert code == 69
        assert "file des tâches    en panne" in table

    def test_a_closed_door_is_told(self, db, settings):
        settings.MAIL_PORT = 1
        assert "en panne" in str(doctor.mail_door())

    @pytest.mark.parametrize(("used", "free", "is_full"), [(81, 19, True), (79, 21, False), (53, 47, False)])
    def test_F05_a_disk_that_fills_up_is_told_at_80_percent(self, db, monkeypatch, used, free, is_full):
        monkeypatch.setattr(shutil, "disk_usage", disk_of(used=used, free=free))
        assert doctor.storage().is_fatal is is_full
        assert f"{used} %" in doctor.storage().detail


class TestDoctorOfOutgoingMail:
    def test_without_a_server_it_says_that_mails_wait(self, settings):
        settings.EMAIL_URL = ""
        found = doctor.outgoing_mail()
        assert (found.state, found.is_fatal) == ("non configuré", False)
        assert "GRU_EMAIL_URL" in found.detail

    def test_a_server_that_answers_is_well_and_one_that_does_not_is_told(self, settings):
        with socket.create_server(("127.0.0.1", 0)) as server:
            settings.EMAIL_URL = f"smtp://127.0.0.1:{server.getsockname()[1]}"
            assert not doctor.outgoing_mail().is_fatal
        assert doctor.outgoing_mail().is_fatal

    def test_a_service_is_named_without_its_key(self, settings):
        settings.EMAIL_URL = "anymail+mailgun://clef-secrete@mg.exemple.fr"
        assert "mailgun" in doctor.outgoing_mail().detail
        assert "clef" not in str(doctor.outgoing_mail())


class TestSweep:
    def test_does_everything_that_the_scheduler_does(self, db):
        out = StringIO()
        call_command("sweep", stdout=out)
        assert out.getvalue().splitlines() == [f"{entry.task} : fait" for entry in SCHEDULE]

    def test_acts_at_the_instant_it_is_given(self, db, monkeypatch):
        seen = []
        monkeypatch.setattr(
            "gru.management.commands.sweep.import_string", lambda name: lambda *, at: seen.append(at)
        )
        call_command("sweep", "--at", "2026-11-23T09:00", stdout=StringIO())
        assert set(seen) == {datetime(2026, 11, 23, 9, tzinfo=ZoneInfo("Europe/Paris"))}

    def test_refuses_another_instant_outside_of_embedded_servers(self, db, settings):
        settings.EMBEDDED = False
        with pytest.raises(CommandError) as refused:
            call_command("sweep", "--at", "2026-11-23T09:00")
        assert refused.value.returncode == 2

    def test_every_scheduled_task_and_its_service_exist(self):
        app.loader.import_default_modules()
        assert {entry.task for entry in SCHEDULE} <= set(app.tasks)
        assert all(callable(import_string(entry.service)) for entry in SCHEDULE)
        assert set(beat_schedule()) == {entry.task for entry in SCHEDULE}


class TestF13HalfConfigured:
    @pytest.mark.parametrize("key", ["", "short", "x" * 60])
    def test_F13_a_poor_secret_is_refused(self, settings, key):
        settings.SECRET_KEY = key
        assert [error.id for error in checks.secret_key_is_set()] == ["gru.E001"]

    def test_F13_debug_is_refused_outside_of_a_demonstration(self, settings):
        settings.DEBUG, settings.EMBEDDED = True, False
        assert [error.id for error in checks.debug_is_off()] == ["gru.E002"]

    @pytest.mark.parametrize("url", ["serveur:25", "smtp://", "anymail+autre://clef@"])
    def test_F13_a_sending_server_that_cannot_be_read_is_refused(self, settings, url):
        settings.EMAIL_URL = url
        assert [error.id for error in checks.email_url_is_understood()] == ["gru.E010"]

    def test_F13_a_sender_that_is_no_address_is_refused(self, settings):
        settings.MAIL_FROM = "Métropole <accueil@exemple.fr>"
        assert [error.id for error in checks.mail_from_is_an_address()] == ["gru.E011"]

    @pytest.mark.parametrize(
        "url",
        [
            "http://demandes.grandlyon.example",
            "demandes.example",
            "ftp://127.0.0.1",
            "",
            "https://nom:clef@demandes.example",
            'https://demandes.example/"><script>',
            "https://demandes.example/?a=1",
            "https://demandes.example#x",
            "https://demandes.example x",
        ],
    )
    def test_F13_an_address_without_tls_is_refused(self, settings, url):
        settings.PUBLIC_URL, settings.EMBEDDED = url, False
        assert [error.id for error in checks.public_url_is_usable()] == ["gru.E003"]

    @pytest.mark.parametrize("url", ["https://demandes.example", "http://127.0.0.1:8000", "http://localhost"])
    def test_a_good_address_passes(self, settings, url):
        settings.PUBLIC_URL, settings.EMBEDDED = url, False
        assert checks.public_url_is_usable() == []

    @pytest.mark.parametrize("url", ["http://fichiers.example", "fichiers.example", "https://nom@x.example"])
    def test_F13_files_never_travel_in_clear(self, settings, url):
        settings.FILES_URL, settings.EMBEDDED = url, False
        assert [error.id for error in checks.files_url_is_usable()] == ["gru.E004"]

    def test_F13_a_list_of_hosts_names_the_public_one(self, settings):
        settings.PUBLIC_URL, settings.ALLOWED_HOSTS = "https://demandes.exemple.fr", ["autre.fr", "127.0.0.1"]
        assert [error.id for error in checks.the_public_host_is_answered()] == ["gru.E007"]
        settings.ALLOWED_HOSTS = [".exemple.fr"]
        assert checks.the_public_host_is_answered() == []

    @pytest.mark.parametrize(
        ("given", "urls", "hosts"),
        [
            ("", ["https://a.fr/x", ""], ["a.fr"]),
            ("", ["http://127.0.0.1:8012", "https://f.a.fr"], ["127.0.0.1", "f.a.fr"]),
            ("b.fr, .c.fr", ["https://a.fr"], ["b.fr", ".c.fr"]),
            ("", ["https://[2001:db8::1]:8443"], ["[2001:db8::1]"]),
            (" ", ["https://[a", "a"], []),
        ],
    )
    def test_F13_hosts_are_those_of_our_addresses_unless_given(self, given, urls, hosts):
        assert set(allowed_hosts(given, *urls)) == {*hosts, "127.0.0.1", "localhost", "[::1]"}

    def test_F13_a_real_site_has_its_limits_and_a_way_to_send(self, settings):
        settings.PUBLIC_URL, settings.EMBEDDED = "https://demandes.example", False
        settings.LIMITS_ON, settings.EMAIL_URL = False, ""
        assert [error.id for error in (*checks.limits_are_on(), *checks.mail_can_leave())] == [
            "gru.E005",
            "gru.E006",
        ]
        settings.PUBLIC_URL = "http://127.0.0.1:8000"  # a load check, or a laptop
        assert [*checks.limits_are_on(), *checks.mail_can_leave()] == []

    def test_F13_a_site_with_tls_asks_browsers_to_keep_to_it(self, tmp_path):
        names = (
            "SECURE_HSTS_SECONDS",
            "SESSION_COOKIE_SECURE",
            "CSRF_COOKIE_SECURE",
            "LANGUAGE_COOKIE_SECURE",
        )
        asked = f"from gru.settings import base; print(*(getattr(base, name) for name in {names}))"
        found = {}
        for url in ("https://demandes.example", "http://127.0.0.1:8000"):
            env = {"GRU_PUBLIC_URL": url, "GRU_DATA_DIR": str(tmp_path)}
            ran = subprocess.run(
                [sys.executable, "-c", asked], env=env, capture_output=True, text=True, check=True
            )
            found[url] = ran.stdout.split()
        assert found["https://demandes.example"] == ["31536000", "True", "True", "True"]
        assert found["http://127.0.0.1:8000"] == ["0", "False", "False", "False"]

    def test_F13_a_server_refuses_to_start(self, settings, capsys):
        settings.SECRET_KEY = ""
        with pytest.raises(SystemExit) as left:
            checks.refuse_half_configured()
        assert left.value.code == 69
        assert "GRU_SECRET_KEY est vide" in capsys.readouterr().err
