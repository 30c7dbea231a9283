"""Lists as files: the rows of the page, their dates, their rights, and who took them."""

import csv
import io
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook

from requests_app.access.models import Reading
from requests_app.accounts.models import Role
from requests_app.appointments.models import Appointment
from requests_app.casefile.logged_search import SearchResult
from requests_app.tickets.deadlines import local_day
from requests_app.tickets.models import Ticket
from requests_app.www.backoffice import list_files
from requests_app.www.backoffice.search import exports

pytestmark = pytest.mark.django_db

TRIAGE, AGENDA = "/tri/export/", "/agenda/export/"


def texts(answer):
    assert answer.status_code == 200
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))


def sheet(answer):
    assert answer.status_code == 200
    return load_workbook(io.BytesIO(answer.content)).active


def names(answer, column=1):
    return [row[column] for row in texts(answer)[1:]]


@pytest.fixture
def three(make_ticket):
    now = timezone.now()
    return [
        make_ticket(
            sender=f"Personne {rank}", text=f"Bonjour {rank}.", received_at=now - timedelta(days=rank)
        )
        for rank in (1, 3, 2)
    ]


class TestTriage:
    def test_has_the_filter_and_the_order_of_the_page(
        self, client_of, chloe, three, make_ticket, villeurbanne
    ):
        make_ticket(sender="Ailleurs", maison=villeurbanne)
        client = client_of(chloe)
        assert names(client.get(f"{TRIAGE}csv/")) == ["Personne 3", "Personne 2", "Personne 1"]
        newest_first = client.get(f"{TRIAGE}csv/?vue=a-trier&tri=recent")
        assert names(newest_first) == ["Personne 1", "Personne 2", "Personne 3"]
        assert names(client.get(f"{TRIAGE}csv/?vue=a-trier&canal=phone")) == []

    def test_has_every_page(self, client_of, chloe, make_ticket):
        for rank in range(30):
            make_ticket(sender=f"Personne {rank}", text=None)
        assert len(set(names(client_of(chloe).get(f"{TRIAGE}csv/")))) == 30

    def test_dates_are_dates(self, client_of, chloe, three):
        found = sheet(client_of(chloe).get(f"{TRIAGE}xlsx/"))
        received = found.cell(2, 8)
        expected = timezone.localtime(three[1].received_at).replace(tzinfo=None, second=0, microsecond=0)
        assert (received.value, received.is_date) == (expected, True)
        assert texts(client_of(chloe).get(f"{TRIAGE}csv/"))[1][7] == f"{expected:%Y-%m-%d %H:%M}"

    def test_W05_a_sender_is_no_formula(self, client_of, chloe, make_ticket):
        make_ticket(sender='=HYPERLINK("http://x")')
        found = sheet(client_of(chloe).get(f"{TRIAGE}xlsx/"))
        assert found.cell(2, 2).value == '\'=HYPERLINK("http://x")'
        assert all(cell.data_type != "f" for row in found.iter_rows() for cell in row)

    def test_A03_a_reserved_ticket_keeps_its_number_date_and_place(self, client_of, david, make_ticket):
        ticket = make_ticket(sender="Inès Protégée", topic="violences-conjugales", is_sensitive=True)
        rows = texts(client_of(david).get(f"{TRIAGE}csv/"))[1:]
        assert [cells[:3] for cells in rows] == [[ticket.reference, "Personne protégée", "Motif réservé"]]

    def test_A01_the_desk_and_who_reads_no_ticket_take_no_file(self, client_of, bruno, admin, three):
        for user in (bruno, admin):
            assert client_of(user).get(f"{TRIAGE}csv/").status_code == 403
        assert "tri/export/" not in client_of(bruno).get("/tri/").content.decode()
        assert not Reading.objects.filter(kind="export").exists()

    def test_A01_who_handles_elsewhere_takes_only_what_they_handle(
        self, client_of, make_agent, three, make_ticket, lyon_8, villeurbanne
    ):
        make_ticket(sender="Ailleurs", maison=villeurbanne)
        both = make_agent("both", (Role.FRONT_DESK, lyon_8), (Role.CASE_HANDLER, villeurbanne))
        assert names(client_of(both).get(f"{TRIAGE}csv/?vue=a-trier&lieu=tous")) == ["Ailleurs"]

    def test_W05_who_took_how_many_is_noted_without_a_name(self, client_of, chloe, three):
        client_of(chloe).get(f"{TRIAGE}xlsx/?vue=a-trier&canal=mail")
        line = Reading.objects.get(kind="export")
        assert line.user == chloe
        assert line.why.startswith("xlsx ")
        assert line.why.endswith(" triage vue=a-trier&canal=mail")
        assert "Personne" not in line.why

    def test_stays_out_of_every_cache_and_has_a_name(self, client_of, chloe, three):
        answer = client_of(chloe).get(f"{TRIAGE}csv/")
        assert "no-store" in answer["Cache-Control"]
        name = f"demandes-a-trier-{local_day(timezone.now())}.csv"
        assert answer["Content-Disposition"] == f'attachment; filename="{name}"'

    def test_says_so_when_it_is_cut(self, client_of, chloe, three, monkeypatch):
        monkeypatch.setattr(list_files, "MAX_ROWS", 2)
        rows = texts(client_of(chloe).get(f"{TRIAGE}csv/"))
        assert len(rows) == 1 + 2 + 1
        assert rows[-1] == ["Le fichier a 2 lignes au plus."]
        assert Reading.objects.get(kind="export").why.startswith("csv 2 ")

    @pytest.mark.parametrize("address", ["pdf/", "csv/?vue=inconnue", "csv/?q=Samira", "csv/?apres=1-2"])
    def test_refuses_what_the_page_does_not_know(self, client_of, chloe, address):
        assert client_of(chloe).get(f"{TRIAGE}{address}").status_code in {400, 404}

    def test_costs_the_same_for_one_ticket_as_for_300(self, client_of, chloe, make_ticket):
        ticket, client = make_ticket(text=None), client_of(chloe)
        client.get(f"{TRIAGE}csv/")
        with CaptureQueriesContext(
            connection,
        ) as one:
            client.get(f"{TRIAGE}csv/")
        held = {
            f.attname: getattr(ticket, f.attname) for f in Ticket._meta.concrete_fields if not f.primary_key
        }
        Ticket.objects.bulk_create(
            Ticket(**{**held, "reference": f"{ticket.reference[:-4]}{rank:04}"}) for rank in range(300)
        )
        with CaptureQueriesContext(connection) as many:
            assert len(texts(client.get(f"{TRIAGE}csv/"))) > 300
        assert len(many) == len(one)


class TestSearch:
    """« Exporter » on what a search found: by POST, so that its words are in no address (threats: A05)."""

    def ask(self, client, words, form="csv"):
        return client.post(f"/recherche/export/{form}/", {"q": words})

    def test_has_every_ticket_found_newest_first(self, client_of, chloe, make_ticket, villeurbanne):
        now = timezone.now()
        for rank in (1, 3, 2):
            make_ticket(
                sender=f"Personne {rank}", text="Un lampadaire.", received_at=now - timedelta(days=rank)
            )
        make_ticket(sender="Autre", text="Un trottoir.")
        make_ticket(sender="Ailleurs", text="Un lampadaire.", maison=villeurbanne)
        client = client_of(chloe)
        assert names(self.ask(client, "lampadaire")) == ["Personne 1", "Personne 2", "Personne 3"]
        assert names(self.ask(client, "introuvable")) == names(self.ask(client, " ")) == []

    def test_has_more_than_a_page_and_its_button(self, client_of, chloe, make_ticket):
        for rank in range(27):
            make_ticket(sender=f"Personne {rank}", text="Un lampadaire.")
        client = client_of(chloe)
        page = client.post("/recherche/", {"q": "lampadaire"}, follow=True).content.decode()
        assert 'data-file formaction="/recherche/export/xlsx/"' in page
        found = sheet(self.ask(client, "lampadaire", "xlsx"))
        assert found.max_row == 1 + 27
        assert found["H2"].is_date

    def test_A03_a_reserved_ticket_is_not_found_by_its_words(self, client_of, david, make_ticket):
        make_ticket(text="Un lampadaire.", topic="violences-conjugales", is_sensitive=True)
        assert names(self.ask(client_of(david), "lampadaire")) == []

    def test_A01_the_desk_takes_no_file_and_is_shown_none(self, client_of, bruno, make_ticket):
        make_ticket(text="Un lampadaire.")
        client = client_of(bruno)
        assert self.ask(client, "lampadaire").status_code == 403
        page = client.post("/recherche/", {"q": "lampadaire"}, follow=True).content.decode()
        assert "1 demande trouvée" in page
        assert "recherche/export/" not in page

    def test_W05_who_took_how_many_is_noted_without_what_was_searched(self, client_of, chloe, make_ticket):
        make_ticket(text="Un lampadaire.")
        answer = self.ask(client_of(chloe), "lampadaire")
        line = Reading.objects.get(kind="export")
        assert (line.user, line.why) == (chloe, "csv 1 search")
        assert "lampadaire" not in answer["Content-Disposition"]

    def test_A05_it_counts_as_a_search(self, client_of, chloe, make_ticket, monkeypatch):
        refused = SearchResult([], "Trop de recherches.")
        monkeypatch.setattr(exports, "search_logged", lambda **_asked: refused)
        page = self.ask(client_of(chloe), "lampadaire")
        assert "Trop de recherches." in page.content.decode()
        assert not Reading.objects.filter(kind="export").exists()

    def test_another_form_or_a_plain_visit_gives_nothing(self, client_of, chloe):
        assert self.ask(client_of(chloe), "lampadaire", "pdf").status_code == 404
        assert client_of(chloe).get("/recherche/export/csv/?q=lampadaire").status_code == 405


class TestAgenda:
    @pytest.fixture
    def booked(self, make_appointment, make_ticket, chloe, bruno):
        monday = timezone.localtime() - timedelta(days=timezone.localtime().weekday())
        nine = monday.replace(hour=9, minute=30, second=0, microsecond=0)
        for rank, agent in enumerate((chloe, bruno)):
            ticket = make_ticket(sender=f"Personne {rank}", text=None, topic="rsa-demande")
            make_appointment(ticket=ticket, agent=agent, starts_at=nine + timedelta(days=rank))
        return nine

    def address(self, nine, form="csv", **more):
        return f"{AGENDA}{form}/", {"jour": nine.date().isoformat(), **more}

    def test_has_the_day_the_week_or_one_agent(self, client_of, chloe, booked):
        client = client_of(chloe)
        assert names(client.get(*self.address(booked)), 2) == ["Personne 0"]
        assert names(client.get(*self.address(booked, vue="semaine")), 2) == ["Personne 0", "Personne 1"]
        mine = client.get(*self.address(booked, vue="semaine", agent=chloe.pk))
        assert names(mine, 2) == ["Personne 0"]
        assert [
            line.why.split(" ")[1] for line in Reading.objects.filter(kind="export").order_by("pk")
        ] == list("121")

    def test_hours_are_hours(self, client_of, chloe, booked):
        found = sheet(client_of(chloe).get(*self.address(booked, "xlsx")))
        assert found["A2"].value == datetime(booked.year, booked.month, booked.day, 9, 30)
        assert found["A2"].is_date
        assert found["B2"].is_date

    def test_leaves_cancelled_ones_out_as_the_page_does(self, client_of, chloe, booked):
        Appointment.objects.update(state=Appointment.State.CANCELLED_BY_PERSON)
        assert names(client_of(chloe).get(*self.address(booked))) == []

    def test_A03_a_reserved_one_says_nothing(self, client_of, david, booked):
        Ticket.objects.update(is_sensitive=True)
        rows = texts(client_of(david).get(*self.address(booked)))
        assert rows[1][2:5] == ["Personne protégée", "Motif réservé", ""]
        assert rows[1][-1] == ""

    def test_A01_the_desk_takes_no_file(self, client_of, bruno, booked):
        assert client_of(bruno).get(*self.address(booked)).status_code == 403
        assert "agenda/export/" not in client_of(bruno).get("/agenda/").content.decode()

    @pytest.mark.parametrize("asked", [{"jour": "hier"}, {"vue": "mois"}, {"agent": "x"}, {"qui": "Samira"}])
    def test_refuses_what_the_page_does_not_know(self, client_of, chloe, asked):
        assert client_of(chloe).get(f"{AGENDA}csv/", asked).status_code == 400
