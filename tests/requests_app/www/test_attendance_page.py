"""« Venir au rendez-vous »: risk and outcome by commune and need, of five persons at least."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from requests_app.attendance.models import Estimate, RiskFit
from requests_app.lib.french import NBSP
from requests_app.people.models import AccessNeed
from tests import factories
from tests.browser import violations
from tests.markup import one_line

pytestmark = pytest.mark.django_db
PAGE = "/tableau-de-bord/venir-au-rendez-vous/"
DAY = timedelta(days=1)


@pytest.fixture
def estimated(make_ticket, make_appointment, lyon_8, chloe):
    """Write the estimates of some persons: the first half absent, helped by a call."""

    def write(count, need="", maison=lyon_8, agent=chloe, risk=0.4):
        now = timezone.now()
        for n in range(count):
            person, is_absent = factories.person(at=now), n < count / 2
            if need:
                AccessNeed.objects.create(person=person, kind=need, said_at=now)
            start = now - (n + 1) * DAY - Estimate.objects.count() * timedelta(hours=1)
            appointment = make_appointment(
                ticket=make_ticket(text=None, person=person, maison=maison),
                agent=agent,
                starts_at=start,
                state="absent" if is_absent else "came",
                came_at=None if is_absent else start,
            )
            help_given = "call" if is_absent else ""
            Estimate.objects.create(appointment=appointment, round=1, risk=risk, help=help_given, at=start)

    return write


@pytest.fixture
def read(client_of, david):
    def page(user=david, query=""):
        answer = client_of(user).get(f"{PAGE}{query}")
        return one_line(answer.content.decode()).replace(NBSP, " ").replace("\u202f", " ")

    return page


def row(page, label):
    found = re.search(rf'<th scope="row">{label}</th>(.*?)</tr>', page)
    return re.findall(r"<td[^>]*>\s*(.*?)\s*</td>", found[1]) if found else None


def test_tells_risk_help_and_outcome_by_commune_and_need(read, estimated):
    estimated(8, need="interpreter")
    estimated(6, need="step_free", risk=0.9)
    page = read()

    assert row(page, "Lyon 8e Arrondissement") == ["15", "60 %", "50 %", "50 %"]
    assert row(page, "Prévoir un interprète") == ["10", "40 %", "50 %", "50 %"]


def test_P06_a_small_group_is_joined_to_the_smallest_others(read, estimated):
    estimated(12)
    estimated(6, need="interpreter")
    estimated(4, need="step_free", risk=0.9)
    page = read()

    assert row(page, "Lyon 8e Arrondissement")[0] == "20"
    assert row(page, "Aucun besoin noté")[0] == "10"
    assert row(page, "Autres") == ["10", "60 %", "50 %", "50 %"]
    for hidden in ("Prévoir un interprète", "Recevoir dans un lieu sans marche"):
        assert row(page, hidden) is None


def test_P06_somebody_with_two_needs_is_in_one_group(read, estimated):
    estimated(8, need="interpreter")
    for each in Estimate.objects.select_related("appointment__ticket")[:6]:
        person, now = each.appointment.ticket.person, timezone.now()
        AccessNeed.objects.create(person=person, kind="step_free", said_at=now)
    estimated(6)
    page = read()

    assert row(page, "Recevoir dans un lieu sans marche") is None
    assert (row(page, "Aucun besoin noté") or row(page, "Plusieurs besoins"))[0] == "5"
    assert row(page, "Autres")[0] == "10"


def test_P06_outcomes_are_of_five_persons_at_least(read, estimated):
    estimated(12)
    estimated(6, need="interpreter")
    own = Estimate.objects.filter(appointment__ticket__person__access_needs__kind="interpreter")
    for each in own.order_by("pk")[:4]:
        each.appointment.state, each.appointment.came_at = "booked", None
        each.appointment.save()
    page = read()

    assert row(page, "Prévoir un interprète") == ["5", "40 %", "50 %", "–"]
    assert row(page, "Aucun besoin noté")[3] == "–"


def test_P06_fewer_than_five_persons_in_all_tell_nothing_however_often_they_come(read, estimated, amina):
    estimated(6)
    tickets = [each.appointment.ticket for each in Estimate.objects.select_related("appointment__ticket")]
    for ticket in tickets:
        ticket.person = amina
        ticket.save()
    page = read()

    assert row(page, "Aucun besoin noté") is None
    assert page.count("Moins de cinq personnes depuis un an") == 2


def test_A02_only_of_the_places_of_a_manager(read, estimated, villeurbanne, elsa, bruno, client_of):
    estimated(6, maison=villeurbanne, agent=elsa)

    assert row(read(), "Villeurbanne") is None
    assert client_of(bruno).get(PAGE).status_code == 403
    assert client_of(bruno).get(f"{PAGE}?tri=1").status_code == 400


def test_says_why_nothing_is_computed_and_how_right_it_is(read, lyon_8):
    month = timezone.localdate().replace(day=1)
    known = {"maison": lyon_8, "fitted_at": timezone.now(), "absences": 3}
    RiskFit.objects.create(month=month, count=120, off="few", **known)
    assert "Moins de 200 rendez-vous notés" in read()
    RiskFit.objects.update(count=300, off="", error=0.031, fifths=[[0.1, 0.12, 60.0], [0.5, 0.45, 60.0]])
    page = read()

    assert "Le calcul aide." in page
    assert "3 points" in page
    assert "10 % → 12 %" in page


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_is_accessible_and_fits_a_phone(browse, david, estimated):
    estimated(6, need="interpreter")
    assert violations(browse(david, PAGE), shapes=((1280, 800), (360, 740))) == []
