"""What managers read of the chat, on their page and in files: never of fewer than five (threats: P06)."""

import csv
import io
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from channels_app.chat.models import Line, Thread
from channels_app.chat.statistics import statistics
from requests_app.channels.description import Counted
from requests_app.outbox.models import Outgoing
from requests_app.tickets.models import State, Ticket, Touchpoint

pytestmark = pytest.mark.django_db
PAGE = "/tableau-de-bord/"
OUT = Touchpoint.Direction.OUT
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


@pytest.fixture
def talked(make_ticket, make_touchpoint):
    """Conversations begun an hour ago, each first answered after a number of minutes (None: not yet)."""

    def write(*minutes, begun=None, elsewhere=None, **fields):
        begun = begun or timezone.now() - timedelta(hours=1)
        for wait in minutes:
            ticket = make_ticket(channel="chat", received_at=begun, **fields)
            rank = Thread.objects.count()
            thread = Thread.objects.create(key=f"talk-{rank}", ticket=ticket, created_at=begun)
            for late in () if wait is None else (0, 5):
                answer(thread, begun + (wait + late) * MINUTE)
            if elsewhere:
                make_touchpoint(ticket, text="Bonjour", **elsewhere)
        return ticket

    return write


def answer(thread, at):
    message = Outgoing.objects.create(
        key=f"talk-{thread.pk}-{at}",
        kind=Outgoing.Kind.ANSWER,
        channel="chat",
        recipient=f"tchat-{thread.pk}",
        message_id=f"talk-{thread.pk}-{at}",
        try_after=at,
        give_up_at=at + DAY,
        created_at=at,
    )
    return Line.objects.create(thread=thread, outgoing=message, at=at)


def counted(**given):
    now = timezone.now()
    whole = {"maisons": None, "topic_id": None, "since": now - DAY, "until": now, **given}
    return [(each.value, each.total) for each in statistics(Counted(**whole))]


def rows_of(client, query=""):
    shown = {each.key: each for each in client.get(f"{PAGE}{query}").context["by_channel"]}
    return [row.words.replace("\u00a0", " ") for row in shown["chat"].rows]


def file_rows(client):
    text = client.get(f"{PAGE}export/csv/").content.decode("utf-8-sig")
    rows = csv.reader(io.StringIO(text), delimiter=";")
    return [(row[1], *row[-2:]) for row in rows if row[0] == "Tchat"]


class TestFirstAnswer:
    def test_is_that_of_half_of_the_conversations_answered(self, talked):
        talked(1, 2, 9, 40, 50, None)
        assert counted()[0] == (9, 5)

    def test_counts_the_conversations_of_the_period_the_maison_and_the_topic(
        self, talked, villeurbanne, lyon_8
    ):
        talked(1, topic="velo")
        talked(5, maison=villeurbanne)
        talked(7, begun=timezone.now() - 2 * DAY)
        assert counted() == [(1, 2), (0, 0)]
        assert counted(maisons=frozenset({villeurbanne.pk}))[0] == (5, 1)
        assert counted(maisons=frozenset())[0] == (0, 0)
        assert counted(topic_id=Ticket.objects.get(topic__code="velo").topic_id)[0] == (1, 1)


class TestWithoutAnotherChannel:
    def test_is_told_of_those_that_have_ended(self, talked, chloe):
        talked(1, 2, state=State.CLOSED)
        talked(3)
        assert counted()[1] == (2, 2)

    @pytest.mark.parametrize(
        "words",
        [
            {"channel": "phone"},
            {"channel": "mail"},
            {"channel": "mail", "direction": Touchpoint.Direction.OUT},
        ],
    )
    def test_a_call_a_letter_or_an_answer_sent_elsewhere_is_another(self, talked, chloe, words):
        talked(1, state=State.CLOSED, elsewhere={"author": chloe, **words})
        assert counted()[1] == (0, 1)

    def test_what_leaves_by_itself_and_an_opinion_are_none(self, talked, make_touchpoint):
        receipt = {"channel": "mail", "direction": OUT}
        ticket = talked(1, state=State.CLOSED, elsewhere=receipt)
        make_touchpoint(ticket, text="Bien", channel="portal", facts={"opinion": True})
        assert counted()[1] == (1, 1)


class TestPage:
    def test_shows_both_with_how_many(self, talked, client_of, david):
        talked(1, 2, 9, 40, 50, state=State.CLOSED)
        client = client_of(david)
        assert rows_of(client) == ["9 min", "5 sur 5"]
        assert file_rows(client) == [
            ("Première réponse, médiane (minutes)", "9", "5"),
            ("Terminées sans autre canal", "5", "5"),
        ]
        assert client.get(f"{PAGE}export/xlsx/").status_code == 200

    def test_P06_of_four_it_says_nothing_and_of_none_the_same(self, talked, client_of, david):
        client = client_of(david)
        assert rows_of(client) == ["–", "–"]
        nothing = file_rows(client)
        talked(1, 2, 9, 40, state=State.CLOSED)
        assert rows_of(client) == ["–", "–"]
        assert file_rows(client) == nothing
        assert "moins de 5" in client.get(PAGE).content.decode()

    def test_A01_another_maison_is_not_counted(self, talked, client_of, david, villeurbanne):
        talked(1, 2, 9, 40, 50, maison=villeurbanne)
        assert rows_of(client_of(david)) == ["–", "–"]

    def test_costs_the_same_for_one_conversation_as_for_ten(self, talked, client_of, david):
        client = client_of(david)
        client.get(PAGE)

        def cost():
            with CaptureQueriesContext(connection) as seen:
                client.get(PAGE)
            return len(seen)

        talked(1)
        first = cost()
        talked(*range(10))
        assert cost() == first
