"""The triage page: who sees which list, what a row says, what it costs."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from requests_app.access.models import Reading
from requests_app.tickets.models import State, Ticket
from requests_app.tickets.models.tickets import Priority
from requests_app.tickets.services import change_priority

pytestmark = pytest.mark.django_db

# Session, user, memberships and the territory's token come with every page of the staff.
AROUND = 4


def page_of(client, path="/tri/"):
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


class TestList:
    def test_shows_what_waits_at_the_agents_maison(self, client_of, chloe, make_ticket):
        make_ticket(sender="Samira Benali", text="La coupure est lundi.")
        page = page_of(client_of(chloe))
        assert "Samira Benali" in page
        assert "La coupure est lundi." in page

    def test_A01_hides_the_tickets_of_other_sites(self, client_of, elsa, make_ticket):
        ticket = make_ticket(sender="Samira Benali")
        page = page_of(client_of(elsa))
        assert "Samira Benali" not in page
        assert ticket.reference not in page

    def test_narrows_to_the_maison_of_the_switch(self, client_of, central, make_ticket, lyon_8, villeurbanne):
        make_ticket(sender="Ici"), make_ticket(sender="Ailleurs", maison=villeurbanne)
        central.current_maison = lyon_8
        central.save()
        page = page_of(client_of(central))
        assert "Ici" in page
        assert "Ailleurs" not in page

    def test_puts_who_waits_longest_first(self, client_of, chloe, make_ticket):
        now = timezone.now()
        make_ticket(sender="Récente", received_at=now - timedelta(hours=1))
        make_ticket(sender="Ancienne", received_at=now - timedelta(days=3))
        client = client_of(chloe)
        assert page_of(client).index("Ancienne") < page_of(client).index("Récente")
        recent = page_of(client, "/tri/?vue=a-trier&tri=recent")
        assert recent.index("Récente") < recent.index("Ancienne")

    @pytest.mark.parametrize("sort", ["attend", "recent", "echeance"])
    def test_pages_show_every_row_once_forth_and_back(self, client_of, chloe, make_ticket, sort):
        now = timezone.now()
        for rank in range(60):
            due = None if rank % 3 else now + timedelta(days=rank)
            make_ticket(
                sender=f"P{rank:02}x", text=None, received_at=now - timedelta(hours=rank // 2), due_at=due
            )
        client, path, forth = client_of(chloe), f"/tri/?vue=a-trier&tri={sort}", []
        while path:
            answer = client.get(path)
            forth.append(answer.context["rows"])
            last, path = path, answer.context["next_url"]
        names = [f"P{rank:02}x" for rank in range(60)]
        assert all("".join(forth).count(f">{name}</a>") == 1 for name in names)
        back = client.get(client.get(last).context["previous_url"])
        assert back.context["rows"] == forth[1]

    def test_tells_what_an_empty_list_means(self, client_of, chloe):
        assert "Rien à trier" in page_of(client_of(chloe))

    def test_says_when_it_is_urgent_and_late(self, client_of, chloe, make_ticket):
        long_ago = timezone.now() - timedelta(days=9)
        make_ticket(priority=Priority.URGENT, received_at=long_ago)
        page = page_of(client_of(chloe))
        assert "Urgent</span>" in page
        assert "wait-late" in page

    def test_W15_escapes_names_and_subjects(self, client_of, chloe, make_ticket):
        make_ticket(sender="<script>alert(1)</script>", subject='"><img src=x>', text="<b>gras</b>")
        page = page_of(client_of(chloe))
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert "<b>gras" not in page


class TestViews:
    def test_sorts_tickets_into_the_lists(self, client_of, chloe, make_ticket):
        make_ticket(sender="Triable")
        make_ticket(sender="Prenable", state=State.OPEN)
        make_ticket(sender="Mienne", assignee=chloe)
        make_ticket(sender="Patiente", state=State.WAITING_PERSON)
        make_ticket(sender="Finie", state=State.CLOSED)
        client = client_of(chloe)
        seen = {
            view: [n for n in ("Triable", "Prenable", "Mienne", "Patiente", "Finie") if n in page]
            for view in ("a-trier", "a-prendre", "mes-demandes", "en-attente")
            for page in [client.get(f"/tri/?vue={view}").context["rows"]]
        }
        assert seen == {
            "a-trier": ["Triable"],
            "a-prendre": ["Prenable"],
            "mes-demandes": ["Mienne"],
            "en-attente": ["Patiente"],
        }

    def test_gathers_what_is_to_do_by_hand_even_when_the_demand_is_over(self, client_of, chloe, make_ticket):
        make_ticket(sender="Sans rien"), make_ticket(sender="Finie", state=State.CLOSED, tasks_count=1)
        shown = client_of(chloe).get("/tri/?vue=a-faire")
        assert "Finie" in shown.context["rows"]
        assert "quelque chose à faire," in shown.context["rows"]
        assert "Sans rien" not in shown.context["rows"]
        assert str(shown.context["total"]) == "1"

    def test_A03_what_is_to_do_says_nothing_of_reserved_ones(self, client_of, david, chloe, make_ticket):
        make_ticket(topic="violences-conjugales", tasks_count=1)
        assert str(client_of(david).get("/tri/?vue=a-faire").context["total"]) == "0"
        assert str(client_of(chloe).get("/tri/?vue=a-faire").context["total"]) == "1"
        assert "quelque chose à faire," not in client_of(david).get("/tri/").context["rows"]

    def test_gives_unplaced_and_transfers_to_the_central_team(self, client_of, central, make_ticket):
        make_ticket(sender="Sans lieu", maison=None)
        make_ticket(sender="Voirie", maison=None, transfer_body="Mairie de Bron")
        client = client_of(central)
        assert "Sans lieu" in page_of(client, "/tri/?vue=a-placer")
        transfers = page_of(client, "/tri/?vue=a-transmettre")
        assert "Voirie" in transfers
        assert "Sans lieu" not in transfers

    def test_keeps_the_central_lists_from_the_others(self, client_of, chloe):
        assert client_of(chloe).get("/tri/?vue=a-placer").status_code == 400

    def test_filters_by_channel_and_counts_it(self, client_of, chloe, make_ticket):
        make_ticket(sender="Par SMS", channel="sms"), make_ticket(sender="Par mail")
        page = client_of(chloe).get("/tri/?vue=a-trier&canal=sms")
        assert "Par SMS" in page.context["rows"]
        assert "Par mail" not in page.context["rows"]
        assert str(page.context["total"]) == "1"

    @pytest.mark.parametrize(
        "query",
        [
            "vue=tout",
            "tri=assignee__password",
            "canal=fax",
            "assignee__password=x",
            "vue=a-trier&apres=hier",
            "apres=1-2-3",
            "depuis=x",
            f"apres={'9' * 20}-1",
            "vue=recues&du=9999-12-31&au=9999-12-31",
            "vue=recues&du=0001-01-01&au=0001-01-02",
        ],
    )
    def test_W04_refuses_anything_else_than_its_lists(self, client_of, chloe, query):
        assert client_of(chloe).get(f"/tri/?{query}").status_code == 400

    def test_asks_who_has_no_role_to_leave(self, client_of, admin):
        assert client_of(admin).get("/tri/").status_code == 403


class TestSensitive:
    def test_A03_shows_nothing_of_them_in_lists(self, client_of, bruno, david, chloe, make_ticket):
        make_ticket(
            sender="Samira Benali",
            subject="Des coups",
            text="Il me frappe.",
            topic="violences-conjugales",
            files_count=2,
        )
        for agent in (bruno, david, chloe):
            rows = client_of(agent).get("/tri/").context["rows"]
            assert "Motif réservé" in rows
            assert "Personne protégée" in rows
            assert not any(word in rows for word in ("Samira", "coups", "frappe", "avec fichiers", "iolence"))

    def test_A02_counts_of_the_reserved_list_hide_under_five(self, client_of, david, chloe, make_ticket):
        make_ticket(topic="violences-conjugales")
        shown = client_of(david).get("/tri/?vue=motif-reserve")
        assert str(shown.context["total"]) == "moins de 5"
        assert 'class="n">moins de 5<' in shown.content.decode()
        assert str(client_of(chloe).get("/tri/?vue=motif-reserve").context["total"]) == "1"

    def test_A03_previews_nothing_to_who_may_not_read(self, client_of, david, make_ticket):
        ticket = make_ticket(sender="Samira Benali", text="Il me frappe.", topic="violences-conjugales")
        page = page_of(client_of(david), f"/tri/{ticket.reference}/")
        assert "frappe" not in page
        assert "Samira" not in page
        assert Reading.objects.get(kind="preview").was_refused


class TestPreview:
    def test_shows_the_words_and_the_reasons(self, client_of, chloe, make_ticket):
        ticket = make_ticket(text="Une facture impayée.", proposed_words=["facture"])
        page = page_of(client_of(chloe), f"/tri/{ticket.reference}/?vue=a-trier")
        assert "Une facture impayée." in page
        assert "« facture »" in page.replace("\xa0", " ")
        assert "Accepter et voir la suivante" in page

    @pytest.mark.parametrize(
        "text", ["Bonjour.\nMon mari me frappe. Merci.", "Aidez-moi ! mon mari me frappe"]
    )
    def test_says_which_words_made_it_urgent(self, client_of, chloe, make_ticket, text):
        ticket = make_ticket(text=text, priority="urgent", marks=["danger"])
        page = page_of(client_of(chloe), f"/tri/{ticket.reference}/?vue=a-trier").replace("\xa0", " ")
        assert "on mari me frappe »" in page
        assert "Le message dit : « " in page.replace("\u202f", " ")

    def test_says_which_agent_called_it_urgent(self, client_of, chloe, david, make_ticket):
        ticket = make_ticket()
        change_priority(ticket=ticket, priority="urgent", by=david, at=timezone.now())
        page = page_of(client_of(chloe), f"/tri/{ticket.reference}/?vue=a-trier").replace("\xa0", " ")
        assert f"Dite urgente par {david.full_name}" in page

    def test_says_that_it_came_urgent(self, client_of, chloe, make_ticket):
        ticket = make_ticket(priority="urgent")
        page = page_of(client_of(chloe), f"/tri/{ticket.reference}/?vue=a-trier").replace("\xa0", " ")
        assert "Dite urgente à l’arrivée" in page

    def test_is_a_fragment_for_htmx(self, client_of, chloe, make_ticket):
        ticket = make_ticket()
        answer = client_of(chloe).get(f"/tri/{ticket.reference}/", HTTP_HX_REQUEST="true")
        assert "<html" not in answer.content.decode()
        assert "data-focus" in answer.content.decode()

    def test_I7_is_a_reading(self, client_of, chloe, make_ticket):
        ticket = make_ticket()
        client_of(chloe).get(f"/tri/{ticket.reference}/")
        reading = Reading.objects.get()
        assert (reading.user, reading.kind, reading.subject_id) == (chloe, "preview", ticket.pk)
        assert not reading.was_refused


class TestSorting:
    def sort(self, client, ticket, **fields):
        data = {"version": ticket.version, "topic": "", "maison": "", **fields}
        return client.post(f"/demandes/{ticket.reference}/trier/?vue=a-trier&ici=tri", data)

    def test_accepts_and_shows_the_next(self, client_of, chloe, make_ticket):
        first = make_ticket(topic="rsa-demande", received_at=timezone.now() - timedelta(days=2))
        second = make_ticket(received_at=timezone.now() - timedelta(days=1))
        answer = self.sort(client_of(chloe), first)
        assert answer.url.startswith(f"/tri/{second.reference}/?vue=a-trier")
        first.refresh_from_db()
        assert first.state == State.OPEN

    def test_can_be_undone_from_the_next_page(self, client_of, chloe, make_ticket):
        ticket, client = make_ticket(topic="rsa-demande"), client_of(chloe)
        page = client.get(self.sort(client, ticket).url)
        undo = page.context["undo"]
        client.post(undo.action, {undo.name: undo.value})
        ticket.refresh_from_db()
        assert ticket.state == State.TO_SORT

    def test_asks_for_a_topic_when_none_is_known(self, client_of, chloe, make_ticket):
        answer = self.sort(client_of(chloe), make_ticket())
        assert answer.status_code == 422
        assert "Choisissez d’abord un sujet." in answer.content.decode()

    def test_asks_for_a_place_when_none_is_known(self, client_of, central, make_ticket):
        answer = self.sort(client_of(central), make_ticket(maison=None, topic="rsa-demande"))
        assert "Choisissez d’abord un lieu." in answer.content.decode()

    def test_sends_elsewhere_and_comes_back_to_the_list(
        self, client_of, chloe, elsa, make_ticket, villeurbanne
    ):
        ticket = make_ticket(topic="rsa-demande")
        client = client_of(chloe)
        answer = self.sort(client, ticket, maison=villeurbanne.pk, reason="Elle y habite")
        ticket.refresh_from_db()
        assert ticket.maison == villeurbanne
        assert client.get(answer.url).status_code == 200


class TestNews:
    def test_says_nothing_while_nothing_is_new(self, client_of, chloe, make_ticket):
        ticket = make_ticket()
        assert client_of(chloe).get(f"/tri/?vue=a-trier&depuis={ticket.pk}").status_code == 204

    def test_announces_what_came_without_moving_the_list(self, client_of, chloe, make_ticket):
        old = make_ticket()
        make_ticket(), make_ticket()
        client = client_of(chloe)
        news = client.get(f"/tri/?vue=a-trier&depuis={old.pk}").content.decode()
        assert "2 nouvelles demandes" in news
        assert "<html" not in news
        assert client.get(f"/tri/?vue=a-trier&depuis={old.pk}&deja=2").status_code == 204


class TestMany:
    def picks(self, *tickets):
        return [f"{ticket.pk}-{ticket.version}" for ticket in tickets]

    def test_takes_the_chosen_ones(self, client_of, chloe, make_ticket):
        tickets = [make_ticket(), make_ticket()]
        data = {"do": "take", "pick": self.picks(*tickets), "maison": "", "reason": ""}
        client_of(chloe).post("/tri/lot/?vue=a-trier", data)
        assert Ticket.objects.filter(assignee=chloe).count() == 2

    def test_moves_the_chosen_ones_with_a_reason(self, client_of, chloe, elsa, make_ticket, villeurbanne):
        ticket, client = make_ticket(), client_of(chloe)
        data = {
            "do": "reroute",
            "pick": self.picks(ticket),
            "maison": villeurbanne.pk,
            "reason": "Elle y habite",
        }
        client.post("/tri/lot/?vue=a-trier", data)
        ticket.refresh_from_db()
        assert ticket.maison == villeurbanne

    @pytest.mark.parametrize("missing", [{"reason": ""}, {"maison": ""}])
    def test_moves_nothing_without_place_or_reason(
        self, client_of, chloe, make_ticket, villeurbanne, missing
    ):
        ticket = make_ticket()
        data = {
            "do": "reroute",
            "pick": self.picks(ticket),
            "maison": villeurbanne.pk,
            "reason": "Oui",
            **missing,
        }
        assert client_of(chloe).post("/tri/lot/?vue=a-trier", data).status_code == 302
        ticket.refresh_from_db()
        assert ticket.maison != villeurbanne

    def test_W12_names_those_changed_meanwhile(self, client_of, chloe, make_ticket):
        ticket, client = make_ticket(), client_of(chloe)
        picks = self.picks(ticket)
        Ticket.objects.update(version=7)
        answer = client.post(
            "/tri/lot/?vue=a-trier", {"do": "take", "pick": picks, "maison": "", "reason": ""}, follow=True
        )
        assert f"Sans changement : {ticket.reference}" in answer.content.decode().replace("\xa0", " ")

    def test_A01_refuses_all_when_one_is_elsewhere(self, client_of, elsa, make_ticket):
        data = {"do": "take", "pick": self.picks(make_ticket()), "maison": "", "reason": ""}
        assert client_of(elsa).post("/tri/lot/", data).status_code == 404
        assert Reading.objects.get().was_refused


class TestCost:
    def statements(self, client, path):
        client.get(path)
        with CaptureQueriesContext(connection) as seen:
            assert client.get(path).status_code == 200
        return len(seen)

    def test_the_page_asks_as_much_for_one_row_as_for_ten(self, client_of, chloe, make_ticket):
        client = client_of(chloe)
        ticket = make_ticket()
        one = self.statements(client, "/tri/"), self.statements(client, f"/tri/{ticket.reference}/")
        for _rank in range(9):
            make_ticket()
        assert (self.statements(client, "/tri/"), self.statements(client, f"/tri/{ticket.reference}/")) == one

    def test_the_list_costs_three_statements_and_the_preview_two_more(self, client_of, chloe, make_ticket):
        client, ticket = client_of(chloe), make_ticket()
        assert (
            self.statements(client, "/tri/") == AROUND + 4
        )  # the list, its statistics, where someone works, what was done
        assert self.statements(client, f"/tri/{ticket.reference}/") == AROUND + 5 + 1  # the audit log


class TestPlans:
    VIEWS = (
        "a-trier",
        "a-prendre",
        "mes-demandes",
        "plus-de-5-jours",
        "motif-reserve",
        "a-faire",
        "a-repondu",
    )

    @pytest.fixture
    def many(self, make_ticket, lyon_8, villeurbanne):
        """12 000 tickets, nine in ten closed, as a year leaves them."""
        now = timezone.now()
        first = make_ticket(text=None)
        common = {"channel": "mail", "excerpt": "x" * 150, "sender": "A"}
        Ticket.objects.bulk_create(
            Ticket(
                reference=f"T{rank}",
                state=State.CLOSED if rank % 10 else State.TO_SORT if rank % 20 else State.OPEN,
                outcome="answered" if rank % 10 else "",
                closed_at=now if rank % 10 else None,
                is_sensitive=rank % 40 == 0,
                tasks_count=rank % 60 == 0,
                person_wrote_at=now if rank % 50 == 0 else None,
                maison=(lyon_8, villeurbanne)[rank % 2] if rank % 7 else None,
                received_at=now - timedelta(minutes=rank),
                waiting_since=now - timedelta(minutes=rank),
                **common,
            )
            for rank in range(12_000)
        )
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE tickets_ticket")
        return first

    @pytest.mark.parametrize("name", ["chloe", "central"])
    def test_no_list_reads_the_whole_table(self, client_of, many, request, name):
        client = client_of(request.getfixturevalue(name))
        for view in self.VIEWS:
            with CaptureQueriesContext(connection) as seen:
                assert client.get(f"/tri/?vue={view}").status_code == 200
            for query in seen:
                if '"tickets_ticket"' in query["sql"]:
                    assert "Seq Scan on tickets_ticket" not in explained(query["sql"]), query["sql"]


def explained(sql):
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN {sql}")
        return "\n".join(line for (line,) in cursor.fetchall())
