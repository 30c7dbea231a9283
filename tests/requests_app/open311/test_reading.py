"""What anybody may read by GeoReport v2, in both formats."""

import json
from datetime import timedelta
from xml.etree import ElementTree as ET

import pytest
from django.test import Client
from django.utils import timezone

from requests_app.catalog.models import Topic
from requests_app.tickets.models import Mark, Ticket, Touchpoint
from tests.requests_app.open311.conftest import GeoReport

PUBLIC = {"voirie", "proprete-dechets", "eau-assainissement", "espaces-verts-bruit"}
FIELDS = {
    "service_request_id",
    "status",
    "status_notes",
    "service_name",
    "service_code",
    "description",
    "agency_responsible",
    "service_notice",
    "requested_datetime",
    "updated_datetime",
    "expected_datetime",
    "address",
    "address_id",
    "zipcode",
    "lat",
    "long",
    "media_url",
}


@pytest.fixture
def reader(territory):
    return GeoReport()


def references(answer):
    assert answer.status_code == 200, answer.content
    return [row["service_request_id"] for row in answer.found]


def codes(answer):
    return {int(each["code"]) for each in answer.found}


class TestServices:
    def test_are_the_public_topics_and_no_other(self, georeport):
        found = georeport.get("services").found
        assert {each["service_code"] for each in found} == PUBLIC
        Topic.objects.filter(code="voirie").update(is_active=False)
        Topic.objects.filter(code="eau-assainissement").update(is_public=False)
        left = {each["service_code"] for each in georeport.get("services").found}
        assert left == {"proprete-dechets", "espaces-verts-bruit"}

    def test_have_the_fields_of_the_standard(self, georeport):
        one = next(each for each in georeport.get("services").found if each["service_code"] == "voirie")
        topic = Topic.objects.get(code="voirie")
        assert (one["service_name"], one["group"]) == (topic.label, topic.theme)
        assert one["keywords"].split(",") == topic.keywords
        assert str(one["metadata"]).lower() == "false"
        assert one["type"] == "batch"

    def test_ask_for_no_attribute(self, georeport):
        found = georeport.get("services/voirie").found
        assert found["service_code"] == "voirie"
        assert not found["attributes"]

    @pytest.mark.parametrize("code", ["rsa-demande", "nulle-part", "VOIRIE"])
    def test_that_are_not_public_do_not_exist(self, georeport, code):
        answer = georeport.get(f"services/{code}")
        assert (answer.status_code, codes(answer)) == (404, {404})
        assert "service_code" in answer.found[0]["description"]

    def test_survive_the_characters_of_xml(self, georeport):
        odd = "A < B & « C » ]]> \x0b\x01\ufffe😀"
        Topic.objects.filter(code="voirie").update(label=odd, description=odd)
        one = next(each for each in georeport.get("services").found if each["service_code"] == "voirie")
        whole = odd if georeport.extension == "json" else "A < B & « C » ]]> 😀"
        assert one["service_name"] == whole


class TestDiscovery:
    def test_says_where_and_in_which_formats(self, georeport, settings):
        settings.PUBLIC_URL = "https://demandes.exemple.fr"
        found = georeport.get("discovery").found
        [endpoint] = found["endpoints"]
        assert endpoint["specification"] == "http://wiki.open311.org/GeoReport_v2"
        assert endpoint["url"] == "https://demandes.exemple.fr/open311/v2"
        assert endpoint["formats"] == ["text/xml", "application/json"]
        assert {"changeset", "contact", "key_service"} <= found.keys()

    def test_stands_at_the_root_too(self, territory):
        assert ET.fromstring(Client().get("/open311/v2/").content).tag == "discovery"


class TestRequests:
    def test_tell_state_and_dates_and_nothing_of_who_wrote(self, georeport, make_ticket):
        at = timezone.now() - timedelta(hours=2)
        made = make_ticket(topic="voirie", text="Un trou devant chez Awa, 06 12 34 56 78.", received_at=at)
        [row] = georeport.get("requests").found
        assert set(row) == FIELDS
        assert (row["service_request_id"], row["status"]) == (made.reference, "open")
        assert row["service_code"] == "voirie"
        assert row["requested_datetime"] == timezone.localtime(at).isoformat(timespec="seconds")
        assert not any(row[name] for name in ("description", "media_url", "address", "lat", "long"))
        whole = georeport.get(f"requests/{made.reference}").content.decode()
        assert not [word for word in ("Awa", "06 12", made.sender, made.subject) if word in whole]

    def test_are_closed_when_ours_is_and_open_otherwise(self, reader, make_ticket):
        closed = make_ticket(topic="voirie", state="closed", closed_at=timezone.now())
        waiting = make_ticket(topic="voirie", state="waiting_person")
        by_status = {name: references(reader.get("requests", status=name)) for name in ("open", "closed")}
        assert by_status == {"open": [waiting.reference], "closed": [closed.reference]}
        assert set(references(reader.get("requests", status="closed, open"))) == {
            closed.reference,
            waiting.reference,
        }
        [row] = reader.get(f"requests/{closed.reference}").found
        assert row["updated_datetime"] == timezone.localtime(closed.closed_at).isoformat(timespec="seconds")

    def test_A03_of_other_topics_or_in_danger_do_not_exist(self, reader, make_ticket):
        now = timezone.now()
        hidden = [
            make_ticket(topic="rsa-demande"),
            make_ticket(topic=None),
            make_ticket(topic="voirie", is_sensitive=True, marks=[Mark.DANGER]),
            make_ticket(topic="voirie", archived_at=now),
            make_ticket(topic="voirie", state="closed", outcome="unwanted"),
        ]
        assert references(reader.get("requests")) == []
        named = ",".join(each.reference for each in hidden)
        assert references(reader.get("requests", service_request_id=named)) == []
        assert {reader.get(f"requests/{each.reference}").status_code for each in hidden} == {404}

    def test_by_their_ids_override_all_other_filters(self, reader, make_ticket):
        old = make_ticket(topic="voirie", received_at=timezone.now() - timedelta(days=300))
        new = make_ticket(topic="proprete-dechets")
        both = f"{old.reference}, {new.reference},LYN-ZZZZZZ"
        answer = reader.get("requests", service_request_id=both, status="perdu", service_code="voirie")
        assert references(answer) == [new.reference, old.reference]

    def test_by_service_code(self, reader, make_ticket):
        one, two = make_ticket(topic="voirie"), make_ticket(topic="proprete-dechets")
        make_ticket(topic="eau-assainissement")
        answer = reader.get("requests", service_code="voirie,proprete-dechets")
        assert set(references(answer)) == {one.reference, two.reference}
        assert reader.get("requests", service_code="voirie,rsa-demande").status_code == 404

    def test_of_the_last_ninety_days_unless_told_otherwise(self, reader, make_ticket):
        now = timezone.now()
        old = make_ticket(topic="voirie", received_at=now - timedelta(days=91))
        new = make_ticket(topic="voirie", received_at=now - timedelta(days=89))
        assert references(reader.get("requests", start_date="", end_date="", status="")) == [new.reference]
        end = (now - timedelta(days=90)).strftime("%Y-%m-%dT%H:%M:%SZ")
        assert references(reader.get("requests", end_date=end)) == [old.reference]

    @pytest.mark.parametrize(
        ("start", "end", "status"),
        [
            ("2026-01-01T00:00:00Z", "2026-04-01T00:00:00Z", 200),
            ("2026-01-01T00:00:00Z", "2026-04-01T00:00:01Z", 400),
            ("2026-01-01T00:00:00+01:00", "2026-04-01T00:00:00+02:00", 200),
            ("2026-01-01T00:00:00 01:00", "2026-04-01T00:00:00 02:00", 200),
            ("2026-01-01 00:00:00Z", "", 400),
            ("2026-01-01T00:00:00Z", "", 400),
            ("2026-02-01T00:00:00Z", "2026-01-01T00:00:00Z", 400),
            ("2099-01-01T00:00:00Z", "", 400),
            ("2026-01-01", "", 400),
            ("2026-01-01T00:00:00", "", 400),
            ("hier", "", 400),
            ("2026-02-30T00:00:00Z", "", 400),
            ("2026-01-01T00:00:00+99:00", "", 400),
            ("", "0001-01-01T00:00:00Z", 400),
            ("0001-01-01T00:00:00+14:00", "", 400),
            ("", "9999-12-31T23:59:59-14:00", 400),
            ("٢٠٢٦-01-01T00:00:00Z", "", 400),
        ],
    )
    def test_of_a_period_of_ninety_days_at_most(self, reader, time_machine, start, end, status):
        time_machine.move_to("2026-11-30T10:00:00Z")
        answer = reader.get("requests", start_date=start, end_date=end)
        assert answer.status_code == status, answer.content
        assert status == 200 or (codes(answer) == {400} and answer.found[0]["description"])

    @pytest.mark.parametrize("status", ["perdu", "open,perdu", "OPEN", "open;closed"])
    def test_of_an_unknown_status_are_refused(self, georeport, status):
        answer = georeport.get("requests", status=status)
        assert (answer.status_code, codes(answer)) == (400, {400})

    def test_are_a_thousand_at_most_for_the_same_statements(
        self, reader, make_ticket, django_assert_num_queries
    ):
        first = make_ticket(topic="voirie", text=None)
        with django_assert_num_queries(1):
            assert len(reader.get("requests").found) == 1
        add_copies(first, 1_050)
        with django_assert_num_queries(1):
            rows = reader.get("requests").found
        assert len(rows) == 1_000
        assert rows[0]["service_request_id"] == "LYN-001049"


def add_copies(first, count):
    """Write the same ticket many times, each a second later."""
    copies: list[Ticket] = []
    for rank in range(count):
        copy = Ticket.objects.get(pk=first.pk) if not copies else Ticket(**vars_of(first))
        copy.pk, copy.reference = None, f"LYN-{rank:06d}"
        copy.received_at = first.received_at + timedelta(seconds=rank + 1)
        copies.append(copy)
    Ticket.objects.bulk_create(copies)
    located = [
        Touchpoint(
            ticket=each,
            channel=each.channel,
            occurred_at=each.received_at,
            recorded_at=each.received_at,
            facts={"open311": {"lat": 45.123456, "long": 4.5}},
        )
        for each in copies
    ]
    Touchpoint.objects.bulk_create(located)


def vars_of(ticket):
    return {field.attname: getattr(ticket, field.attname) for field in Ticket._meta.concrete_fields}


class TestAddresses:
    @pytest.mark.parametrize(
        "path", ["requests.html", "autre", "services/a/b.json", "requests/", "x.json", "a%0Ab"]
    )
    def test_that_the_standard_does_not_know_are_errors_of_its_shape(self, territory, path):
        answer = Client().get(f"/open311/v2/{path}")
        assert answer.status_code == 404
        if path.endswith(".json"):
            assert json.loads(answer.content)[0]["code"] == 404
        else:
            assert ET.fromstring(answer.content)[0].findtext("code") == "404"

    def test_accept_no_other_method(self, territory):
        answer = Client().delete("/open311/v2/requests.json")
        assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD, POST")
        assert Client().post("/open311/v2/services").status_code == 405

    def test_W02_bound_the_calls_of_one_address(self, reader, settings, monkeypatch):
        monkeypatch.setattr("requests_app.open311.limits.CALLS", 2)
        settings.LIMITS_ON = True
        told = [
            reader.client.get("/open311/v2/services.json", REMOTE_ADDR="192.0.2.77") for _each in range(6)
        ]
        refused = [answer for answer in told if answer.status_code == 429]
        assert refused
        assert 0 < int(refused[0]["Retry-After"]) <= 60

    def test_say_why_in_the_language_of_the_client(self, territory):
        english = GeoReport(**{"Accept-Language": "en"})
        assert english.get("services/rien").found[0]["description"] == "This “service_code” does not exist."
