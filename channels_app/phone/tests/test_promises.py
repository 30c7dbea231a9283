"""« Rappels promis »: due first, called or tried again, and counted."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from requests_app.access.scope import scope_of
from requests_app.lib.workdays import add_working_days
from requests_app.people.models import ContactPoint
from requests_app.people.services import choose
from requests_app.tickets.models import ToDo, Touchpoint
from requests_app.tickets.selectors.promises import count_promises
from requests_app.tickets.services import promise_call
from tests.markup import compact

PAGE = "/rappels-promis/"


@pytest.fixture
def promise(make_ticket, make_person, lyon_8):
    """A call promised in a number of hours."""

    def make(hours=1, name="Samira", **fields):
        person = make_person(given_name=name, family_name="Benali", phone="+33639981234")
        ticket = make_ticket(person=person, **fields)
        now = timezone.now()
        touchpoint = Touchpoint.objects.create(
            ticket=ticket, channel="phone", occurred_at=now, recorded_at=now
        )
        due = now + timedelta(hours=hours)
        return promise_call(touchpoint=touchpoint, number="", due_at=due, at=now)

    return make


@pytest.fixture
def at_desk(client_of, bruno):
    return client_of(bruno)


def press(client, task, name, **fields):
    answer = client.post(reverse(f"phone:{name}", args=[task.pk]), fields, follow=True)
    return answer.content.decode()


class TestList:
    def test_puts_first_what_is_due_first(self, at_desk, promise):
        promise(5, "Zoé")
        promise(-1, "Inès")

        page = at_desk.get(PAGE).content.decode()
        assert page.index("Inès") < page.index("Zoé")
        assert compact(page).count("En retard</span>") == 1
        assert "06 39 98 12 34" in page

    def test_hides_those_of_other_maisons(self, client_of, elsa, promise):
        task = promise()

        assert "Benali" not in client_of(elsa).get(PAGE).content.decode()
        assert client_of(elsa).post(reverse("phone:called", args=[task.pk])).status_code == 404

    def test_A03_says_nothing_of_a_reserved_one(self, client_of, chloe, at_desk, promise):
        promise(topic="enfance-danger", is_sensitive=True)

        page = client_of(chloe).get(PAGE).content.decode()
        assert "Motif réservé" in page
        assert "Benali" not in page
        assert "39 98 12 34" not in page

    def test_costs_the_same_for_one_promise_as_for_ten(self, at_desk, promise):
        def cost():
            with CaptureQueriesContext(
                connection,
            ) as seen:
                at_desk.get(PAGE)
            return len(seen)

        promise()
        at_desk.get(PAGE)
        one = cost()
        for _ in range(9):
            promise()
        assert cost() == one

    def test_is_one_link_away_from_the_counter_and_the_triage(self, at_desk, promise):
        promise()

        counter = at_desk.get("/accueil/").content.decode()
        assert PAGE in counter
        assert "<b>1</b></a>" in compact(counter)
        assert PAGE in at_desk.get("/tri/").content.decode()


class TestVoice:
    @pytest.mark.parametrize(
        ("is_allowed", "said"), [(True, "Message vocal possible"), (False, "Ne pas laisser de message")]
    )
    def test_says_whether_a_message_may_be_left(self, at_desk, promise, is_allowed, said):
        promise()
        uses = [ContactPoint.Use.VOICE_MESSAGE]
        number = {"kind": ContactPoint.Kind.PHONE, "value": "+33639981234"}
        choose(**number, uses=uses, is_allowed=is_allowed, word="dit", at=timezone.now())

        assert said in at_desk.get(PAGE).content.decode()
        assert ContactPoint.objects.get().allows(ContactPoint.Use.REMINDER), "reminders go on"

    def test_says_nothing_when_nobody_asked(self, at_desk, promise):
        promise()

        page = at_desk.get(PAGE).content.decode()
        assert "Message vocal possible" not in page
        assert "Ne pas laisser de message" not in page


class TestCalled:
    def test_is_done_and_told_in_the_thread(self, at_desk, promise, bruno):
        task = promise()

        assert "Appel noté." in press(at_desk, task, "called")
        task.refresh_from_db()
        assert task.done_by == bruno
        assert task.ticket.tasks_count == 0
        ours = Touchpoint.objects.get(direction="out")
        assert (ours.channel, ours.author) == ("phone", bruno)

    def test_whoever_comes_second_is_told(self, at_desk, promise):
        task = promise()
        press(at_desk, task, "called")

        assert "C’est déjà fait." in press(at_desk, task, "called")
        assert Touchpoint.objects.filter(direction="out").count() == 1

    def test_is_undone(self, at_desk, promise):
        task = promise()
        press(at_desk, task, "called")

        assert "de nouveau à faire" in press(at_desk, task, "undo")
        task.refresh_from_db()
        assert task.done_at is None
        assert task.ticket.tasks_count == 1
        assert not Touchpoint.objects.filter(direction="out").exists()

    def test_not_after_ten_minutes(self, at_desk, promise):
        task = promise()
        press(at_desk, task, "called")
        with time_machine.travel(timezone.now() + timedelta(minutes=11)):
            press(at_desk, task, "undo")

        task.refresh_from_db()
        assert task.done_at is not None


class TestNotReached:
    def test_promises_another_moment(self, at_desk, promise):
        task = promise()
        later = add_working_days(timezone.localdate(), 2)
        said = press(at_desk, task, "not_reached", rappel_le=later.strftime("%Y-%m-%d"), rappel_a="15:00")

        assert "Pas joint" in said
        again = ToDo.objects.to_do().get()
        assert again.due_at > task.due_at
        assert again.ticket.tasks_count == 1
        press(at_desk, task, "undo")
        assert ToDo.objects.to_do().get() == task
        task.ticket.refresh_from_db()
        assert task.ticket.tasks_count == 1

    def test_needs_a_moment_to_come(self, at_desk, promise):
        task = promise()
        page = press(at_desk, task, "not_reached", rappel_le="2020-01-01", rappel_a="09:00")

        assert "Ce moment est passé" in page
        assert ToDo.objects.to_do().get() == task


class TestFigures:
    def test_count_what_was_kept_and_what_is_late(self, at_desk, promise, bruno, lyon_8):
        kept, late, open_late = promise(1), promise(-1), promise(-2)
        promise(3)
        press(at_desk, kept, "called")
        press(at_desk, late, "called")

        now = timezone.now() + timedelta(hours=2)
        figures = count_promises(scope_of(bruno), maison_id=lyon_8.pk, now=now)
        assert (figures.kept, figures.late) == (1, 2)
        assert open_late.done_at is None
