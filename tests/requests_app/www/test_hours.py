"""An agent's week: added, changed from a day on, ended; who may, and what is in the way."""

import re
from datetime import date, datetime, time, timedelta

import pytest
import time_machine

from requests_app.maisons.opening import PARIS
from requests_app.slots.models import Opening
from requests_app.slots.weeks import occurrences_of

NOW = datetime(2026, 11, 26, 10, 42, tzinfo=PARIS)  # a Thursday
MONDAY = date(2026, 11, 30)
HOURS = "/agenda/horaires/"
ADD = f"{HOURS}plage/"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def form(lyon_8):
    return {
        "jour": 0,
        "de": "9:00",
        "a": "12 h",
        "maison": lyon_8.pk,
        "bureau": "Bureau 3",
        "repete": "weekly",
        "depuis": "2026-11-30",
        "jusqu": "",
    }


@pytest.fixture
def chloes(client_of, chloe, form):
    """Chloé's browser, with Mondays open from nine to noon."""
    client = client_of(chloe)
    assert client.post(ADD, form).status_code == 302
    return client


def text(answer):
    plain = re.sub(r"<[^>]+>", " ", answer.content.decode()).replace("\u00a0", " ")
    return " ".join(plain.split())


def days_of(agent, first=MONDAY, last=MONDAY + timedelta(days=60)):
    """The times of an agent, as (day, from, to)."""
    rows = Opening.objects.standing().filter(agent=agent)
    found = occurrences_of(rows, first=first, last=last)
    return [(each.day.isoformat(), each.start.hour, each.end.hour) for each in found]


class TestAdd:
    def test_opens_a_weekday_without_end_and_says_so(self, chloes, chloe):
        said = text(chloes.get(HOURS, {"jour": "2027-06-10"}))
        assert (
            "Lundi 7 juin 2027 Ajouter lundi 7 juin 2027 De 9 h à 12 h Lyon 8e – Latarjet, Bureau 3" in said
        )
        assert "Tous les rendez-vous Toutes les semaines, sans fin" in said
        assert "Mardi 8 juin 2027 Ajouter mardi 8 juin 2027 Ne reçoit pas." in said
        assert days_of(chloe)[:2] == [("2026-11-30", 9, 12), ("2026-12-07", 9, 12)]

    def test_begins_on_the_first_such_day_from_the_date(self, client_of, chloe, form):
        client_of(chloe).post(ADD, {**form, "jour": 2, "repete": "once"})
        assert days_of(chloe) == [("2026-12-02", 9, 12)]

    @pytest.mark.parametrize(
        ("fields", "said"),
        [
            ({"a": "8:00"}, "La fin doit venir après le début."),
            ({"de": "neuf"}, "Écrivez une heure, par exemple 14:30."),
            ({"jusqu": "2026-11-01"}, "La date de fin vient avant le début."),
            ({"jour": 3, "jusqu": "2026-12-01"}, "la plage n’a lieu aucun jour"),
            ({"maison": 999999}, "Choisissez dans la liste."),
            ({"repete": "other"}, "Choisissez dans la liste."),
        ],
    )
    def test_says_what_is_wrong_and_keeps_what_was_typed(self, client_of, chloe, form, fields, said):
        page = client_of(chloe).post(ADD, {**form, **fields}, follow=True)
        assert said in text(page)
        assert 'value="Bureau 3"' in page.content.decode()
        assert not Opening.objects.exists()

    def test_names_the_opening_in_the_way(self, chloes, chloe, form):
        page = chloes.post(ADD, {**form, "de": "11:00", "a": "15:00"}, follow=True)
        assert "Une autre plage tient déjà ces heures : le lundi de 9 h à 12 h (Lyon 8e" in text(page)
        assert "Changez-la, ou terminez-la d’abord." in text(page)
        assert 'value="15:00"' in page.content.decode()
        assert Opening.objects.count() == 1

    def test_what_only_touches_is_not_in_the_way(self, chloes, chloe, form):
        assert chloes.post(ADD, {**form, "de": "12:00", "a": "13:00"}).status_code == 302
        assert Opening.objects.count() == 2


class TestChange:
    @pytest.fixture
    def address(self, chloes):
        return f"{ADD}{Opening.objects.get().pk}/"

    def test_counts_from_a_date_on(self, chloes, chloe, form, address):
        assert chloes.post(address, {**form, "a": "11:00", "depuis": "2026-12-14"}).status_code == 302
        found = [("2026-11-30", 9, 12), ("2026-12-07", 9, 12), ("2026-12-14", 9, 11), ("2026-12-21", 9, 11)]
        assert days_of(chloe)[:4] == found

    def test_every_other_week_stays_in_the_same_weeks(self, chloes, chloe, form, address):
        chloes.post(address, {**form, "repete": "biweekly"})
        opening = Opening.objects.standing().get()
        later = {**form, "repete": "biweekly", "de": "10:00", "depuis": "2026-12-08"}
        chloes.post(f"{ADD}{opening.pk}/", later)
        assert [day for day, *_hours in days_of(chloe)][:3] == ["2026-11-30", "2026-12-14", "2026-12-28"]

    def test_a_rule_of_a_file_is_kept_as_it_is(self, chloes, chloe, lyon_8, form):
        day = MONDAY + timedelta(days=1)
        hours = {"starts_on": day, "starts_at": time(9), "ends_on": day, "ends_at": time(12)}
        rule = "FREQ=WEEKLY;COUNT=4;BYDAY=TU,TH"
        opening = Opening.objects.create(agent=chloe, maison=lyon_8, rrule=rule, **hours)
        address = f"{ADD}{opening.pk}/"
        assert "Comme aujourd’hui (toutes les semaines, le mardi et le jeudi, 4 fois)" in text(
            chloes.get(address)
        )
        chloes.post(address, {**form, "repete": "other", "a": "10:00", "depuis": "2026-12-04"})
        found = [each for each in days_of(chloe) if date.fromisoformat(each[0]).weekday() in (1, 3)]
        assert found == [
            ("2026-12-01", 9, 12),
            ("2026-12-03", 9, 12),
            ("2026-12-08", 9, 10),
            ("2026-12-10", 9, 10),
        ]

    def test_a_refused_change_changes_nothing(self, chloes, chloe, form, address):
        chloes.post(ADD, {**form, "de": "14:00", "a": "16:00"})
        before = days_of(chloe)
        assert chloes.post(address, {**form, "a": "15:00"}, follow=True).status_code in (200, 422)
        assert days_of(chloe) == before

    def test_ends_on_the_day_before(self, chloes, chloe, address):
        chloes.post(f"{address}fin/?jour=2026-12-14")
        assert days_of(chloe) == [("2026-11-30", 9, 12), ("2026-12-07", 9, 12)]
        chloes.post(f"{address}fin/?jour=2026-11-30")
        assert days_of(chloe) == []


class TestEnd:
    @pytest.fixture
    def address(self, chloes):
        return f"{ADD}{Opening.objects.get().pk}/"

    @pytest.mark.parametrize("last", ["", "2026-12-21"])
    @pytest.mark.parametrize("day", ["2026-12-14", "2026-11-30"])
    def test_is_undone_as_it_was(self, chloes, chloe, form, address, day, last):
        Opening.objects.update(valid_until=last or None)
        before = days_of(chloe)
        page = chloes.post(f"{address}fin/?jour={day}", follow=True)
        assert "La plage est terminée." in text(page)
        assert days_of(chloe) != before
        again = chloes.post(page.context["resume_url"], follow=True)
        assert "La plage est comme avant." in text(again)
        assert days_of(chloe) == before
        assert "resume_url" not in again.context

    def test_is_not_undone_over_an_opening_noted_since(self, chloes, chloe, form, address):
        page = chloes.post(f"{address}fin/?jour=2026-12-14", follow=True)
        chloes.post(ADD, {**form, "de": "10:00", "depuis": "2026-12-14"})
        before = days_of(chloe)
        again = chloes.post(page.context["resume_url"], follow=True)
        assert "Une autre plage tient déjà ces heures" in text(again)
        assert days_of(chloe) == before

    def test_A02_nobody_else_undoes_it(self, chloes, client_of, bruno, address):
        page = chloes.post(f"{address}fin/?jour=2026-12-14", follow=True)
        assert client_of(bruno).post(page.context["resume_url"]).status_code == 403


class TestCopy:
    COPY = f"{HOURS}copie/?jour=2026-11-30"

    def test_one_day_to_others(self, chloes, chloe):
        asked = {"quoi": 0, "sur": [1, 3], "source": chloe.pk, "depuis": "2026-12-01"}
        assert chloes.post(self.COPY, asked).status_code == 302
        found = [("2026-11-30", 9, 12), ("2026-12-01", 9, 12), ("2026-12-03", 9, 12), ("2026-12-07", 9, 12)]
        assert days_of(chloe)[:4] == found

    def test_the_week_of_a_colleague_without_their_room(self, client_of, david, chloes, chloe, bruno):
        asked = {"quoi": -1, "source": chloe.pk, "depuis": "2026-12-07"}
        assert client_of(david).post(f"{self.COPY}&agent={bruno.pk}", asked).status_code == 302
        assert days_of(bruno)[0] == ("2026-12-07", 9, 12)
        assert Opening.objects.get(agent=bruno).room == ""

    def test_all_or_nothing(self, chloes, chloe, form):
        chloes.post(ADD, {**form, "jour": 3, "de": "10:00", "a": "11:00"})
        asked = {"quoi": 0, "sur": [1, 3], "source": chloe.pk, "depuis": "2026-12-01"}
        page = chloes.post(self.COPY, asked, follow=True)
        assert "Une autre plage tient déjà ces heures : le jeudi de 10 h à 11 h" in text(page)
        assert Opening.objects.count() == 2

    def test_says_when_there_is_nothing_to_copy(self, chloes, chloe):
        asked = {"quoi": 4, "source": chloe.pk, "depuis": "2026-12-07"}
        assert "pas de plage qui se répète" in text(chloes.post(self.COPY, asked, follow=True))

    def test_A02_the_week_of_nobody_else(self, chloes, elsa):
        asked = {"quoi": -1, "source": elsa.pk, "depuis": "2026-12-07"}
        assert "source" in chloes.post(self.COPY, asked).context["form"].errors


class TestRights:
    def test_A02_a_manager_edits_the_week_of_their_agents_only(self, client_of, david, chloe, elsa, form):
        client = client_of(david)
        assert client.post(f"{ADD}?agent={chloe.pk}", form).status_code == 302
        assert days_of(chloe)
        assert client.post(f"{ADD}?agent={elsa.pk}", form).status_code == 403
        assert client.get(HOURS, {"agent": elsa.pk}).status_code == 403

    def test_A02_an_agent_edits_their_own_only(self, client_of, bruno, chloes, chloe, form):
        client, opening = client_of(bruno), Opening.objects.get()
        assert client.get(HOURS, {"agent": chloe.pk}).status_code == 403
        assert client.post(f"{ADD}{opening.pk}/", form).status_code == 403
        assert client.post(f"{ADD}{opening.pk}/fin/").status_code == 403

    def test_the_administrator_edits_all(self, client_of, admin, chloe, elsa, form):
        assert client_of(admin).post(f"{ADD}?agent={chloe.pk}", form).status_code == 302
        assert client_of(admin).get(HOURS, {"agent": elsa.pk}).status_code == 200

    def test_A02_nobody_opens_times_where_the_agent_does_not_work(self, client_of, admin, elsa, form):
        page = client_of(admin).post(f"{ADD}?agent={elsa.pk}", form, follow=True)
        assert "Choisissez dans la liste." in text(page)


def test_costs_the_same_for_one_or_ten(client_of, chloes, form, django_assert_max_num_queries):
    chloes.get(HOURS, {"jour": "2026-11-30"})  # shows the message
    with django_assert_max_num_queries(10) as one:
        chloes.get(HOURS, {"jour": "2026-11-30"})
    for day in range(1, 6):
        chloes.post(ADD, {**form, "jour": day}, follow=True)
    with django_assert_max_num_queries(10) as six:
        chloes.get(HOURS, {"jour": "2026-11-30"})
    assert len(one) == len(six) == 7
