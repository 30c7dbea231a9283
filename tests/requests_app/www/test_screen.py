"""The public screen of a Maison: numbers and desks, to whoever has the address, until it is revoked."""

import re
from datetime import date, datetime, time, timedelta

import pytest
import time_machine
from django.contrib.admin.models import LogEntry
from django.urls import reverse
from django.utils import timezone

from requests_app.maisons.models import Maison
from requests_app.outbox.models import SecretLink
from requests_app.slots.models import Closure
from requests_app.tickets.deadlines import PARIS
from requests_app.visits import place_links, services
from requests_app.visits.models import Visit

NOON = datetime(2026, 11, 26, 12, tzinfo=PARIS)


@pytest.fixture
def secret(lyon_8):
    return place_links.create(purpose="screen", maison_id=lyon_8.pk, at=NOON)


@pytest.fixture
def call(make_ticket, make_touchpoint, lyon_8, amina, bruno):
    """Somebody called some minutes after noon, known by name, on a topic."""

    def arrive(minutes=0, maison=lyon_8):
        at = NOON + timedelta(minutes=minutes)
        touchpoint = make_touchpoint(make_ticket(text=None, person=amina, topic="rsa-demande"), at=at)
        visit = services.arrive(touchpoint=touchpoint, maison_id=maison.pk, at=at)
        services.call(visit=visit, by=bruno, at=at)
        return visit

    return arrive


@pytest.fixture
def look(client, secret):
    def board(minutes=0, tag="", secret=secret):
        address = reverse("public:screen_board", args=[secret])
        with time_machine.travel(NOON + timedelta(minutes=minutes), tick=False):
            return client.get(address, headers={"If-None-Match": tag} if tag else {})

    return board


def numbers(answer):
    return re.findall(r'call-no">(\w+)<', answer.content.decode())


class TestBoard:
    def test_shows_the_last_four_calls_and_their_desks(self, look, call, bruno, lyon_8):
        services.say_desk(agent=bruno, maison_id=lyon_8.pk, typed="3", at=NOON)
        for minutes in range(5):
            call(minutes)
        answer = look(5)

        assert numbers(answer) == ["A05", "A04", "A03", "A02"]
        assert "Bureau\xa03" in answer.content.decode()
        assert 'data-words="Numéro A 5, Bureau 3."' in answer.content.decode()

    def test_P01_shows_neither_a_name_nor_a_topic_nor_why_somebody_passes_before(
        self, client, look, call, amina, bruno, secret
    ):
        visit = call()
        services.put_back(visit=visit)
        services.pass_before(visit=visit, reason="child", by=bruno, at=NOON)
        services.call(visit=visit, by=bruno, at=NOON)
        with time_machine.travel(NOON, tick=False):
            page = client.get(reverse("public:screen", args=[secret])).content.decode()
        shown = page + look().content.decode()

        assert "A01" in shown
        for word in (amina.family_name, amina.given_name, "RSA", "enfant", bruno.given_name):
            assert word not in shown

    def test_speaks_french_whatever_language_the_television_has(self, client, call, secret):
        call()
        with time_machine.travel(NOON, tick=False):
            path = reverse("public:screen", args=[secret])
            page = client.get(path, headers={"Accept-Language": "en"}).content.decode()

        assert '<html lang="fr"' in page
        assert 'data-words="Numéro A 1, Accueil."' in page

    def test_one_who_waits_again_leaves_the_screen(self, look, call):
        services.put_back(visit=call())

        assert numbers(look()) == []
        assert "Votre numéro s’affichera ici." in look().content.decode()

    def test_nothing_changed_is_304_and_a_second_call_is_news(self, look, call, bruno):
        visit = call()
        tag = look()["ETag"]
        assert look(tag=tag).status_code == 304
        services.call(visit=visit, by=bruno, at=NOON + timedelta(seconds=30))
        again = look(1, tag=tag)

        assert again.status_code == 200
        assert numbers(again) == ["A01"]

    def test_forgets_the_calls_of_yesterday_and_of_other_maisons(self, look, call, villeurbanne):
        call(-24 * 60)
        call(maison=villeurbanne)

        assert numbers(look()) == []

    @pytest.mark.parametrize(
        ("hours", "said"),
        [
            (((26, 0), (27, 0)), "Fermé exceptionnellement aujourd’hui, ouvre vendredi 27 novembre à 8 h 30"),
            (((26, 11), (26, 15)), "Fermé exceptionnellement, ouvre à 15 h"),
            (((26, 11), (30, 0)), "Fermé exceptionnellement aujourd’hui, ouvre lundi 30 novembre à 8 h 30"),
        ],
    )
    def test_says_that_the_place_is_closed_today_by_a_closure(self, look, call, lyon_8, hours, said):
        Maison.objects.filter(pk=lyon_8.pk).update(opening_hours="Mo-Fr 08:30-17:00", public_access="yes")
        (first, start), (last, end) = hours
        Closure.objects.create(
            maison=lyon_8,
            starts_on=date(2026, 11, first),
            starts_at=time(start),
            ends_on=date(2026, 11, last),
            ends_at=time(end),
        )
        assert said in look().content.decode().replace("\xa0", " ")

    def test_sends_nobody_to_a_morning_of_closure(self, look, lyon_8):
        Maison.objects.filter(pk=lyon_8.pk).update(opening_hours="Mo-Fr 08:30-17:00", public_access="yes")
        day = {"starts_on": date(2026, 11, 27), "ends_on": date(2026, 11, 28)}
        Closure.objects.create(maison=lyon_8, starts_at=time(), ends_at=time(), **day)
        shown = look(8 * 60).content.decode().replace("\xa0", " ")
        assert "Fermé, ouvre lundi 30 novembre à 8 h 30" in shown
        assert "exceptionnellement" not in shown

    def test_says_how_long_people_wait_and_when_it_is_closed(self, look, call, lyon_8):
        for week in range(1, 6):
            visit = call(-week * 7 * 24 * 60)
            Visit.objects.filter(pk=visit.pk).update(first_called_at=visit.arrived_at + timedelta(minutes=11))
        Maison.objects.filter(pk=lyon_8.pk).update(opening_hours="Mo-Fr 08:30-17:00", public_access="yes")

        assert "environ 15 minutes" in look().content.decode().replace("\xa0", " ")
        evening = look(8 * 60).content.decode()
        assert "Fermé, ouvre" in evening
        assert "environ" not in evening

    def test_is_never_cached_and_costs_four_statements(self, look, call, django_assert_max_num_queries):
        for minutes in range(6):
            call(minutes)
        with django_assert_max_num_queries(4):
            answer = look(6)

        assert "no-store" in answer["Cache-Control"]
        assert "Cookie" not in answer.get("Vary", "") or not answer.cookies


class TestAddress:
    @pytest.fixture
    def change(self, client_of, admin, lyon_8):
        def post(verb, user=admin):
            address = reverse("admin:maison_address", args=[lyon_8.pk])
            return client_of(user).post(address, {"usage": "screen", "verbe": verb}, follow=True)

        return post

    def test_W09_is_made_shown_and_revoked_on_the_page_of_the_maison(self, change, client, admin, lyon_8):
        page = change("creer").content.decode()
        (path,) = set(re.findall(r"/ecran/[\w-]{22}/", page))

        assert client.get(path).status_code == 200
        assert client.get(f"/s/{path.split('/')[2]}").url == path
        assert "Aucune adresse" in change("retirer").content.decode()
        assert client.get(path).status_code == 404
        assert client.get(path + "appels/")["X-Screen"] == "ended"
        assert LogEntry.objects.filter(user=admin, object_id=lyon_8.pk).count() == 2

    def test_W09_a_new_one_ends_the_old_one_and_the_database_knows_neither(self, client, secret, lyon_8):
        at = timezone.now()
        fresh = place_links.create(purpose="screen", maison_id=lyon_8.pk, at=at)

        assert place_links.maison_of(purpose="screen", secret=secret, at=at) is None
        assert place_links.maison_of(purpose="screen", secret=fresh, at=at) == lyon_8
        assert place_links.address_of(purpose="screen", maison_id=lyon_8.pk, at=at).endswith(f"/{fresh}/")
        assert fresh not in str(list(SecretLink.objects.values()))

    def test_W09_the_address_of_something_else_opens_no_screen(self, client, secret):
        SecretLink.objects.update(purpose="ticket")

        assert client.get(reverse("public:screen", args=[secret])).status_code == 404

    def test_A09_agents_make_none(self, change, bruno, david):
        for user in (bruno, david):
            change("creer", user=user)
        assert not SecretLink.objects.exists()

    def test_a_closed_maison_has_no_screen(self, client, secret, lyon_8):
        Maison.objects.filter(pk=lyon_8.pk).update(closed_on=NOON.date())

        assert client.get(reverse("public:screen", args=[secret])).status_code == 404
