from django.utils.translation import gettext as _

from channels_app.contract import Arrived, Heard, Undeliverable
from channels_app.frontdesk.sheet import Next, Sheet, read_sheet
from requests_app.outbox.models import Outgoing
from requests_app.tickets.models import Channel, Ticket
from requests_app.tickets.said import Said
from requests_app.tickets.services import Received
from requests_app.visits.services import arrive


class FrontDesk:
    """Visits to a counter, written by its agent."""

    kind = Channel.Kind.FRONTDESK
    most_resends = 0

    def hear(self, arrived: Arrived) -> Heard:
        """Understand a visit sheet; raises Unreadable."""
        sheet = read_sheet(arrived.raw)
        said = Said(
            channel=self.kind,
            occurred_at=sheet.at,
            text=_text(sheet),
            subject=sheet.why,
            person_id=sheet.person_id,
            new_person=sheet.new_person,
            ticket_id=_still_open(sheet),
            author_id=sheet.agent_id,
            maison_id=sheet.maison_id,
            topic_code=sheet.topic_code,
            is_answered=sheet.next == Next.ANSWERED,
            address=sheet.address,
            facts={"next": sheet.next},
        )
        return Heard(said, then=lambda received: _then(sheet, received))

    def speak(self, outgoing: Outgoing) -> str:
        """Nobody is answered by a counter: the person has left."""
        raise Undeliverable(_("On ne répond pas par l’accueil."))

    def was_accepted(self, outgoing: Outgoing) -> bool | None:
        return False


def _text(sheet: Sheet) -> str:
    """What the service reads: how the visit ended at the counter, then the agent's own words."""
    steps = {
        Next.QUEUE: _("Venue à l’accueil."),
        Next.ANSWERED: _("Venue à l’accueil, réponse donnée tout de suite."),
        Next.APPOINTMENT: _("Venue à l’accueil. Souhaite un rendez-vous."),
    }
    return "\n".join(filter(None, [steps[Next(sheet.next)], sheet.word]))


def _still_open(sheet: Sheet) -> int | None:
    """The demand to join, unless it was closed since: the visit then opens its own."""
    if sheet.ticket_id is None or sheet.person_id is None:
        return None
    joined = Ticket.objects.open().filter(pk=sheet.ticket_id, person_id=sheet.person_id)
    return joined.values_list("pk", flat=True).first()


def _then(sheet: Sheet, received: Received) -> None:
    if sheet.next == Next.QUEUE:
        arrive(touchpoint=received.touchpoint, maison_id=sheet.maison_id, at=sheet.at)
