"""An agent answers in a conversation: as from the ticket page, and it leaves at once."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from channels_app.chat import live
from channels_app.chat.key import KEY, address_of
from channels_app.chat.models import Thread
from channels_app.delivery.services import send
from requests_app.accounts.models import User
from requests_app.answers.models import Draft
from requests_app.answers.recipients import Recipient
from requests_app.answers.services import answer, save_draft, sent_already
from requests_app.maisons.models import Maison
from requests_app.outbox.models import Outgoing
from requests_app.tickets.errors import Refused
from requests_app.tickets.models import Ticket
from requests_app.tickets.services import add_note, assign, reroute

TOKEN = 32  # characters: it names one form of one page


def reply(*, thread: Thread, ticket: Ticket, text: str, token: str, by: User, at: datetime) -> None:
    """Send one line; a form posted twice sends once. Raises Refused."""
    if len(token) != TOKEN or not token.isalnum():
        raise Refused(_("Rechargez la page, puis envoyez à nouveau."))
    if sent_already(ticket, token):
        return
    outgoing_id = _queue(thread, ticket, text, token, by, at)
    live.stop_typing(thread.pk, live.AGENT)
    send(outgoing_id=outgoing_id, at=at)  # the sweep finds it, should this process die here


@transaction.atomic
def _queue(thread: Thread, ticket: Ticket, text: str, token: str, by: User, at: datetime) -> int:
    """Queue the line without the ten seconds of the composer: a conversation does not wait.

    What this agent was typing on the ticket page is put back: it is another answer (S09).
    """
    typed = Draft.objects.answers().filter(ticket=ticket, author=by).first()
    if typed and typed.files.exists():
        raise Refused(_("Vous préparez une réponse avec des fichiers : envoyez-la d’abord."))
    save_draft(ticket=ticket, kind=Draft.Kind.ANSWER, text=text, by=by, at=at)
    to = Recipient(KEY, address_of(thread.pk))
    said = answer(ticket=ticket, to=to, token=token, by=by, at=at)
    if typed and typed.text.strip():
        save_draft(
            ticket=ticket,
            kind=Draft.Kind.ANSWER,
            text=typed.text,
            recipient=typed.recipient,
            also=typed.also,
            by=by,
            at=at,
        )
    outgoing_id = said.outgoing_id or 0
    Outgoing.objects.filter(pk=outgoing_id).update(try_after=at)
    return outgoing_id


@transaction.atomic
def hand_over(*, ticket: Ticket, to: str, reason: str, by: User, at: datetime) -> None:
    """Give a conversation to a colleague or to another Maison, with the reason. Raises Refused."""
    if not reason.strip():
        raise Refused(_("Écrivez pourquoi vous confiez cette conversation."))
    kind, _colon, pk = to.partition(":")
    wanted = int(pk) if pk.isascii() and pk.isdigit() and len(pk) < 10 else 0
    if kind == "maison" and (maison := Maison.objects.filter(pk=wanted).first()):
        reroute(ticket=ticket, maison=maison, reason=reason, by=by, at=at)
    elif kind == "agent" and (user := User.objects.present().filter(pk=wanted).first()):
        assign(ticket=ticket, to=user, by=by, at=at)
        words = _("Conversation confiée à %(name)s : %(reason)s")
        add_note(ticket=ticket, text=words % {"name": user.full_name, "reason": reason.strip()}, by=by, at=at)
    else:
        raise Refused(_("Choisissez à qui vous confiez cette conversation."))
