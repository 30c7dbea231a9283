"""An incomplete ticket: which documents, until when, and what becomes of the clock (CRPA, L114-5, R112-5)."""

from datetime import date, datetime, timedelta
from importlib import import_module

import pytest
import time_machine
from django.apps import apps
from django.test import Client
from django.utils import timezone

from channels_app.portal.tests.test_following import secret_of
from requests_app.catalog.models import Topic
from requests_app.lib import french
from requests_app.outbox import links
from requests_app.outbox.models import Outgoing, SecretLink
from requests_app.tickets.deadlines import PARIS, silence_of
from requests_app.tickets.errors import NotAllowed, Refused
from requests_app.tickets.letters.words import acknowledgment
from requests_app.tickets.models import DocumentRequest, Event, Ticket, ToDo
from requests_app.tickets.services import ask_papers, note_papers_complete
from tests.history import said_by

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 25, 10, tzinfo=PARIS)
UNTIL = date(2026, 12, 15)
PAPERS = ["Facture d’électricité", "Dernier avis d’impôt"]


@pytest.fixture
def given(make_ticket, amina, territory):
    def make(regime="silence_refusal", sensitivity="normal", **fields):
        Topic.objects.filter(code="velo").update(regime=regime, sensitivity=sensitivity)
        values = {"topic": "velo", "person": amina, "state": "open", "received_at": AT - timedelta(days=3)}
        return make_ticket(**{**values, **fields})

    return make


def asked(ticket, by, papers=PAPERS, until=UNTIL, at=AT, reason=""):
    ask_papers(ticket=ticket, papers=papers, until=until, by=by, at=at, reason=reason)
    return Ticket.objects.select_related("topic", "maison__commune", "person").get(pk=ticket.pk)


def in_days(days: int) -> date:
    return timezone.localdate() + timedelta(days=days)


def day_of(ticket: Ticket) -> date:
    day = silence_of(ticket)
    assert day
    return day


def receipts(ticket):
    return list(Outgoing.objects.filter(touchpoint__ticket=ticket, kind="receipt").order_by("pk"))


class TestAcknowledgment:
    def test_L114_5_lists_the_papers_and_the_day_until_which_they_may_come(self, given, chloe):
        ticket = asked(given(), chloe)
        [receipt] = receipts(ticket)
        for words in (
            *PAPERS,
            f"au plus tard le {french.day(UNTIL)}",
            "n’est pas complète",
            "Le délai s’arrête",
        ):
            assert words in receipt.payload["text"]
        assert ticket.state == "waiting_person"

    def test_carries_the_link_to_the_page_where_they_are_sent(self, given, chloe):
        [receipt] = receipts(asked(given(), chloe))
        assert links.PLACEHOLDER in receipt.payload["text"]
        assert SecretLink.objects.filter(key=receipt.key, purpose="ticket").exists()

    def test_leaves_also_when_no_decision_is_expected(self, given, chloe):
        [receipt] = receipts(asked(given(regime="none"), chloe))
        assert PAPERS[0] in receipt.payload["text"]
        assert "refusée" not in receipt.payload["text"]

    def test_a_list_asked_again_replaces_what_has_not_left(self, given, chloe):
        ticket = asked(given(), chloe)
        ticket = asked(ticket, chloe, papers=["Bail"])
        assert [(r.state, "Bail" in r.payload["text"]) for r in receipts(ticket)] == [
            ("cancelled", False),
            ("queued", True),
        ]

    def test_A03_papers_of_a_sensitive_demand_are_named_behind_a_code_only(self, given, chloe):
        ticket = asked(given(sensitivity="sante", is_sensitive=True), chloe)
        [receipt] = receipts(ticket)
        assert PAPERS[0] not in str(receipt.payload["text"])
        assert "page de suivi" in receipt.payload["text"]
        assert PAPERS[0] not in str(acknowledgment(ticket, by=chloe, at=AT).paragraphs)

    def test_the_letter_says_the_same_and_how_to_follow_by_number_and_code(self, given, chloe, settings):
        words = "\n".join(acknowledgment(asked(given(), chloe), by=chloe, at=AT).paragraphs)
        for told in (*PAPERS, french.full_date(UNTIL), f"{settings.PUBLIC_URL}/suivi/", "un code"):
            assert told in words

    @pytest.mark.parametrize(("channel", "kind"), [("phone", "call"), ("letter", "letter")])
    def test_who_has_no_address_is_told_by_an_agent_or_on_paper(self, given, chloe, channel, kind):
        ticket = asked(given(channel=channel, person=None, sender="+33639981234"), chloe)
        assert receipts(ticket) == []
        assert ToDo.objects.to_do().get(ticket=ticket).kind == kind


class TestClock:
    def test_L114_5_refusal_is_suspended_until_the_papers_came(self, given, chloe):
        ticket = given()
        before = day_of(ticket)
        ticket = asked(ticket, chloe)
        note_papers_complete(ticket=ticket, by=chloe, at=AT + timedelta(days=9))
        assert day_of(ticket) == before + timedelta(days=9)

    def test_L114_5_the_suspension_ends_with_the_delay_given(self, given, chloe):
        ticket = given()
        before = day_of(ticket)
        ticket = asked(ticket, chloe)
        note_papers_complete(ticket=ticket, by=chloe, at=AT + timedelta(days=60))
        assert day_of(ticket) == before + (UNTIL - AT.date())

    def test_L114_3_acceptance_counts_from_the_last_paper(self, given, chloe):
        ticket = asked(given(regime="silence_acceptance"), chloe)
        note_papers_complete(ticket=ticket, by=chloe, at=AT + timedelta(days=9))
        assert silence_of(ticket) == date(2027, 2, 4)

    def test_L114_5_once_the_delay_is_over_the_clock_runs_again(self, given, chloe):
        ticket = given()
        before = day_of(ticket)
        ticket = asked(ticket, chloe)
        assert day_of(ticket) == before + (UNTIL - AT.date())
        [receipt], last = receipts(ticket), french.day(day_of(ticket))
        for words in (
            f"Sans réponse de notre part le {last} au plus tard, votre demande est refusée.",
            f"Le délai s’arrête jusqu’au {french.day(UNTIL)}, ou jusqu’à l’arrivée de vos papiers.",
            f"Après le {french.day(UNTIL)}, il repart, même s’il manque un papier.",
        ):
            assert words in receipt.payload["text"]

    def test_L114_5_asked_again_after_the_delay_the_days_between_count(self, given, chloe):
        ticket = given()
        before = day_of(ticket)
        ticket = asked(ticket, chloe, until=date(2026, 12, 1), reason="Coupure de gaz")
        later = AT + timedelta(days=20)  # on the 15th
        ticket = asked(ticket, chloe, until=date(2026, 12, 24), at=later, reason="Coupure de gaz")
        assert day_of(ticket) == before + timedelta(days=6 + 9)

    def test_L114_5_asked_again_a_day_given_is_never_brought_nearer(self, given, chloe):
        ticket = asked(asked(given(), chloe), chloe, papers=["Bail"], until=date(2026, 12, 3))
        assert ticket.papers_until == UNTIL
        assert french.day(UNTIL) in receipts(ticket)[-1].payload["text"]

    def test_L114_3_while_a_paper_is_missing_no_day_of_acceptance(self, given, chloe):
        ticket = asked(given(regime="silence_acceptance"), chloe)
        assert silence_of(ticket) is None
        assert "après l’arrivée de tous vos papiers" in receipts(ticket)[0].payload["text"]

    def test_L231_1_what_is_asked_once_accepted_takes_nothing_back(self, given, chloe):
        ticket = given(regime="silence_acceptance")
        before = day_of(ticket)
        late = datetime(2027, 2, 1, 10, tzinfo=PARIS)
        ticket = asked(ticket, chloe, until=date(2027, 3, 1), at=late)
        assert day_of(ticket) == before

    @pytest.mark.parametrize("regime", ["silence_refusal", "silence_acceptance"])
    def test_L114_5_1_what_is_not_indispensable_suspends_nothing(self, given, chloe, regime):
        ticket = given(regime=regime)
        before = day_of(ticket)
        ask_papers(ticket=ticket, papers=PAPERS, until=UNTIL, by=chloe, at=AT, is_indispensable=False)
        assert (day_of(ticket), ticket.state) == (before, "open")
        text = receipts(ticket)[0].payload["text"]
        assert "Nous continuons d’étudier votre demande." in text
        assert "Le délai s’arrête" not in text

    def test_L114_5_1_to_go_on_without_what_was_asked_ends_the_suspension(self, given, chloe):
        ticket = given()
        before = day_of(ticket)
        ticket = asked(ticket, chloe)
        later = AT + timedelta(days=4)
        ask_papers(ticket=ticket, papers=["Bail"], until=UNTIL, by=chloe, at=later, is_indispensable=False)
        assert (day_of(ticket), ticket.state) == (before + timedelta(days=4), "open")

    def test_no_statement_for_a_ticket_of_which_nothing_was_asked(self, given, django_assert_num_queries):
        ticket = given()
        with django_assert_num_queries(0):
            assert silence_of(ticket)

    def test_once_complete_the_new_day_is_said(self, given, chloe):
        ticket = asked(given(), chloe)
        Outgoing.objects.update(state="sent")
        note_papers_complete(ticket=ticket, by=chloe, at=AT + timedelta(days=9))
        last = receipts(ticket)[-1]
        assert french.day(day_of(ticket)) in last.payload["text"]
        assert PAPERS[0] not in last.payload["text"]
        assert ticket.state == "open"
        assert "Tous les papiers sont là" in said_by(Event.objects.filter(ticket=ticket).last())


class TestPreviousVersion:
    """What it writes on the ticket alone, while both run, counts the same."""

    def test_F10_asked(self, given):
        ticket = given(missing_papers="Bail", papers_asked_at=AT, papers_until=UNTIL, state="waiting_person")
        assert day_of(ticket) == date(2027, 1, 22) + (UNTIL - AT.date())

    def test_F10_all_there(self, given):
        ticket = given(papers_complete_at=AT, papers_waited_days=7, received_at=AT - timedelta(days=20))
        assert day_of(ticket) == date(2027, 1, 12)

    def test_F10_all_there_of_what_this_version_asked(self, given, chloe):
        ticket = asked(given(), chloe)
        Ticket.objects.update(
            missing_papers="", papers_complete_at=AT + timedelta(days=3), papers_waited_days=3
        )
        ticket.refresh_from_db()
        assert day_of(ticket) == date(2027, 1, 25)

    def test_F10_its_rows_are_filled_and_count_the_same(self, given):
        waits = {"missing_papers": "Bail", "papers_asked_at": AT, "papers_until": UNTIL}
        both = given(**waits, papers_waited_days=5, received_at=AT - timedelta(days=20))
        done = given(papers_complete_at=AT, papers_waited_days=2)
        fill = import_module("requests_app.tickets.migrations.0039_fill_document_requests").fill
        fill(apps, None)
        fill(apps, None)
        assert DocumentRequest.objects.count() == 3
        assert day_of(both) == date(2027, 1, 5) + (UNTIL - AT.date()) + timedelta(days=5)
        assert day_of(done) == date(2027, 1, 24)


class TestRefusals:
    @pytest.mark.parametrize(
        ("papers", "until"),
        [(["  ", ""], UNTIL), (["x" * 121], UNTIL), (["x"] * 1 + [str(n) for n in range(12)], UNTIL),
         (PAPERS, AT.date())],
    )  # fmt: skip
    def test_say_what_to_write(self, given, chloe, papers, until):
        with pytest.raises(Refused):
            asked(given(), chloe, papers=papers, until=until)

    @pytest.mark.parametrize(
        ("until", "words"),
        [
            (date(9999, 12, 31), "trop loin"),
            (date(2027, 5, 26), "mardi 25\u00a0mai 2027"),
            (date(2026, 12, 9), "15 jours"),
        ],
    )
    def test_L114_5_a_day_is_neither_too_far_nor_too_near(self, given, chloe, until, words):
        with pytest.raises(Refused, match=words):
            asked(given(), chloe, until=until)
        assert not DocumentRequest.objects.exists()

    @pytest.mark.parametrize("until", [date(2027, 5, 25), date(2026, 12, 10)])
    def test_L114_5_fifteen_days_and_six_months_are_given(self, given, chloe, until):
        assert asked(given(), chloe, until=until).papers_until == until

    def test_L114_5_fewer_days_have_a_reason_that_stays(self, given, chloe):
        ticket = asked(given(), chloe, until=date(2026, 11, 27), reason=" Le gaz est coupé lundi. ")
        assert DocumentRequest.objects.get().reason == "Le gaz est coupé lundi."
        assert "Le gaz est coupé lundi." in Event.objects.filter(ticket=ticket).last().data["reason"]

    def test_first_it_is_sorted(self, given, chloe):
        with pytest.raises(Refused, match="Triez"):
            asked(given(state="to_sort"), chloe)

    def test_A01_elsewhere_nobody_asks(self, given, elsa):
        with pytest.raises(NotAllowed):
            asked(given(), elsa)

    def test_nothing_is_complete_that_was_not_asked(self, given, chloe):
        with pytest.raises(Refused):
            note_papers_complete(ticket=given(), by=chloe, at=AT)


class TestPages:
    def test_fifteen_days_are_proposed_each_day_anew(self, given, client_of, chloe):
        path = f"/demandes/{given().reference}/"
        for today in (AT, AT + timedelta(days=1)):
            with time_machine.travel(today):
                page = client_of(chloe).get(path).content.decode()
            assert f'value="{today.date() + timedelta(days=15)}"' in page

    def test_a_short_delay_asks_why_and_keeps_what_was_typed(self, given, client_of, chloe):
        ticket, agent = given(), client_of(chloe)
        sent = {"version": ticket.version, "papers": PAPERS[0], "until": f"{in_days(3)}"}
        page = agent.post(f"/demandes/{ticket.reference}/papiers/", sent).content.decode()
        assert "écrivez pourquoi" in page
        assert PAPERS[0] in page
        agent.post(f"/demandes/{ticket.reference}/papiers/", {**sent, "why": "Gaz coupé"})
        assert DocumentRequest.objects.get().reason == "Gaz coupé"
        assert "Gaz coupé" in agent.get(f"/demandes/{ticket.reference}/").content.decode()

    def test_the_person_reads_what_to_send_on_the_follow_up_page(self, given, chloe, settings):
        settings.LIMITS_ON = False
        page = Client().get(f"/suivi/{secret_of(asked(given(), chloe))}/").content.decode()
        assert "À faire par vous" in page
        for words in (*PAPERS, "Envoyez ces papiers au plus tard le"):
            assert words in page

    def test_an_agent_asks_and_says_they_are_all_there(self, given, client_of, chloe):
        ticket, agent = given(), client_of(chloe)
        path = f"/demandes/{ticket.reference}/"
        sent = {"version": ticket.version, "papers": "\n".join(PAPERS), "until": f"{in_days(20)}"}
        agent.post(f"{path}papiers/", sent)
        page = agent.get(path).content.decode()
        assert "Papiers attendus au plus tard le" in page
        assert PAPERS[1] in page
        agent.post(f"{path}papiers-complets/", {"version": Ticket.objects.get().version})
        assert "Papiers attendus" not in agent.get(path).content.decode()
        assert Ticket.objects.get().papers_complete_at

    @pytest.mark.parametrize("until", ["", "demain", "2000-01-01", "9999-12-31", "99999-01-01"])
    def test_a_day_that_is_none_is_said_in_words_and_the_list_kept(self, given, client_of, chloe, until):
        ticket = given()
        sent = {"version": ticket.version, "papers": PAPERS[0], "until": until}
        page = client_of(chloe).post(f"/demandes/{ticket.reference}/papiers/", sent).content.decode()
        assert "Erreur :" in page
        assert PAPERS[0] in page
        assert not Ticket.objects.get().missing_papers
