"""The receipt names the agent in charge, once there is one, by the name shown outside (CRPA, art. L111-2)."""

import pytest
from django.utils import timezone

from requests_app.accounts.models import Role
from requests_app.accounts.services import Grant, change_agent
from requests_app.catalog.models import Topic
from requests_app.outbox.models import Outgoing
from requests_app.tickets.letters.words import acknowledgment, acknowledgments, as_text
from requests_app.tickets.messages.law_block import law_of
from requests_app.tickets.models import Ticket, Touchpoint
from requests_app.tickets.services import close
from requests_app.tickets.services.receipts import confirm

pytestmark = pytest.mark.django_db
LINE = "Agent chargé de votre demande : "
SERVICE = "Service des aides"


@pytest.fixture
def asked(make_ticket, make_touchpoint, amina):
    def make(**fields):
        Topic.objects.filter(code="velo").update(regime="silence_refusal", to_validate=[])
        ticket = make_ticket(**{"person": amina, "topic": "velo", "state": "open", "text": None, **fields})
        make_touchpoint(ticket, sender="amina.benali@exemple.fr")
        return Ticket.objects.select_related("topic", "maison__commune", "assignee", "person").get(
            pk=ticket.pk
        )

    return make


@pytest.fixture
def hidden(make_agent, lyon_8):
    return make_agent(
        "zorglubine",
        (Role.CASE_HANDLER, lyon_8),
        given_name="Zorglubine",
        family_name="Marqueterie",
        shown_as=SERVICE,
    )


def receipt_of(ticket):
    sent = confirm(ticket=ticket, at=timezone.now())
    return sent, sent.payload["text"]


def rename(agent, by, shown_as):
    change_agent(
        user=agent,
        given_name=agent.given_name,
        family_name=agent.family_name,
        email=agent.email,
        shown_as=shown_as,
        grants=[Grant(m.role, m.maison_id) for m in agent.memberships.all()],
        by=by,
        at=timezone.now(),
    )


def everywhere(ticket, by):
    """Words of the mail, of the letter and of the page."""
    paper = as_text(acknowledgment(ticket, by=by, at=timezone.now()))
    return [receipt_of(ticket)[1], paper, law_of(ticket)]


def test_L111_2_mail_letter_and_page_name_the_agent_and_their_function(asked, chloe, bruno):
    for words in everywhere(asked(assignee=chloe), bruno):
        assert f"{LINE}Chloé Martin, Gestionnaire" in words


def test_nothing_while_nobody_is_in_charge(asked, bruno):
    for words in everywhere(asked(), bruno):
        assert "Agent chargé" not in words


def test_L111_2_the_service_stands_for_an_agent_who_hides(asked, hidden, bruno):
    for words in everywhere(asked(assignee=hidden), bruno):
        assert f"{LINE}{SERVICE}, Gestionnaire" in words
        assert "Zorglubine" not in words
        assert "Marqueterie" not in words


def test_in_the_language_of_the_person(asked, chloe):
    text = receipt_of(asked(assignee=chloe, language="en"))[1]
    assert "Officer in charge of your request: Chloé Martin, " in text
    assert "Gestionnaire" not in text


def test_an_agent_of_elsewhere_is_named_without_a_function(asked, elsa):
    assert f"{LINE}{elsa.full_name}\n" in law_of(asked(assignee=elsa)) + "\n"


def test_A03_the_page_of_a_reserved_request_names_nobody(asked, chloe):
    assert "Agent chargé" not in law_of(asked(assignee=chloe, is_sensitive=True))


def test_nobody_is_in_charge_of_what_is_over_or_elsewhere(asked, chloe):
    ended, elsewhere = asked(assignee=chloe), asked(assignee=chloe, transfer_body="CAF du Rhône")
    close(ticket=ended, outcome="withdrawn", by=chloe, at=timezone.now())
    assert "Agent chargé" not in law_of(ended) + law_of(elsewhere)


class TestProtecting:
    def test_what_still_waits_leaves_under_the_service(self, asked, chloe, admin):
        sent, _text = receipt_of(asked(assignee=chloe))
        rename(chloe, admin, SERVICE)
        sent.refresh_from_db()
        for words in (sent.payload["text"], Touchpoint.objects.get(outgoing=sent).text):
            assert f"{LINE}{SERVICE}, Gestionnaire" in words
            assert "Chloé" not in words

    def test_what_has_left_is_not_rewritten(self, asked, chloe, admin):
        sent, _text = receipt_of(asked(assignee=chloe))
        Outgoing.objects.update(state=Outgoing.State.SENT)
        rename(chloe, admin, SERVICE)
        sent.refresh_from_db()
        assert "Chloé Martin" in sent.payload["text"]


def test_letters_cost_the_same_for_one_as_for_ten(asked, chloe, bruno, django_assert_max_num_queries):
    def letters(count):
        return [asked(assignee=chloe) for _ in range(count)]

    few, many = letters(1), letters(10)
    with django_assert_max_num_queries(6) as one:
        acknowledgments(few, by=bruno, at=timezone.now())
    with django_assert_max_num_queries(len(one)):
        assert len(acknowledgments(many, by=bruno, at=timezone.now())) == 10
