"""What could not be read waits for someone, with its reason; nothing disappears (threats: I2)."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from channels_app.intake.models import Arrival
from requests_app.access.models import Reading

PAGE = "/quarantaine/"


@pytest.fixture
def central_client(client_of, central):
    return client_of(central)


class TestPage:
    def test_I2_shows_the_count_of_thirty_days(self, central_client, make_arrival):
        make_arrival()
        make_arrival(state="discarded", reason="Publicité")
        make_arrival(state="pending", reason="")
        make_arrival(received_at=timezone.now() - timedelta(days=31))
        terms = central_client.get(PAGE).context["board"].terms
        assert [(t.sign, t.figure) for t in terms] == [("", 3), ("=", 0), ("+", 1), ("+", 1), ("+", 1)]

    def test_I2_says_when_the_count_is_not_just(self, central_client, make_arrival):
        make_arrival(state="heard", reason="")  # heard, and no words anywhere
        page = central_client.get(PAGE).content.decode()
        assert "Le compte n’est pas juste" in page

    def test_names_the_reason_and_the_next_actions(self, central_client, make_arrival):
        make_arrival(reason="Plus de 500 parties : le message n’est pas lu.")
        page = central_client.get(PAGE).content.decode()
        for words in ("1 message attend votre choix", "Plus de 500 parties", "Voir", "Réessayer", "Écarter…"):
            assert words in page

    def test_an_empty_quarantine_says_what_it_means(self, central_client, db):
        assert "Tout ce qui est arrivé a été lu" in central_client.get(PAGE).content.decode()

    def test_says_how_each_door_is(self, central_client, make_arrival):
        now = timezone.now()
        make_arrival(channel="sms", state="pending", reason="", received_at=now - timedelta(minutes=20))
        make_arrival(channel="mail", received_at=now - timedelta(minutes=2))
        doors = {d.kind: str(d.word) for d in central_client.get(PAGE).context["board"].doors}
        assert doors == {"mail": "Marche", "frontdesk": "Calme", "sms": "En retard"}

    def test_costs_the_same_for_one_as_for_ten(self, central_client, central, make_arrival):
        def cost():
            with CaptureQueriesContext(
                connection,
            ) as seen:
                central_client.get(PAGE)
            return len(seen)

        make_arrival()
        make_arrival(state="discarded", reason="Publicité", ended_at=timezone.now(), ended_by=central)
        cost()  # the session remembers once that someone is there
        first = cost()
        for _ in range(9):
            make_arrival()
            make_arrival(state="discarded", reason="Publicité", ended_at=timezone.now(), ended_by=central)
        assert cost() == first <= 12

    def test_W15_a_reason_and_an_address_are_escaped(self, central_client, make_arrival):
        make_arrival(reason="<script>a()</script>", address="<b>@x.fr")
        page = central_client.get(PAGE).content.decode()
        assert "<script>a()" not in page
        assert "<b>@x.fr" not in page


class TestArrival:
    def test_I7_shows_the_bytes_as_inert_text_and_leaves_a_trace(self, central_client, central, make_arrival):
        raw = "Bonjour <script>a()</script> \u202eexe.gpj\x00\x1b[31m é".encode()
        arrival = make_arrival(raw=raw)
        page = central_client.get(reverse("intake:arrival", args=[arrival.pk])).content.decode()
        assert "&lt;script&gt;a()&lt;/script&gt; □exe.gpj□□[31m é" in page
        line = Reading.objects.get()
        assert (line.user, line.kind, line.subject_id, line.was_refused) == (
            central,
            "arrival",
            arrival.pk,
            False,
        )

    def test_shows_the_first_64_kb_only(self, central_client, make_arrival):
        arrival = make_arrival(raw=b"a" * 70_000)
        answer = central_client.get(reverse("intake:arrival", args=[arrival.pk]))
        assert len(answer.context["text"]) == 64 * 1024
        assert "Voici le début" in answer.content.decode()

    def test_M15_hands_over_the_bytes_as_a_file_no_browser_opens(self, central_client, make_arrival):
        arrival = make_arrival(raw=b"<script>a()</script>")
        answer = central_client.get(reverse("intake:arrival_raw", args=[arrival.pk]))
        assert answer.content == b"<script>a()</script>"
        assert answer["Content-Disposition"].startswith("attachment")
        assert answer["Content-Type"] == "application/octet-stream"
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in answer["Content-Security-Policy"]
        assert Reading.objects.count() == 1

    @pytest.mark.parametrize("name", ["intake:arrival", "intake:arrival_raw"])
    def test_A01_others_find_nothing_and_leave_a_trace(self, client_of, elsa, make_arrival, name):
        arrival = make_arrival()
        assert client_of(elsa).get(reverse(name, args=[arrival.pk])).status_code == 404
        assert Reading.objects.get().was_refused


class TestClearing:
    def test_tries_again_at_once(self, central_client, make_arrival):
        raw = b"From: Amina <amina@exemple.fr>\r\nSubject: APA\r\nMessage-ID: <1@x.fr>\r\n\r\nUne aide ?\r\n"
        arrival = make_arrival(raw=raw)
        answer = central_client.post(reverse("intake:retry"), {"pick": arrival.pk}, follow=True)
        arrival.refresh_from_db()
        assert arrival.state == Arrival.State.HEARD, arrival.reason
        assert arrival.touchpoint.ticket.reference in answer.content.decode()

    def test_sends_many_back_to_the_workers(self, central_client, make_arrival):
        picks = [make_arrival().pk for _ in range(3)]
        answer = central_client.post(reverse("intake:retry"), {"pick": picks}, follow=True)
        assert "3 messages repartent en lecture" in answer.content.decode()
        assert Arrival.objects.pending().count() == 3

    def test_puts_many_aside_with_one_reason_and_offers_the_way_back(
        self, central_client, central, make_arrival
    ):
        picks = [make_arrival().pk for _ in range(2)]
        sent = {"pick": picks, "reason": "Publicité"}
        answer = central_client.post(reverse("intake:discard"), sent, follow=True)
        kept = set(Arrival.objects.values_list("state", "reason", "ended_by"))
        assert kept == {("discarded", "Publicité", central.pk)}
        page = answer.content.decode()
        assert "2 messages écartés" in page
        assert f'name="pick" value="{picks[0]},{picks[1]}"' in page
        central_client.post(reverse("intake:undo"), {"pick": f"{picks[0]},{picks[1]}"})
        assert Arrival.objects.quarantined().count() == 2

    def test_asks_for_a_reason(self, central_client, make_arrival):
        arrival = make_arrival()
        answer = central_client.post(
            reverse("intake:discard"), {"pick": arrival.pk, "reason": "  "}, follow=True
        )
        assert "Écrivez pourquoi" in answer.content.decode()
        assert Arrival.objects.quarantined().count() == 1

    def test_says_that_a_colleague_was_quicker(self, central_client, make_arrival):
        arrival = make_arrival(state="discarded", reason="Publicité")
        answer = central_client.post(
            reverse("intake:discard"), {"pick": arrival.pk, "reason": "x"}, follow=True
        )
        assert "n’est plus en quarantaine" in answer.content.decode()

    def test_asks_to_choose_first(self, central_client, db):
        answer = central_client.post(reverse("intake:retry"), {"pick": ["x", "-1"]}, follow=True)
        assert "Cochez d’abord un message" in answer.content.decode()

    @pytest.mark.parametrize("name", ["intake:retry", "intake:discard", "intake:undo"])
    def test_A01_others_change_nothing(self, client_of, chloe, make_arrival, name):
        arrival = make_arrival()
        answer = client_of(chloe).post(reverse(name), {"pick": arrival.pk, "reason": "x"})
        assert answer.status_code == 403
        assert Arrival.objects.quarantined().count() == 1
