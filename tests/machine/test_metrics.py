"""/metrics, read with Prometheus' own parser (design/machines.md, 5)."""

import os
import re
import subprocess
import sys
from datetime import timedelta
from math import inf
from pathlib import Path
from uuid import uuid4

import pytest
from celery.signals import beat_init
from django.conf import settings as django_settings
from django.test import Client
from django.utils import timezone
from prometheus_client.openmetrics.parser import text_string_to_metric_families as open_families
from prometheus_client.parser import text_string_to_metric_families as families

from channels_app.intake.models import Watch
from channels_app.intake.services import process
from channels_app.intake.services.timing import ARRIVALS
from channels_app.sms.models import Spending
from gru.metrics import heartbeat, values
from gru.metrics.timing import HTTP
from requests_app.lib import histograms
from requests_app.lib.histograms import Histogram
from requests_app.lib.valkey import valkey
from requests_app.outbox.models import Outgoing

KINDS = {
    "gru_arrival_oldest_pending_seconds": "gauge",
    "gru_arrivals_gap": "gauge",
    "gru_arrivals_quarantined": "gauge",
    "gru_sms_segments_left": "gauge",
    "gru_scheduler_age_seconds": "gauge",
    "gru_push_lag_seconds": "gauge",
    "gru_outgoing_messages": "gauge",
    "gru_database_connections": "gauge",
    "gru_arrival_processing_seconds": "histogram",
    "gru_http_request_duration_seconds": "histogram",
}
TOKEN = "jeton-de-mesure"
NO_BROKER = "redis+socket:///nowhere/valkey.sock?virtual_host=0"


@pytest.fixture(autouse=True)
def from_zero(monkeypatch):
    """Count apart: other tests run at once, over the same server."""
    apart = f"gru:test:{uuid4().hex}"
    monkeypatch.setattr(histograms, "KEY", f"{apart}:{{}}")
    monkeypatch.setattr(heartbeat, "KEY", f"{apart}:scheduler")
    yield
    for name in valkey().scan_iter(f"{apart}*"):
        valkey().delete(name)


def read(client=None, **headers):
    answer = (client or Client()).get("/metrics", **headers)
    assert answer.status_code == 200
    return {family.name: family for family in families(answer.content.decode())}


def value(found, name, **labels):
    [sample] = [one for one in found[name].samples if one.labels == labels]
    return sample.value


def count_of(found, **labels):
    name = HTTP.name
    return sum(
        one.value
        for one in found[name].samples
        if one.name == f"{name}_count" and labels.items() <= one.labels.items()
    )


class TestAccess:
    @pytest.mark.parametrize(
        "address", ["127.0.0.1", "::1", "10.9.8.7", "172.31.0.2", "192.168.1.5", "fd00::8", "::ffff:10.0.0.1"]
    )
    def test_a_private_caller_reads_it(self, db, client, address):
        assert client.get("/metrics", REMOTE_ADDR=address).status_code == 200

    @pytest.mark.parametrize("address", ["8.8.8.8", "172.32.0.1", "2001:db8::1", "::ffff:8.8.8.8", "", "x"])
    def test_nobody_else_does(self, db, client, address):
        answer = client.get("/metrics", REMOTE_ADDR=address)
        assert (answer.status_code, b"gru_" in answer.content) == (403, False)

    @pytest.mark.parametrize(
        "header", ["X_FORWARDED_FOR", "FORWARDED", "X_REAL_IP", "VIA", "X_FORWARDED_HOST"]
    )
    @pytest.mark.parametrize("told", ["127.0.0.1", "for=10.0.0.1", ""])
    def test_who_speaks_through_a_proxy_is_no_private_caller(self, db, client, header, told):
        assert client.get("/metrics", **{f"HTTP_{header}": told}).status_code == 403

    def test_the_token_opens_from_anywhere(self, db, client, settings):
        settings.METRICS_TOKEN = TOKEN
        told = {"HTTP_AUTHORIZATION": f"Bearer {TOKEN}", "HTTP_X_FORWARDED_FOR": "8.8.8.8"}
        assert client.get("/metrics", REMOTE_ADDR="8.8.8.8", **told).status_code == 200
        assert client.get("/metrics", REMOTE_ADDR="8.8.8.8").status_code == 403

    @pytest.mark.parametrize(
        "told", ["Bearer autre", "Bearer ", "Bearer", f"Basic {TOKEN}", TOKEN, "Bearer é"]
    )
    def test_a_wrong_token_is_refused_even_from_here(self, db, client, settings, told):
        settings.METRICS_TOKEN = TOKEN
        assert client.get("/metrics", HTTP_AUTHORIZATION=told).status_code == 403

    def test_an_empty_token_is_no_token(self, db, client, settings):
        settings.METRICS_TOKEN = ""
        assert client.get("/metrics", HTTP_AUTHORIZATION="Bearer ").status_code == 403

    def test_answers_under_any_host_name_and_only_reads(self, db, client):
        assert client.get("/metrics", HTTP_HOST="web:8000").status_code == 200
        assert client.post("/metrics").status_code == 405
        assert "no-store" in client.get("/metrics")["Cache-Control"]


class TestFamilies:
    def test_have_the_names_and_kinds_of_the_table(self, db):
        assert {name: family.type for name, family in read().items()} == KINDS
        states = [sample.labels["state"] for sample in read()["gru_outgoing_messages"].samples]
        assert states == list(Outgoing.State)

    def test_are_read_as_open_metrics_too(self, db, client):
        answer = client.get("/metrics", HTTP_ACCEPT="application/openmetrics-text; version=1.0.0")
        assert "openmetrics" in answer["Content-Type"]
        assert {family.name for family in open_families(answer.content.decode())} == set(KINDS)

    def test_tell_what_waits_and_what_is_set_apart(self, make_arrival):
        make_arrival()
        make_arrival(state="pending", reason="", received_at=timezone.now() - timedelta(seconds=90))
        found = read()
        assert value(found, "gru_arrivals_quarantined") == 1
        assert 90 <= value(found, "gru_arrival_oldest_pending_seconds") < 100

    def test_I2_tell_a_gap_of_today_and_that_of_the_last_whole_count(self, make_arrival):
        assert value(read(), "gru_arrivals_gap") == 0
        make_arrival(state="heard", reason="")
        assert value(read(), "gru_arrivals_gap") == 1
        Watch.objects.create(pk=Watch.ONE, checked_at=timezone.now(), gap=4)
        assert value(read(), "gru_arrivals_gap") == 4

    def test_tell_what_is_left_of_the_budget(self, db, settings):
        settings.SMS_DAILY_SEGMENTS = 50
        Spending.objects.create(day=timezone.localdate(), segments=8)
        assert value(read(), "gru_sms_segments_left") == 42
        Spending.objects.update(segments=80)
        assert value(read(), "gru_sms_segments_left") == 0

    def test_tell_the_connections(self, db):
        assert value(read(), "gru_database_connections", state="active") >= 1

    def test_tell_how_old_the_last_run_of_the_scheduler_is(self, db):
        assert value(read(), "gru_scheduler_age_seconds") == inf
        heartbeat.record(at=timezone.now())
        assert 0 <= value(read(), "gru_scheduler_age_seconds") < 5
        seconds, _micros = valkey().time()
        valkey().set(heartbeat.KEY, seconds - 300)
        assert 300 <= value(read(), "gru_scheduler_age_seconds") < 310

    def test_tell_that_the_scheduler_has_just_started(self, db):
        beat_init.send(sender=None)
        assert 0 <= value(read(), "gru_scheduler_age_seconds") < 5

    def test_are_each_explained_with_an_alarm(self):
        page = (Path(django_settings.BASE_DIR) / "docs" / "operations.md").read_text()
        told = re.findall(
            r"^\| `(gru_\w+)[^`]*` \|[^|]+\| `[^|]*(?:\\\|[^|]*)*\|[^|]+\|$", page, re.MULTILINE
        )
        assert sorted(told) == sorted(KINDS)

    def test_cost_the_same_for_one_message_as_for_ten(self, make_arrival, django_assert_num_queries):
        with django_assert_num_queries(7):
            read()
        for _each in range(10):
            make_arrival()
        with django_assert_num_queries(7):
            read()


class TestDurations:
    def test_count_pages_by_view_and_method(self, db, client):
        client.get("/connexion/")
        client.post("/connexion/", {"username": "personne"})
        client.get("/connexion/")
        found = read()
        assert count_of(found, view="accounts:sign_in", method="GET") == 2
        assert count_of(found, view="accounts:sign_in", method="POST") == 1

    def test_never_repeat_what_somebody_wrote(self, db, client):
        client.get("/awa.diallo@exemple.fr/?q=awa")
        client.get("/suivi/" + "A" * 22 + "/")
        client.generic("AWA", "/connexion/")
        found = read()
        assert count_of(found, view="none", method="GET") == 1
        assert count_of(found, method="other") == 1
        assert "awa" not in str(found).lower()
        assert "AAAA" not in str(found)

    def test_do_not_count_probes(self, db, client):
        client.get("/healthz")
        assert count_of(read()) == 0

    def test_cumulate_up_to_all(self, db):
        for seconds in (0.004, 0.005, 0.3, 99):
            HTTP.observe(seconds, "a", "GET")
        found = read()[HTTP.name].samples
        buckets = {one.labels["le"]: one.value for one in found if one.name.endswith("_bucket")}
        assert (buckets["0.005"], buckets["0.25"], buckets["0.5"], buckets["10.0"]) == (2, 2, 3, 3)
        assert buckets["+Inf"] == 4
        assert [one.value for one in found if one.name.endswith("_sum")] == [pytest.approx(99.309)]

    def test_count_every_message_processed(self, db, make_arrival):
        arrival = make_arrival(state="pending", reason="")
        process(arrival_id=arrival.pk, at=timezone.now())
        process(arrival_id=arrival.pk, at=timezone.now())
        [series] = ARRIVALS.read()
        assert sum(series.counts) == 1

    def test_add_up_several_processes_and_survive_them(self):
        told = Histogram("gru_test_seconds", "", (1.0,))
        code = (
            "import django; django.setup(); from requests_app.lib import histograms; "
            f"histograms.KEY = {histograms.KEY!r}; "
            "histograms.Histogram('gru_test_seconds', '', (1.0,)).observe(0.5)"
        )
        for _each in range(2):
            subprocess.run([sys.executable, "-c", code], check=True, env=os.environ)
        told.observe(3)
        [series] = told.read()
        assert series.counts == [2, 1]
        assert series.total == pytest.approx(4)

    def test_a_forked_process_counts_for_itself(self):
        told = Histogram("gru_test_seconds", "", (1.0,))
        told.observe(0.5)
        child = os.fork()
        if child == 0:
            told.observe(0.5)
            histograms._writer.flush()
            os._exit(0)
        assert os.waitpid(child, 0)[1] == 0
        [series] = told.read()
        assert series.counts == [2, 0]


class TestServersAway:
    def test_F03_without_the_broker_the_rest_is_told(self, db, client, settings):
        ours = settings.REDIS_URL
        settings.REDIS_URL = NO_BROKER
        assert client.get("/connexion/").status_code == 200
        found = read()
        assert value(found, "gru_scheduler_age_seconds") == inf
        assert value(found, "gru_arrivals_gap") == 0
        assert found[HTTP.name].samples == []
        settings.REDIS_URL = ours  # back again: what was counted meanwhile is written
        assert count_of(read(), view="accounts:sign_in") == 1

    def test_F04_without_the_database_the_rest_is_told(self, db, client, monkeypatch):
        def lost(*_given, **_named):
            from django.db import OperationalError

            raise OperationalError

        for name in ("arrivals", "outgoing_messages", "database_connections"):
            monkeypatch.setattr(values, name, lost)
        heartbeat.record(at=timezone.now())
        found = read()
        assert value(found, "gru_scheduler_age_seconds") < 5
        assert "gru_arrivals_gap" not in found
