"""A code after the password (threats: W14): turned on, asked, never twice, turned off."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pyotp
import pytest
import time_machine
from axes.models import AccessAttempt
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.urls import reverse

from gru.sign_in_checks import second_factor_is_known
from requests_app.accounts import otp
from requests_app.accounts.errors import Refused
from requests_app.accounts.models import BackupCode, RightsEvent, SecondFactor
from requests_app.accounts.second_factor import is_to_be_set_up
from requests_app.accounts.services import accept_code, leave, turn_on_second_factor
from requests_app.accounts.services.second_factors import MAX_WRONG_IN_A_ROW
from tests.cast import PASSWORD

SIGN_IN, CODE, PAGE = "/connexion/", "/connexion/code/", "/code-de-connexion/"
NOW = datetime(2026, 11, 25, 9, 0, 10, tzinfo=UTC)
KEY = otp.new_key()


def code_at(moment, key=KEY):
    return pyotp.TOTP(key).at(moment)


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def clock(_clock):
    return _clock


@pytest.fixture
def codes(chloe):
    """Chloé's backup codes; the application gave its first code an hour ago."""
    before = NOW - timedelta(hours=1)
    return turn_on_second_factor(user=chloe, key=KEY, code=code_at(before), at=before)


@pytest.fixture
def half_signed(client, codes):
    client.post(SIGN_IN, {"username": "chloe", "password": PASSWORD})
    return client


def is_open(client):
    return "_auth_user_id" in client.session


class TestCodes:
    def test_W14_are_those_of_the_standard(self):
        key = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"  # RFC 6238, appendix B, its last six digits
        for seconds, code in ((59, "287082"), (1111111109, "081804"), (20000000000, "353130")):
            at = datetime.fromtimestamp(seconds, UTC)
            assert otp.step_of(key, code, at) == seconds // 30

    @pytest.mark.parametrize(
        ("late_s", "opens"), [(-60, False), (-30, True), (0, True), (30, True), (60, False)]
    )
    def test_W14_open_half_a_minute_early_or_late_and_no_more(self, chloe, codes, late_s, opens):
        code = code_at(NOW - timedelta(seconds=late_s))
        assert accept_code(user=chloe, code=code, at=NOW) is opens

    def test_W14_never_open_twice_nor_an_older_one(self, chloe, codes):
        older, code = code_at(NOW - timedelta(seconds=30)), code_at(NOW)
        assert accept_code(user=chloe, code=code, at=NOW)
        assert not accept_code(user=chloe, code=code, at=NOW)
        assert not accept_code(user=chloe, code=older, at=NOW)

    @pytest.mark.parametrize("gap", ["", " ", "-", "\u202f"])
    def test_are_read_with_spaces(self, chloe, codes, gap):
        code = code_at(NOW)
        assert accept_code(user=chloe, code=f" {code[:3]}{gap}{code[3:]} ", at=NOW)

    @pytest.mark.parametrize("typed", ["", "-", "000", "１２３４５６", "\x00", "é" * 6, "9" * 39])
    def test_that_are_none_open_nothing(self, chloe, codes, typed):
        assert not accept_code(user=chloe, code=typed, at=NOW)

    def test_W14_of_the_printed_list_open_once(self, chloe, codes):
        assert len(set(codes)) == 10
        assert accept_code(user=chloe, code=codes[0].upper().replace("-", " "), at=NOW)
        assert not accept_code(user=chloe, code=codes[0], at=NOW)
        assert accept_code(user=chloe, code=codes[1], at=NOW)

    def test_W14_of_someone_else_open_nothing(self, chloe, bruno, codes):
        assert not accept_code(user=bruno, code=codes[0], at=NOW)
        assert not accept_code(user=bruno, code=code_at(NOW), at=NOW)

    def test_W14_guessed_from_a_thousand_addresses_stop_the_figures_not_the_agent(self, chloe, codes):
        for _ in range(MAX_WRONG_IN_A_ROW):
            accept_code(user=chloe, code="000000", at=NOW - timedelta(days=400))
        assert not accept_code(user=chloe, code=code_at(NOW), at=NOW)
        assert accept_code(user=chloe, code=codes[0], at=NOW)
        assert accept_code(user=chloe, code=code_at(NOW), at=NOW)


@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    @pytest.mark.parametrize("kind", ["application", "printed"])
    def test_W14_one_code_sent_six_times_opens_once(self, chloe, codes, kind):
        code = code_at(NOW) if kind == "application" else codes[0]
        together = Barrier(6)

        def enter(_n):
            together.wait(10)
            try:
                return accept_code(user=chloe, code=code, at=NOW)
            finally:
                connection.close()

        with ThreadPoolExecutor(6) as hands:
            assert sorted(hands.map(enter, range(6))) == [False] * 5 + [True]


class TestKept:
    def test_W14_a_copy_of_the_database_gives_neither_key_nor_code(self, chloe, codes, settings):
        row = SecondFactor.objects.get(user=chloe)
        assert KEY not in row.sealed_key
        assert otp.unseal(row.sealed_key) == KEY
        assert not set(BackupCode.objects.values_list("digest", flat=True)) & set(codes)
        settings.SECRET_KEY = "another" * 10
        assert otp.unseal(row.sealed_key) == ""
        assert not accept_code(user=chloe, code=code_at(NOW), at=NOW)

    def test_W14_a_failed_try_keeps_no_code(self, half_signed, codes, settings):
        settings.AXES_ENABLED = True
        half_signed.post(CODE, {"code": "secret-typed-wrong"})
        attempt = AccessAttempt.objects.get()
        assert attempt.username == "chloe"
        assert "secret-typed-wrong" not in attempt.post_data

    def test_W13_an_account_closed_keeps_no_key(self, chloe, codes, admin):
        leave(user=chloe, by=admin, at=NOW)
        assert not SecondFactor.objects.exists()
        chloe.refresh_from_db()
        assert chloe.second_factor_at is None


class TestSignIn:
    def test_asks_no_code_of_those_who_have_none(self, client, bruno):
        assert client.post(SIGN_IN, {"username": "bruno", "password": PASSWORD}).url == "/espace/"

    def test_W14_the_password_alone_opens_nothing(self, client, codes):
        answer = client.post(SIGN_IN, {"username": "chloe", "password": PASSWORD, "next": "/tri/?vue=x"})
        assert answer.url == f"{CODE}?next=%2Ftri%2F%3Fvue%3Dx"
        assert not is_open(client)
        page = client.get(answer.url).content.decode()
        assert "Code à six chiffres" in page
        assert 'autocomplete="one-time-code"' in page
        assert 'inputmode="numeric"' in page

    def test_W14_the_code_opens_where_one_was_going(self, half_signed):
        before = half_signed.session.session_key
        answer = half_signed.post(CODE, {"code": code_at(NOW), "next": "/tri/?vue=x"})
        assert answer.url == "/tri/?vue=x"
        assert is_open(half_signed)
        assert half_signed.session.session_key != before
        assert not Session.objects.filter(session_key=before).exists()
        assert "half_signed" not in half_signed.session

    def test_W14_the_session_changes_with_the_password_too(self, client, codes):
        session = client.session
        session["known_to"] = "somebody else"
        session.save()
        client.post(SIGN_IN, {"username": "chloe", "password": PASSWORD})
        assert client.session.session_key != session.session_key

    def test_W10_the_code_never_leads_to_another_site(self, half_signed):
        assert half_signed.post(CODE, {"code": code_at(NOW), "next": "//mal.exemple/"}).url == "/espace/"

    def test_a_printed_code_opens_in_the_same_field(self, half_signed, codes):
        assert half_signed.post(CODE, {"code": codes[3]}).url == "/espace/"
        assert is_open(half_signed)

    def test_W14_a_wrong_code_is_said_and_opens_nothing(self, half_signed):
        page = half_signed.post(CODE, {"code": "000000" if code_at(NOW) != "000000" else "111111"})
        assert "Ce code ne va pas" in page.content.decode()
        assert not is_open(half_signed)

    def test_W14_five_wrong_codes_then_wait_at_this_address_only(self, half_signed, codes, settings):
        settings.AXES_ENABLED = True
        refusals = [half_signed.post(CODE, {"code": "abc"}) for _ in range(5)]
        assert [answer.status_code for answer in refusals] == [200] * 4 + [429]
        assert half_signed.post(CODE, {"code": code_at(NOW)}).status_code == 429
        assert not is_open(half_signed)
        victim = Client(REMOTE_ADDR="10.0.0.9")
        victim.post(SIGN_IN, {"username": "chloe", "password": PASSWORD})
        assert victim.post(CODE, {"code": code_at(NOW)}).url == "/espace/"

    def test_W14_giving_the_password_again_gives_no_more_tries(self, client, codes, settings):
        settings.AXES_ENABLED = True
        answers = []
        for _ in range(5):
            client.post(SIGN_IN, {"username": "chloe", "password": PASSWORD})
            answers.append(client.post(CODE, {"code": "abc"}).status_code)
        assert answers[-1] == 429

    def test_W14_nobody_is_expected_without_a_password(self, client, codes):
        assert client.get(CODE).url == SIGN_IN
        assert client.post(CODE, {"code": code_at(NOW)}).url == SIGN_IN

    def test_W14_is_forgotten_after_five_minutes(self, half_signed, clock):
        clock.shift(301)
        assert half_signed.post(CODE, {"code": code_at(NOW + timedelta(seconds=301))}).url == SIGN_IN

    @pytest.mark.parametrize("change", ["password", "closed"])
    def test_W13_ends_with_the_password_or_the_account(self, half_signed, chloe, change):
        if change == "password":
            chloe.set_password("une autre phrase")
        chloe.is_active = change != "closed"
        chloe.save()
        assert half_signed.post(CODE, {"code": code_at(NOW)}).url == SIGN_IN

    def test_W11_another_agent_starts_from_nothing(self, half_signed, bruno):
        half_signed.post(reverse("accounts:sign_out"), {"changer": "1"})
        assert half_signed.get(CODE).url == SIGN_IN

    def test_W11_a_locked_screen_asks_the_password_alone(self, client_of, chloe, codes):
        client = client_of(chloe)
        client.get("/espace/")
        client.post(reverse("accounts:lock"))
        assert client.post(reverse("accounts:unlock"), {"password": PASSWORD}).url == "/espace/"
        assert is_open(client)


class TestOwnPage:
    def test_W06_seeing_it_draws_no_key(self, client_of, chloe):
        page = client_of(chloe).get(PAGE)
        assert "Commencer" in page.content.decode()
        assert "drawn_key" not in client_of(chloe).session

    def test_W14_is_turned_on_with_a_first_code(self, client_of, chloe):
        client = client_of(chloe)
        client.post(PAGE, {"do": "begin"})
        page = client.get(PAGE)
        shown = re.findall(r"<code>([A-Z2-7 ]+)</code>", page.content.decode())[0]
        assert [len(group) for group in shown.split(" ")] == [4] * 8
        assert shown.replace(" ", "") not in str(dict(client.session))
        printed = client.post(PAGE, {"do": "confirm", "code": code_at(NOW, shown.replace(" ", ""))})
        listed = re.findall(r"<li><code>([\w-]+)</code></li>", printed.content.decode())
        assert len(listed) == BackupCode.objects.filter(factor__user=chloe).count() == 10
        assert "no-store" in printed["Cache-Control"]
        again = client.get(PAGE).content.decode()
        assert not [secret for secret in (shown, *listed) if secret in again]
        assert RightsEvent.objects.filter(user=chloe, by=chloe, kind="factor_on").count() == 1

    def test_a_wrong_first_code_turns_nothing_on(self, client_of, chloe):
        client = client_of(chloe)
        client.post(PAGE, {"do": "begin"})
        key = re.findall(r"<code>(.+)</code>", client.get(PAGE).content.decode())[0]
        answer = client.post(PAGE, {"do": "confirm", "code": "12"}).content.decode()
        assert "Ce code ne va pas" in answer
        assert key in answer  # the application keeps what it scanned
        assert not SecondFactor.objects.exists()

    def test_a_first_code_without_a_key_leads_back(self, client_of, chloe):
        assert client_of(chloe).post(PAGE, {"do": "confirm", "code": "123456"}).url == PAGE

    def test_being_second_is_said(self, chloe, codes):
        with pytest.raises(Refused):
            turn_on_second_factor(user=chloe, key=KEY, code=code_at(NOW), at=NOW)

    @pytest.mark.parametrize("verb", ["codes", "off"])
    @pytest.mark.parametrize(("password", "right_code"), [("faux", True), (PASSWORD, False), ("", True)])
    def test_W14_changes_ask_the_password_and_a_code(
        self, client_of, chloe, codes, verb, password, right_code
    ):
        sent = {"do": verb, "password": password, "code": code_at(NOW) if right_code else "abc"}
        page = client_of(chloe).post(PAGE, sent).content.decode()
        assert "Il y a un problème" in page
        assert SecondFactor.objects.get().backup_codes.count() == 10
        assert accept_code(user=chloe, code=code_at(NOW), at=NOW)  # a wrong password uses no code up

    def test_new_backup_codes_replace_the_others(self, client_of, chloe, codes):
        sent = {"do": "codes", "password": PASSWORD, "code": code_at(NOW)}
        page = client_of(chloe).post(PAGE, sent).content.decode()
        listed = re.findall(r"<li><code>([\w-]+)</code></li>", page)
        assert not accept_code(user=chloe, code=codes[0], at=NOW)
        assert accept_code(user=chloe, code=listed[0], at=NOW)

    def test_is_turned_off_and_traced(self, client_of, chloe, codes):
        sent = {"do": "off", "password": PASSWORD, "code": codes[0]}
        assert client_of(chloe).post(PAGE, sent).url == "/espace/"
        chloe.refresh_from_db()
        assert chloe.second_factor_at is None
        assert not SecondFactor.objects.exists()
        assert RightsEvent.objects.filter(user=chloe, by=chloe, kind="factor_off").exists()

    @pytest.mark.parametrize("verb", ["codes", "off", "confirm", "x", ""])
    def test_a_button_that_does_not_fit_breaks_nothing(self, client_of, bruno, verb):
        answer = client_of(bruno).post(PAGE, {"do": verb, "password": PASSWORD, "code": "123456"})
        assert answer.status_code in {200, 302, 400}


class TestAdministrator:
    def test_W14_takes_it_off_who_lost_the_phone_and_it_is_traced(self, client_of, admin, chloe, codes):
        desk, page = client_of(admin), reverse("backoffice:agent", args=[chloe.pk])
        shown = desk.get(page).content.decode()
        assert "Retirer le code à la connexion" in shown
        assert not [
            secret for secret in (KEY, SecondFactor.objects.get().sealed_key, *codes) if secret in shown
        ]
        desk.post(reverse("backoffice:agent_second_factor", args=[chloe.pk]))
        assert not SecondFactor.objects.exists()
        assert RightsEvent.objects.filter(user=chloe, by=admin, kind="factor_off").exists()
        after = desk.get(page).content.decode()
        assert "Code à la connexion retiré" in after
        assert reverse("backoffice:agent_second_factor", args=[chloe.pk]) not in after

    def test_W14_takes_off_neither_ones_own_nor_what_is_not_there(self, client_of, admin, chloe):
        turn_on_second_factor(user=admin, key=KEY, code=code_at(NOW), at=NOW)
        for agent in (admin, chloe):
            client_of(admin).post(reverse("backoffice:agent_second_factor", args=[agent.pk]))
        assert SecondFactor.objects.filter(user=admin).exists()
        assert not RightsEvent.objects.filter(kind="factor_off").exists()


class TestPolicy:
    @pytest.mark.parametrize(
        ("policy", "asked"), [("optional", set()), ("admins", {"admin"}), ("all", {"admin", "chloe"})]
    )
    def test_W14_leads_those_it_asks_to_set_it_up_first(
        self, client_of, chloe, admin, settings, policy, asked
    ):
        settings.SECOND_FACTOR = policy
        led = set()
        for agent in (chloe, admin):
            answer = client_of(agent).get("/espace/", {"q": "x"})
            led |= {agent.username} if answer.headers.get("Location") == PAGE else set()
        assert led == asked

    def test_W14_nothing_else_opens_nor_changes_before(self, client_of, chloe, settings):
        settings.SECOND_FACTOR = "all"
        client = client_of(chloe)
        for path in ("/tri/", "/personnes/", "/accueil/"):
            assert client.get(path).url == PAGE
            assert client.post(path).url == PAGE
        assert "demande un code avant de continuer" in client.get(PAGE).content.decode()

    def test_is_satisfied_once_set_up(self, client_of, chloe, codes, settings):
        settings.SECOND_FACTOR = "all"
        chloe.refresh_from_db()
        assert not is_to_be_set_up(chloe)
        assert client_of(chloe).get("/tri/").status_code == 200

    def test_costs_no_statement(self, chloe, settings, django_assert_num_queries):
        settings.SECOND_FACTOR = "all"
        with django_assert_num_queries(0):
            assert is_to_be_set_up(chloe)

    def test_F13_a_word_misspelt_refuses_to_start(self, settings):
        assert second_factor_is_known() == []
        settings.SECOND_FACTOR = "al"
        assert [error.id for error in second_factor_is_known()] == ["gru.E024"]
