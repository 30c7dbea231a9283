"""Subscriptions by the interface, end to end with a receiver of this machine."""

from datetime import timedelta

import pytest
from django.utils import timezone

from requests_app.api.models import StoredAnswer
from requests_app.events.services import Fact, record
from requests_app.webhooks import services
from requests_app.webhooks.models import SingleSend, Subscription
from tests.requests_app.webhooks.test_addresses import PRIVATE

pytestmark = pytest.mark.django_db
SHAPE = {"id", "name", "url", "types", "contact", "state", "tries", "next_try_at", "last_error"}


@pytest.fixture
def writer(program):
    return program("subscriptions:write", "events:read")


@pytest.fixture
def body(receiver):
    url = receiver.url
    return {"name": "Portail", "url": url, "types": ["ticket.*"], "contact": "exploitant@exemple.fr"}


@pytest.fixture
def one(writer, body):
    return writer.post("subscriptions/", body).json()


def sweep(at=None):
    return services.sweep(at=at or timezone.now())


def test_the_secret_is_in_this_answer_and_in_no_other(writer, body):
    made = writer.post("subscriptions/", body)
    assert made.status_code == 201
    assert set(made.json()) == SHAPE | {"secret"}
    assert made.json()["secret"].startswith("whsec_")
    assert (made.json()["state"], made.json()["tries"], made.json()["next_try_at"]) == ("active", 0, None)
    read = writer.get(made.headers["Location"].removeprefix("http://testserver"))
    assert set(read.json()) == SHAPE
    assert writer.get("subscriptions/").json()["results"] == [read.json()]


def test_from_the_present_on_signed_then_read_in_the_deliveries(writer, body, receiver):
    record([Fact(kind="ticket.received", ticket="LYN-7K4P2Q")], at=timezone.now())
    one = writer.post("subscriptions/", body).json()
    record([Fact(kind="ticket.closed", ticket="LYN-7K4P2Q")], at=timezone.now())
    assert sweep() == 1
    pulled = writer.get("events/").json()["results"][-1]
    assert receiver.opened(one["secret"]) == pulled
    assert receiver.ids == [pulled["id"]]
    sent = writer.get(f"subscriptions/{one['id']}/deliveries/").json()["results"]
    assert [(each["event"], each["type"], each["status"]) for each in sent] == [
        (pulled["id"], "ticket.closed", 200)
    ]
    assert "whsec_" not in str(sent)


def test_a_retry_of_the_same_key_says_the_same_secret_kept_encrypted(writer, body):
    headers = {"Idempotency-Key": "un"}
    first, again = (writer.post("subscriptions/", body, headers=headers) for _each in range(2))
    assert first.json() == again.json()
    assert Subscription.objects.count() == 1
    assert first.json()["secret"] not in str(StoredAnswer.objects.values())


@pytest.mark.parametrize("host", PRIVATE)
def test_W08_a_private_address_is_a_400_that_points_at_it(writer, body, settings, host):
    settings.PUSH_NETWORKS = []
    answer = writer.post("subscriptions/", {**body, "url": f"http://{host}/"})
    assert answer.status_code == 400
    assert [error["pointer"] for error in answer.json()["errors"]] == ["#/url"]
    assert not Subscription.objects.exists()


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"types": []}, "#/types"),
        ({"types": ["ticket.burnt"]}, "#/types/0"),
        ({"types": ["ticket.*", "t*"]}, "#/types/1"),
        ({"types": "*"}, "#/types"),
        ({"contact": "nous"}, "#/contact"),
        ({"name": ""}, "#/name"),
        ({"name": "n" * 81}, "#/name"),
        ({"url": 7}, "#/url"),
        ({"secret": "whsec_x"}, "#/secret"),
        ({"state": "paused"}, "#/state"),
    ],
)
def test_W03_what_cannot_be_is_refused_where_it_stands(writer, body, one, changes, pointer):
    for answer in (
        writer.post("subscriptions/", {**body, **changes}),
        writer.send("patch", f"subscriptions/{one['id']}/", changes),
    ):
        assert answer.status_code == 400
        assert pointer in [error["pointer"] for error in answer.json()["errors"]]
    assert Subscription.objects.count() == 1


def test_changes_what_is_given_and_is_deleted(writer, one):
    place = f"subscriptions/{one['id']}/"
    changed = writer.send("patch", place, {"types": ["*"], "name": "Autre"})
    assert (changed.json()["types"], changed.json()["name"]) == (["*"], "Autre")
    assert changed.json()["url"] == one["url"]
    assert writer.send("delete", place).status_code == 204
    assert writer.get(place).status_code == 404


@pytest.mark.parametrize(
    ("verb", "end"),
    [
        ("get", ""),
        ("patch", ""),
        ("delete", ""),
        ("post", "test/"),
        ("post", "rotate/"),
        ("post", "resume/"),
        ("post", "replay/"),
        ("get", "deliveries/"),
    ],
)
def test_A01_another_key_does_not_see_it(program, one, verb, end):
    other, before = program("subscriptions:write"), Subscription.objects.values().get()
    place = f"subscriptions/{one['id']}/{end}"
    data = {"after": "0"} if end == "replay/" else {}
    answer = other.get(place) if verb == "get" else other.send(verb, place, data)
    assert answer.status_code == 404
    assert other.get("subscriptions/").json()["results"] == []
    assert Subscription.objects.values().get() == before


def test_a_test_event_is_pushed_once(writer, one, receiver):
    asked = writer.post(f"subscriptions/{one['id']}/test/")
    assert asked.status_code == 202
    assert sweep() == 1
    assert receiver.opened(one["secret"]) == asked.json()
    assert asked.json()["type"] == "test"


def test_W02_tests_do_not_pile_up(writer, one):
    asked = [writer.post(f"subscriptions/{one['id']}/test/").status_code for _ in range(22)]
    assert asked == [202] * 20 + [409] * 2
    assert SingleSend.objects.count() == 20


def test_rotated_both_secrets_sign(writer, one, receiver):
    rotated = writer.post(f"subscriptions/{one['id']}/rotate/").json()
    assert set(rotated) == SHAPE | {"secret"}
    assert rotated["secret"] != one["secret"]
    record([Fact(kind="ticket.closed", ticket="LYN-7K4P2Q")], at=timezone.now())
    sweep()
    assert receiver.opened(one["secret"]) == receiver.opened(rotated["secret"])


def test_paused_after_thirteen_failures_then_resumed_and_replayed(writer, one, receiver):
    record([Fact(kind="ticket.closed", ticket="LYN-7K4P2Q")] * 2, at=timezone.now())
    place, at = f"subscriptions/{one['id']}/", timezone.now()
    receiver.status = 500
    sweep(at)
    shown = writer.get(place).json()
    assert (shown["tries"], shown["state"]) == (1, "active")
    assert shown["last_error"]
    assert shown["next_try_at"].endswith("Z")
    for _each in range(12):
        at += timedelta(hours=9)
        sweep(at)
    shown = writer.get(place).json()
    assert (shown["tries"], shown["state"], shown["next_try_at"]) == (13, "paused", None)
    receiver.status = 200
    resumed = writer.post(f"{place}resume/").json()
    assert (resumed["state"], resumed["tries"], resumed["last_error"]) == ("active", 0, "")
    assert sweep() == 2
    assert writer.post(f"{place}replay/", {"after": "0"}).status_code == 200
    assert sweep() == 2
    assert receiver.ids[-2:] == receiver.ids[-4:-2]


@pytest.mark.parametrize("after", ["9", "x", "", None, 1])
def test_a_replay_from_nowhere_is_refused(writer, one, after):
    answer = writer.post(f"subscriptions/{one['id']}/replay/", {"after": after})
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["pointer"] == "#/after"


def test_two_programs_do_not_overwrite_each_other(writer, one):
    path = f"subscriptions/{one['id']}/"
    read = {"If-Match": writer.get(path).headers["ETag"]}
    assert writer.send("patch", path, {"name": "Autre"}, headers=read).status_code == 200
    for verb in ("patch", "delete"):
        assert writer.send(verb, path, {"name": "Encore"}, headers=read).status_code == 412
    assert Subscription.objects.get().name == "Autre"
    read = {"If-Match": writer.get(path).headers["ETag"]}
    assert writer.send("delete", path, headers=read).status_code == 204
