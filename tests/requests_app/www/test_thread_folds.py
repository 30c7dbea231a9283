"""What leaves by itself takes one line of the thread, and says what holds."""

import re

import pytest
from django.utils import timezone

from requests_app.outbox.models import Outgoing
from requests_app.tickets.messages.automatic import show
from requests_app.tickets.selectors.automatic_lines import add_reason
from requests_app.tickets.selectors.thread import thread_of


def text(answer):
    plain = re.sub(r"<[^>]+>", " ", answer.content.decode()).replace("\u00a0", " ")
    return " ".join(plain.split())


@pytest.fixture
def leaves(make_ticket):
    """A ticket with automatic messages of these kinds and states."""

    def make(*found):
        ticket, now = make_ticket(), timezone.now()
        for rank, (kind, state, fields) in enumerate(found):
            outgoing = Outgoing.objects.create(
                key=f"{kind}:{rank}",
                kind=kind,
                channel="sms",
                recipient="+33639981234",
                message_id=f"{ticket.reference}-{rank}",
                payload={"text": "Bonjour"},
                state=state,
                created_at=now,
                try_after=fields.pop("try_after", now),
                give_up_at=now,
                **fields,
            )
            show(ticket=ticket, outgoing=outgoing, at=now)
        return ticket

    return make


def page_of(client, ticket):
    return client.get(f"/demandes/{ticket.reference}/")


def test_several_in_a_row_are_one_line_that_opens(client_of, chloe, leaves):
    ticket = leaves(("appointment", "sent", {}), ("reminder", "queued", {}), ("reminder", "delivered", {}))
    page = page_of(client_of(chloe), ticket)
    assert page.content.decode().count('class="fil-event fil-fold"') == 1
    assert "3 messages automatiques" in text(page)
    assert "Message sur le rendez-vous, à 06 39 98 12 34" in text(page)


def test_one_alone_is_not_folded(client_of, chloe, leaves):
    page = page_of(client_of(chloe), leaves(("appointment", "sent", {})))
    assert "fil-fold" not in page.content.decode()


@pytest.mark.parametrize("state", ["failed", "uncertain", "refused"])
def test_what_somebody_must_see_stays_a_line_of_its_own(client_of, chloe, leaves, state):
    ticket = leaves(("appointment", "sent", {}), ("reminder", state, {"reason": "Numéro inconnu."}))
    assert "fil-fold" not in page_of(client_of(chloe), ticket).content.decode()


def test_a_reminder_that_waits_says_its_day(leaves):
    noon = timezone.now().replace(year=2027, month=2, day=3, hour=11, minute=0)
    ticket = leaves(("reminder", "queued", {"try_after": noon}))
    said = thread_of(ticket).items[-1].text.replace("\u00a0", " ")
    assert said == "Rappel du rendez-vous prévu le mercredi 3 février 2027 à 12 h, à 06 39 98 12 34"


def test_one_taken_back_is_not_said_to_be_missing(leaves):
    ticket = leaves(("reminder", "cancelled", {"reason": "Le rendez-vous a changé."}))
    said = thread_of(ticket).items[-1].text
    assert said == "Rappel du rendez-vous retiré : Le rendez-vous a changé."


@pytest.mark.parametrize(
    ("why", "said"),
    [
        ("Numéro inconnu.", "Pas de rappel : Numéro inconnu."),
        ("Danger : rien ne part.", "Pas de rappel. Danger : rien ne part."),
        ("", "Pas de rappel"),
    ],
)
def test_a_sentence_has_one_colon(why, said):
    assert add_reason("Pas de rappel", why) == said


def test_a_message_has_one_title_for_all_that_is_known_of_it(client_of, chloe, make_ticket, make_touchpoint):
    ticket = make_ticket(text=None)
    way = [{"at": timezone.now().isoformat(), "text": "Arrivé par la porte."}]
    facts = {"way": way, "why": ["Nouvelle demande."], "message_id": "<1@exemple.fr>"}
    make_touchpoint(ticket, text="Oui.\n> Voulez-vous ?", reply_text="Oui.", html="<p>Oui</p>", facts=facts)
    html = page_of(client_of(chloe), ticket).content.decode()
    message = html[html.index('class="fil-in"') :].split("</li>\n", 1)[0]
    summaries = re.findall(r"<summary>([^<]+)</summary>", message)
    assert summaries == ["Voir tout le message", "Détails"]
