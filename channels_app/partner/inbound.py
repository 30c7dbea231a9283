from django.utils.translation import gettext as _

from channels_app.contract import Inbound, Parsed, RawMessage, Unreadable
from channels_app.partner.api import parsing as calls
from channels_app.partner.open311 import parsing as open311
from channels_app.partner.publik import parsing
from requests_app.tickets.inbound import InboundMessage


class PartnerInbound(Inbound):
    """Requests that other software hands over; each door says which shape it brings."""

    def parse(self, arrived: RawMessage) -> Parsed:
        """Understand one request; raises Unreadable."""
        if parsing.PORTAL in arrived.facts:
            return parsing.parse(arrived)
        if calls.BROUGHT_BY in arrived.facts:
            return calls.parse(arrived)
        if open311.SERVICE in arrived.facts:
            return open311.parse(arrived)
        raise Unreadable(_("Cette porte des partenaires n’est pas connue."))

    def salvage(self, arrived: RawMessage, *, is_brief: bool) -> InboundMessage:
        """Read what can be read of one that became no ticket; raises Unreadable."""
        if parsing.PORTAL in arrived.facts:
            return parsing.salvage(arrived, is_brief=is_brief)
        if calls.BROUGHT_BY in arrived.facts:
            return calls.salvage(arrived, is_brief=is_brief)
        if open311.SERVICE in arrived.facts:
            return open311.salvage(arrived)
        raise Unreadable(_("Cette porte des partenaires n’est pas connue."))
