"""« A répondu »: marked from the person's words to ours, whatever the door of either."""

from datetime import timedelta

import pytest
from django.utils import timezone, translation

from channels_app.portal.letters import letters_of
from requests_app.answers import services as answers
from requests_app.answers.plain import ticket_as_plain
from requests_app.answers.recipients import read_recipients
from requests_app.feedback.services import tell
from requests_app.tickets.errors import ChangedMeanwhile, NotAllowed, Refused
from requests_app.tickets.inbound import InboundMessage
from requests_app.tickets.models import State, Ticket, ToDo, Touchpoint
from requests_app.tickets.services import (
    ask,
    ask_papers,
    close,
    mark_read,
    mark_unread,
    note_called,
    note_not_reached,
    receive,
    withdraw_visit,
)

pytestmark = pytest.mark.django_db
ADDRESS = "amina.benali@exemple.fr"


def fresh(ticket):
    return Ticket.objects.get(pk=ticket.pk)


def marks(ticket):
    return ticket_as_plain(fresh(ticket))["marks"]


@pytest.fixture
def asked(make_ticket, amina):
    return make_ticket(person=amina, sender=ADDRESS, topic="rsa-demande", state=State.OPEN)


@pytest.fixture
def receive_message(asked):
    """Words that join the ticket, by a seal that came back, or noted by an agent."""

    def heard(text="Je ne pourrai pas venir mardi.", **fields):
        whole = {"channel": "mail", "occurred_at": timezone.now(), "text": text, **fields}
        if "author_id" in whole:
            whole |= {"person_id": asked.person_id, "ticket_id": asked.pk}
        else:
            whole |= {"follows": asked.reference, "sender_kind": "email", "sender_value": ADDRESS}
        return receive(InboundMessage(**whole), at=timezone.now())

    return heard


@pytest.fixture
def answer(asked, chloe):
    def sent(text="Voici la réponse.", then=""):
        ticket, now = fresh(asked), timezone.now()
        answers.save_draft(ticket=ticket, kind="answer", text=text, by=chloe, at=now)
        to = read_recipients(ticket)[0]
        token = f"{Touchpoint.objects.count():032}"
        return answers.answer(ticket=ticket, to=to, token=token, then=then, by=chloe, at=now)

    return sent


class TestMarked:
    def test_a_first_message_answers_nothing(self, asked):
        assert marks(asked) == []

    @pytest.mark.parametrize("state", [State.TO_SORT, State.OPEN, State.WAITING_PERSON, State.CLOSED])
    def test_words_that_join_are_marked_in_every_state(self, asked, receive_message, state):
        over = {"closed_at": timezone.now(), "outcome": "answered"} if state == State.CLOSED else {}
        Ticket.objects.filter(pk=asked.pk).update(state=state, **over)
        assert receive_message().ticket == asked
        assert marks(asked) == ["answered_by_person"]

    def test_the_row_keeps_the_last_words_and_their_door(self, asked, receive_message):
        receive_message("Par SMS cette fois.", channel="sms")
        ticket = fresh(asked)
        assert (ticket.channel, ticket.words_channel) == ("mail", "sms")
        assert ticket.excerpt == "Par SMS cette fois."

    def test_a_visit_that_a_colleague_noted_is_news_too(self, asked, receive_message, bruno):
        receive_message("Revenue avec ses papiers.", channel="frontdesk", author_id=bruno.pk)
        assert marks(asked) == ["answered_by_person"]

    def test_a_mail_dated_before_our_answer_and_heard_after_it_is_marked(
        self, asked, receive_message, answer
    ):
        answer()
        receive_message(occurred_at=timezone.now() - timedelta(days=1))
        assert marks(asked) == ["answered_by_person"]


class TestOurWord:
    def test_an_answer_takes_the_mark_away_and_new_words_bring_it_back(self, asked, receive_message, answer):
        receive_message()
        answer()
        assert marks(asked) == []
        receive_message("Merci, mais il manque une page.")
        assert marks(asked) == ["answered_by_person"]

    def test_O08_an_answer_taken_back_gives_the_mark_back(self, asked, receive_message, answer, chloe):
        receive_message()
        before = fresh(asked).person_wrote_at
        answers.unsend(touchpoint=answer(then="close"), by=chloe, at=timezone.now())
        assert fresh(asked).person_wrote_at == before

    def test_an_answer_of_an_earlier_version_is_taken_back_all_the_same(self, asked, answer, chloe):
        touchpoint = answer()
        del touchpoint.facts["before"]["person_wrote_at"]
        answers.unsend(touchpoint=touchpoint, by=chloe, at=timezone.now())
        assert fresh(asked).answered_at is None

    def test_ending_the_ticket_and_asking_for_papers_are_words(self, asked, receive_message, chloe):
        receive_message()
        day = timezone.localdate() + timedelta(days=20)
        ask_papers(ticket=fresh(asked), papers=["Un RIB"], until=day, by=chloe, at=timezone.now())
        assert marks(asked) == []
        receive_message("Le voici.")
        close(ticket=fresh(asked), outcome="answered", by=chloe, at=timezone.now())
        assert marks(asked) == []

    def test_a_call_answers_when_somebody_was_reached(self, asked, receive_message, chloe):
        receive_message()
        now = timezone.now()
        task = ask(ticket=asked, kind=ToDo.Kind.CALL, text="Rappel promis.", key="k", at=now, due_at=now)
        note_not_reached(task=task, again_at=now + timedelta(hours=1), by=chloe, at=now)
        assert marks(asked) == ["answered_by_person"]
        note_called(task=ToDo.objects.to_do().get(ticket=asked), by=chloe, at=now)
        assert marks(asked) == []

    def test_a_call_that_an_agent_notes_and_a_visit_answered_at_once_do(self, asked, receive_message, bruno):
        receive_message()
        receive_message("Appelée.", channel="phone", direction="out", author_id=bruno.pk)
        assert marks(asked) == []
        receive_message()
        receive_message("Répondu.", channel="frontdesk", author_id=bruno.pk, is_answered=True)
        assert marks(asked) == []

    def test_a_visit_taken_back_leaves_the_mark_as_it_was(self, asked, receive_message, bruno):
        for is_answered in (False, True):
            visit = receive_message(
                "Revenue.", channel="frontdesk", author_id=bruno.pk, is_answered=is_answered
            )
            withdraw_visit(touchpoint=visit.touchpoint, at=timezone.now())
            assert marks(asked) == []
        receive_message("Écrit.", channel="sms")
        visit = receive_message("Répondu.", channel="frontdesk", author_id=bruno.pk, is_answered=True)
        withdraw_visit(touchpoint=visit.touchpoint, at=timezone.now())
        assert marks(asked) == ["answered_by_person"]
        assert (fresh(asked).excerpt, fresh(asked).words_channel) == ("Écrit.", "sms")


class TestRead:
    def test_an_agent_says_that_nothing_needs_an_answer_and_takes_it_back(
        self, asked, receive_message, chloe
    ):
        receive_message()
        before = fresh(asked).person_wrote_at
        mark_read(ticket=fresh(asked), by=chloe, at=timezone.now())
        assert marks(asked) == []
        mark_unread(ticket=fresh(asked), by=chloe, at=timezone.now())
        assert fresh(asked).person_wrote_at == before

    def test_words_that_came_meanwhile_are_not_taken_for_read(self, asked, receive_message, chloe):
        receive_message()
        seen = fresh(asked)
        receive_message("Autre chose.")
        with pytest.raises(ChangedMeanwhile):
            mark_read(ticket=seen, by=chloe, at=timezone.now())

    def test_refuses_what_is_not_there_and_who_may_not(self, asked, receive_message, chloe, elsa):
        with pytest.raises(Refused, match="lecture"):
            mark_read(ticket=fresh(asked), by=chloe, at=timezone.now())
        with pytest.raises(Refused, match="lu"):
            mark_unread(ticket=fresh(asked), by=chloe, at=timezone.now())
        receive_message()
        with pytest.raises(NotAllowed):
            mark_read(ticket=fresh(asked), by=elsa, at=timezone.now())


class TestOpinion:
    @pytest.mark.parametrize(
        ("level", "sentence", "excerpt"),
        [
            (1, "", "Avis : Très mal."),
            (2, "Personne ne m’a rappelée", "Avis : Mal. Personne ne m’a rappelée"),
            (3, "J’attends encore", "Avis : Moyen. J’attends encore"),
            (None, "J’attends encore", "J’attends encore"),
        ],
    )
    def test_one_that_asks_to_be_read_is_marked_with_its_words(self, asked, level, sentence, excerpt):
        closed = {"state": State.CLOSED, "closed_at": timezone.now(), "outcome": "answered"}
        Ticket.objects.filter(pk=asked.pk).update(**closed)
        tell(ticket=asked, level=level, sentence=sentence, at=timezone.now())
        ticket = fresh(asked)
        assert marks(asked) == ["answered_by_person"]
        assert (ticket.excerpt, ticket.words_channel, ticket.state) == (excerpt, "portal", State.CLOSED)

    def test_agents_read_it_in_their_language_and_the_person_does_not_read_it_again(self, asked):
        with translation.override("en"):
            tell(ticket=asked, level=1, sentence="Nobody called", at=timezone.now())
        assert fresh(asked).excerpt == "Avis : Très mal. Nobody called"
        assert ["Avis" in letter.text for letter in letters_of(asked)] == [False]

    @pytest.mark.parametrize(("level", "sentence"), [(5, "Merci !"), (4, ""), (3, ""), (None, "")])
    def test_thanks_and_silence_ask_for_nothing(self, asked, level, sentence):
        tell(ticket=asked, level=level, sentence=sentence, at=timezone.now())
        assert marks(asked) == []
        assert asked.touchpoints.count() == 1
