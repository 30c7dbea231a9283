"""The ticket page: its thread, its actions, and who is shown how little."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from requests_app.access.models import Reading
from requests_app.catalog.models import Topic
from requests_app.tickets import services
from requests_app.tickets.models import Event, Note, State, Ticket
from requests_app.tickets.services.participants import propose_copied
from requests_app.www.backoffice.ticket.transitions import PATHS

pytestmark = pytest.mark.django_db

SENSITIVE = "violences-conjugales"


def url_of(ticket, name=""):
    return f"/demandes/{ticket.reference}/" + (f"{PATHS[name]}/" if name else "")


def page_of(client, ticket, query=""):
    answer = client.get(url_of(ticket) + query)
    assert answer.status_code == 200
    return answer.content.decode().replace("\xa0", " ")


def act(client, ticket, name, query="", **fields):
    return client.post(url_of(ticket, name) + query, {"version": ticket.version, **fields})


class TestThread:
    def test_tells_the_whole_story_in_order(self, client_of, chloe, make_ticket):
        ticket = make_ticket(text="La coupure est lundi.")
        now = timezone.now()
        services.take(ticket=ticket, by=chloe, at=now)
        services.add_note(ticket=ticket, text="Appelée ce matin.", by=chloe, at=now + timedelta(seconds=1))
        page = page_of(client_of(chloe), ticket)
        places = [
            page.index(words) for words in ("La coupure", "Chloé Martin a pris la demande", "Appelée ce")
        ]
        assert places == sorted(places)

    def test_shows_the_reply_and_keeps_the_rest_behind(self, client_of, chloe, make_ticket, make_touchpoint):
        ticket = make_ticket(text=None)
        make_touchpoint(ticket, text="Oui.\n> Voulez-vous ?", reply_text="Oui.")
        page = page_of(client_of(chloe), ticket)
        assert '<p dir="auto">Oui.</p>' in page
        assert "Voir tout le message" in page

    def test_opens_on_the_last_messages_and_links_to_the_others(
        self, client_of, chloe, make_ticket, make_touchpoint
    ):
        ticket, start = make_ticket(text=None), timezone.now() - timedelta(days=50)
        for rank in range(45):
            make_touchpoint(ticket, text=f"Message {rank:02}.", at=start + timedelta(days=rank))
        client, seen, path = client_of(chloe), [], url_of(ticket)
        while path:
            answer = client.get(path)
            seen.append([rank for rank in range(45) if f"Message {rank:02}." in answer.content.decode()])
            path = answer.context["earlier_url"]
        assert seen == [list(range(25, 45)), list(range(5, 25)), list(range(5))]

    def test_shows_notes_and_events_once_over_the_pages(self, client_of, chloe, make_ticket, make_touchpoint):
        ticket, start = make_ticket(text=None), timezone.now() - timedelta(days=50)
        for rank in range(30):
            make_touchpoint(ticket, at=start + timedelta(days=rank))
            Note.objects.create(
                ticket=ticket,
                author=chloe,
                text=f"Note {rank:02}.",
                created_at=start + timedelta(days=rank, hours=1),
            )
        client = client_of(chloe)
        last = client.get(url_of(ticket))
        first = client.get(last.context["earlier_url"])
        both = last.content.decode() + first.content.decode()
        assert all(both.count(f"Note {rank:02}.") == 1 for rank in range(30))

    def test_says_what_was_odd_in_a_mail(self, client_of, chloe, make_ticket, make_touchpoint):
        ticket = make_ticket(text=None)
        make_touchpoint(ticket, facts={"auto": True}, remarks=["Le sujet était illisible."])
        page = page_of(client_of(chloe), ticket)
        assert "Semble écrit par une machine" in page
        assert "Le sujet était illisible." in page

    def test_W15_escapes_everything_the_citizen_wrote(self, client_of, chloe, make_ticket, make_touchpoint):
        evil = "<script>alert(1)</script>"
        ticket = make_ticket(subject=evil, sender=evil, text=evil)
        make_touchpoint(ticket, text=f"{evil} bis", reply_text=evil, remarks=[evil], subject=evil)
        answer = client_of(chloe).get(url_of(ticket))
        assert "<script>alert" not in answer.content.decode()
        assert "unsafe-inline" not in answer["Content-Security-Policy"]


class TestClock:
    def test_says_until_when(self, client_of, chloe, make_ticket):
        now = timezone.now()
        ticket = make_ticket(received_at=now - timedelta(days=1), due_at=now + timedelta(days=3))
        assert "Réponse avant le" in page_of(client_of(chloe), ticket)

    def test_says_that_no_delay_is_valid_yet(self, client_of, chloe, make_ticket):
        assert "Délai de réponse à valider" in page_of(client_of(chloe), make_ticket())


class TestLayout:
    EVIL = (
        '<p onclick="x()">Bonjour</p><script>a</script>'
        '<img src="https://espion.example/p.gif"><form action="/x">'
    )

    def test_M13_is_a_document_of_its_own(self, client_of, chloe, make_ticket):
        ticket = make_ticket(html=self.EVIL)
        client, pk = client_of(chloe), ticket.touchpoints.get().pk
        assert f'<iframe sandbox loading="lazy" src="{url_of(ticket)}html/{pk}/"' in page_of(client, ticket)
        answer = client.get(f"{url_of(ticket)}html/{pk}/")
        policy = answer["Content-Security-Policy"]
        assert policy.startswith("default-src 'none'; style-src 'unsafe-inline'; img-src data:;")
        assert policy.endswith("sandbox")
        assert answer["X-Content-Type-Options"] == "nosniff"

    def test_M13_is_cleaned_again_when_the_cleaner_has_changed(self, client_of, chloe, make_ticket):
        ticket = make_ticket(html=self.EVIL)
        body = client_of(chloe).get(f"{url_of(ticket)}html/{ticket.touchpoints.get().pk}/").content.decode()
        assert "Bonjour" in body
        assert not any(word in body for word in ("onclick", "<script", "espion", "<form"))

    def test_is_not_reached_through_another_ticket(self, client_of, chloe, make_ticket):
        ticket, other = make_ticket(html="<p>A</p>"), make_ticket()
        pk = ticket.touchpoints.get().pk
        assert client_of(chloe).get(f"{url_of(other)}html/{pk}/").status_code == 404


class TestWhoMay:
    GETS = ("/demandes/{reference}/", "/demandes/{reference}/html/{pk}/", "/tri/{reference}/")

    @pytest.mark.parametrize("path", GETS)
    def test_A01_pages_do_not_exist_elsewhere(self, client_of, elsa, make_ticket, path):
        ticket = make_ticket(html="<p>A</p>")
        answer = client_of(elsa).get(path.format(reference=ticket.reference, pk=ticket.touchpoints.get().pk))
        assert answer.status_code == 404
        reading = Reading.objects.get()
        assert (reading.user, reading.subject_id, reading.was_refused) == (elsa, ticket.pk, True)

    @pytest.mark.parametrize("name", PATHS)
    def test_A01_actions_do_not_exist_elsewhere(self, client_of, elsa, make_ticket, name):
        ticket = make_ticket()
        assert act(client_of(elsa), ticket, name).status_code == 404
        assert Reading.objects.get().was_refused
        ticket.refresh_from_db()
        assert ticket.version == 1

    @pytest.mark.parametrize("agent", ["bruno", "david"])
    def test_A03_the_masked_page_says_little(self, client_of, make_ticket, request, agent):
        ticket = make_ticket(
            sender="Samira Benali", subject="Des coups", text="Il me frappe.", topic=SENSITIVE
        )
        page = page_of(client_of(request.getfixturevalue(agent)), ticket)
        assert ticket.reference in page
        assert "Motif réservé" in page
        assert "Lyon 8e – Latarjet" in page
        assert not any(word in page for word in ("Samira", "coups", "frappe", "iolence"))
        assert Reading.objects.get().was_refused

    @pytest.mark.parametrize("name", PATHS)
    def test_A03_does_nothing_for_who_may_not_read(self, client_of, david, make_ticket, name):
        ticket = make_ticket(topic=SENSITIVE)
        assert act(client_of(david), ticket, name, text="x").status_code == 403

    def test_A03_its_title_says_nothing_even_to_readers(self, client_of, chloe, make_ticket):
        ticket = make_ticket(topic=SENSITIVE)
        title = page_of(client_of(chloe), ticket).split("<title>")[1].split("</title>")[0]
        assert title == f"{ticket.reference}, Motif réservé – GRU"

    def test_A02_A03_her_other_tickets_are_those_the_agent_may_read(
        self, client_of, bruno, make_ticket, amina, villeurbanne
    ):
        ticket = make_ticket(person=amina, topic="rsa-demande")
        far = make_ticket(person=amina, maison=villeurbanne)
        hidden = make_ticket(person=amina, topic=SENSITIVE)
        page = page_of(client_of(bruno), ticket)
        assert far.reference not in page
        assert hidden.reference not in page
        assert "iolence" not in page

    def test_the_desk_reads_writes_notes_and_does_no_more(self, client_of, bruno, make_ticket):
        ticket = make_ticket(person=None)
        client = client_of(bruno)
        assert set(client.get(url_of(ticket)).context["panels"]) == {"note"}
        assert act(client, ticket, "note", text="Elle reviendra.").status_code == 302
        assert act(client, ticket, "take").status_code == 403

    def test_the_desk_sees_a_masked_telephone(self, client_of, bruno, chloe, make_ticket, amina):
        ticket = make_ticket(person=amina)
        assert "06 ** ** 12 34" in page_of(client_of(bruno), ticket)
        assert "06 39 98 12 34" in page_of(client_of(chloe), ticket)

    def test_I7_each_view_is_a_reading(self, client_of, chloe, make_ticket):
        ticket = make_ticket()
        page_of(client_of(chloe), ticket), page_of(client_of(chloe), ticket)
        assert Reading.objects.filter(kind="ticket", subject_id=ticket.pk, was_refused=False).count() == 2


class TestActions:
    def test_take_then_undo(self, client_of, chloe, make_ticket):
        ticket, client = make_ticket(), client_of(chloe)
        answer = act(client, ticket, "take")
        undo = client.get(answer.url).context["undo"]
        client.post(undo.action, {undo.name: undo.value})
        ticket.refresh_from_db()
        assert (ticket.state, ticket.assignee) == (State.OPEN, None)

    def test_assign_to_a_colleague_who_may(self, client_of, chloe, david, elsa, make_ticket):
        ticket, client = make_ticket(), client_of(chloe)
        assert act(client, ticket, "assign", to=elsa.pk).status_code == 422
        assert act(client, ticket, "assign", to=david.pk).status_code == 302
        ticket.refresh_from_db()
        assert ticket.assignee == david

    def test_reroute_needs_a_reason_and_keeps_what_was_chosen(
        self, client_of, chloe, elsa, make_ticket, villeurbanne
    ):
        ticket, client = make_ticket(), client_of(chloe)
        answer = act(client, ticket, "reroute", maison=villeurbanne.pk, reason=" ")
        page = answer.content.decode()
        assert answer.status_code == 422
        assert "Écrivez pourquoi, en quelques mots." in page
        assert f'value="{villeurbanne.pk}" selected' in page
        assert "<title>Erreur :" in page

    def test_a_ticket_sent_away_leads_back_to_the_list(
        self, client_of, chloe, elsa, make_ticket, villeurbanne
    ):
        ticket, client = make_ticket(), client_of(chloe)
        answer = act(
            client, ticket, "reroute", "?vue=a-trier", maison=villeurbanne.pk, reason="Elle y habite"
        )
        assert answer.url.startswith("/tri/?vue=a-trier")
        page = client.get(answer.url).content.decode().replace("\xa0", " ")
        assert "La demande a changé de lieu." in page
        assert f"Demande {ticket.reference}, envoyée à {villeurbanne.label}." in page
        assert Event.objects.get(ticket=ticket).data["reason"] == "Elle y habite"

    def test_hold_resume_close_reopen(self, client_of, chloe, make_ticket):
        ticket, client = make_ticket(assignee=chloe), client_of(chloe)
        steps = [
            ("hold", {"state": "waiting_person", "reason": "Un avis d’imposition"}, State.WAITING_PERSON),
            ("resume", {}, State.OPEN),
            ("close", {"outcome": "answered", "reason": ""}, State.CLOSED),
            ("reopen", {"reason": "Elle a rappelé"}, State.OPEN),
        ]
        for name, fields, state in steps:
            assert act(client, ticket, name, **fields).status_code == 302
            ticket.refresh_from_db()
            assert ticket.state == state
        assert "Elle a rappelé" in page_of(client, ticket)

    def test_topic_and_priority(self, client_of, chloe, make_ticket):
        ticket, client = make_ticket(), client_of(chloe)
        act(client, ticket, "topic", topic=Topic.objects.get(code="rsa-demande").pk)
        ticket.refresh_from_db()
        act(client, ticket, "priority", priority="urgent")
        ticket.refresh_from_db()
        assert (ticket.topic.code, ticket.is_urgent) == ("rsa-demande", True)

    def test_W12_the_second_one_keeps_the_text_and_sees_what_changed(
        self, client_of, chloe, david, elsa, make_ticket, villeurbanne
    ):
        ticket = make_ticket()
        services.take(ticket=Ticket.objects.get(pk=ticket.pk), by=david, at=timezone.now())
        fields = {"maison": villeurbanne.pk, "reason": "Elle habite à Villeurbanne"}
        answer = act(client_of(chloe), ticket, "reroute", **fields)
        page = answer.content.decode().replace("\xa0", " ")
        assert answer.status_code == 409
        assert "Un collègue a changé cette demande" in page
        assert "Elle habite à Villeurbanne</textarea>" in page
        assert page.count("David Roux a pris la demande") == 2  # in what changed, and in the thread
        assert 'name="version" value="2"' in page

    def test_W12_a_note_is_never_refused(self, client_of, chloe, david, make_ticket):
        ticket = make_ticket()
        services.take(ticket=Ticket.objects.get(pk=ticket.pk), by=david, at=timezone.now())
        assert act(client_of(chloe), ticket, "note", text="À rappeler.").status_code == 302

    @pytest.mark.parametrize("field", ["state", "maison", "is_sensitive", "assignee"])
    def test_W03_refuses_fields_that_are_not_of_the_action(self, client_of, chloe, make_ticket, field):
        ticket = make_ticket()
        answer = act(client_of(chloe), ticket, "take", **{field: "1"})
        ticket.refresh_from_db()
        assert (answer.status_code, ticket.version) == (400, 1)

    @pytest.mark.parametrize("name", PATHS)
    def test_W06_nothing_moves_by_a_link(self, client_of, chloe, make_ticket, name):
        assert client_of(chloe).get(url_of(make_ticket(), name)).status_code == 405

    def test_W06_reading_changes_nothing(self, client_of, chloe, make_ticket):
        ticket = make_ticket()
        before = Ticket.objects.values().get(pk=ticket.pk)
        page_of(client_of(chloe), ticket)
        assert Ticket.objects.values().get(pk=ticket.pk) == before

    def test_W06_asks_for_the_token(self, chloe, make_ticket):
        client = Client(enforce_csrf_checks=True)
        client.force_login(chloe)
        assert act(client, make_ticket(), "take").status_code == 403


class TestPerson:
    def test_chooses_among_those_who_share_a_telephone(
        self, client_of, chloe, make_ticket, make_person, amina, share_contact
    ):
        son = make_person(given_name="Karim", family_name="Benali")
        share_contact(son, "+33639981234")
        ticket = make_ticket(person=None, sender="+33639981234", channel="sms")
        client = client_of(chloe)
        assert "Une autre personne ?" in page_of(client, ticket)
        act(client, ticket, "person", person=son.pk)
        ticket.refresh_from_db()
        assert (ticket.person, ticket.sender) == (son, "Karim Benali")

    def test_A05_names_nobody_else(self, client_of, chloe, make_ticket, make_person, amina):
        stranger = make_person(given_name="Paul", family_name="Autre")
        ticket = make_ticket(person=amina)
        for pk in (stranger.pk, stranger.pk + 1_000, 10**25):
            assert act(client_of(chloe), ticket, "person", person=pk).status_code == 422, pk


class TestPlace:
    def test_keeps_the_place_in_the_list(self, client_of, chloe, make_ticket):
        now = timezone.now()
        tickets = [make_ticket(received_at=now - timedelta(hours=9 - rank)) for rank in range(3)]
        answer = client_of(chloe).get(url_of(tickets[1]) + "?vue=a-trier")
        around = answer.context["around"]
        assert (around.previous, around.next) == (tickets[0].reference, tickets[2].reference)
        assert around.words == "2 sur 3"

    def test_keeps_neighbours_after_the_ticket_has_left_the_list(self, client_of, chloe, make_ticket):
        now = timezone.now()
        tickets = [make_ticket(received_at=now - timedelta(hours=9 - rank)) for rank in range(3)]
        services.take(ticket=tickets[1], by=chloe, at=now)
        around = client_of(chloe).get(url_of(tickets[1]) + "?vue=a-trier").context["around"]
        assert (around.previous, around.next) == (tickets[0].reference, tickets[2].reference)
        assert around.words == "2 demandes"

    @pytest.mark.parametrize("query", ["?vue=tout", "?x=1", "?fil=hier", "?vue=a-trier&tri=person__name"])
    def test_W04_refuses_other_parameters(self, client_of, chloe, make_ticket, query):
        assert client_of(chloe).get(url_of(make_ticket()) + query).status_code == 400


class TestCost:
    # Session, user, memberships and the audit log come with every page that reads; then who is writing here.
    AROUND = 5

    def test_asks_as_much_for_twenty_messages_as_for_two_hundred(
        self, client_of, chloe, make_ticket, make_touchpoint, amina
    ):
        client, ticket = client_of(chloe), make_ticket(person=amina)
        start = timezone.now() - timedelta(days=300)
        for rank in range(19):
            make_touchpoint(ticket, at=start + timedelta(days=rank))
        few = self.statements(client, ticket)
        for rank in range(20, 200):
            make_touchpoint(ticket, at=start + timedelta(days=rank))
            Note.objects.create(
                ticket=ticket, author=chloe, text="x", created_at=start + timedelta(days=rank)
            )
        assert self.statements(client, ticket) == few <= self.AROUND + 9

    def test_asks_as_much_for_one_thing_beside_as_for_ten(self, client_of, chloe, make_ticket, amina):
        client, ticket, at = client_of(chloe), make_ticket(person=amina), timezone.now()

        def one_more(rank):
            services.ask(ticket=ticket, kind="call", text="Appelez", key=str(rank), at=at)
            propose_copied(ticket, [(f"p{rank}@exemple.fr", "")], at)
            services.link(from_ticket=ticket, to_ticket=make_ticket(), kind="follows", at=at)
            make_ticket(person=amina)

        one_more(0)
        one = self.statements(client, ticket)
        for rank in range(1, 10):
            one_more(rank)
        assert self.statements(client, ticket) == one <= self.AROUND + 9

    def statements(self, client, ticket):
        path = url_of(ticket) + "?vue=a-trier"
        client.get(path)
        with CaptureQueriesContext(connection) as seen:
            assert client.get(path).status_code == 200
        return len(seen)
