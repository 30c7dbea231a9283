"""« Répondre par courrier »: the draft read again, printed, posted, undone."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from requests_app.answers.models import Draft
from requests_app.answers.services import save_draft
from requests_app.tickets.models import State, Touchpoint

WORDS = 'Madame,\n\nVotre dossier est complet. <b>#read("/etc/passwd")</b>'


@pytest.fixture
def written(make_ticket, amina, chloe):
    """Chloé has written an answer to a ticket that came by letter."""
    ticket = make_ticket(person=amina, channel="letter")
    save_draft(ticket=ticket, kind=Draft.Kind.ANSWER, text=WORDS, recipient="", by=chloe, at=timezone.now())
    return ticket


@pytest.fixture
def at_work(client_of, chloe):
    return client_of(chloe)


def page_of(ticket, rest=""):
    return f"/demandes/{ticket.reference}/{rest}"


class TestAnswer:
    def test_is_read_again_then_printed_without_any_change(self, at_work, written):
        assert page_of(written, "reponse-courrier/") in at_work.get(page_of(written)).content.decode()
        page = at_work.get(page_of(written, "reponse-courrier/")).content.decode()

        assert "Votre dossier est complet." in page
        assert "<b>#read" not in page
        assert at_work.get(page_of(written, "reponse-courrier/pdf/")).content.startswith(b"%PDF-")
        assert Draft.objects.get().text == WORDS
        assert not Touchpoint.objects.filter(direction="out").exists()

    def test_posted_is_an_answer_like_the_others(self, at_work, written, chloe):
        page = at_work.post(page_of(written, "reponse-postee/"), follow=True).content.decode()

        assert "Votre réponse est notée comme postée." in page
        ours = Touchpoint.objects.get(direction="out")
        assert (ours.channel, ours.author, ours.reply_text) == ("letter", chloe, WORDS)
        written.refresh_from_db()
        assert (written.state, written.assignee) == (State.OPEN, chloe)
        assert written.first_answered_at
        assert not Draft.objects.exists()

    def test_taken_back_its_words_are_in_the_composer(self, at_work, written):
        at_work.post(page_of(written, "reponse-postee/"))
        sent = Touchpoint.objects.get(direction="out")
        at_work.post(page_of(written, "annuler-envoi/"), {"message": sent.pk})

        assert Draft.objects.get().text == WORDS
        assert not Touchpoint.objects.filter(direction="out").exists()
        written.refresh_from_db()
        assert written.first_answered_at is None

    def test_not_later(self, at_work, written):
        at_work.post(page_of(written, "reponse-postee/"))
        sent = Touchpoint.objects.get(direction="out")
        with time_machine.travel(timezone.now() + timedelta(minutes=1)):
            at_work.post(page_of(written, "annuler-envoi/"), {"message": sent.pk})

        assert Touchpoint.objects.filter(direction="out").exists()

    def test_nothing_written_is_said_and_posts_nothing(self, at_work, make_ticket):
        ticket = make_ticket()

        assert "Pas encore de réponse" in at_work.get(page_of(ticket, "reponse-courrier/")).content.decode()
        assert at_work.get(page_of(ticket, "reponse-courrier/pdf/")).status_code == 404
        page = at_work.post(page_of(ticket, "reponse-postee/"), follow=True).content.decode()
        assert "Écrivez votre réponse" in page
        assert not Touchpoint.objects.filter(direction="out").exists()

    def test_is_for_who_handles_the_demand(self, client_of, bruno, written):
        assert client_of(bruno).get(page_of(written, "reponse-courrier/")).status_code == 403
