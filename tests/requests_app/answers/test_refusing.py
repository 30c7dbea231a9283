"""A refusal is sent with its reasons and the appeal of its topic, by mail and by letter (L211-2, L412-3)."""

from datetime import date
from uuid import uuid4

import pytest

from requests_app.answers.models import Draft
from requests_app.answers.services import unsend
from requests_app.catalog.models import Topic
from requests_app.outbox.models import Outgoing
from requests_app.tickets.errors import Refused
from requests_app.tickets.models import Ticket, Touchpoint
from requests_app.tickets.services import close

pytestmark = pytest.mark.usefixtures("territory")
REASONS = "Vos ressources dépassent le plafond de cette aide."


@pytest.fixture
def given(make_ticket, make_touchpoint, amina):
    def make(appeal="mandatory", to_validate=(), **fields):
        Topic.objects.filter(code="velo").update(
            regime="silence_refusal",
            appeal=appeal,
            appeal_to="la présidence, 1 rue du Lac",
            to_validate=list(to_validate),
        )
        ticket = make_ticket(**{"topic": "velo", "person": amina, "state": "open", "text": None, **fields})
        make_touchpoint(ticket, sender="amina.benali@exemple.fr")
        return ticket

    return make


@pytest.fixture
def refuse(client_of, chloe):
    def post(ticket, text=REASONS, to="mail:amina.benali@exemple.fr", then="refuse"):
        sent = {"version": ticket.version, "token": uuid4().hex, "to": to, "text": text, "then": then}
        sent["confirmed"] = to.partition(":")[2]  # the agent has read what is said of the address
        return client_of(chloe).post(f"/demandes/{ticket.reference}/repondre/", sent)

    return post


class TestByMail:
    @pytest.mark.parametrize(
        ("appeal", "said", "not_said"),
        [
            ("mandatory", "pour écrire à la présidence, 1 rue du Lac", "saisir tout de suite"),
            ("gracious", "Vous avez deux mois pour contester cette décision", "C’est obligatoire"),
            ("is_appeal", "N’écrivez pas une nouvelle fois au service", "C’est obligatoire"),
        ],
    )
    def test_L412_3_carries_reasons_and_the_appeal_of_its_topic(self, given, refuse, appeal, said, not_said):
        ticket = given(appeal)
        assert refuse(ticket).status_code == 302
        ticket.refresh_from_db()
        assert (ticket.state, ticket.outcome) == ("closed", "refused")
        text = Outgoing.objects.get(kind="answer").payload["text"]
        for words in (REASONS, said, "Défenseur des droits"):
            assert words in text
        for words in (not_said, "Vous aurez alors", "demander pourquoi"):
            assert words not in text
        assert said in Touchpoint.objects.get(outgoing__kind="answer").reply_text

    def test_names_no_delay_that_nobody_confirmed(self, given, refuse):
        refuse(given(to_validate=["appeal"]))
        text = Outgoing.objects.get(kind="answer").payload["text"]
        assert "deux mois" not in text
        assert "Pour contester, écrivez à la présidence" in text

    def test_L412_3_a_reader_in_english_gets_the_decision_and_its_meaning(self, given, refuse, chloe):
        ticket = given("gracious", language="en")
        refuse(ticket)
        sent = Touchpoint.objects.get(outgoing__kind="answer")
        unsend(touchpoint=sent, by=chloe, at=sent.occurred_at)
        ticket.refresh_from_db()
        refuse(ticket, text=Draft.objects.get().text)
        text = Outgoing.objects.filter(kind="answer").latest("pk").payload["text"]
        ours, theirs = "Vous avez deux mois pour contester cette décision", "You have two months to"
        assert text.index(ours) < text.index(theirs)
        assert (text.count(ours), text.count(theirs)) == (1, 1)

    def test_O08_taken_back_the_ticket_and_the_words_are_there_again(self, given, refuse, chloe):
        ticket = given()
        refuse(ticket)
        sent = Touchpoint.objects.get(outgoing__kind="answer")
        unsend(touchpoint=sent, by=chloe, at=sent.occurred_at)
        ticket.refresh_from_db()
        assert (ticket.state, ticket.outcome) == ("open", "")
        assert REASONS in Draft.objects.get().text
        refuse(ticket, text=Draft.objects.get().text)
        last = Outgoing.objects.filter(kind="answer").latest("pk").payload["text"]
        assert last.count("Défenseur des droits") == 1

    @pytest.mark.parametrize("text", ["", "Refusé.", "Votre demande est refusée."])
    def test_L211_2_without_reasons_nothing_leaves(self, given, refuse, text):
        ticket = given()
        assert refuse(ticket, text=text).status_code == 422
        assert not Outgoing.objects.filter(kind="answer").exists()
        assert Ticket.objects.get(pk=ticket.pk).state == "open"

    def test_an_sms_carries_no_refusal(self, given, refuse):
        answer = refuse(given(), to="sms:+33639981234")
        assert answer.status_code == 422
        assert "par e-mail ou par courrier" in answer.context["refusal"].message

    def test_an_ordinary_answer_carries_no_appeal(self, given, refuse):
        refuse(given(), then="close")
        assert "Défenseur" not in Outgoing.objects.get(kind="answer").payload["text"]


class TestReasonsAsked:
    """The reasons of a refusal made by our silence (L232-4)."""

    AGAIN = "Le délai pour contester repart pour deux mois"

    def test_L232_4_says_that_the_delay_runs_again(self, given, refuse):
        ticket = given("gracious", reasons_asked_on=date(2026, 12, 1))
        refuse(ticket)
        text = Outgoing.objects.get(kind="answer").payload["text"]
        for words in (
            REASONS,
            "mardi 1er\u00a0décembre 2026",
            self.AGAIN,
            "Vous avez deux mois pour contester",
        ):
            assert words in text
        ticket.refresh_from_db()
        assert (ticket.outcome, ticket.reasons_asked_on) == ("refused", None)

    def test_O08_taken_back_they_are_owed_again_and_said_once(self, given, refuse, chloe):
        ticket = given("gracious", reasons_asked_on=date(2026, 12, 1))
        refuse(ticket)
        sent = Touchpoint.objects.get(outgoing__kind="answer")
        unsend(touchpoint=sent, by=chloe, at=sent.occurred_at)
        ticket.refresh_from_db()
        assert ticket.reasons_asked_on == date(2026, 12, 1)
        refuse(ticket, text=Draft.objects.get().text)
        last = Outgoing.objects.filter(kind="answer").latest("pk").payload["text"]
        assert (last.count(self.AGAIN), last.count("Défenseur des droits")) == (1, 1)

    def test_names_no_delay_that_nobody_confirmed(self, given, refuse):
        refuse(given(to_validate=["appeal"], reasons_asked_on=date(2026, 12, 1)))
        text = Outgoing.objects.get(kind="answer").payload["text"]
        assert "deux mois" not in text
        assert "Le délai pour contester repart du jour" in text

    def test_an_ordinary_answer_gives_no_reasons(self, given, refuse):
        ticket = given(reasons_asked_on=date(2026, 12, 1))
        refuse(ticket, then="")
        ticket.refresh_from_db()
        assert ticket.reasons_asked_on == date(2026, 12, 1)
        assert "repart" not in Outgoing.objects.get(kind="answer").payload["text"]


class TestByLetter:
    def test_L412_3_the_letter_says_the_same(self, given, client_of, chloe):
        ticket, desk = given(), client_of(chloe)
        Draft.objects.create(
            ticket=ticket, author=chloe, kind="answer", text=REASONS, updated_at=ticket.received_at
        )
        path = f"/demandes/{ticket.reference}/"
        assert (
            "C’est un refus\xa0: ajouter le recours" in desk.get(f"{path}reponse-courrier/").content.decode()
        )
        page = desk.get(f"{path}reponse-courrier/?refus=1").content.decode()
        for words in (REASONS, "la présidence, 1 rue du Lac", "C’est obligatoire"):
            assert words in page
        assert desk.get(f"{path}reponse-courrier/pdf/?refus=1")["Content-Type"] == "application/pdf"
        desk.post(f"{path}reponse-postee/", {"refus": "1"})
        ticket.refresh_from_db()
        assert (ticket.state, ticket.outcome) == ("closed", "refused")
        assert "C’est obligatoire" in Touchpoint.objects.get(facts__by_post=True).text

    def test_L232_4_a_letter_says_that_the_delay_runs_again(self, given, client_of, chloe):
        ticket, desk = given("gracious", reasons_asked_on=date(2026, 12, 1)), client_of(chloe)
        Draft.objects.create(
            ticket=ticket, author=chloe, kind="answer", text=REASONS, updated_at=ticket.received_at
        )
        path = f"/demandes/{ticket.reference}/"
        again = "Le délai pour contester repart pour deux mois"
        for words in (REASONS, "mardi 1er\u00a0décembre 2026", again, "Vous avez deux mois pour contester"):
            assert words in desk.get(f"{path}reponse-courrier/?refus=1").content.decode()
        assert again not in desk.get(f"{path}reponse-courrier/").content.decode()
        desk.post(f"{path}reponse-postee/", {"refus": "1"})
        posted = Touchpoint.objects.get(facts__by_post=True)
        assert (posted.text.count(again), posted.reply_text.count(again)) == (1, 1)
        ticket.refresh_from_db()
        assert (ticket.outcome, ticket.reasons_asked_on) == ("refused", None)

    def test_L211_2_a_letter_without_reasons_says_what_to_write(self, given, client_of, chloe):
        ticket, desk = given(), client_of(chloe)
        Draft.objects.create(
            ticket=ticket, author=chloe, kind="answer", text="Non.", updated_at=ticket.received_at
        )
        path = f"/demandes/{ticket.reference}/reponse-courrier/"
        assert "Écrivez les raisons du refus" in desk.get(f"{path}?refus=1").content.decode()
        assert desk.get(f"{path}pdf/?refus=1").status_code == 404


def test_nobody_refuses_without_writing(given, chloe):
    ticket = given()
    with pytest.raises(Refused, match="Envoyer le refus"):
        close(ticket=ticket, outcome="refused", reason="Trop riche", by=chloe, at=ticket.received_at)
