"""The triage page: who sees which list, what a row says, what it costs."""

import pytest

pytestmark = pytest.mark.django_db


class TestTriage:
    def test_lists_what_waits_at_the_agents_maison(self, client_of, chloe, make_ticket):
        ticket = make_ticket(sender="Samira Benali", text="La coupure est lundi.")
        page = client_of(chloe).get("/tri/")
        assert page.status_code == 200
        assert "Samira Benali" in page.content.decode()
        assert ticket.reference in page.content.decode()

    def test_opens_one_beside_the_list(self, client_of, chloe, make_ticket):
        ticket = make_ticket(sender="Samira Benali", text="La coupure est lundi.")
        page = client_of(chloe).get(f"/tri/{ticket.reference}/")
        assert "La coupure est lundi." in page.content.decode()

    def test_shows_a_ticket(self, client_of, chloe, make_ticket):
        ticket = make_ticket(sender="Samira Benali", text="La coupure est lundi.")
        page = client_of(chloe).get(f"/demandes/{ticket.reference}/?vue=a-trier")
        assert "La coupure est lundi." in page.content.decode()
