"""Every route × every role (threats: A01, W06): who may, who may not, and a GET that changes nothing."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from requests_app.access.models import Reading
from requests_app.accounts.models import User
from requests_app.tickets.models import Ticket
from tests.cast import PASSWORD
from tests.house.routes import EVERYONE, READERS, ROUTES, is_for_programs, walk
from tests.staging import address_of

SIGN_IN = "/connexion/"
REFUSALS = {403, 404}
OURS = {
    name
    for name, path in walk()
    if (not path.startswith("admin/") or name == "admin/login/") and not is_for_programs(name, path)
}
WRITES = re.compile(r"^\s*(INSERT INTO|UPDATE|DELETE FROM|TRUNCATE)\s+\"?(\w+)", re.IGNORECASE)
# Who is there, what was read, how many calls were not the provider's (a number a day, S01).
TRACES = {"django_session", "access_reading", "access_personsearch", "sms_refusedcalls"}


def each(keep=lambda route: True):
    return pytest.mark.parametrize("name", sorted(name for name, route in ROUTES.items() if keep(route)))


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


def ask(client, verb, address):
    with CaptureQueriesContext(connection) as seen:
        answer = getattr(client, verb)(address)
    written = {match[2].lower() for query in seen if (match := WRITES.match(query["sql"]))}
    return answer, written - TRACES


class TestTable:
    def test_every_route_is_in_it(self):
        assert set(ROUTES) == OURS


class TestNobody:
    @each(lambda route: not route.is_public)
    def test_A01_is_led_to_the_sign_in(self, name, stage):
        route, client = ROUTES[name], Client()
        for verb in sorted(route.verbs):
            answer, written = ask(client, verb, address_of(name, stage))
            led = answer.status_code == 302 and answer.url.startswith(SIGN_IN)
            assert led or answer.status_code in REFUSALS, (verb, answer.status_code)
            assert not written


class TestHalfSigned:
    """Between the password and the code a session is nobody's."""

    def test_W14_opens_no_page(self, stage):
        client = Client()
        User.objects.filter(username="central").update(second_factor_at=timezone.now())
        led = client.post(SIGN_IN, {"username": "central", "password": PASSWORD})
        assert led.url == reverse("accounts:code")
        for name, route in ROUTES.items():
            for verb in sorted(route.verbs) if not route.is_public else []:
                answer, written = ask(client, verb, address_of(name, stage))
                refused = answer.status_code in REFUSALS
                assert refused or answer.url.split("?")[0] == SIGN_IN, (name, verb, answer.status_code)
                assert not written, (name, verb)
        assert client.get(reverse("accounts:code")).status_code == 200


class TestRoles:
    @each(lambda route: route.opens_to < EVERYONE)
    def test_A01_who_may_not_is_refused_and_changes_nothing(self, name, stage):
        route = ROUTES[name]
        for who in sorted(EVERYONE - route.opens_to):
            client = signed_in(stage.users[who])
            for verb in sorted(route.verbs):
                before = Reading.objects.filter(was_refused=True).count()
                answer, written = ask(client, verb, address_of(name, stage))
                assert answer.status_code in REFUSALS, (who, verb, answer.status_code)
                assert not written, (who, verb, written)
                if route.is_hidden and who in READERS:
                    assert answer.status_code == 404, (who, verb)
                    assert Reading.objects.filter(was_refused=True).count() == before + 1, (who, verb)

    @each(lambda route: "get" in route.verbs)
    def test_who_may_gets_an_answer(self, name, stage):
        route = ROUTES[name]
        for who in sorted(route.opens_to):
            answer, _written = ask(signed_in(stage.users[who]), "get", address_of(name, stage))
            assert answer.status_code in {200, 204, 302}, (who, answer.status_code)
            assert not answer.headers.get("Location", "").startswith(SIGN_IN), who

    def test_A03_a_sensitive_demand_stays_masked_for_desk_and_managers(self, stage):
        Ticket.objects.filter(pk=stage.ticket.pk).update(is_sensitive=True)
        for who in ("bruno", "david"):
            client = signed_in(stage.users[who])
            for name in ("backoffice:ticket", "backoffice:preview"):
                page = client.get(address_of(name, stage)).content.decode()
                assert "Motif réservé" in page
                assert "Benali" not in page
            for name in ("backoffice:touchpoint_html", "backoffice:take", "backoffice:note"):
                verb = min(ROUTES[name].verbs)
                answer, written = ask(client, verb, address_of(name, stage))
                assert answer.status_code in REFUSALS, (who, name)
                assert not written


class TestGet:
    @each()
    def test_W06_changes_nothing(self, name, stage):
        route = ROUTES[name]
        for who in sorted(EVERYONE):
            answer, written = ask(signed_in(stage.users[who]), "get", address_of(name, stage))
            assert not written, (who, written)
            if "get" not in route.verbs:
                assert answer.status_code in {405} | REFUSALS, (who, answer.status_code)

    @each(lambda route: "post" in route.verbs)
    def test_W06_a_post_without_its_token_is_refused(self, name, stage):
        for user in stage.users.values():
            client = Client(enforce_csrf_checks=True)
            client.force_login(user)
            answer, written = ask(client, "post", address_of(name, stage))
            assert answer.status_code == 403
            assert not written


class TestAdminSite:
    ARGS = {"object_id": "1", "app_label": "catalog", "content_type_id": 1, "url": "x"}
    OPEN = {"admin/login/", "admin:login", "admin:logout", "admin:jsi18n"}

    @pytest.mark.parametrize("who", [None, *sorted(EVERYONE - {"admin"})])
    def test_A09_opens_to_administrators_only(self, who, stage):
        for name, path in walk():
            if not path.startswith("admin/") or name in self.OPEN:
                continue
            filled = re.sub(r"<(?:\w+:)?(\w+)>", lambda m: str(self.ARGS[m[1]]), path)
            filled = re.sub(r"\(\?P<(\w+)>[^)]*\)\$?", lambda m: str(self.ARGS[m[1]]), filled)
            client = signed_in(stage.users[who]) if who else Client()
            answer, written = ask(client, "get", f"/{filled}")
            assert answer.status_code in {302} | REFUSALS, (name, answer.status_code)
            if answer.status_code == 302:
                assert answer.url.startswith(("/admin/login/", f"/{filled}/"[:6])), answer.url
            assert not written
