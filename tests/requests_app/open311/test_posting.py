"""Reports by GeoReport v2: stored raw, then a ticket like any other; refused whole, with what to send."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from urllib.parse import parse_qsl

import pytest
from django.db import connection
from django.utils import timezone

from channels_app.intake.models import Arrival
from channels_app.intake.services import sweep
from requests_app.api_keys.models import ApiKey, ApiRefusal
from requests_app.api_keys.services import revoke_key
from requests_app.catalog.models import Topic
from requests_app.outbox.models import Outgoing
from requests_app.tickets.models import Ticket, Touchpoint
from tests.requests_app.open311.conftest import BELLECOUR, GeoReport

GOOD = {"service_code": "voirie", "description": "Un trou rue Paul-Bert.", **BELLECOUR}


@pytest.fixture
def reporter(api_key):
    return GeoReport("json", api_key())


def refuses(client, **fields):
    """The sentences of a 400 that stored nothing."""
    answer = client.post(**fields)
    assert answer.status_code == 400, answer.content
    assert not Arrival.objects.exists()
    return [each["description"] for each in answer.found]


class TestReport:
    def test_becomes_a_ticket_like_any_other(self, georeport):
        reference = georeport.report(
            description="Un trou profond.\nPrès de l’arrêt.",
            address_string="20 place Bellecour, 69002 Lyon",
            email="Awa.Diallo@Exemple.fr",
            phone="06 39 98 12 34",
            first_name="Awa",
            last_name="Diallo",
            media_url="https://photos.exemple.fr/1.jpg",
            device_id="borne 12",
            **{"attribute[taille]": "grand", "quartier[]": "Guillotière", "vide": " "},
        )
        ticket = Ticket.objects.get(reference=reference)
        said = Touchpoint.objects.get(ticket=ticket, direction="in")
        assert (ticket.channel, ticket.topic.code, ticket.state) == ("partner", "voirie", "to_sort")
        assert (said.sender, ticket.person.family_name) == ("awa.diallo@exemple.fr", "Diallo")
        for word in (
            "Un trou profond.\nPrès de l’arrêt.",
            "taille : grand",
            "device_id : borne 12",
            "06 39 98 12 34",
            "/1.jpg",
        ):
            assert word in said.text
        assert "quartier[] : Guillotière" in said.text  # a field that we do not know: agents read it
        assert "vide" not in said.text
        assert said.reply_text == "Un trou profond.\nPrès de l’arrêt."
        assert said.facts["open311"] == {"lat": 45.757814, "long": 4.832011}
        assert "Open311" in said.facts["way"][0]["text"]
        assert Outgoing.objects.filter(kind="acknowledgment", recipient="awa.diallo@exemple.fr").exists()

    def test_comes_out_without_its_words_and_with_four_decimals(self, georeport):
        reference = georeport.report(
            description="Chez Awa Diallo",
            media_url="https://photos.exemple.fr/awa.jpg",
            email="awa@exemple.fr",
        )
        answer = georeport.get(f"requests/{reference}")
        [row] = answer.found
        assert (float(row["lat"]), float(row["long"])) == (45.7578, 4.832)
        assert "awa" not in answer.content.decode().lower()
        assert row["status"] == "open"

    def test_may_be_anonymous_and_say_little(self, reporter):
        reference = reporter.report(
            description=None, lat=None, long=None, address_string="20 place Bellecour"
        )
        ticket = Ticket.objects.get(reference=reference)
        assert (ticket.person, ticket.topic.code) == (None, "voirie")
        assert ticket.touchpoints.get().text == ticket.topic.label

    def test_P01_its_key_is_stored_nowhere(self, reporter):
        reporter.report()
        arrival = Arrival.objects.get()
        raw = arrival.raw.content.decode()
        assert dict(parse_qsl(raw)) == {**GOOD, "description": "Un trou."}
        assert (arrival.source, reporter.api_key in str(vars(arrival))) == ("open311", False)

    def test_I2_waits_for_its_reference_when_hearing_waits(self, reporter, monkeypatch):
        monkeypatch.setattr("channels_app.intake.services.immediate.process", lambda **_named: "pending")
        token = reporter.post(**GOOD).found[0]["token"]
        row = {"service_request_id": None, "token": token}
        assert reporter.get(f"tokens/{token}").found == [row]
        sweep(at=timezone.now() + timedelta(minutes=1))
        [row] = reporter.get(f"tokens/{token}").found
        assert row["service_request_id"] == Ticket.objects.get().reference

    @pytest.mark.parametrize("token", ["1", "1-", "x", "1-" + "0" * 20, "9" * 40 + "-0", "-", "²-0"])
    def test_is_not_found_by_a_guessed_token(self, reporter, token):
        reporter.report()
        assert reporter.get(f"tokens/{token}").status_code == 404


class TestRetries:
    def test_I3_the_same_form_again_is_the_same_report(self, georeport):
        told = {georeport.post(**GOOD).found[0]["token"] for _each in range(3)}
        assert (len(told), Ticket.objects.count()) == (1, 1)

    def test_other_words_or_another_program_are_another_report(self, reporter, api_key):
        reporter.report()
        reporter.report(description="Un autre trou.")
        GeoReport("json", api_key()).report()
        assert Ticket.objects.count() == 3

    def test_tomorrow_is_another_report_but_not_right_after_midnight(self, reporter, time_machine):
        time_machine.move_to("2026-11-30T23:50:00+01:00", tick=False)
        first = reporter.report()
        time_machine.move_to("2026-12-01T00:20:00+01:00", tick=False)
        assert reporter.report() == first
        time_machine.move_to("2026-12-01T09:00:00+01:00", tick=False)
        assert reporter.report() != first

    @pytest.mark.django_db(transaction=True)
    def test_I3_ten_at_once_are_one(self, reporter):
        def send(_rank):
            try:
                return GeoReport("json", reporter.api_key).post(**GOOD).found[0]["token"]
            finally:
                connection.close()

        with ThreadPoolExecutor(10) as pool:
            tokens = set(pool.map(send, range(10)))
        assert (len(tokens), Ticket.objects.count()) == (1, 1)


class TestKey:
    def test_is_asked_for_before_anything_else(self, georeport):
        georeport.api_key = ""
        answer = georeport.post(lat="x")
        assert (answer.status_code, int(answer.found[0]["code"])) == (403, 403)
        assert "api_key" in answer.found[0]["description"]
        assert not Arrival.objects.exists()

    def test_is_read_in_the_form_alone(self, reporter):
        address = f"/open311/v2/requests.json?api_key={reporter.api_key}"
        assert reporter.client.post(address, "", content_type="text/plain").status_code == 403
        answer = GeoReport(Authorization=f"Bearer {reporter.api_key}").post(api_key=None, **GOOD)
        assert answer.status_code == 403

    def test_opens_when_it_is_valid_and_may_write_here(self, api_key, admin):
        now = timezone.now()
        closed = {
            "": "inconnue",
            "scope": api_key("tickets:write"),
            "read": api_key("open311:read"),
            "expired": api_key("open311:write", expires_at=now - timedelta(days=1)),
            "revoked": api_key("open311:write"),
        }
        revoke_key(key=ApiKey.objects.latest("pk"), by=admin, at=now)
        told = {name: GeoReport("json", secret).post(**GOOD).status_code for name, secret in closed.items()}
        assert set(told.values()) == {403}
        assert not Arrival.objects.exists()
        assert ApiRefusal.objects.count() == 4

    def test_reports_to_its_topics_only(self, api_key):
        only = GeoReport("json", api_key("open311:write", topics=[Topic.objects.get(code="voirie")]))
        assert only.post(**{**GOOD, "service_code": "proprete-dechets"}).status_code == 404
        assert only.report()

    def test_W02_is_limited(self, reporter, settings):
        settings.LIMITS_ON, settings.API_CALLS_PER_MINUTE = True, 1
        told = [reporter.post(**{**GOOD, "description": f"Un trou {rank}."}) for rank in range(4)]
        refused = [answer for answer in told if answer.status_code == 429]
        assert refused
        assert refused[0]["Retry-After"]


class TestRefusals:
    def test_name_the_service(self, reporter):
        assert "service_code" in refuses(reporter, **{**GOOD, "service_code": None})[0]
        for code in ("rsa-demande", "inconnu", "voirie "):
            answer = reporter.post(**{**GOOD, "service_code": code})
            assert answer.status_code == (201 if code == "voirie " else 404)

    @pytest.mark.parametrize(
        "place",
        [
            {},
            {"lat": "45.75"},
            {"long": "4.83"},
            {"lat": "NaN", "long": "4.83"},
            {"lat": "45.75", "long": "inf"},
            {"lat": "1e1", "long": "4.83"},
            {"lat": "45,75", "long": "4,83"},
            {"lat": "٤٥", "long": "4.83"},
            {"lat": "95", "long": "4.83"},
            {"lat": "45.75", "long": "184.83"},
            {"lat": "0", "long": "0"},
            {"lat": "48.8566", "long": "2.3522"},
            {"lat": "4.83", "long": "45.75"},
            {"address_id": "69382_1234"},
        ],
    )
    def test_say_how_to_write_a_place(self, reporter, place):
        fields = {**GOOD, "lat": None, "long": None, **place}
        assert refuses(reporter, **fields)

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("description", "x" * 4_001),
            ("address_string", "x" * 201),
            ("email", "awa"),
            ("email", "a@b.fr\nBcc: c@d.fr"),
            ("phone", "12"),
            ("media_url", "javascript:alert(1)"),
            ("media_url", "file:///etc/passwd"),
            ("first_name", "x" * 81),
            ("attribute[a]", "x" * 1_001),
            ("quartier", "x" * 1_001),
        ],
    )
    def test_name_the_field(self, reporter, field, value):
        [told] = refuses(reporter, **{**GOOD, field: value})
        assert field in told

    def test_say_how_long_the_name_of_a_field_may_be(self, reporter):
        [told] = refuses(reporter, **{**GOOD, "x" * 61: "1"})
        assert "60" in told

    def test_tell_all_reasons_at_once(self, georeport):
        answer = georeport.post(**{**GOOD, "email": "awa", "lat": "x"})
        assert (answer.status_code, len(answer.found)) == (400, 2)

    @pytest.mark.parametrize(
        "body",
        [
            b"description=%ff",
            b"\xff\xfe",
            b"&".join(b"f%d=1" % rank for rank in range(200)),
            b"lat=45.75&lat=45.76",
        ],
    )
    def test_bodies_that_are_no_form_are_refused(self, reporter, body):
        answer = reporter.post(b"api_key=" + reporter.api_key.encode() + b"&service_code=voirie&" + body)
        assert answer.status_code == 400
        assert not Arrival.objects.exists()

    @pytest.mark.parametrize("kind", ["application/json", "multipart/form-data; boundary=x", "text/xml"])
    def test_other_bodies_hold_no_key(self, reporter, kind):
        answer = reporter.post(b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>', content_type=kind)
        assert answer.status_code == 403
        assert "x-www-form-urlencoded" in answer.found[1]["description"]

    def test_odd_characters_are_words_like_others(self, georeport):
        odd = "<script>&amp; ]]> \x00\x01\x0b « é » 😀 \ud83d".encode("utf-8", "surrogatepass")
        reference = georeport.report(description=odd.decode("utf-8", "ignore"))
        said = Touchpoint.objects.get(ticket__reference=reference, direction="in")
        assert said.text == "<script>&amp; ]]>  « é » 😀"
        assert georeport.get("requests").status_code == 200
