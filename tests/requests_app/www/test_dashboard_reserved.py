"""What protects people is never told apart in statistics, whatever is subtracted (A02, A03, P06)."""

import csv
import io
import re
from datetime import timedelta

import pytest
from django.utils import timezone

from requests_app.catalog.models import Topic
from requests_app.indicators.apart import told_apart
from requests_app.indicators.rolling import roll
from requests_app.tickets.models import Ticket
from requests_app.www.dashboards.topics import describe_count

pytestmark = pytest.mark.django_db
PAGE = "/tableau-de-bord/"
DAY = timedelta(days=1)
PLACES, PERIODS = ("tous", "P84", "P108"), ("semaine", "semaine-derniere", "4-semaines", "12-semaines")


def board(client, query=""):
    return client.get(f"{PAGE}{query}").context


def topics_of(client, query=""):
    rows = csv.reader(
        io.StringIO(client.get(f"{PAGE}export/csv/{query}").content.decode("utf-8-sig")), delimiter=";"
    )
    return {row[1]: row[2] for row in rows if row[0] == "Par sujet"}


def everything(client):
    """All that leaves the house: each file, for each place, period and topic."""
    topics = ["", "velo", "rsa-demande"]
    queries = [f"?lieu={p}&periode={t}&sujet={s}" for p in PLACES for t in PERIODS for s in topics]
    return [client.get(f"{PAGE}export/csv/{query}").content for query in queries]


@pytest.fixture
def plain(make_ticket, villeurbanne):
    """Tickets of topics that are told, at two Maisons, over weeks."""
    now = timezone.now()
    for age in range(1, 24, 2):
        make_ticket(text=None, received_at=now - age * DAY, topic="velo")
        make_ticket(text=None, received_at=now - age * DAY, topic="rsa-demande", maison=villeurbanne)


@pytest.fixture
def four(make_ticket, villeurbanne):
    """Four tickets without a topic, of both Maisons, of this week and of others."""
    now = timezone.now()
    places = [{}, {}, {"maison": villeurbanne}, {}]
    ages = (1, 9, 9, 20)
    return [
        make_ticket(text=None, received_at=now - age * DAY, **place)
        for age, place in zip(ages, places, strict=True)
    ]


@pytest.mark.parametrize("reserved", [1, 2, 3, 4])
def test_A02_no_subtraction_of_files_tells_how_many_are_reserved(client_of, plain, four, central, reserved):
    """Every file is the same, to the letter, with none or several of the four reserved."""
    roll(at=timezone.now())
    client = client_of(central)
    none = everything(client)
    danger = Topic.objects.get(code="enfance-danger")
    Ticket.objects.filter(pk__in=[t.pk for t in four[:reserved]]).update(topic=danger, is_sensitive=True)
    roll(at=timezone.now(), is_whole=True)
    assert everything(client) == none


def test_A02_the_total_less_the_rows_is_a_sum_that_tells_nothing(client_of, plain, four, david):
    """What is left is reserved or without a topic; no filter gives one without the other."""
    Ticket.objects.filter(pk=four[0].pk).update(
        topic=Topic.objects.get(code="violences-conjugales"), is_sensitive=True
    )
    roll(at=timezone.now())
    client = client_of(david)
    rows = topics_of(client, "?periode=12-semaines")
    assert rows["Motif réservé, autre ou à choisir"] == rows["dont motif réservé"] == "moins de 5"
    for code in ("violences-conjugales", "autre", "aucun"):
        assert client.get(f"{PAGE}?sujet={code}").status_code == 400
        assert client.get(f"{PAGE}export/csv/?sujet={code}").status_code == 400
        assert client.get(f"/tri/?vue=attente&sujet={code}").status_code == 400


def test_A02_channels_days_and_places_have_no_reserved_part(client_of, plain, four, central):
    """Only the table of topics speaks of them: one word in the whole file."""
    Ticket.objects.filter(pk=four[0].pk).update(
        topic=Topic.objects.get(code="enfance-danger"), is_sensitive=True
    )
    roll(at=timezone.now())
    text = client_of(central).get(f"{PAGE}export/csv/").content.decode("utf-8-sig")
    assert len(re.findall("(?i)motif réservé", text)) == 2
    assert Topic.objects.get(code="enfance-danger").label not in text


def test_A02_two_days_in_a_row_tell_no_single_one(client_of, make_ticket, central):
    """Above five too, a step is told and not a number."""
    for _n in range(6):
        make_ticket(text=None, topic="enfance-danger")
    client = client_of(central)
    first = topics_of(client)["dont motif réservé"]
    make_ticket(text=None, topic="enfance-danger")
    assert topics_of(client)["dont motif réservé"] == first == "de 5 à 9"


@pytest.mark.parametrize(
    ("count", "words"),
    [(0, "moins de 5"), (4, "moins de 5"), (5, "de 5 à 9"), (19, "de 10 à 19"), (5000, "1\u00a0000 ou plus")],
)
def test_steps_grow(count, words):
    assert describe_count(count) == words


def test_the_rows_of_topics_make_the_total(client_of, plain, four, central, make_ticket):
    for _n in range(6):
        make_ticket(text=None, topic="enfance-danger")
    rows = topics_of(client_of(central), "?periode=12-semaines")
    rows.pop("dont motif réservé")
    assert sum(int(count) for count in rows.values()) == Ticket.objects.count()


def test_only_topics_told_apart_can_be_chosen(client_of, central, territory):
    groups = board(client_of(central))["topic_groups"]
    codes = {option.value for options in groups.values() for option in options}
    assert codes == set(told_apart({topic.code: topic for topic in Topic.objects.all()}))
    sensitive = Topic.objects.filter(sensitivity__in=["protection", "enfance", "sante"])
    assert sensitive.exists()
    assert not codes & set(sensitive.values_list("code", flat=True))


def test_a_topic_filters_all_that_the_page_says(client_of, plain, four, central):
    """Numbers, plots, table of places, files, and the lists behind."""
    roll(at=timezone.now())
    client = client_of(central)
    page = board(client, "?sujet=velo&periode=12-semaines")
    assert page["numbers"][0].figure == "12"
    assert [row.label for row in page["rows"] if row.line.received] == [
        row.label for row in page["rows"] if row.code == "P84"
    ]
    days = next(plot for plot in page["plots"] if plot.id == "jours")
    assert "Vélo’v" in days.svg
    assert {plot.id for plot in page["plots"]} == {"jours", "canaux", "delais"}
    for row in page["rows"]:
        assert "sujet=velo" in row.received_url
        assert str(client.get(row.received_url).context["total"]) == str(row.line.received)
    text = client.get(f"{PAGE}export/csv/?sujet=velo&periode=12-semaines").content.decode("utf-8-sig")
    assert text.split("\r\n")[1].split(";")[2] == '"12"'
    assert "Vélo’v" in text.split("\r\n")[1]


def test_a_row_of_topics_leads_to_its_list(client_of, plain, central):
    client = client_of(central)
    plot = next(plot for plot in board(client)["plots"] if plot.id == "sujets")
    for words, count, url in plot.lines:
        if url:
            assert str(client.get(url).context["total"]) == count, words


def test_A03_a_stuck_demand_of_such_a_topic_keeps_its_words(client_of, david, make_ticket):
    late = timezone.now() - 9 * DAY
    make_ticket(text=None, received_at=late, topic="enfance-danger", sender="Canari")
    [one] = board(client_of(david))["stuck"]
    assert str(one.topic) == "Motif réservé"
    assert "Canari" not in client_of(david).get(PAGE).content.decode()
