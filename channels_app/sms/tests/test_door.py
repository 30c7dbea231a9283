"""Who may call, what is kept of it, and what never is (threats: S01)."""

import csv
import json
from urllib.parse import urlencode

import pytest
from django.conf import settings as conf
from django.db import connection

from channels_app.intake.models import Arrival
from channels_app.sms.door.signatures import is_authentic
from channels_app.sms.models import RefusedCalls
from channels_app.sms.tests.conftest import AMINA, OURS

VECTORS = conf.SHARED_DIR / "data" / "webhooks" / "twilio_vectors.csv"
SMS = {"MessageSid": "SM1", "From": AMINA, "To": OURS, "Body": " Bonjour, où en est ma demande ? "}


def vectors():
    return list(csv.DictReader(VECTORS.open(encoding="utf-8"))) if VECTORS.exists() else []


class TestSignatures:
    @pytest.mark.corpus
    @pytest.mark.skipif(not vectors(), reason="the vectors of GRU_SHARED_DIR are absent")
    @pytest.mark.parametrize("vector", vectors(), ids=lambda vector: vector["id"])
    def test_S01_every_known_vector_is_judged_as_it_should(self, vector):
        is_form = not vector["body"]
        pairs = [tuple(pair) for pair in json.loads(vector["params_json"] or "[]")]
        body = urlencode(pairs) if is_form else vector["body"]
        assert is_authentic(
            url=vector["url"],
            body=body.encode(),
            is_form=is_form,
            signature=vector["x_twilio_signature"],
            token=vector["auth_token"],
        ) is (vector["valid"] == "yes")

    @pytest.mark.parametrize("body", [b'{"a": 1}', b"\xff\xfe", b"", b"a=" * 1000])
    @pytest.mark.parametrize("is_form", [True, False])
    def test_S01_a_body_of_any_kind_never_raises(self, body, is_form):
        assert not is_authentic(
            url="https://gru.exemple.fr/x", body=body, is_form=is_form, signature="x", token="t"
        )

    def test_S01_no_token_accepts_nothing(self):
        assert not is_authentic(url="https://x.fr/", body=b"", is_form=True, signature="", token="")


@pytest.mark.django_db
class TestInbound:
    def test_S01_an_authentic_call_is_kept_as_it_came_and_answered_by_nothing(self, call):
        answer = call("inbound", **SMS)
        assert (answer.status_code, answer.headers["Content-Type"]) == (200, "text/xml; charset=utf-8")
        assert b"<Response/>" in answer.content
        arrival = Arrival.objects.get()
        assert bytes(arrival.raw.data) == urlencode(SMS).encode()
        assert (arrival.channel, arrival.address, arrival.state) == ("sms", OURS, "pending")

    def test_I3_the_same_message_brought_again_changes_nothing(self, call):
        assert {call("inbound", **SMS).status_code for _ in range(3)} == {200}
        call("inbound", **SMS, SmsStatus="received")
        assert Arrival.objects.count() == 1

    def test_I2_other_words_under_the_same_id_are_kept_once_too(self, call):
        call("inbound", **SMS)
        for _ in range(2):
            assert call("inbound", **{**SMS, "Body": "Autre chose"}).status_code == 200
            assert call("inbound", **SMS).status_code == 200
        raws = [bytes(arrival.raw.data) for arrival in Arrival.objects.order_by("pk")]
        assert raws == [urlencode(SMS).encode(), urlencode({**SMS, "Body": "Autre chose"}).encode()]

    @pytest.mark.parametrize("more", [{"NumMedia": "0"}, {"Body": "Bonjour, où en est ma  demande ?"}])
    def test_I3_what_the_list_of_the_provider_says_otherwise_is_the_same_sms(self, call, more):
        call("inbound", **SMS)
        call("inbound", **{**SMS, **more})
        assert Arrival.objects.count() == 1

    @pytest.mark.parametrize("signature", ["", "fake", "é", None])
    def test_S01_another_one_is_refused_counted_and_not_kept(self, call, signature):
        token = "another" if signature is None else None
        extra = {"token": token} if token else {"signature": signature}
        assert call("inbound", **extra, **SMS).status_code == 403
        assert not Arrival.objects.exists()
        assert RefusedCalls.objects.get().count == 1

    def test_S01_the_public_address_counts_whatever_the_request_says_of_its_host(
        self, call, client, settings
    ):
        settings.ALLOWED_HOSTS = ["*"]
        client.defaults["HTTP_HOST"] = "pirate.exemple"
        client.defaults["HTTP_X_FORWARDED_PROTO"] = "http"
        assert call("inbound", **SMS).status_code == 200

    def test_S01_a_raw_body_is_refused_and_never_an_error(self, client):
        for kind in ("application/json", "text/plain", "multipart/form-data"):
            answer = client.post("/entree/sms/twilio/", b'{"Body": "x"}', content_type=kind)
            assert answer.status_code == 403

    def test_S01_without_a_token_in_the_settings_nothing_is_accepted(self, call, settings):
        settings.TWILIO_AUTH_TOKEN = ""
        assert call("inbound", **SMS).status_code == 403

    def test_M05_an_address_with_a_nul_is_kept(self, call):
        assert call("inbound", **{**SMS, "To": "+3393\x007000000"}).status_code == 200
        assert Arrival.objects.get().address == OURS

    def test_S03_a_status_that_makes_no_sense_is_no_error(self, call):
        status = {"MessageSid": "SM\x00x", "MessageStatus": "failed", "ErrorCode": "9" * 5_000}
        assert call("status", **status).status_code == 200

    def test_S01_too_long_a_call_is_refused(self, call):
        assert call("inbound", **{**SMS, "Body": "a" * 70_000}).status_code == 403

    def test_W06_a_get_changes_nothing(self, client):
        assert client.get("/entree/sms/twilio/").status_code == 405

    def test_costs_one_statement(self, call, django_assert_num_queries):
        call("inbound", **SMS)
        with django_assert_num_queries(1):
            call("inbound", **{**SMS, "MessageSid": "SM2"})

    def test_F04_a_database_that_is_away_is_told_as_later(self, call, monkeypatch):
        from django.db import OperationalError

        def away(**_):
            raise OperationalError

        monkeypatch.setattr("channels_app.sms.door.storing.intake.store", away)
        monkeypatch.setattr(connection, "close", lambda: None)
        assert call("inbound", **SMS).status_code == 503
