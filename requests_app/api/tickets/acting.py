"""What a program does to a ticket: the actions of the pages, by the same services."""

import uuid
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from requests_app.accounts.models import User
from requests_app.answers.models import Draft
from requests_app.answers.recipients import Recipient, read_recipients
from requests_app.answers.services import AfterAnswer, answer, save_draft
from requests_app.api.idempotency import Reply
from requests_app.api.problems import invalid
from requests_app.api.tickets import bodies
from requests_app.api.tickets.opening import TicketView
from requests_app.api.tickets.shapes import TicketOut
from requests_app.api.tickets.showing import show_again
from requests_app.api.views import ActionView
from requests_app.maisons.models import Maison
from requests_app.tickets import services
from requests_app.tickets.deadlines import local_day
from requests_app.tickets.errors import Refused
from requests_app.tickets.models import Outcome, Ticket, Touchpoint


class TicketAction(TicketView, ActionView):
    """One action; the ticket is shown as it is afterwards."""

    Out = TicketOut

    def act(self, data: dict[str, Any], **kwargs: Any) -> Reply:
        ticket = self.open_readable(kwargs["reference"])
        self.change(ticket, data)
        return Reply(200, show_again(ticket, self.scope, at=self.now))

    def change(self, ticket: Ticket, data: dict[str, Any]) -> None:
        """Call the service of this action."""
        raise NotImplementedError


class Assign(TicketAction):
    """Give a ticket to an agent who may follow it."""

    In = bodies.AssignIn

    def change(self, ticket: Ticket, data: dict[str, Any]) -> None:
        to = User.objects.present().filter(username=data["user"].strip().lower()).first()
        if to is None:
            raise invalid("#/user", _("Aucun agent présent ne porte cet identifiant."))
        services.assign(ticket=ticket, to=to, by=self.agent, at=self.now)


class Route(TicketAction):
    """Send a ticket to another Maison."""

    In = bodies.RouteIn

    def change(self, ticket: Ticket, data: dict[str, Any]) -> None:
        maison = Maison.objects.filter(code=data["maison"]).first()
        if maison is None:
            raise invalid("#/maison", _("Aucune Maison ne porte ce code."))
        services.reroute(ticket=ticket, maison=maison, reason=data["reason"], by=self.agent, at=self.now)


class Close(TicketAction):
    """Close a ticket; a refusal is written to the person, with how to contest it."""

    In = bodies.CloseIn

    def change(self, ticket: Ticket, data: dict[str, Any]) -> None:
        if data["outcome"] == Outcome.REFUSED:
            send_answer(ticket, data["reason"], then=AfterAnswer.REFUSE, by=self.agent, at=self.now)
        else:
            services.close(
                ticket=ticket,
                outcome=data["outcome"],
                reason=data["reason"],
                by=self.agent,
                at=self.now,
            )


class Reopen(TicketAction):
    """Reopen a closed ticket."""

    In = bodies.ReopenIn

    def change(self, ticket: Ticket, data: dict[str, Any]) -> None:
        services.reopen(ticket=ticket, reason=data["reason"], by=self.agent, at=self.now)


def send_answer(ticket: Ticket, text: str, *, then: str, by: User, at: datetime) -> Touchpoint:
    """Answer the person where they are best reached."""
    save_draft(ticket=ticket, kind=Draft.Kind.ANSWER, text=text, by=by, at=at)
    return answer(ticket=ticket, to=_recipient(ticket, at), token=str(uuid.uuid4()), then=then, by=by, at=at)


def _recipient(ticket: Ticket, at: datetime) -> Recipient:
    """Choose the first contact that is open, one that nobody must check before if there is one."""
    is_open = [each for each in read_recipients(ticket, on=local_day(at)) if not each.why_not]
    theirs = [each for each in is_open if not each.is_shared]
    best = next((each for each in theirs if not each.warning), None) or next(iter(theirs), None)
    if best is None:
        raise Refused(_("Aucun contact sûr où répondre : laissez un agent le faire."))
    return best
