"""K5: no word is lost in a thousand interruptions (design/ux.md), and none leaves twice."""

import random
from datetime import timedelta

from django.utils import timezone

from requests_app.answers import services
from requests_app.answers.models import Draft
from requests_app.answers.selectors import drafts_of
from requests_app.tickets.models import Note

ROUNDS = 1000


def test_K5_no_word_is_lost_in_a_thousand_interruptions(
    client_of, chloe, david, make_ticket, make_touchpoint
):
    """A colleague's note, text or gesture, a message that comes, a screen that locks or forgets the agent."""
    ticket, chance, client = make_ticket(assignee=chloe), random.Random(5), client_of(chloe)
    place, typed, lost = f"/demandes/{ticket.reference}/brouillon/reponse/", "", 0

    def other_typed(at):
        services.save_draft(ticket=ticket, kind=Draft.Kind.ANSWER, text="à moi", by=david, at=at)

    interruptions = [
        lambda at: Note.objects.create(ticket=ticket, author=david, text="Vu.", created_at=at),
        lambda at: make_touchpoint(ticket, text="Et ma demande ?"),
        lambda at: type(ticket).objects.filter(pk=ticket.pk).update(version=ticket.version + 1),
        lambda at: type(ticket).objects.filter(pk=ticket.pk).update(assignee=chance.choice([chloe, david])),
        lambda at: (
            type(ticket).objects.filter(pk=ticket.pk).update(priority=chance.choice(["normal", "urgent"]))
        ),
        other_typed,
        lambda at: client.post("/verrouiller/"),
        lambda at: client.logout(),
    ]
    for rank in range(ROUNDS):
        typed = f"{typed[-200:]} mot{rank}"
        client.logout()  # a locked screen is opened by its agent
        client.force_login(chloe)
        client.post(place, {"text": typed}, headers={"HX-Request": "true"})
        chance.choice(interruptions)(timezone.now() + timedelta(seconds=rank))
        kept = drafts_of(ticket, chloe, now=timezone.now()).answer
        lost += kept is None or kept.text != typed
    assert lost == 0
