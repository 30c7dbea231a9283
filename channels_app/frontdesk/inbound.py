from django.utils.translation import gettext as _

from channels_app.contract import Inbound, Parsed, RawMessage
from channels_app.frontdesk.key import KEY
from channels_app.frontdesk.sheet import Next, Sheet, read_sheet
from channels_app.noting import said_of, salvage_sheet
from requests_app.tickets.inbound import InboundMessage
from requests_app.tickets.services import Received
from requests_app.visits.services import arrive


class FrontDeskInbound(Inbound):
    """Visits to a counter, written by its agent."""

    def parse(self, arrived: RawMessage) -> Parsed:
        """Understand a visit sheet; raises Unreadable."""
        sheet = read_sheet(arrived.raw)
        said = said_of(
            sheet,
            channel=KEY,
            text=_text(sheet),
            is_answered=sheet.next == Next.ANSWERED,
            facts={"next": sheet.next},
        )
        return Parsed(said, then=lambda received: _then(sheet, received))

    def salvage(self, arrived: RawMessage, *, is_brief: bool) -> InboundMessage:
        """Read a visit that was undone or not understood; raises Unreadable."""
        sheet = read_sheet(arrived.raw)
        return salvage_sheet(sheet, channel=KEY, text=_text(sheet))


def _text(sheet: Sheet) -> str:
    """Return what the service reads: how the visit ended at the counter, then the agent's own words."""
    steps = {
        Next.QUEUE: _("Venue à l’accueil."),
        Next.ANSWERED: _("Venue à l’accueil, réponse donnée tout de suite."),
        Next.APPOINTMENT: _("Venue à l’accueil. Souhaite un rendez-vous."),
    }
    return "\n".join(filter(None, [steps[Next(sheet.next)], sheet.word]))


def _then(sheet: Sheet, received: Received) -> None:
    if sheet.next == Next.QUEUE:
        arrive(touchpoint=received.touchpoint, maison_id=sheet.maison_id, at=sheet.at)
