"""K1 by the keyboard alone, and what the pages look like to axe, in both themes and two widths."""

from datetime import timedelta

import pytest
from django.utils import timezone

from requests_app.catalog.models import Topic
from requests_app.maisons.models import Maison
from requests_app.tickets import services
from requests_app.tickets.models import State, Ticket
from requests_app.tickets.models.tickets import Priority
from tests.browser import submits, violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


class Keys:
    """A keyboard that counts."""

    def __init__(self, page):
        self.page, self.count = page, 0

    def press(self, key):
        self.page.keyboard.press(key)
        self.count += 1


@pytest.fixture
def three(make_ticket):
    now = timezone.now()
    return [
        make_ticket(
            sender=f"Personne {rank}",
            text=f"Message {rank}.",
            topic="rsa-demande",
            received_at=now - timedelta(days=9 - rank),
        )
        for rank in range(3)
    ]


class TestK1:
    def test_sorts_one_demand_in_two_keys_and_the_next_in_one(self, browse, chloe, three):
        page = browse(chloe, "/tri/")
        keys = Keys(page)
        keys.press("j")
        page.get_by_text("Message 0.", exact=True).wait_for()
        keys.press("Enter")
        page.wait_for_url(f"**/tri/{three[1].reference}/**")
        assert keys.count <= 4
        keys.press("Enter")
        page.wait_for_url(f"**/tri/{three[2].reference}/**")
        assert keys.count == 3
        assert Ticket.objects.filter(state=State.OPEN).count() == 2

    def test_A_takes_a_shared_one_with_its_proposed_topic_in_two_keys(self, browse, elsa, make_ticket):
        shared = list(Maison.objects.filter(code__in=["P108", "P109"]).values_list("pk", flat=True))
        topic = Topic.objects.get(code="rsa-demande")
        ticket = make_ticket(maison=None, shared_with=shared, proposed_topic=topic, text="Mon RSA.")
        page = browse(elsa, "/tri/")
        keys = Keys(page)
        keys.press("j")
        page.get_by_text("Mon RSA.", exact=True).wait_for()
        with page.expect_navigation():
            keys.press("a")
        ticket.refresh_from_db()
        assert (ticket.maison, ticket.shared_with) == (elsa.current_maison, [])
        assert (ticket.topic, ticket.assignee, ticket.state) == (topic, elsa, State.OPEN)
        assert keys.count == 2

    def test_the_way_back_takes_no_room_from_the_foot_of_the_columns(self, browse, chloe, three):
        page = browse(chloe, "/tri/", viewport={"width": 1280, "height": 900})
        page.keyboard.press("j")
        page.get_by_text("Message 0.", exact=True).wait_for()
        page.keyboard.press("Enter")
        page.get_by_role("button", name="Annuler le tri").wait_for()
        assert page.evaluate("document.documentElement.scrollHeight - innerHeight") == 0

    def test_says_urgent_and_takes_by_keys(self, browse, chloe, three):
        page = browse(chloe, "/tri/")
        page.keyboard.press("j")
        page.get_by_text("Message 0.", exact=True).wait_for()
        with page.expect_navigation():
            page.keyboard.press("p")
        with page.expect_navigation():
            page.keyboard.press("a")
        ticket = Ticket.objects.get(pk=three[0].pk)
        assert (ticket.priority, ticket.assignee) == (Priority.URGENT, chloe)

    def test_changes_the_topic_within_the_card(self, browse, chloe, three):
        page = browse(chloe, "/tri/")
        page.keyboard.press("j")
        page.get_by_text("Message 0.", exact=True).wait_for()
        page.keyboard.press("t")
        page.get_by_label("Autre sujet").wait_for()
        assert page.evaluate("document.activeElement.name") == "topic"
        page.get_by_label("Autre sujet").select_option(label="Domiciliation (adresse administrative)")
        with page.expect_navigation():
            page.keyboard.press("Control+Enter")
        assert Ticket.objects.get(pk=three[0].pk).topic.code == "domiciliation"

    def test_walks_chooses_and_helps(self, browse, chloe, three):
        page = browse(chloe, "/tri/")
        page.keyboard.press("j")
        page.get_by_text("Message 0.", exact=True).wait_for()
        assert page.evaluate("document.activeElement.id") == "apercu"
        page.keyboard.press("j")
        page.get_by_text("Message 1.", exact=True).wait_for()
        page.keyboard.press("x")
        assert page.locator(f"#d{three[1].pk} input").is_checked()
        assert page.get_by_role("group", name="Pour les demandes choisies").is_visible()
        page.keyboard.press("?")
        assert page.get_by_role("dialog", name="Raccourcis du clavier").is_visible()

    def test_single_keys_can_be_turned_off(self, browse, chloe, three):
        chloe.shortcuts_on = False
        chloe.save()
        page = browse(chloe, f"/tri/{three[0].reference}/")
        sent = submits(page)
        page.keyboard.press("Enter")
        assert sent() == 0
        assert not Ticket.objects.filter(state=State.OPEN).exists()


class TestNarrow:
    def test_shows_the_list_then_the_page(self, browse, chloe, three):
        page = browse(chloe, "/tri/", viewport={"width": 360, "height": 700})
        page.get_by_role("link", name="Personne 0").click()
        page.wait_for_url(f"**/tri/{three[0].reference}/**")
        assert page.get_by_text("Message 0.", exact=True).is_visible()
        assert not page.locator(".tlist").is_visible()

    def test_works_without_javascript(self, browse, chloe, three):
        page = browse(chloe, "/tri/", java_script_enabled=False)
        page.get_by_role("link", name="Personne 0").click()
        page.get_by_role("button", name="Accepter et voir la suivante").click()
        page.wait_for_url(f"**/tri/{three[1].reference}/**")
        assert Ticket.objects.get(pk=three[0].pk).state == State.OPEN


class TestAxe:
    def test_the_list_has_no_violation(self, browse, chloe, make_ticket):
        make_ticket(priority=Priority.URGENT), make_ticket(topic="violences-conjugales")
        assert violations(browse(chloe, "/tri/")) == []

    def test_the_preview_has_no_violation(self, browse, central, three):
        assert violations(browse(central, f"/tri/{three[0].reference}/?vue=a-trier")) == []

    def test_the_ticket_has_no_violation(self, browse, chloe, make_ticket, amina):
        ticket = make_ticket(person=amina, html="<p>Bonjour</p>", due_at=timezone.now() + timedelta(days=2))
        make_ticket(person=amina, topic="violences-conjugales")
        services.take(ticket=ticket, by=chloe, at=timezone.now())
        services.add_note(ticket=ticket, text="Appelée.", by=chloe, at=timezone.now())
        page = browse(chloe, f"/demandes/{ticket.reference}/?vue=mes-demandes")
        assert violations(page) == []
        page.locator("summary", has_text="changer l’état").click()
        assert violations(page) == []

    def test_the_other_pages_have_no_violation(self, browse, bruno, make_ticket, amina):
        ticket = make_ticket(person=amina, topic="violences-conjugales")
        for path in (f"/demandes/{ticket.reference}/", "/tri/?vue=mes-demandes", "/recherche/"):
            page = browse(bruno, path)
            assert violations(page) == [], path
        for asked in ("benali", "zz"):
            page.locator("#commande").fill(asked)
            with page.expect_navigation():
                page.locator("#commande").press("Enter")
            assert violations(page) == [], asked

    def test_a_refusal_has_no_violation_and_takes_the_focus(self, browse, chloe, make_ticket):
        ticket = make_ticket()
        page = browse(chloe, f"/demandes/{ticket.reference}/")
        page.locator("summary", has_text="changer le lieu").click()
        with page.expect_navigation():
            page.get_by_role("button", name="Changer de lieu").click()
        browse.complaints.clear()  # the browser notes the answer 422 in its console
        assert page.evaluate("document.activeElement.className") == "err-summary"
        assert violations(page) == []


def test_two_doors_of_one_story_are_merged_with_one_key(browse, chloe, make_ticket, amina):
    now = timezone.now()
    mail = make_ticket(person=amina, text="Ma facture.", topic="fsl-acces-maintien", state=State.OPEN)
    visit = make_ticket(
        person=amina, text="Venue à l’accueil.", channel="frontdesk", topic="fsl-acces-maintien"
    )
    Ticket.objects.filter(pk=mail.pk).update(received_at=now - timedelta(days=2))
    services.link(from_ticket=visit, to_ticket=mail, kind="proposed", at=now)
    page = browse(chloe, "/tri/")
    page.keyboard.press("j")
    page.get_by_role("heading", name="Peut-être la même demande").wait_for()
    with page.expect_navigation():
        page.keyboard.press("u")
    page.get_by_role("button", name="Annuler : séparer les deux demandes").wait_for()
    visit.refresh_from_db()
    assert visit.merged_into == mail
