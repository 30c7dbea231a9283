"""What could not be read waits for someone, with its reason; nothing disappears (threats: I2)."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from channels_app.intake import services
from channels_app.intake.models import Arrival
from requests_app.access.models import Reading
from tests.markup import one_line

PAGE = "/quarantaine/"
NOW = timezone.now()
MAIL = b"From: Amina <amina@exemple.fr>\r\nSubject: APA\r\nMessage-ID: <%d@x.fr>\r\n\r\nUne aide ?\r\n"


def unspaced(page: str) -> str:
    return page.replace("\u00a0", " ")


@pytest.fixture
def central_client(client_of, central):
    return client_of(central)


class TestPage:
    def test_I2_shows_the_count_of_thirty_days(self, central_client, make_arrival):
        make_arrival()
        make_arrival(state="discarded", reason="Publicité")
        make_arrival(state="pending", reason="")
        old = timezone.now() - timedelta(days=31)
        make_arrival(state="discarded", reason="Publicité", received_at=old)
        terms = central_client.get(PAGE).context["board"].terms
        assert [(t.sign, t.figure) for t in terms] == [("", 3), ("=", 0), ("+", 1), ("+", 1), ("+", 1)]

    def test_I2_counts_and_lists_what_waits_however_old_it_is(self, central_client, make_arrival):
        make_arrival(received_at=timezone.now() - timedelta(days=400))
        seen = central_client.get(PAGE).context["board"]
        assert (seen.terms[3].figure, seen.total, len(seen.shown.rows)) == (1, 1, 1)

    def test_I2_each_number_leads_to_as_many_arrivals(
        self, central_client, make_arrival, make_touchpoint, make_ticket
    ):
        words = make_touchpoint(make_ticket())
        make_arrival(state="heard", reason="", touchpoint=words)
        for n in range(3):
            make_arrival(state="discarded", reason=f"Publicité {n}")
        make_arrival()
        make_arrival(state="pending", reason="")
        for term in central_client.get(PAGE).context["board"].terms:
            listed = central_client.get(term.url).context["board"]
            assert listed.total == len(listed.shown.rows) == term.figure

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
        assert doors.pop("mail") == "Marche"
        assert doors.pop("sms") == "En retard"
        assert set(doors.values()) == {"Calme"}

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
        assert cost() == first <= 15

    def test_lists_page_by_page_without_a_hole(self, central_client, make_arrival):
        at = timezone.now() - timedelta(minutes=5)
        made = [make_arrival(received_at=at).pk for _ in range(45)]
        url, seen, back = PAGE, [], ""
        while url:
            page = central_client.get(url).context
            seen += [arrival.pk for arrival in page["board"].shown.rows]
            url, back = page["next_url"], page["previous_url"]
        assert seen == made
        assert [a.pk for a in central_client.get(back).context["board"].shown.rows] == made[20:40]

    def test_filters_by_channel_and_by_reason(self, central_client, make_arrival):
        make_arrival(reason="Trop gros")
        wanted = make_arrival(reason="Chiffré")
        make_arrival(reason="Chiffré", channel="sms")
        narrowed = central_client.get(f"{PAGE}?canal=mail")
        [link] = [link for link in narrowed.context["board"].reasons if link.words == "Chiffré"]
        assert link.count == 1
        found = central_client.get(f"{PAGE}?{link.query}").context["board"]
        assert ([a.pk for a in found.shown.rows], found.total) == ([wanted.pk], 1)

    def test_P01_an_address_holds_no_reason(self, central_client, make_arrival):
        make_arrival(state="discarded", reason="Mme Canari")
        links = central_client.get(f"{PAGE}?etat=ecartees").context["board"].reasons
        assert "anari" not in links[0].query

    @pytest.mark.parametrize(
        "query", ["etat=x", "canal=x", "motif=%27", "apres=x", "tri=facts", "ended_by__password=a"]
    )
    def test_W04_anything_else_is_refused(self, central_client, db, query):
        assert central_client.get(f"{PAGE}?{query}").status_code == 400

    def test_W15_a_reason_and_an_address_are_escaped(self, central_client, make_arrival):
        make_arrival(reason="<script>a()</script>", address="<b>@x.fr")
        page = central_client.get(PAGE).content.decode()
        assert "<script>a()" not in page
        assert "<b>@x.fr" not in page


class TestGlimpse:
    """Both lists say who writes, on what, and the first words; no byte is read to show them."""

    def arrive(self, raw, *, channel="mail", facts=None):
        stored = services.store_unqueued(
            channel=channel, address="a@x.fr", raw=raw, source="test", at=timezone.now(), facts=facts
        )
        services.process(arrival_id=stored.arrival_id, at=timezone.now())
        return Arrival.objects.get(pk=stored.arrival_id)

    def lines(self, client, query=""):
        found = client.get(f"{PAGE}{query}").context["board"].shown.rows
        return [(arrival.sender, arrival.subject, arrival.words) for arrival in found]

    def test_N01_a_mail_that_passes_our_limits_shows_its_header_and_words(self, central_client, territory):
        fields = b"From: Amina <amina@exemple.fr>\r\nSubject: =?utf-8?q?Ma_facture_=C3=A9lectrique?=\r\n"
        body = b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nOn me coupe lundi.\r\n"
        arrival = self.arrive(fields + body + b"--b\r\nContent-Type: image/png\r\n\r\nx\r\n" * 600 + b"--b--")
        assert arrival.state == "quarantined"
        [line] = self.lines(central_client)
        assert line == ("amina@exemple.fr", "Ma facture électrique", "On me coupe lundi.")
        assert "Ma facture électrique" in central_client.get(PAGE).content.decode()
        assert "On me coupe lundi." in central_client.get(PAGE).content.decode()

    def test_N01_what_a_rule_put_aside_shows_them_too(self, central_client, territory):
        arrival = self.arrive(b"MessageSid=SM1&From=%2B33639981234&To=1&Body=STOP", channel="sms")
        assert arrival.state == "discarded"
        assert self.lines(central_client, "?etat=ecartees") == [("+33639981234", "", "STOP")]
        assert "+33639981234" in central_client.get(f"{PAGE}?etat=ecartees").content.decode()

    def test_a_repeat_by_another_way_shows_what_it_said(self, central_client, territory):
        for address in ("a@x.fr", "b@x.fr"):
            services.store_unqueued(
                channel="mail", address=address, raw=MAIL % 1, source="test", at=timezone.now()
            )
        services.sweep(at=timezone.now() + timedelta(minutes=1))
        assert self.lines(central_client, "?etat=ecartees") == [("amina@exemple.fr", "APA", "Une aide ?")]

    def test_M05_hidden_characters_of_a_subject_are_drawn(self, central_client, territory):
        raw = b"From: a@exemple.fr\r\nSubject: =?utf-8?q?fdp=E2=80=AEexe?=\r\nContent-Type: multipart/mixed; "
        self.arrive(raw + b"boundary=b\r\n\r\n" + b"--b\r\n\r\nx\r\n" * 600)
        assert self.lines(central_client)[0][1] == "fdp□exe"

    def test_an_old_one_shows_what_was_kept_of_it_and_reading_it_changes_nothing(
        self, central_client, make_arrival
    ):
        arrival = make_arrival(raw=MAIL % 7, facts={"from": "amina@exemple.fr"})
        central_client.get(reverse("intake:arrival", args=[arrival.pk]))
        assert self.lines(central_client) == [("amina@exemple.fr", None, None)]

    def test_I2_an_input_whose_reading_breaks_ends_all_the_same(self, territory, monkeypatch):
        def broken(*_given, **_more):
            raise MemoryError

        monkeypatch.setattr("channels_app.intake.services.glimpsing.salvage_from", broken)
        assert self.arrive(b"\xff\x00", channel="sms").state == "quarantined"


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

    def test_says_in_words_what_a_mail_says_and_opens_no_file(self, central_client, make_arrival):
        raw = (Path(__file__).parents[3] / "tests/corpus/mail/m15_dangerous_names.eml").read_bytes()
        page = central_client.get(reverse("intake:arrival", args=[make_arrival(raw=raw).pk]))
        glance = page.context["glance"]
        assert {word for word, _value in glance.lines} >= {"De", "À", "Objet"}
        assert glance.text
        assert len(glance.files) >= 2
        assert not any("\u202e" in file.name for file in glance.files)
        assert "Aucun n’a été ouvert" in page.content.decode()

    def test_M04_still_shows_the_header_of_what_passes_our_limits(self, central_client, make_arrival):
        parts = "".join(f"--b\r\n\r\n{n}\r\n" for n in range(600))
        head = "From: Amina <amina@exemple.fr>\r\nSubject: =?utf-8?q?Mon_=C3=A9tat?=\r\n"
        raw = f"{head}Content-Type: multipart/mixed; boundary=b\r\n\r\n{parts}--b--\r\n".encode()
        page = central_client.get(reverse("intake:arrival", args=[make_arrival(raw=raw).pk]))
        glance = page.context["glance"]
        assert ("Objet", "Mon état") in glance.lines
        assert glance.note
        assert not glance.text

    def test_shows_what_no_channel_can_read_as_bytes_only(self, central_client, make_arrival):
        page = central_client.get(reverse("intake:arrival", args=[make_arrival(channel="chat").pk]))
        assert page.context["glance"] is None

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

    def test_says_what_became_of_each_of_many(self, central_client, make_arrival, territory):
        good = [make_arrival(raw=MAIL % n).pk for n in range(2)]
        poison = make_arrival(raw=b"X-A: b\r\n" * 10_000)
        gone = make_arrival(state="discarded", reason="Publicité")
        sent = {"pick": [*good, poison.pk, gone.pk]}
        page = central_client.post(reverse("intake:retry"), sent, follow=True).content.decode()
        assert "2 messages sont lus" in page
        assert "1 message ne se lit toujours pas : L’en-tête de ce courriel dépasse 64 Ko." in unspaced(page)
        assert "1 message n’est plus en quarantaine" in page
        assert Arrival.objects.filter(state="heard").count() == 2

    def test_still_names_who_wrote_what_cannot_be_read(self, central_client, make_arrival):
        head = b"From: Jos <jos@exemple.fr>\r\n" + b"X-A: b\r\n" * 10_000
        services.retry(arrival=make_arrival(raw=head), at=NOW)
        assert "E-mail de jos@exemple.fr" in one_line(central_client.get(PAGE).content.decode())

    def test_leaves_to_the_workers_what_would_make_someone_wait(self, make_arrival, territory):
        told = services.retry_many(arrivals=[make_arrival() for _ in range(3)], at=NOW, patience_s=0)
        assert told.later == Arrival.objects.pending().count() == 3

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

    def test_keeps_the_choice_while_the_reason_is_written(self, central_client, make_arrival):
        picks = [make_arrival().pk for _ in range(2)]
        make_arrival()
        answer = central_client.post(reverse("intake:discard"), {"pick": picks, "reason": ""}, follow=True)
        assert answer.content.decode().count(" checked") == 2

    def test_puts_the_others_aside_when_a_colleague_was_quicker_for_one(self, central_client, make_arrival):
        gone, waits = make_arrival(state="discarded", reason="Publicité"), make_arrival()
        sent = {"pick": [gone.pk, waits.pk], "reason": "x"}
        page = central_client.post(reverse("intake:discard"), sent, follow=True).content.decode()
        assert "1 message n’est plus en quarantaine" in page
        assert "1 message écarté" in page
        waits.refresh_from_db()
        assert waits.reason == "x"

    def test_comes_back_to_the_list_as_it_was_filtered(self, central_client, make_arrival):
        arrival = make_arrival(channel="sms")
        sent = {"pick": arrival.pk, "reason": "x"}
        answer = central_client.post(f"{reverse('intake:discard')}?canal=sms", sent)
        assert answer["Location"].startswith(f"{PAGE}?etat=quarantaine&canal=sms")

    def test_ticks_the_whole_page_without_a_script(self, central_client, make_arrival):
        for _ in range(3):
            make_arrival()
        url = central_client.get(PAGE).context["tick_all_url"]
        assert central_client.get(url).content.decode().count(" checked") == 3

    def test_finds_what_was_put_aside_by_words_of_its_reason(self, central_client, make_arrival):
        make_arrival(state="discarded", reason="Publicité pour une literie")
        make_arrival(state="discarded", reason="Envoi de test")
        make_arrival(reason="Publicité")
        found = central_client.post(reverse("intake:search"), {"q": "LITERIE publicite"}).context["found"]
        assert [arrival.reason for arrival in found] == ["Publicité pour une literie"]

    def test_asks_to_choose_first(self, central_client, db):
        answer = central_client.post(reverse("intake:retry"), {"pick": ["x", "-1"]}, follow=True)
        assert "Cochez d’abord un message" in answer.content.decode()

    @pytest.mark.parametrize("name", ["intake:retry", "intake:discard", "intake:undo", "intake:search"])
    def test_A01_others_change_nothing(self, client_of, chloe, make_arrival, name):
        arrival = make_arrival()
        answer = client_of(chloe).post(reverse(name), {"pick": arrival.pk, "reason": "x"})
        assert answer.status_code == 403
        assert Arrival.objects.quarantined().count() == 1
