"""« Est-ce que ça va ? »: five numbers that lead to as many tickets, plots, exports."""

import csv
import io
import re
from datetime import timedelta
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from requests_app.access.models import Reading
from requests_app.indicators.rolling import roll
from requests_app.maisons.models import Maison
from requests_app.tickets.models import Event, State, Ticket
from tests.browser import violations
from tests.markup import one_line

pytestmark = pytest.mark.django_db
PAGE = "/tableau-de-bord/"
DAY = timedelta(days=1)


@pytest.fixture
def lived(make_ticket, villeurbanne):
    now = timezone.now()
    for age in range(1, 20):
        closed = {"state": State.CLOSED, "closed_at": now - DAY} if age % 2 else {}
        make_ticket(text=None, received_at=now - age * DAY, topic="velo", **closed)
        make_ticket(text=None, received_at=now - age * DAY, maison=villeurbanne)
    make_ticket(text=None, received_at=now - timedelta(minutes=5))
    make_ticket(text=None, received_at=now - 2 * DAY, topic="enfance-danger")
    make_ticket(text=None, received_at=now - 3 * DAY, maison=None)
    Ticket.objects.filter(state=State.CLOSED).update(first_answered_at=now - 2 * DAY)
    roll(at=now)


@pytest.fixture
def many_at(territory):
    """Tickets late by a week, written at once."""

    def write(maison, count, **fields):
        at = timezone.now() - 7 * DAY
        made = [
            Ticket(
                reference=f"TST-{n:06d}",
                channel="mail",
                received_at=at,
                waiting_since=at,
                maison=maison,
                **fields,
            )
            for n in range(count)
        ]
        Ticket.objects.bulk_create(made)
        roll(at=timezone.now())

    return write


def board(client, query=""):
    answer = client.get(f"{PAGE}{query}")
    assert answer.status_code == 200
    return answer.context


class TestNumbers:
    @pytest.mark.parametrize("who", ["david", "central"])
    @pytest.mark.parametrize(
        "query",
        ["", "?periode=semaine", "?periode=12-semaines", "?lieu=P84", "?sujet=velo", "?lieu=P84&sujet=velo"],
    )
    def test_each_leads_to_a_list_of_the_same_total(self, client_of, lived, request, who, query):
        client = client_of(request.getfixturevalue(who))
        numbers = board(client, query)["numbers"]
        totals = [str(client.get(number.url).context["total"]) for number in numbers]
        shown = [number.figure for number in numbers]
        shown[3] = numbers[3].note.split()[1]
        assert totals == shown

    def test_the_fifth_is_what_the_reader_can_place(self, client_of, lived, david, central, chloe):
        """Without a Maison for the central team; in David's Maison, with nobody yet."""
        fifth = board(client_of(central))["numbers"][4]
        assert (fifth.title, fifth.figure, fifth.note) == ("À placer", "1", "sans lieu d’accueil")
        client = client_of(david)
        fifth = board(client)["numbers"][4]
        assert (fifth.title, fifth.figure, fifth.note) == ("À confier", "11", "sans agent")
        Ticket.objects.filter(pk=Ticket.objects.filter(maison__code="P84").to_sort().first().pk).update(
            state=State.OPEN, assignee=chloe
        )
        assert board(client)["numbers"][4].figure == "10"

    def test_A01_what_no_maison_owns_stays_with_the_central_team(self, client_of, lived, david):
        client = client_of(david)
        unplaced = Ticket.objects.get(maison=None)
        page = client.get(board(client)["numbers"][4].url).content.decode()
        assert unplaced.reference not in page
        assert client.get("/tri/?vue=a-placer&compte=exact").status_code == 400

    def test_is_exact_above_what_other_lists_count(self, client_of, david, lyon_8, many_at):
        """« plus de 1 000 » in a menu; beside a number, the number."""
        many_at(lyon_8, 1203)
        client = client_of(david)
        for number in board(client)["numbers"][:3]:
            assert number.figure == "1\u00a0203"
            assert str(client.get(number.url).context["total"]) == number.figure
        assert str(client.get("/tri/").context["total"]) == "plus de 1\u00a0000"

    def test_keeps_its_total_while_the_figures_wait_for_the_next_sweep(
        self, client_of, lived, david, villeurbanne
    ):
        """Moved since: the number and its list say the same, and both follow at the sweep."""
        client = client_of(david)
        moved = Ticket.objects.filter(maison__code="P84", received_at__lt=timezone.now() - 9 * DAY).latest(
            "pk"
        )
        Ticket.objects.filter(pk=moved.pk).update(maison=villeurbanne)
        Event.objects.create(ticket=moved, kind=Event.Kind.REROUTED, at=timezone.now())
        before = board(client)["numbers"][0]
        assert str(client.get(before.url).context["total"]) == before.figure
        roll(at=timezone.now())
        after = board(client)["numbers"][0]
        assert int(after.figure) == int(before.figure) - 1
        assert str(client.get(after.url).context["total"]) == after.figure

    def test_C5_what_is_stuck_is_moved_in_three_gestures(self, client_of, lived, david, chloe):
        """Open it, open « Confier », choose: its page knows the list, and gives it back afterwards."""
        client = client_of(david)
        page = client.get(PAGE)
        [link] = re.findall(r'<a class="ref" href="([^"]+)"', one_line(page.content.decode()))[:1]
        opened = client.get(unescape(link))
        total = int(page.context["numbers"][2].figure)
        assert opened.context["around"].total == total
        reference = page.context["stuck"][0].reference
        url = f"{reverse('backoffice:assign', args=[reference])}?{unescape(link).partition('?')[2]}"
        sent = {"version": opened.context["ticket"].version, "to": chloe.pk}
        client.post(url, sent)
        assert Ticket.objects.get(reference=reference).assignee == chloe

    def test_the_preview_of_a_row_stays_in_its_list(self, client_of, lived, david):
        client = client_of(david)
        page = client.get(board(client)["numbers"][0].url).content.decode()
        [row] = re.findall(r'<a class="trow-name"[^>]* href="([^"]+)"', page)[:1]
        assert client.get(unescape(row)).status_code == 200

    def test_a_number_of_the_table_leads_to_its_list(self, client_of, lived, central):
        client = client_of(central)
        for row in board(client)["rows"]:
            if row.code:
                assert str(client.get(row.received_url).context["total"]) == str(row.line.received)
                assert str(client.get(row.waiting_url).context["total"]) == str(row.line.waiting)

    def test_W04_unknown_words_are_refused(self, client_of, david):
        client = client_of(david)
        for query in (
            "periode=x",
            "tri=maison__phone",
            "sens=x",
            "lieu=P108",
            "lieu=x",
            "vue=1",
            "sujet=enfance-danger",
            "sujet=autre",
            "sujet=topic__label",
        ):
            assert client.get(f"{PAGE}?{query}").status_code == 400
        for query in (
            "vue=recues",
            "vue=recues&du=2026-01-01",
            "vue=recues&du=x&au=x",
            "vue=a-trier&lieu=P108",
            "vue=a-trier&compte=tous",
            "sujet=enfance-danger",
            "sujet=autre",
            "sujet=x",
        ):
            assert client.get(f"/tri/?{query}").status_code == 400

    def test_A01_who_steers_nothing_reads_no_figures(self, client_of, chloe, bruno, admin):
        assert {client_of(each).get(PAGE).status_code for each in (chloe, bruno, admin)} == {403}


class TestPlace:
    def test_david_sees_lyon_8_and_no_table_of_one_line(self, client_of, lived, david):
        page = client_of(david).get(PAGE).content.decode()
        assert "Villeurbanne" not in page
        assert "Par lieu d’accueil" not in page

    def test_the_table_is_sorted_by_what_is_asked(self, client_of, lived, central, make_ticket, villeurbanne):
        client = client_of(central)
        for _ in range(5):
            make_ticket(text=None, maison=villeurbanne)
        waiting = [row.line.waiting for row in board(client, "?tri=attente")["rows"]]
        assert waiting == sorted(waiting, reverse=True)
        labels = [row.label.lower() for row in board(client, "?tri=lieu&sens=asc")["rows"]]
        assert labels == sorted(labels)


class TestExport:
    def rows(self, client, query=""):
        answer = client.get(f"{PAGE}export/csv/{query}")
        assert answer["Content-Disposition"].startswith("attachment")
        return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))

    def test_has_the_same_filter_and_the_same_totals(self, client_of, lived, central):
        client = client_of(central)
        shown = board(client, "?periode=semaine&lieu=P84")["numbers"]
        rows = self.rows(client, "?periode=semaine&lieu=P84")
        assert rows[1][2] == shown[0].figure
        assert rows[1][5] == shown[1].figure
        assert sum(int(row[2]) for row in rows if row[0] == "Par jour") == int(rows[1][2])

    def test_the_other_form_says_the_same(self, client_of, lived, central):
        client = client_of(central)
        sheet = load_workbook(io.BytesIO(client.get(f"{PAGE}export/xlsx/").content)).active
        texts = self.rows(client)
        assert sheet.max_row == len(texts)
        assert [str(sheet.cell(2, n).value) for n in (3, 4, 5, 6, 7)] == texts[1][2:7]
        assert sheet.cell(2, 3).data_type == "n"

    @pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
    def test_W05_no_word_is_run_as_a_formula(self, client_of, lived, central, start):
        Maison.objects.filter(code="P108").update(label=f'{start}HYPERLINK("http://x")')
        rows = self.rows(client_of(central))
        assert any(cell.startswith(f"'{start}HYPERLINK") for row in rows for cell in row)
        raw = client_of(central).get(f"{PAGE}export/csv/").content.decode("utf-8-sig")
        assert all(line.startswith('"') and line.endswith('"') for line in raw.split("\r\n") if line)
        sheet = load_workbook(io.BytesIO(client_of(central).get(f"{PAGE}export/xlsx/").content)).active
        assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)

    def test_W05_who_took_it_is_noted(self, client_of, lived, david, lyon_8):
        client_of(david).get(f"{PAGE}export/xlsx/?periode=semaine")
        line = Reading.objects.get(kind="export")
        assert (line.user, line.subject_id, line.why) == (david, lyon_8.pk, "xlsx semaine")

    def test_another_form_does_not_exist(self, client_of, david):
        assert client_of(david).get(f"{PAGE}export/pdf/").status_code == 404


def test_costs_the_same_for_one_demand_as_for_many(client_of, central, make_ticket):
    client = client_of(central)

    def cost():
        with CaptureQueriesContext(connection) as seen:
            client.get(PAGE)
        return len(seen)

    make_ticket(text=None, received_at=timezone.now() - 9 * DAY)
    roll(at=timezone.now())
    cost()
    first = cost()
    for age in range(10):
        make_ticket(text=None, received_at=timezone.now() - age * DAY)
    roll(at=timezone.now())
    assert cost() == first


def test_an_empty_territory_has_a_page_too(client_of, central, territory):
    page = client_of(central).get(PAGE).content.decode()
    assert "Rien n’est bloqué" in page


def test_nothing_stands_in_anyone_s_way(browse, central, lived, transactional_db):
    page = browse(central, PAGE)
    for summary in page.locator("details.why > summary").all():
        summary.click()
    assert violations(page) == []
