"""« Ce que vivent les personnes »: side by side, of five persons at least, numbers rounded."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from requests_app.feedback.models import FeltExperience
from requests_app.first_delay.models import AnnouncedDelay
from requests_app.indicators.groups import measure_groups
from requests_app.indicators.rolling import roll
from requests_app.lib.french import NBSP
from requests_app.people.models import AccessNeed
from requests_app.tickets.models import Ticket
from requests_app.www.dashboards.lived_experience_rows import share_about
from tests import factories
from tests.browser import violations
from tests.markup import one_line
from tests.requests_app.appointments.conftest import follow_up  # noqa: F401

PAGE = "/tableau-de-bord/vecu/"
DAY = timedelta(days=1)


@pytest.fixture
def lived(make_ticket, lyon_8):
    """Requests of as many persons, closed in time; ``faces`` were chosen by the first of them."""

    def write(count, *, faces=(), channel="mail", need="", maison=lyon_8):
        now = timezone.now()
        for n in range(count):
            person = factories.person(at=now)
            if need:
                AccessNeed.objects.create(person=person, kind=need, said_at=now)
            at = now - 9 * DAY
            ticket = make_ticket(
                text=None, person=person, received_at=at, topic="velo", channel=channel, maison=maison
            )
            done = {"state": "closed", "outcome": "answered", "closed_at": at + DAY, "due_at": at + 2 * DAY}
            Ticket.objects.filter(pk=ticket.pk).update(**done)
            if n < len(faces):
                FeltExperience.objects.create(ticket=ticket, level=faces[n], said_at=at + DAY)

    return write


@pytest.fixture
def read(client_of, david):
    def page(user=david, query=""):
        roll(at=timezone.now())
        measure_groups(at=timezone.now())
        answer = client_of(user).get(f"{PAGE}{query}")
        assert answer.status_code == 200
        return one_line(answer.content.decode()).replace(NBSP, " ").replace("\u202f", " ")

    return page


def row(page, label):
    found = re.search(
        rf'<th scope="row">\s*(?:<a [^>]*>)?{label}(?:</a>)?\s*(?:<br>.*?)?</th>(.*?)</tr>', page
    )
    cells = re.findall(r"<td[^>]*>\s*(.*?)\s*</td>", found[1]) if found else []
    return [re.sub(r"<[^>]*>", " ", cell).strip() for cell in cells]


@pytest.mark.django_db
class TestPage:
    def test_puts_all_side_by_side(self, read, lived, lyon_8, follow_up):  # noqa: F811
        lived(12, faces=(5, 5, 4, 1, 1))
        today = timezone.localdate()
        AnnouncedDelay.objects.create(maison=lyon_8, type=follow_up, day=today, n=8, median_days=12)
        page = read()
        cells = row(page, lyon_8.label)
        assert cells[:5] == ["10", "100 %", "0 %", "60 %", "60 %"]
        assert cells[5:] == ["–", "12 j   Suivi"]
        assert f"/tableau-de-bord/?lieu={lyon_8.code}&amp;periode=4-semaines#mots" in page
        assert f"/pistes/nouvelle/?lieu={lyon_8.code}" in page

    def test_who_leads_no_maison_plans_no_trial_there(self, read, lived, central):
        lived(5)
        assert "/pistes/nouvelle/" not in read(central)

    def test_P06_a_group_of_under_five_tells_nothing(self, read, lived):
        lived(4, channel="sms", faces=(1, 1, 1, 1))
        lived(5, channel="phone", need="interpreter")
        page = read()
        assert row(page, "SMS") == ["moins de 5", *["–"] * 4]
        assert row(page, "Téléphone")[0] == "5"
        assert row(page, "Prévoir un interprète")[0] == "5"
        assert row(page, "Aucun besoin noté")[0] == "moins de 5"

    def test_the_least_content_come_first(self, read, lived, central, villeurbanne, lyon_8):
        lived(5, faces=(5, 5, 5, 5, 5))
        lived(5, faces=(1, 1, 1, 1, 5), maison=villeurbanne)
        page = read(central)
        assert page.index(f">{villeurbanne.label}</a>") < page.index(f">{lyon_8.label}</a>")

    def test_A02_a_manager_reads_their_maison_alone(self, read, lived, villeurbanne):
        lived(5)
        lived(5, maison=villeurbanne)
        assert row(read(), villeurbanne.label) == []

    def test_says_that_nothing_is_measured_yet(self, client_of, david):
        page = client_of(david).get(PAGE).content.decode()
        assert "Pas encore mesuré" in page
        assert "<table" not in page

    @pytest.mark.parametrize("query", ["?sujet=velo", "?periode=an", "?tri=lieu"])
    def test_W04_unknown_parameters_are_refused(self, client_of, david, query):
        assert client_of(david).get(f"{PAGE}{query}").status_code == 400

    def test_A02_the_desk_does_not_read_it(self, client_of, bruno):
        assert client_of(bruno).get(PAGE).status_code == 403

    def test_the_same_statements_for_one_as_for_ten(
        self, client_of, david, lived, read, django_assert_num_queries
    ):
        lived(5)
        read()
        with CaptureQueriesContext(connection) as one:
            client_of(david).get(PAGE)
        lived(10, channel="phone", need="step_free")
        measure_groups(at=timezone.now() + DAY)
        with django_assert_num_queries(len(one)):
            client_of(david).get(PAGE)


class TestRounding:
    @pytest.mark.parametrize(
        ("count", "total", "said"),
        [(2, 4, "–"), (0, 0, "–"), (3, 5, "60 %"), (33, 99, "35 %"), (33, 100, "33 %"), (5, 5, "100 %")],
    )
    def test_shares(self, count, total, said):
        assert share_about(count, total) == said


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_W07_no_violation_and_narrow(browse, david, lived, read):
    lived(6, faces=(5, 5, 4, 1, 1), need="interpreter")
    read()
    assert violations(browse(david, PAGE), shapes=((1280, 800), (360, 740))) == []
