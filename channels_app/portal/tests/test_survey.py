"""The link of a survey: a visit answers nothing, a button does, and opens nothing of the request."""

import pytest
from django.utils import timezone

from requests_app.feedback.models import FeltExperience
from requests_app.feedback.services.inviting import PURPOSE
from requests_app.outbox import links
from requests_app.outbox.models import Outgoing, SecretLink
from requests_app.people.models import ContactChoice
from requests_app.tickets.models import Event, Ticket, Touchpoint
from requests_app.tickets.services import close

pytestmark = pytest.mark.django_db


@pytest.fixture
def ticket(make_person, make_ticket):
    person = make_person(given_name="Amina", family_name="Benali", email="amina@exemple.fr")
    return make_ticket(person=person, state="closed")


@pytest.fixture
def url(ticket):
    key, now = f"survey:ticket-{ticket.pk}", timezone.now()
    times = {"created_at": now, "try_after": now, "give_up_at": now}
    point = ticket.person.contact_points.get()
    row = Outgoing.objects.create(
        key=key,
        message_id=key,
        kind="survey",
        channel="mail",
        recipient=point.value,
        contact_point=point,
        **times,
    )
    links.link_for(key, PURPOSE, ticket.pk, now)
    return f"/avis/{links.insert_links('{lien}', row).rpartition('/')[2]}/"


def test_the_short_link_leads_there_and_a_visit_answers_nothing(ticket, url, client):
    answer = client.get(url.replace("/avis/", "/s/").rstrip("/"), follow=True)
    page = answer.content.decode()
    assert answer.redirect_chain[-1][0] == url
    assert "Comment s’est passé" in page
    assert ticket.reference not in page
    assert "Voir ma demande" not in page
    for method in (client.get, client.head):
        method(url, {"ressenti": "1", "suite": "pas-regle"})
    assert not FeltExperience.objects.exists()
    assert not Event.objects.exists()


def test_a_face_is_stored_and_the_last_counts(url, client):
    for said in ("2", "5"):
        assert client.post(url, {"ressenti": said}).url == f"{url}?fait=avis"
    assert FeltExperience.objects.get().level == 5
    assert "Merci, c’est noté." in client.get(f"{url}?fait=avis").content.decode()


def test_a_wrong_face_is_said_in_words(url, client):
    assert "Choisissez un visage" in client.post(url, {"ressenti": "9"}).content.decode()


def test_it_opens_nothing_of_the_request(url, client):
    assert client.get(url.replace("/avis/", "/suivi/")).status_code == 404


def test_a_link_of_another_time_is_ended(url, client):
    SecretLink.objects.update(expires_at=timezone.now())
    assert client.post(url, {"ressenti": "5"}).status_code == 404
    assert not FeltExperience.objects.exists()


def test_not_settled_reopens_once_and_an_agent_reads_it(ticket, url, client, chloe):
    page = client.post(url, {"suite": "pas-regle"}, follow=True).content.decode()
    assert "un agent reprend votre demande" in page
    ticket.refresh_from_db()
    assert (ticket.state, ticket.outcome, ticket.has_new_words) == ("open", "", True)
    client.post(url, {"suite": "pas-regle"})  # a second click
    assert Event.objects.filter(kind="reopened").count() == 1
    assert Touchpoint.objects.filter(facts__opinion=True).count() == 1
    close(ticket=ticket, outcome="answered", by=chloe, at=timezone.now())
    client.post(url, {"suite": "pas-regle", "ressenti": "1", "phrase": "Toujours rien"})
    ticket.refresh_from_db()
    assert (ticket.state, ticket.has_new_words) == ("closed", True)


@pytest.mark.parametrize("fields", [{"outcome": "refused"}, {"outcome": "unwanted"}])
def test_what_an_agent_refused_stays_closed_and_is_read(ticket, url, client, fields):
    Ticket.objects.update(**fields)
    client.post(url, {"suite": "pas-regle"})
    ticket.refresh_from_db()
    assert (ticket.state, ticket.has_new_words) == ("closed", True)


def test_nothing_more_is_asked_there_and_it_can_be_undone(url, client):
    page = client.post(url, {"suite": "ne-plus-demander"}, follow=True).content.decode()
    assert "Nous ne vous demanderons plus" in page
    assert not ContactChoice.objects.get().is_allowed
    page = client.post(url, {"suite": "demander"}, follow=True).content.decode()
    assert "Ne plus me demander" in page
