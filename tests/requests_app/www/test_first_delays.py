"""« Premier rendez-vous »: four delays of a manager's places, with those who wait, hidden under five."""

import csv
import io
import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from requests_app.access.models import Reading
from requests_app.appointments.models import AppointmentType
from requests_app.first_delay.delays import Delay
from requests_app.first_delay.models import ThirdNext
from requests_app.first_delay.selectors.cases import Kind
from requests_app.first_delay.services import Search, record_search
from requests_app.lib.french import NBSP
from requests_app.waiting_list.models import FreedSlot
from requests_app.www.backoffice.triage.listing import ALL_PLACES
from requests_app.www.dashboards.first_delay_rows import describe_waiting
from tests.browser import violations
from tests.markup import one_line

pytestmark = pytest.mark.django_db
PAGE = "/tableau-de-bord/premier-rendez-vous/"
DAY = timedelta(days=1)


@pytest.fixture
def live(make_ticket, make_appointment, lyon_8, chloe):
    """Let six people come to an appointment 10 to 15 days after they asked, six others wait 20 or more."""

    def write(maison=lyon_8, *, agent=chloe, count=6):
        now = timezone.localtime().replace(hour=12, minute=0)
        for n in range(count):
            came = make_ticket(text=None, received_at=now - 40 * DAY, maison=maison)
            start = now - (30 - n) * DAY
            fields = {"state": "came", "starts_at": start, "came_at": start, "booked_at": now - 39 * DAY}
            kind = make_appointment(ticket=came, agent=agent, **fields).type
            waits = make_ticket(text=None, received_at=now - (20 + n) * DAY, maison=maison)
            record_search(Search(kind, ticket=waits, agent=agent), starts=[], at=now - 19 * DAY)
            today = timezone.localdate() - n * DAY
            ThirdNext.objects.create(
                maison=maison, type=kind, day=today, start=now + (7 - n) * DAY, looked_until=today + 90 * DAY
            )
        return kind

    return write


@pytest.fixture
def seen(client, live, david):
    """Read the page as a manager, its spaces made plain."""
    live()
    client.force_login(david)

    def read(query=""):
        return one_line(client.get(f"{PAGE}{query}").content.decode()).replace(NBSP, " ")

    return read


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (0, "7 personnes attendent encore"),
        (1, "7 personnes attendent encore, depuis 1 jour au moins"),
        (9, "7 personnes attendent encore, depuis 9 jours au moins"),
    ],
)
def test_nobody_waits_for_zero_days(days, words):
    assert describe_waiting(Delay(n=9, waiting=7, waits_for=days), Kind.HELD) == words


class TestPage:
    def test_tells_the_delays_with_those_who_still_wait(self, seen):
        # Of twelve, the six who came are half of all once nobody lost came between: the 15th day.
        page = seen()
        assert "6 personnes attendent encore, depuis 20 jours au moins" in page
        assert '<td class="r" data-narrow="La moitié en">15 j</td>' in page
        assert "Suivi, première fois" in page
        assert "Recherches qui n’ont rien trouvé" in page
        assert "moins de 5" not in page

    @pytest.mark.parametrize(
        ("query", "words"),
        [
            ("?delai=troisieme", "Troisième créneau libre, mois par mois"),
            ("?delai=propose&periode=3-mois", "Premier créneau montré, mois par mois"),
            ("?delai=pris&qui=premiere", "Rendez-vous pris, mois par mois"),
            ("?type=suivi&qui=deja-venues", "Rendez-vous qui a eu lieu, mois par mois"),
        ],
    )
    def test_compares_the_delay_that_is_chosen(self, seen, query, words):
        assert words in seen(query)

    def test_says_nothing_of_nobody(self, client, david, territory):
        client.force_login(david)
        assert "Rien à montrer" in client.get(PAGE).content.decode()

    def test_A02_says_fewer_than_five_as_that(self, client, live, david):
        live(count=2)
        client.force_login(david)
        page = one_line(client.get(PAGE).content.decode()).replace(NBSP, " ")
        assert "moins de 5" in page
        assert "attendent encore, depuis" not in page
        assert "2 personnes" not in page

    def test_A02_tells_a_manager_nothing_of_other_places(self, client, live, david, elsa, villeurbanne):
        live(villeurbanne, agent=elsa)
        client.force_login(david)
        assert "personnes attendent encore" not in client.get(PAGE).content.decode()
        assert client.get(f"{PAGE}?lieu={villeurbanne.code}").status_code == 400

    def test_compares_places_for_whoever_steers_several(self, client, live, central, elsa, villeurbanne):
        live()
        live(villeurbanne, agent=elsa)
        client.force_login(central)
        page = one_line(client.get(f"{PAGE}?lieu={ALL_PLACES}").content.decode())
        assert "Par lieu d’accueil" in page
        assert villeurbanne.label in page

    @pytest.mark.parametrize(
        "query", ["?delai=moyenne", "?periode=2-mois", "?qui=tous", "?type=rien", "?tri=lieu", "?lieu=X"]
    )
    def test_refuses_what_is_not_in_its_lists(self, client, david, query):
        client.force_login(david)
        assert client.get(PAGE + query).status_code == 400

    def test_counts_the_hours_taken_up_and_hides_the_days_of_a_few(self, seen, lyon_8, chloe):
        now, kind = timezone.now(), AppointmentType.objects.get(code="suivi")
        whole = {"type": kind, "maison": lyon_8, "agent": chloe, "freed_at": now - 2 * DAY}
        for rank in range(6):
            fields = {"state": "refilled", "days_gained": 7} if rank else {"state": "taken"}
            FreedSlot.objects.create(starts_at=now + rank * DAY, **whole, **fields)
        said = re.sub(r"\s*<[^>]+>\s*", " ", seen())
        for words in ("Heures libérées  6", "Reprises par SMS  5", "Jours gagnés  35"):
            assert words in said
        FreedSlot.objects.filter(state="refilled").first().delete()
        assert "35" not in re.sub(r"<[^>]+>", " ", seen()).partition("Jours gagnés")[2][:40]

    def test_costs_the_same_for_one_ticket_as_for_ten(self, client, live, david, bruno):
        def count():
            with CaptureQueriesContext(connection) as caught:
                assert client.get(PAGE).status_code == 200
            return len(caught)

        client.force_login(david)
        live(count=1)
        client.get(PAGE)  # the first page of a session writes it
        one = count()
        ThirdNext.objects.all().delete()
        live(agent=bruno, count=9)
        assert count() == one


class TestFile:
    def test_gives_the_same_words_and_is_logged(self, client, live, david):
        live()
        client.force_login(david)
        answer = client.get(f"{PAGE}csv/")
        table = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
        held = next(row for row in table if row[1] == "Rendez-vous qui a eu lieu")
        assert held[2:5] == ["12", "15 j", "–"]
        assert Reading.objects.filter(user=david, kind="export").count() == 1


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_reads_in_both_themes_and_on_a_telephone(browse, live, david):
    live()
    page = browse(david, PAGE)
    for summary in page.locator("details.why > summary").all():
        summary.click()
    assert violations(page, shapes=((1280, 900), (320, 800))) == []
