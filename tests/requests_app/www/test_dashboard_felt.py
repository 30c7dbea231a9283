"""How it felt, on the manager's page: by five answers of a place, so that no subtraction leaves fewer."""

import csv
import io
from datetime import timedelta

import pytest
from django.utils import timezone

from requests_app.feedback.models import FeltExperience
from requests_app.feedback.services import tell
from requests_app.indicators.models import FeltBatch
from requests_app.indicators.rolling import roll
from requests_app.www.dashboards.numbers import _less
from requests_app.www.dashboards.plot import share

pytestmark = pytest.mark.django_db
PAGE = "/tableau-de-bord/"
DAY = timedelta(days=1)
PERIODS = ("semaine", "semaine-derniere", "4-semaines", "12-semaines")


@pytest.fixture
def say(make_ticket):
    """A number of answers about tickets of a Maison."""

    def write(count, *, level=4, sentence="", age=0, **fields):
        at = timezone.now() - age * DAY
        for _n in range(count):
            ticket = make_ticket(text=None, received_at=at - DAY, **fields)
            tell(ticket=ticket, level=level, sentence=sentence, at=at)

    return write


def board(client, query=""):
    return client.get(f"{PAGE}{query}").context


def plot_of(client, query=""):
    return next(plot for plot in board(client, query)["plots"] if plot.id == "ressenti")


def answers(client, query):
    """How many the file says, whatever the face."""
    text = client.get(f"{PAGE}export/csv/{query}").content.decode("utf-8-sig")
    rows = csv.reader(io.StringIO(text), delimiter=";")
    return sum(int(row[4]) for row in rows if row[0] == "Par ressenti")


def test_is_shown_with_the_number_of_answers(client_of, say, david):
    say(5)
    roll(at=timezone.now())
    plot = plot_of(client_of(david))
    assert plot.title == "Comment ça s’est passé, sur 5 réponses"
    assert ("Bien", "5", "5 sur 5") in plot.rows


def test_P06_under_five_answers_nothing_is_shown(client_of, say, david):
    say(4)
    roll(at=timezone.now())
    plot = plot_of(client_of(david))
    assert not plot.rows
    assert "Moins de 5 réponses" in plot.why_empty
    assert answers(client_of(david), "") == 0


def test_P06_no_difference_of_two_figures_is_under_five(client_of, say, central, villeurbanne):
    """Two places, the whole, four periods, and the next day: all pairs are tried."""
    client = client_of(central)
    seen = set()
    for count, age, place in ((7, 30, {}), (3, 9, {}), (6, 9, {"maison": villeurbanne}), (4, 1, {})):
        say(count, age=age, **place)
        roll(at=timezone.now())
        for where in ("tous", "P84", "P108"):
            seen |= {answers(client, f"?lieu={where}&periode={period}") for period in PERIODS}
    assert max(seen) > 5
    assert all(count % FeltBatch.SIZE == 0 for count in seen)


def test_P06_a_changed_mind_is_not_counted_twice(client_of, say, david):
    say(5)
    roll(at=timezone.now())
    one = FeltExperience.objects.first()
    tell(ticket=one.ticket, level=1, sentence="", at=timezone.now())
    say(4)
    roll(at=timezone.now())
    assert answers(client_of(david), "") == 5


def test_the_next_ones_wait_until_they_are_five(client_of, say, david):
    say(4, level=1)
    roll(at=timezone.now())
    say(1, level=5)
    roll(at=timezone.now())
    assert ("Très mal", "4", "4 sur 5") in plot_of(client_of(david)).rows


def test_who_prefers_not_to_answer_is_not_counted(client_of, say, david):
    say(4)
    say(3, level=None)
    roll(at=timezone.now())
    assert answers(client_of(david), "") == 0


def test_A02_a_manager_reads_what_was_said_of_his_maison(client_of, say, david, central, villeurbanne):
    say(5, maison=villeurbanne)
    roll(at=timezone.now())
    assert not plot_of(client_of(david)).rows
    [row] = board(client_of(central))["felt_rows"]
    assert (row.label, row.answers, row.percent) == (villeurbanne.label, 5, 100)


class TestSentences:
    def shown(self, client):
        return [one.text for one in board(client)["sentences"]]

    def test_are_those_of_the_readers_maisons(self, client_of, say, david, villeurbanne):
        say(1, sentence="Un accueil très gentil")
        say(1, sentence="Une file trop longue", maison=villeurbanne)
        assert self.shown(client_of(david)) == ["Un accueil très gentil"]

    def test_A03_never_come_from_a_reserved_demand(self, client_of, say, david, central):
        say(1, sentence="Canari", topic="enfance-danger")
        assert self.shown(client_of(david)) == self.shown(client_of(central)) == []

    def test_P06_stay_out_of_the_files_and_have_no_face(self, client_of, say, david):
        say(5, sentence="Un canari", level=1)
        roll(at=timezone.now())
        assert "canari" not in client_of(david).get(f"{PAGE}export/csv/").content.decode("utf-8-sig")
        assert not hasattr(board(client_of(david))["sentences"][0], "level")

    def test_are_escaped(self, client_of, say, david):
        say(1, sentence="<script>alert(1)</script>")
        assert "<script>alert" not in client_of(david).get(PAGE).content.decode()


@pytest.mark.parametrize(
    ("count", "total", "words"),
    [(3, 7, "3 sur 7"), (19, 19, "19 sur 19"), (10, 20, "50 %"), (0, 0, "0 sur 0"), (1, 1200, "0 %")],
)
def test_under_twenty_numbers_are_said_instead_of_a_percentage(count, total, words):
    assert share(count, total) == words


@pytest.mark.parametrize(
    ("now", "before", "said"),
    [(7, 5, "+ 2"), (5, 7, "− 2"), (24, 20, "+ 20 %"), (24, 19, "+ 5"), (7, 7, "Stable")],
)
def test_a_trend_of_few_is_a_number_too(now, before, said):
    assert _less(now, before, is_share=True).strong == said
