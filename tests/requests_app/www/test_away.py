"""Absences and closures: kept first, with the appointments they meet; the calendar of an agent elsewhere."""

import re
from datetime import date, datetime, timedelta

import pytest
import time_machine

from requests_app.appointments import selectors
from requests_app.appointments.models import Appointment
from requests_app.maisons.opening import PARIS
from requests_app.slots.models import Absence, Closure, Opening
from requests_app.www.agenda.hours import away

NOW = datetime(2026, 11, 26, 10, 42, tzinfo=PARIS)  # a Thursday
ABSENCES, CLOSURES = "/agenda/absences/", "/agenda/fermetures/"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def booked(make_appointment, make_ticket, chloe):
    """An appointment of Chloé with Samira Kessler, on 1 December at ten."""
    ticket = make_ticket(sender="Samira Kessler", topic="rsa-demande")
    at = datetime(2026, 12, 1, 10, tzinfo=PARIS)
    return make_appointment(ticket=ticket, agent=chloe, starts_at=at, room="Bureau 3")


def text(answer):
    plain = re.sub(r"<[^>]+>", " ", answer.content.decode()).replace("\u00a0", " ")
    return " ".join(plain.split())


def absent(**fields):
    return {"du": "2026-12-01", "repete": "once", "raison": "Formation", **fields}


class TestAbsence:
    def test_is_kept_first_and_lists_what_it_meets(self, client_of, chloe, booked):
        page = client_of(chloe).post(ABSENCES, absent(), follow=True)
        said = text(page)
        assert "Mardi 1er décembre, toute la journée" in said
        assert "1 rendez-vous à déplacer" in said
        assert "Samira Kessler" in said
        address = f"/demandes/{booked.ticket.reference}/rendez-vous/{booked.pk}/"
        mark = f"absence-{Absence.objects.standing().get().pk}"
        assert f'href="{address}?retour={mark}"' in page.content.decode()
        assert Appointment.objects.expected().get() == booked

    def test_says_how_many_are_not_listed(
        self, client_of, chloe, booked, make_ticket, make_appointment, monkeypatch
    ):
        at = datetime(2026, 12, 1, 11, tzinfo=PARIS)
        make_appointment(ticket=make_ticket(), agent=chloe, starts_at=at)
        monkeypatch.setattr(selectors, "MAX_SHOWN", 1)
        said = text(client_of(chloe).post(ABSENCES, absent(), follow=True))
        assert "2 rendez-vous à déplacer" in said
        assert "En voici 1 sur 2, les plus proches d’abord." in said

    def test_says_how_many_absences_are_not_listed(self, client_of, chloe, monkeypatch):
        monkeypatch.setattr(away, "MAX_LISTED", 1)
        for day in ("2026-12-01", "2026-12-02", "2026-12-03"):
            client_of(chloe).post(ABSENCES, absent(du=day))
        assert "Et 2 autres, plus tard." in text(client_of(chloe).get(ABSENCES))

    @pytest.mark.parametrize(
        ("fields", "meets"),
        [
            ({"de": "9:00", "a": "10:00"}, 0),
            ({"de": "9:00", "a": "10:15"}, 1),
            ({"du": "2026-11-24", "repete": "weekly"}, 1),
            ({"du": "2026-11-24", "repete": "weekly", "jusqu": "2026-11-30"}, 0),
            ({"du": "2026-11-28", "au": "2026-12-04", "a": "12:00"}, 1),
            ({"du": "2026-12-02"}, 0),
        ],
    )
    def test_meets_by_its_hours(self, client_of, chloe, booked, fields, meets):
        page = client_of(chloe).post(ABSENCES, absent(**fields), follow=True)
        assert len(page.context["lines"]) == meets

    def test_is_taken_out_and_put_back(self, client_of, chloe, booked):
        client = client_of(chloe)
        page = client.post(ABSENCES, absent(), follow=True)
        assert client.post(page.context["remove_url"], follow=True).status_code == 200
        assert not Absence.objects.standing().exists()
        assert "1 rendez-vous à déplacer" in text(client.post(page.context["restore_url"], follow=True))
        assert Absence.objects.standing().exists()

    @pytest.mark.parametrize(
        ("fields", "said"),
        [
            ({"du": ""}, "Écrivez une date, par exemple 26/11/2026."),
            ({"au": "2026-11-30"}, "La date de fin vient avant le début."),
            ({"de": "10:00", "a": "9:00"}, "La fin doit venir après le début."),
            ({"jusqu": "2026-11-30", "repete": "weekly"}, "La date de fin vient avant le début."),
        ],
    )
    def test_says_what_is_wrong_and_keeps_what_was_typed(self, client_of, chloe, fields, said):
        page = client_of(chloe).post(ABSENCES, absent(**fields), follow=True)
        assert said in text(page)
        assert 'value="Formation"' in page.content.decode()
        assert not Absence.objects.exists()

    def test_A02_the_reason_is_for_the_agent_and_their_managers(self, client_of, chloe, david, bruno, booked):
        client_of(chloe).post(ABSENCES, absent())
        address = f"{ABSENCES}{Absence.objects.get().pk}/"
        assert "Formation" in text(client_of(david).get(address))
        assert client_of(bruno).get(address).status_code == 403
        assert "Formation" not in text(client_of(bruno).get("/agenda/", {"jour": "2026-12-01"}))

    def test_A03_names_nobody_of_a_reserved_ticket_to_a_manager(
        self, client_of, chloe, david, make_ticket, make_appointment
    ):
        ticket = make_ticket(sender="Samira Kessler", topic="enfance-danger")
        make_appointment(ticket=ticket, agent=chloe, starts_at=datetime(2026, 12, 1, 10, tzinfo=PARIS))
        said = text(client_of(david).post(f"{ABSENCES}?agent={chloe.pk}", absent(), follow=True))
        assert "1 rendez-vous à déplacer" in said
        assert "Kessler" not in said

    def test_one_day_of_an_opening_is_left_out(self, client_of, chloe, lyon_8, booked):
        day = NOW.date() - timedelta(days=2)
        hours = {"starts_on": day, "starts_at": "09:00", "ends_on": day, "ends_at": "12:00"}
        opening = Opening.objects.create(agent=chloe, maison=lyon_8, rrule="FREQ=WEEKLY", **hours)
        address = f"/agenda/horaires/plage/{opening.pk}/sauf/"
        said = text(client_of(chloe).post(f"{address}?jour=2026-12-01", follow=True))
        assert "mardi 1er décembre, de 9 h à 12 h" in said
        assert "1 rendez-vous à déplacer" in said
        assert "pas lieu ce jour-là" in text(client_of(chloe).post(f"{address}?jour=2026-12-02", follow=True))


class TestClosure:
    def test_announced_late_lists_what_it_meets(self, client_of, david, lyon_8, booked):
        asked = {"maison": lyon_8.pk, "du": "2026-12-01", "au": "2026-12-02"}
        said = text(client_of(david).post(CLOSURES, asked, follow=True))
        assert "du mardi 1er décembre au mercredi 2 décembre" in said
        assert "1 rendez-vous à déplacer" in said
        assert Closure.objects.standing().get().ends_on.isoformat() == "2026-12-03"

    def test_A02_only_for_their_maisons(self, client_of, david, villeurbanne):
        page = client_of(david).post(CLOSURES, {"maison": villeurbanne.pk, "du": "2026-12-01"}, follow=True)
        assert "Choisissez dans la liste." in text(page)
        assert not Closure.objects.exists()


class TestMoving:
    """Each appointment met is moved from its own page, and the list comes back."""

    @pytest.fixture
    def opened(self, chloe, lyon_8):
        day = date(2026, 12, 3)
        hours = {"starts_on": day, "starts_at": "09:00", "ends_on": day, "ends_at": "12:00"}
        return Opening.objects.create(agent=chloe, maison=lyon_8, **hours)

    @pytest.fixture(params=["absence", "closure"])
    def met(self, request, client_of, chloe, david, lyon_8, booked, opened):
        """The page of an absence or of a closure that meets the appointment, and who looks at it."""
        client = client_of(chloe if request.param == "absence" else david)
        if request.param == "absence":
            return client, client.post(ABSENCES, absent(), follow=True)
        asked = {"maison": lyon_8.pk, "du": "2026-12-01"}
        return client, client.post(CLOSURES, asked, follow=True)

    def address_of(self, page):
        """Where « Déplacer » leads."""
        found = re.search(r'href="(/demandes/[^"]+/rendez-vous/\d+/\?retour=[^"]+)"', page.content.decode())
        assert found
        return found[1]

    def move(self, client, page, booked):
        """Follow « Déplacer », choose the first slot of the third of December, confirm it."""
        address = self.address_of(page)
        form = client.get(address)
        posted = {
            "sorte": booked.type_id,
            "lieu": booked.maison_id,
            "creneau": f"{datetime(2026, 12, 3, 9, tzinfo=PARIS).isoformat()}/chloe",
            "rdv": booked.pk,
            "tour": booked.round,
        }
        targets = re.findall(r'action="(/demandes/[^"]+/garder/[^"]*)"', form.content.decode())
        held = client.post(targets[0], posted, follow=True)
        confirm = re.findall(r'action="(/demandes/[^"]+/confirmer/[^"]*)"', held.content.decode())
        return client.post(confirm[0], posted, follow=True)

    def test_comes_back_to_the_list_without_it(self, met, booked):
        client, page = met
        listed = self.move(client, page, booked)
        assert listed.request["PATH_INFO"] == page.request["PATH_INFO"]
        assert "0 rendez-vous à déplacer" in text(listed)
        assert "Rendez-vous changé. Samira Kessler, jeudi 3 décembre à 9 h." in text(listed)
        booked.refresh_from_db()
        assert booked.starts_at == datetime(2026, 12, 3, 9, tzinfo=PARIS)

    def test_is_undone_from_the_list(self, met, booked):
        client, page = met
        moved = self.move(client, page, booked).context["moved"]
        again = client.post(moved["action"], {"tour": moved["line"].round}, follow=True)
        assert again.request["PATH_INFO"] == page.request["PATH_INFO"]
        assert "1 rendez-vous à déplacer" in text(again)

    def test_by_the_form_comes_back_too(self, met, booked, chloe):
        client, page = met
        address = self.address_of(page)
        day = {"jour": "2026-12-03", "heure": "10:00", "agent": chloe.pk, "sorte": booked.type_id, "tour": 1}
        listed = client.post(address, day, follow=True)
        assert "0 rendez-vous à déplacer" in text(listed)

    @pytest.mark.parametrize("mark", ["https://ailleurs.invalid/", "absence-", "absence-1/../", "demande-1"])
    def test_leads_nowhere_else(self, client_of, chloe, booked, mark):
        address = f"/demandes/{booked.ticket.reference}/rendez-vous/{booked.pk}/"
        assert client_of(chloe).get(address, {"retour": mark}).status_code == 400


class TestFeed:
    SUBSCRIPTION = "/agenda/abonnement/"

    @pytest.fixture
    def address(self, client_of, chloe):
        page = client_of(chloe).post(self.SUBSCRIPTION, follow=True)
        found = re.search(r"/agenda/flux/[\w-]{22}\.ics", page.context["address"])
        assert found
        return found[0]

    def test_says_hours_room_and_place_and_nobody(self, client, address, booked):
        file = client.get(address).content.decode()
        assert "SUMMARY:Rendez-vous\\, Bureau 3\r\n" in file
        assert "DTSTART:20261201T090000Z\r\n" in file
        assert "Kessler" not in file
        assert booked.ticket.reference not in file
        assert booked.type.label not in file.replace("Rendez-vous\\, Bureau 3", "")
        assert file.endswith("END:VCALENDAR\r\n")

    def test_answers_304_until_something_changes(self, client, address, booked):
        etag = client.get(address).headers["ETag"]
        assert client.get(address, headers={"If-None-Match": etag}).status_code == 304
        Appointment.objects.filter(pk=booked.pk).update(round=2)
        assert client.get(address, headers={"If-None-Match": etag}).status_code == 200

    def test_holds_a_week_back_and_ninety_days_ahead(
        self, client, address, make_ticket, make_appointment, chloe
    ):
        for days in (-8, -6, 89, 91):
            at = NOW + timedelta(days=days)
            make_appointment(ticket=make_ticket(), agent=chloe, starts_at=at)
        cancelled = Appointment.State.CANCELLED_BY_PERSON
        make_appointment(ticket=make_ticket(), agent=chloe, starts_at=NOW, state=cancelled)
        assert client.get(address).content.count(b"BEGIN:VEVENT") == 2

    def test_W09_is_shown_once_replaced_and_revoked(self, client, client_of, chloe, address):
        page = client_of(chloe).get(self.SUBSCRIPTION)
        assert "Une adresse est en service." in text(page)
        assert "/agenda/flux/" not in page.content.decode()
        client_of(chloe).post(self.SUBSCRIPTION)
        assert client.get(address).status_code == 404
        client_of(chloe).post(f"{self.SUBSCRIPTION}fin/")
        assert "Aucune adresse n’est en service." in text(client_of(chloe).get(self.SUBSCRIPTION))

    def test_W09_ends_with_the_agent(self, client, address, chloe):
        chloe.is_active = False
        chloe.save()
        assert client.get(address).status_code == 404
        assert client.get(f"/agenda/flux/{'x' * 22}.ics").status_code == 404
