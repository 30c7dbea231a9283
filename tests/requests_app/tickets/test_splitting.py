"""A message that speaks of something else becomes a ticket of its own: both show it, nothing moves."""

from datetime import timedelta

import pytest
from django.utils import timezone

from requests_app.answers.plain import find_ticket, ticket_as_plain
from requests_app.tickets.errors import NotAllowed, Refused
from requests_app.tickets.models import Event, Mark, State, Ticket, TicketLink
from requests_app.tickets.services import add_note, split, unsplit

pytestmark = pytest.mark.django_db
NOW = timezone.now()
RSA = "Et je voudrais aussi demander le RSA."


@pytest.fixture
def ticket(make_ticket, amina):
    return make_ticket(
        person=amina, text="Ma facture.", received_at=NOW - timedelta(days=2), state=State.OPEN
    )


@pytest.fixture
def aside(ticket, make_touchpoint):
    return make_touchpoint(ticket, text=RSA, subject="Autre chose", at=NOW - timedelta(hours=1))


def url_of(ticket, rest=""):
    return f"/demandes/{ticket.reference}/{rest}"


def words_of(answer):
    return answer.content.decode().replace("\xa0", " ")


def test_the_message_opens_a_second_ticket_and_stays_in_the_first(ticket, aside, chloe, lyon_8, amina):
    new = split(ticket=ticket, touchpoint=aside, by=chloe, at=NOW)
    assert (new.person, new.maison, new.state, new.subject) == (amina, lyon_8, State.TO_SORT, "Autre chose")
    assert (new.received_at, new.waiting_since, new.excerpt) == (aside.occurred_at, aside.occurred_at, RSA)
    assert new.proposed_topic.code.startswith("rsa")
    aside.refresh_from_db()
    assert aside.ticket == ticket
    found = TicketLink.objects.get()
    assert (found.from_ticket, found.to_ticket, found.kind) == (new, ticket, TicketLink.Kind.SAME_MESSAGE)


def test_both_show_it_and_say_who_did_it(ticket, aside, chloe, client_of):
    new = split(ticket=ticket, touchpoint=aside, by=chloe, at=NOW)
    assert ticket_as_plain(find_ticket(new.reference))["messages"][0]["text"] == RSA
    client = client_of(chloe)
    for each in (ticket, new):
        page = words_of(client.get(url_of(each)))
        assert RSA in page
        assert f"Chloé Martin a fait la demande {new.reference} d’un message de {ticket.reference}" in page
    assert "Ma facture." not in words_of(client.get(url_of(new)))


def test_nothing_is_sent_by_itself(ticket, aside, chloe):
    new = split(ticket=ticket, touchpoint=aside, by=chloe, at=NOW)
    assert not new.touchpoints.exists()


def test_from_the_page_and_back(ticket, aside, chloe, client_of):
    client = client_of(chloe)
    assert "En faire une autre demande" in words_of(client.get(url_of(ticket)))
    page = client.post(url_of(ticket, "autre-demande/"), {"which": aside.pk}, follow=True)
    assert Ticket.objects.count() == 2
    undo = page.context["undo"]
    client.post(undo.action, {undo.name: undo.value})
    assert Ticket.objects.get() == ticket
    assert Event.objects.filter(ticket=ticket, kind=Event.Kind.UNSPLIT).exists()


def test_the_only_message_stays(ticket, chloe, client_of):
    with pytest.raises(Refused, match="seul message"):
        split(ticket=ticket, touchpoint=ticket.touchpoints.get(), by=chloe, at=NOW)
    assert "En faire une autre demande" not in words_of(client_of(chloe).get(url_of(ticket)))


def test_what_we_sent_does_not_split(ticket, aside, make_touchpoint, chloe):
    ours = make_touchpoint(ticket, text="Bonjour", direction="out")
    with pytest.raises(Refused, match="message reçu"):
        split(ticket=ticket, touchpoint=ours, by=chloe, at=NOW)


def test_once_only(ticket, aside, chloe):
    split(ticket=ticket, touchpoint=aside, by=chloe, at=NOW)
    with pytest.raises(Refused, match="déjà"):
        split(ticket=Ticket.objects.get(pk=ticket.pk), touchpoint=aside, by=chloe, at=NOW)


def test_followed_already_it_is_merged_instead(ticket, aside, chloe):
    new = split(ticket=ticket, touchpoint=aside, by=chloe, at=NOW)
    add_note(ticket=new, text="Je m’en occupe", by=chloe, at=NOW)
    with pytest.raises(Refused, match="réunissez"):
        unsplit(touchpoint=aside, by=chloe, at=NOW)


def test_A01_not_by_who_does_not_follow_it_nor_from_another_ticket(
    ticket, aside, elsa, chloe, client_of, make_ticket
):
    with pytest.raises(NotAllowed):
        split(ticket=ticket, touchpoint=aside, by=elsa, at=NOW)
    client_of(chloe).post(url_of(make_ticket(), "autre-demande/"), {"which": aside.pk})
    assert not Ticket.objects.filter(split_from__isnull=False).exists()


def test_A03_what_is_reserved_stays_so_until_a_topic_is_chosen(ticket, aside, chloe):
    Ticket.objects.filter(pk=ticket.pk).update(is_sensitive=True, marks=[Mark.DANGER], priority="urgent")
    new = split(ticket=Ticket.objects.get(pk=ticket.pk), touchpoint=aside, by=chloe, at=NOW)
    assert (new.is_sensitive, new.marks, new.priority) == (True, [Mark.DANGER], "urgent")
