"""The agenda of a Maison, the form of an appointment, the card on the ticket's page."""

import re
from datetime import datetime, timedelta

import pytest
import time_machine

from requests_app.access.models import Reading
from requests_app.appointments.calendar_file import calendar_file
from requests_app.appointments.models import Appointment, AppointmentType
from requests_app.maisons.opening import PARIS
from requests_app.tickets.models import Event
from tests.markup import one_line

NOW = datetime(2026, 11, 26, 10, 42, tzinfo=PARIS)  # a Thursday
AGENDA = "/agenda/"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def today(make_appointment, make_ticket, chloe):
    def at(hour, minute=0, *, agent=None, **fields):
        ticket = fields.pop("ticket", None) or make_ticket(sender="Samira Kessler", topic="rsa-demande")
        starts_at = NOW.replace(hour=hour, minute=minute)
        return make_appointment(ticket=ticket, agent=agent or chloe, starts_at=starts_at, **fields)

    return at


def text(answer):
    plain = re.sub(r"<[^>]+>", " ", answer.content.decode()).replace("\u00a0", " ").replace("&nbsp;", " ")
    return " ".join(plain.split())


class TestDay:
    def test_shows_who_is_expected_by_agent_and_hour(self, client_of, chloe, bruno, today):
        today(9, 30, room="Bureau 3")
        today(14, agent=bruno)
        page = client_of(chloe).get(AGENDA)

        said = text(page)
        assert "Jeudi 26 novembre" in said
        assert "Lyon 8e – Latarjet, ouvert de 8 h 30 à 12 h et de 13 h 30 à 17 h" in said
        assert "2 rendez-vous , 2 attendues." in said
        assert said.index("Bruno Petit") < said.index("Chloé Martin Bureau 3")
        assert said.count("Fermé de 12 h à 13 h 30") == 2
        assert 'class="appt appt-plan ag-s5 ag-l2"' in one_line(page.content.decode())

    def test_marks_the_present_minute_today_only(self, client_of, chloe, today):
        today(9)
        client = client_of(chloe)
        assert "10 h 42" in text(client.get(AGENDA))
        assert "ag-now" not in client.get(AGENDA, {"jour": "2026-11-25"}).content.decode()

    def test_an_empty_day_says_how_to_give_one(self, client_of, chloe):
        said = text(client_of(chloe).get(AGENDA))
        assert "Pas de rendez-vous ce jour-là" in said
        assert "Chercher une demande" in said

    def test_an_early_or_late_one_widens_the_day(self, client_of, chloe, today):
        today(7)
        today(18, 30)
        page = client_of(chloe).get(AGENDA).content.decode()
        assert 'ag-s3 ag-l2"' in page
        assert 'ag-s49 ag-l2"' in page

    def test_leaves_out_the_cancelled_ones(self, client_of, chloe, today):
        today(9, state=Appointment.State.CANCELLED_BY_PERSON)
        assert "Pas de rendez-vous ce jour-là" in text(client_of(chloe).get(AGENDA))

    def test_A02_shows_nothing_of_another_maison(self, client_of, elsa, today):
        today(9)
        assert "Kessler" not in text(client_of(elsa).get(AGENDA))

    def test_A03_hides_the_person_and_the_kind_of_a_sensitive_demand(
        self, client_of, bruno, make_ticket, today
    ):
        today(9, ticket=make_ticket(sender="Samira Kessler", topic="enfance-danger"))
        said = text(client_of(bruno).get(AGENDA))
        assert "Kessler" not in said
        assert "9 h Personne protégée Motif réservé" in said

    def test_asks_for_a_maison_when_none_is_chosen(self, client_of, central):
        assert "Choisissez une Maison" in text(client_of(central).get(AGENDA))

    @pytest.mark.parametrize(
        "query",
        [
            "jour=hier",
            "jour=9999-12-31",
            "vue=mois",
            "x=1",
            "par=motif",
            "agent=Bruno",
            "salle=-1",
            "agent=1&salle=1",
        ],
    )
    def test_refuses_an_address_that_is_not_ours(self, client_of, chloe, query):
        assert client_of(chloe).get(f"{AGENDA}?{query}").status_code == 400

    @pytest.mark.parametrize("vue", ["jour", "semaine"])
    def test_costs_the_same_for_one_or_ten(self, client_of, chloe, today, vue, django_assert_max_num_queries):
        client = client_of(chloe)
        today(9)
        client.get(AGENDA, {"vue": vue})
        with django_assert_max_num_queries(13) as one:
            client.get(AGENDA, {"vue": vue})
        for hour in range(10, 19):
            today(hour)
        with django_assert_max_num_queries(13) as ten:
            client.get(AGENDA, {"vue": vue})
        assert len(one) == len(ten)


class TestWeek:
    def test_lists_each_day_with_its_hours(self, client_of, chloe, today):
        today(9)
        said = text(client_of(chloe).get(AGENDA, {"vue": "semaine"}))
        assert "Semaine du lundi 23 novembre" in said
        assert "Mardi 24 novembre ouvert de 13 h à 17 h Pas de rendez-vous." in said
        assert "Jeudi 26 novembre ouvert de 8 h 30 à 12 h et de 13 h 30 à 17 h 9 h Samira Kessler" in said
        assert "Dimanche" not in said

    @pytest.mark.parametrize("jour", ["2026-03-29", "2026-10-25", "2028-02-29"])
    def test_F09_holds_on_the_days_when_clocks_change(
        self, client_of, chloe, make_ticket, make_appointment, jour
    ):
        day = datetime.fromisoformat(jour).replace(tzinfo=PARIS)
        for hour in (0, 23):
            make_appointment(ticket=make_ticket(), agent=chloe, starts_at=day.replace(hour=hour, minute=15))
        page = client_of(chloe).get(AGENDA, {"jour": jour, "vue": "jour"})
        assert "2 rendez-vous" in text(page)


class TestGive:
    @pytest.fixture
    def form(self, chloe, db):
        kind = AppointmentType.objects.get_or_create(
            code="suivi", defaults={"label": "Suivi", "public_label": "Rendez-vous", "minutes": 30}
        )[0]
        return {
            "sorte": kind.pk,
            "agent": chloe.pk,
            "jour": "2026-12-03",
            "heure": "10:30",
            "bureau": "Bureau 3",
        }

    @pytest.fixture
    def ticket(self, make_ticket, amina):
        return make_ticket(person=amina)

    def post(self, client, ticket, form, pk=""):
        path = f"/demandes/{ticket.reference}/rendez-vous/" + (f"{pk}/" if pk else "")
        return client.post(path, form)

    def test_gives_and_comes_back_to_the_demand(self, client_of, chloe, ticket, form):
        answer = self.post(client_of(chloe), ticket, form)
        assert answer.url.startswith(f"/demandes/{ticket.reference}/?fait=rdv")
        assert answer.url.endswith("#rendez-vous")
        given = Appointment.objects.get()
        assert given.starts_at == datetime(2026, 12, 3, 10, 30, tzinfo=PARIS)
        said = text(client_of(chloe).get(answer.url))
        assert "Jeudi 3 décembre à 10 h 30" in said
        assert "Chloé Martin a donné rendez-vous le jeudi 3 décembre à 10 h 30" in said

    def test_W09_the_thread_says_what_was_sent_without_its_link(self, client_of, chloe, ticket, form):
        client = client_of(chloe)
        self.post(client, ticket, form)
        said = text(client.get(f"/demandes/{ticket.reference}/"))
        assert "Message sur le rendez-vous, à 06 39 98 12 34" in said
        assert "RDV jeudi 3/12 à 10h30" in said
        assert "{lien}" not in said
        assert "[lien de suivi]" in said

    def test_reads_what_people_type(self, client_of, chloe, ticket, form):
        self.post(client_of(chloe), ticket, {**form, "jour": "3/12/2026", "heure": "14 h 30"})
        assert Appointment.objects.get().starts_at == datetime(2026, 12, 3, 14, 30, tzinfo=PARIS)

    @pytest.mark.parametrize(
        ("field", "value", "said"),
        [
            ("jour", "demain", "Écrivez une date, par exemple 26/11/2026."),
            ("jour", "31/02/2027", "Écrivez une date, par exemple 26/11/2026."),
            ("jour", "31/12/9999", "Écrivez une date, par exemple 26/11/2026."),
            ("jour", "0001-01-01", "Écrivez une date, par exemple 26/11/2026."),
            ("heure", "25:00", "Écrivez une heure, par exemple 14:30."),
            ("heure", "", "Écrivez une heure, par exemple 14:30."),
            ("jour", "2026-11-02", "Choisissez une date et une heure à venir."),
            ("agent", "999999", "Choisissez un agent de ce lieu."),
            ("heure", "06:00", "Pour le donner quand même, écrivez pourquoi."),
        ],
    )
    def test_says_what_to_correct_and_keeps_what_was_typed(
        self, client_of, chloe, ticket, form, field, value, said
    ):
        answer = self.post(client_of(chloe), ticket, {**form, field: value})
        assert answer.status_code == 422
        assert "<title>Erreur :" in answer.content.decode()
        assert said in text(answer)
        assert 'value="Bureau 3"' in answer.content.decode()
        assert not Appointment.objects.exists()

    def test_F09_refuses_an_hour_that_the_change_of_clocks_skips(self, client_of, chloe, ticket, form):
        answer = self.post(
            client_of(chloe), ticket, {**form, "jour": "2027-03-28", "heure": "02:30", "pourquoi": "Nuit"}
        )
        assert "Cette heure n’existe pas ce jour-là" in text(answer)

    def test_the_reason_is_asked_then_overrides(self, client_of, chloe, ticket, form):
        client = client_of(chloe)
        assert "Pourquoi à cette heure" in text(self.post(client, ticket, {**form, "heure": "12:30"}))
        self.post(client, ticket, {**form, "heure": "12:30", "pourquoi": "Elle travaille"})
        assert Appointment.objects.get().outside_reason == "Elle travaille"

    def test_changes_the_date_as_it_was_read(self, client_of, chloe, ticket, form):
        client = client_of(chloe)
        self.post(client, ticket, form)
        given = Appointment.objects.get()
        moved = {**form, "heure": "11:00", "tour": 1}
        assert self.post(client, ticket, moved, given.pk).status_code == 302
        late = self.post(client, ticket, {**moved, "heure": "09:00"}, given.pk)
        assert "Ce rendez-vous a changé depuis que vous l’avez ouvert." in text(late)

    def test_shows_what_is_taken_that_day(self, client_of, chloe, ticket, form, today):
        today(14, room="Salle bleue")
        client = client_of(chloe)
        page = text(client.get(f"/demandes/{ticket.reference}/rendez-vous/"))
        assert "Vendredi 27 novembre" in page
        day = text(client.get(f"/agenda/jour/{ticket.maison_id}/", {"jour": "2026-11-26"}))
        assert "14 h – 14 h 30 Chloé Martin Salle bleue" in day

    def test_A02_a_place_that_is_not_hers_is_not_found(self, client_of, chloe, ticket, villeurbanne):
        client = client_of(chloe)
        assert (
            client.get(f"/demandes/{ticket.reference}/rendez-vous/?lieu={villeurbanne.pk}").status_code == 404
        )
        assert client.get(f"/agenda/jour/{villeurbanne.pk}/").status_code == 404

    @pytest.mark.parametrize("pk", [0, 999_999_999, 10**26])
    def test_A01_a_place_that_does_not_exist_is_not_found(self, client_of, central, today, pk):
        assert client_of(central).get(f"/agenda/jour/{pk}/").status_code == 404

    def test_W03_refuses_a_field_that_the_form_does_not_have(self, client_of, chloe, ticket, form):
        assert self.post(client_of(chloe), ticket, {**form, "state": "came"}).status_code == 400


class TestSteps:
    def step(self, client, appointment, name, **fields):
        path = f"/demandes/{appointment.ticket.reference}/rendez-vous/{appointment.pk}/{name}/"
        return client.post(path, {"tour": appointment.round, **fields}, follow=True)

    def test_notes_who_came_and_takes_it_back(self, client_of, bruno, today):
        given, client = today(11), client_of(bruno)
        said = text(self.step(client, given, "venue"))
        assert "Arrivée notée." in said
        assert "Remettre comme avant" in said
        assert "Le rendez-vous est comme avant." in text(self.step(client, given, "remettre"))
        given.refresh_from_db()
        assert given.state == Appointment.State.BOOKED

    @pytest.mark.parametrize(
        ("name", "hour", "said"),
        [
            ("venue", 11, "Arrivée notée."),
            ("absence", 9, "Absence notée."),
            ("personne-annule", 15, "Rendez-vous annulé : la personne ne viendra pas."),
        ],
    )
    def test_each_step_is_taken_back_by_its_notice(self, client_of, chloe, today, name, hour, said):
        given, client = today(hour), client_of(chloe)
        page = self.step(client, given, name)
        assert said in text(page)
        assert 'data-undo data-seconds="10"' in one_line(page.content.decode())
        action, turn = undo_in(page)
        assert "Le rendez-vous est comme avant." in text(client.post(action, {"tour": turn}, follow=True))
        given.refresh_from_db()
        assert given.state == Appointment.State.BOOKED

    def test_one_just_given_is_taken_back_by_its_notice(self, client_of, chloe, today):
        given, client = today(15, booked_at=NOW, changed_at=NOW), client_of(chloe)
        page = client.get(
            f"/demandes/{given.ticket.reference}/?fait=rdv&de={given.ticket.reference}&v={given.pk}"
        )
        assert "Rendez-vous donné." in text(page)
        action, turn = undo_in(page)
        assert "Le rendez-vous n’est plus donné." in text(client.post(action, {"tour": turn}, follow=True))

    def test_the_notice_is_gone_after_ten_seconds(self, client_of, chloe, today):
        given, client = today(15, changed_at=NOW - timedelta(seconds=11)), client_of(chloe)
        page = client.get(
            f"/demandes/{given.ticket.reference}/?fait=rdv&de={given.ticket.reference}&v={given.pk}"
        )
        assert "data-undo" not in page.content.decode()

    def test_the_service_cancels_with_a_reason(self, client_of, chloe, today):
        given, client = today(15), client_of(chloe)
        assert "Écrivez pourquoi, en quelques mots." in text(self.step(client, given, "service-annule"))
        assert "annulé pour le service" in text(self.step(client, given, "service-annule", raison="Réunion"))

    def test_an_older_page_changes_nothing(self, client_of, chloe, today):
        given = today(15)
        Appointment.objects.update(round=2)
        assert "a changé depuis" in text(self.step(client_of(chloe), given, "personne-annule"))
        assert not Event.objects.filter(ticket=given.ticket).exists()

    def test_A02_elsa_finds_nothing_and_the_attempt_is_noted(self, client_of, elsa, today):
        given = today(11)
        assert self.step(client_of(elsa), given, "venue").status_code == 404
        assert Reading.objects.filter(user=elsa, was_refused=True).exists()

    def test_an_unknown_step_is_not_found(self, client_of, chloe, today):
        assert self.step(client_of(chloe), today(11), "effacer").status_code == 404

    def test_gives_a_calendar_file_without_the_demand(self, client_of, chloe, today, amina, make_ticket):
        given = today(15, ticket=make_ticket(person=amina, topic="rsa-demande"))
        answer = client_of(chloe).get(f"/demandes/{given.ticket.reference}/rendez-vous/{given.pk}/fichier/")
        assert answer["Content-Type"].startswith("text/calendar")
        assert "Benali" not in answer.content.decode()


def undo_in(page):
    """Where the notice posts, and the round it names."""
    body = one_line(page.content.decode())
    notice = body[body.index("data-undo-action") - 200 :]
    action = re.findall(r'action="([^"]+)" data-undo-action', notice)[0]
    return action, re.findall(r'name="tour" value="(\d+)"', notice)[0]


class TestFile:
    def test_is_read_as_rfc_5545_says(self, today):
        given = today(15)
        given.maison.address = "12, rue des Acacias ; bâtiment « B » " + "é" * 80
        raw = calendar_file(given, at=NOW)
        assert all(len(line) <= 75 for line in raw.split(b"\r\n"))
        lines = raw.decode().replace("\r\n ", "").split("\r\n")
        assert "DTSTART:20261126T140000Z" in lines
        assert "DTEND:20261126T143000Z" in lines
        assert f"UID:rendez-vous-{given.pk}@demande.invalid" in lines
        place = next(line for line in lines if line.startswith("LOCATION:"))
        assert place.startswith("LOCATION:12\\, rue des Acacias \\; bâtiment « B »")
        assert "Latarjet" not in raw.decode()

    def test_a_cancelled_one_takes_itself_out_of_the_calendar(self, today):
        given = today(15, state=Appointment.State.CANCELLED_BY_PERSON)
        assert b"METHOD:CANCEL" in calendar_file(given, at=NOW + timedelta(hours=1))


class TestReplies:
    def test_who_wrote_stands_above_the_day_and_in_it(self, client_of, chloe, today):
        today(14, reply="not_coming", replied_at=NOW)
        page = client_of(chloe).get(AGENDA)
        said = text(page)
        assert "Réponses des personnes 1 14 h Samira Kessler Dit qu’elle ne viendra pas" in said
        assert said.count("Dit qu’elle ne viendra pas") == 2
        assert "1 rendez-vous , 1 attendue." in said

    def test_who_cancelled_is_said_though_they_left_the_day(self, client_of, chloe, today):
        today(14, state=Appointment.State.CANCELLED_BY_PERSON, reply="not_coming", replied_at=NOW)
        said = text(client_of(chloe).get(AGENDA))
        assert "14 h Samira Kessler Annulé par la personne" in said
        assert "Pas de rendez-vous ce jour-là" in said

    def test_the_week_says_it_with_the_day(self, client_of, chloe, today):
        today(14, reply="other_date", replied_at=NOW)
        said = text(client_of(chloe).get(AGENDA, {"vue": "semaine"}))
        assert "Jeudi 26 novembre à 14 h Samira Kessler Demande une autre date" in said

    def test_who_comes_is_no_question(self, client_of, chloe, today):
        today(14, state=Appointment.State.CONFIRMED, reply="coming", replied_at=NOW)
        assert "Réponses des personnes" not in text(client_of(chloe).get(AGENDA))

    def test_A03_says_nothing_of_a_reserved_one(self, client_of, bruno, today, make_ticket):
        today(14, ticket=make_ticket(topic="enfance-danger"), reply="not_coming", replied_at=NOW)
        assert "ne viendra pas" not in text(client_of(bruno).get(AGENDA))

    def test_the_ticket_says_it_beside_the_date(self, client_of, chloe, today):
        given = today(14, reply="other_date", replied_at=NOW)
        said = text(client_of(chloe).get(f"/demandes/{given.ticket.reference}/"))
        assert "Jeudi 26 novembre à 14 h Demande une autre date" in said
        assert "Réponse de la personne : aujourd’hui à 10 h 42" in said

    def test_the_page_of_the_person_says_it_too(self, client_of, chloe, today, make_ticket, amina):
        today(14, ticket=make_ticket(person=amina), reply="other_date", replied_at=NOW)
        assert "Demande une autre date" in text(client_of(chloe).get(f"/personnes/{amina.pk}/"))


def test_two_dates_of_one_person_at_the_same_hour_ask_why(client_of, chloe, bruno, today, make_ticket, amina):
    first = today(14, agent=bruno, ticket=make_ticket(person=amina))
    ticket = make_ticket(person=amina)
    fields = {"sorte": first.type_id, "agent": chloe.pk, "jour": "2026-11-26", "heure": "14:15", "bureau": ""}
    client, path = client_of(chloe), f"/demandes/{ticket.reference}/rendez-vous/?lieu={first.maison_id}"
    asked = client.post(path, fields)
    assert asked.status_code == 422
    assert "La personne a déjà un rendez-vous de 14 h à 14 h 30" in text(asked)
    assert "Pourquoi à cette heure" in text(asked)
    assert client.post(path, {**fields, "pourquoi": "Les deux ensemble"}).status_code == 302
    assert "Donné quand même : Les deux ensemble" in text(client.get(f"/demandes/{ticket.reference}/"))
