from datetime import datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from requests_app.tickets.deadlines import PARIS
from requests_app.visits.models import Visit

PAGE = "/accueil/"
NOON = datetime(2026, 11, 26, 12, tzinfo=PARIS)


@pytest.fixture
def step(client):
    def post(visit, name):
        return client.post(reverse("frontdesk:step", args=[visit.pk, name]), follow=True).content.decode()

    return post


class TestQueue:
    def test_says_how_many_wait_and_how_long(self, save, client):
        with time_machine.travel(NOON, tick=False) as clock:
            save()
            clock.shift(timedelta(minutes=10))
            save()
            clock.shift(timedelta(minutes=10))
            page = client.get(PAGE).content.decode()

        assert "File\xa0: <b>2</b>" in page
        assert "Attente moy.\xa0: <b>15" in page
        assert "Visites aujourd’hui\xa0: <b>2</b>" in page

    def test_calls_who_has_waited_longest(self, save, client):
        save()
        save()
        page = client.post(reverse("frontdesk:call_next"), follow=True).content.decode()

        assert Visit.objects.get(number=1).state == "called"
        assert "A01 appelé." in page

    @pytest.mark.parametrize(
        ("name", "state", "said"),
        [("absent", "absent", "A01 noté absent."), ("recu", "received", "A01 noté reçu.")],
    )
    def test_ends_a_visit_and_undoes_it(self, save, client, step, name, state, said):
        save()
        client.post(reverse("frontdesk:call_next"))
        visit = Visit.objects.get()

        assert said in step(visit, name)
        visit.refresh_from_db()
        assert visit.state == state
        step(visit, "remettre")
        visit.refresh_from_db()
        assert (visit.state, visit.ended_at) == ("called", None)

    def test_undoes_a_call(self, save, client, step):
        save()
        client.post(reverse("frontdesk:call_next"))
        visit = Visit.objects.get()
        step(visit, "remettre")

        visit.refresh_from_db()
        assert (visit.state, visit.called_at) == ("waiting", None)

    def test_tells_who_comes_second(self, save, client, step):
        save()
        visit = Visit.objects.get()
        step(visit, "recu")

        assert "Annuler" in step(visit, "absent")
        visit.refresh_from_db()
        assert visit.state == "received"

    def test_A01_a_visit_of_another_counter_does_not_exist(self, save, client_of, elsa):
        save()
        visit = Visit.objects.get()
        address = reverse("frontdesk:step", args=[visit.pk, "absent"])

        assert client_of(elsa).post(address).status_code == 404
        visit.refresh_from_db()
        assert visit.state == "waiting"

    def test_W04_other_steps_do_not_exist(self, save, client):
        save()
        address = reverse("frontdesk:step", args=[Visit.objects.get().pk, "supprimer"])

        assert client.post(address).status_code == 404

    def test_numbers_begin_again_at_midnight_in_paris(self, save, client):
        with time_machine.travel(datetime(2026, 3, 2, 23, 55, tzinfo=PARIS), tick=False) as clock:
            save()
            clock.shift(timedelta(minutes=9))
            save()

        days = list(Visit.objects.order_by("pk").values_list("day", "number"))
        assert [(day.day, number) for day, number in days] == [(2, 1), (3, 1)]

    def test_costs_the_same_for_one_as_for_ten(self, save, client):
        def statements():
            with CaptureQueriesContext(connection) as kept:
                client.get(PAGE)
            return len(kept)

        save()
        client.get(PAGE)
        one = statements()
        for _ in range(9):
            save()
        assert statements() == one


class TestPolling:
    def look(self, client, version):
        return client.get(reverse("frontdesk:queue"), {"v": version}, headers={"HX-Request": "true"})

    def test_answers_nothing_when_nothing_changed(self, save, client):
        with time_machine.travel(NOON, tick=False) as clock:
            save()
            version = client.get(PAGE).context["queue"].version
            assert self.look(client, version).status_code == 204
            clock.shift(timedelta(minutes=1))
            assert self.look(client, version).status_code == 200

    def test_shows_what_a_colleague_did(self, save, client):
        save()
        version = client.get(PAGE).context["queue"].version
        save()

        assert "A02" in self.look(client, version).content.decode()
