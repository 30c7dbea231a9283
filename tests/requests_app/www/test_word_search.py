"""Words said in any message find their ticket, at once, for those who may read it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from requests_app.access.scope import scope_of
from requests_app.lib.excerpts import beginnings, split_around
from requests_app.tickets.models import Ticket
from requests_app.tickets.selectors import word_search
from requests_app.tickets.selectors.word_search import search_words
from tests.browser import violations

pytestmark = pytest.mark.django_db

TEXT = "Bonjour, la coupure d’électricité est prévue lundi. Je n’ai pas pu payer mes factures."


@pytest.fixture
def ticket(make_ticket):
    return make_ticket(text=TEXT, subject="Impayé EDF")


def references(user, asked, **options):
    hits = search_words(scope_of(user), asked, now=timezone.now(), **options)
    return [hit.row.reference for hit in hits.items]


class TestFinds:
    @pytest.mark.parametrize(
        "asked",
        [
            "électricité",
            "ELECTRICITE",
            "facture",
            "payer facture",
            "coup",
            "prevue lun",
            "impaye",
            '"coupure d’électricité"',
            "lundi -mardi",
        ],
    )
    def test_without_accents_endings_or_the_end_of_the_last_word(self, chloe, ticket, asked):
        assert references(chloe, asked) == [ticket.reference]

    @pytest.mark.parametrize(
        "asked", ["", "  ", "le la", "???", "-", '"', "\x00", "gaz", "facture gaz", "& | !"]
    )
    def test_nothing_where_nothing_is(self, chloe, ticket, asked):
        assert references(chloe, asked) == []

    @pytest.mark.parametrize(
        "written",
        [
            "06 39 98 88 77",
            "06.39.98.88.77",
            "06-39-98-88-77",
            "06/39/98/88/77",
            "0639988877",
            "06 399 888 77",
            "06\xa039\u202f98 88 77",
            "+33 6 39 98 88 77",
            "+33639988877",
            "+33 (0)6 39 98 88 77",
            "0033 6 39 98 88 77",
            "00336 39988877",
        ],
    )
    @pytest.mark.parametrize("asked", ["06 39 98 88 77", "+33639988877", "0033 6.39.98.88.77"])
    def test_a_telephone_in_any_form_of_writing(self, client_of, chloe, make_ticket, written, asked):
        ticket = make_ticket(text=f"Bonjour, rappelez-moi au {written}, ou au 04 72 11 22 33 svp.")
        page = client_of(chloe).post("/recherche/", {"q": asked}).content.decode()
        assert ticket.reference in page
        assert "rappelez-moi au <mark>" in page

    @pytest.mark.parametrize(
        ("written", "asked"),
        [
            ("+213 555 12 34 56", "+213555123456"),
            ("00 213 (0) 555-12-34-56", "00213555123456"),
            ("0692 12 34 56", "+262692123456"),
            ("04 72 11 22 33 06 39 98 88 77", "0639988877"),
        ],
    )
    def test_a_telephone_of_another_country_or_after_another(
        self, client_of, chloe, make_ticket, written, asked
    ):
        ticket = make_ticket(text=f"Mon numéro : {written}")
        assert ticket.reference in client_of(chloe).post("/recherche/", {"q": asked}).content.decode()

    @pytest.mark.parametrize(
        "written", ["1206399888779", "06 39 98 88 7", "06 39 98 88 78", "16 39 98 88 77"]
    )
    def test_no_other_number_for_a_telephone(self, client_of, chloe, make_ticket, written):
        ticket = make_ticket(text=f"Référence {written}.")
        page = client_of(chloe).post("/recherche/", {"q": "06 39 98 88 77"}).content.decode()
        assert ticket.reference not in page

    def test_in_the_same_transaction_as_the_words(self, chloe, ticket, make_touchpoint):
        make_touchpoint(ticket, text="Finalement j’ai trouvé un locataire")
        assert references(chloe, "locataire") == [ticket.reference]

    def test_the_words_of_our_answers_too_and_one_line_a_demand(self, chloe, ticket, make_touchpoint):
        for _n in range(3):
            make_touchpoint(ticket, text="Votre échéancier d’électricité", direction="out")
        assert references(chloe, "électricité") == [ticket.reference]

    def test_not_what_a_message_quotes(self, chloe, make_ticket, make_touchpoint):
        ticket = make_ticket(text=None)
        make_touchpoint(ticket, text="Merci\n> un bail commercial", reply_text="Merci")
        assert references(chloe, "commercial") == []

    @pytest.mark.parametrize("typed", ["06 39 98 55 66", "0639985566", "+33 6 39 98 55 66", "06.39.98.55.66"])
    def test_a_telephone_in_any_form(self, client_of, chloe, make_ticket, make_touchpoint, typed):
        ticket = make_ticket(text=None, channel="sms", sender="+33639985566")
        make_touchpoint(ticket, text="ok", sender="+33639985566")
        page = client_of(chloe).post("/recherche/", {"q": typed}).content.decode()
        assert ticket.reference in page

    def test_a_book_is_kept_and_found_by_its_beginning(self, chloe, make_ticket):
        words = " ".join(f"mot{n}" for n in range(60_000))
        ticket = make_ticket(text=f"Anticonstitutionnel {words}")
        assert references(chloe, "anticonstitutionnel") == [ticket.reference]


class TestRights:
    def test_A02_nothing_of_another_place(self, elsa, ticket):
        assert references(elsa, "électricité") == []

    def test_A03_a_reserved_subject_is_found_by_who_may_read_it_only(self, bruno, chloe, david, make_ticket):
        ticket = make_ticket(text=TEXT, topic="violences-conjugales")
        assert references(bruno, "électricité") == references(david, "électricité") == []
        (hit,) = search_words(scope_of(chloe), "électricité", now=timezone.now()).items
        assert hit.row.reference == ticket.reference
        assert (hit.before, hit.match, hit.after) == ("", "", "")

    def test_who_reads_nothing_finds_nothing(self, admin, ticket):
        assert references(admin, "électricité") == []


class TestMany:
    @pytest.fixture
    def thirty(self, make_ticket):
        return [make_ticket(text=TEXT).reference for _n in range(30)]

    def test_twenty_five_at_a_time_the_newest_first(self, chloe, thirty):
        now, scope = timezone.now(), scope_of(chloe)
        first = search_words(scope, "coupure", now=now)
        rest = search_words(scope, "coupure", now=now, below=first.next)
        assert [hit.row.reference for hit in (*first.items, *rest.items)] == thirty[::-1]
        assert (first.total, rest.next) == (30, None)

    def test_finds_the_same_by_the_plan_of_frequent_words(self, chloe, thirty, monkeypatch):
        expected = references(chloe, "coupure")
        monkeypatch.setattr(word_search, "RARE", 10)
        hits = search_words(scope_of(chloe), "coupure", now=timezone.now())
        assert [hit.row.reference for hit in hits.items] == expected
        assert hits.total is None

    def test_costs_the_same_for_one_demand_as_for_thirty(self, chloe, thirty):
        scope_of(chloe)
        with CaptureQueriesContext(connection) as seen:
            references(chloe, "coupure")
        assert len(seen) == 4

    def test_the_page_goes_on(self, client_of, chloe, thirty):
        client = client_of(chloe)
        page = client.post("/recherche/", {"q": "coupure"}).content.decode()
        assert "30 demandes trouvées" in page
        after = Ticket.objects.get(reference=thirty[5]).pk
        page = client.post("/recherche/", {"q": "coupure", "apres": str(after)}).content.decode()
        assert "Demandes plus anciennes" in page
        assert thirty[4] in page
        assert thirty[6] not in page

    @pytest.mark.parametrize("after", ["x", "-1", "9" * 19, "٣"])
    def test_W04_a_place_that_is_not_ours_is_refused(self, client_of, chloe, after):
        assert client_of(chloe).post("/recherche/", {"q": "coupure", "apres": after}).status_code == 400


class TestExcerpt:
    def test_shows_the_words_around(self):
        before, match, after = split_around(
            f"{'a ' * 100}la coupure d’électricité{' z' * 100}", beginnings("COUPURES")
        )
        assert match == "coupure"
        assert before.startswith("…")
        assert before.endswith("la ")
        assert after.startswith(" d’électricité")
        assert after.endswith("…")

    def test_shows_the_beginning_when_the_word_is_elsewhere(self):
        assert split_around("Bonjour, merci", beginnings("facture")) == ("Bonjour, merci", "", "")

    def test_an_accented_text_keeps_its_places(self):
        assert split_around("œuvre éphémère à Écully, très près", beginnings("tres"))[1] == "très"


class TestBrowser:
    def test_axe_finds_nothing(self, browse, chloe, ticket, amina, make_ticket):
        make_ticket(person=amina, text="Madame Benali demande une facture")
        page = browse(chloe, "/tri/")
        field = page.get_by_role("searchbox").first
        field.fill("facture")
        field.press("Enter")
        page.get_by_text("2 demandes trouvées").wait_for()
        assert violations(page) == []


def test_old_demands_are_found_by_the_date_of_their_words(chloe, make_ticket):
    make_ticket(text=TEXT, received_at=timezone.now() - timedelta(days=900))
    (hit,) = search_words(scope_of(chloe), "coupure", now=timezone.now()).items
    assert (timezone.now() - hit.at).days == 900
