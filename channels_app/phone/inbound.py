from dataclasses import replace

from django.utils.translation import gettext as _

from channels_app.contract import Inbound, Parsed, RawMessage
from channels_app.noting import said_of, salvage_sheet
from channels_app.phone.key import KEY
from channels_app.phone.sheet import NOT_SAID, Call, Next, Voice, read_call
from channels_app.scope_checks import may_write
from requests_app.accounts.models import User
from requests_app.feedback.services import tell
from requests_app.lib import french, phones
from requests_app.people.models import ContactPoint
from requests_app.people.services import choose
from requests_app.tickets.inbound import InboundMessage
from requests_app.tickets.models import PersonProposal, Touchpoint
from requests_app.tickets.services import ProposalContent, Received, promise_call, propose

Direction, Told = Touchpoint.Direction, PersonProposal.Kind
PHONE = ContactPoint.Kind.PHONE


class PhoneInbound(Inbound):
    """Calls, written by the agent who had them: received or made."""

    def parse(self, arrived: RawMessage) -> Parsed:
        """Understand a call sheet; raises Unreadable."""
        call = read_call(arrived.raw)
        said = said_of(
            call,
            channel=KEY,
            text=_text(call),
            direction=Direction.OUT if call.is_out else Direction.IN,
            is_answered=call.next == Next.ANSWERED,
            facts={"next": call.next, "relay": call.is_relayed},
        )
        return Parsed(said, facts={"from": call.number}, then=lambda received: _then(call, received))

    def salvage(self, arrived: RawMessage, *, is_brief: bool) -> InboundMessage:
        """Read a call that was undone or not understood; raises Unreadable."""
        call = read_call(arrived.raw)
        said = salvage_sheet(call, channel=KEY, text=_text(call))
        return replace(said, sender_kind=PHONE, sender_value=call.number) if call.number else said


def _text(call: Call) -> str:
    """Return what the service reads: which call it was, what was promised, then the agent's own words."""
    return "\n".join(filter(None, [*_sentences(call), call.word]))


def _sentences(call: Call) -> list[str]:
    called = _("Appel passé par un agent.") if call.is_out else _("Appel reçu.")
    said = [_("Appel avec réponse donnée tout de suite.") if call.next == Next.ANSWERED else called]
    if call.number:
        said.append(_("Numéro : %(number)s.") % {"number": phones.format_national(call.number)})
    if call.next == Next.APPOINTMENT:
        said.append(_("Souhaite un rendez-vous."))
    if call.promised_at:
        said.append(_("Rappel promis le %(when)s.") % {"when": french.moment(call.promised_at)})
    return [*said, *_reach(call)]


def _reach(call: Call) -> list[str]:
    """Return what the call says of how to reach the person."""
    said = {
        Voice.YES: _("On peut laisser un message vocal."),
        Voice.NO: _("Ne pas laisser de message vocal."),
    }
    relay = _("Par un centre relais : la personne est sourde ou malentendante.") if call.is_relayed else ""
    return [words for words in (relay, said.get(Voice(call.voice), "")) if words]


def _then(call: Call, received: Received) -> None:
    if call.promised_at:
        promise_call(touchpoint=received.touchpoint, number=call.number, due_at=call.promised_at, at=call.at)
    if call.felt and not received.ticket.is_sensitive:
        level = None if call.felt == NOT_SAID else int(call.felt)
        tell(ticket=received.ticket, level=level, sentence="", at=call.at, way=KEY)
    number = call.number or _only_number(received)
    if call.voice and number:
        _note_voice(call, received, number)


def _note_voice(call: Call, received: Received, number: str) -> None:
    """Write it at once for somebody the agent may read, in the agent's name; else only propose it (N04)."""
    is_allowed = call.voice == Voice.YES
    agent = User.objects.filter(pk=call.agent_id).first()
    was_typed = bool(call.number)
    if agent and may_write(call, received, kind=PHONE, value=number, was_typed=was_typed, agent=agent):
        word, uses = _("dit au téléphone"), [ContactPoint.Use.VOICE_MESSAGE]
        choose(kind=PHONE, value=number, uses=uses, is_allowed=is_allowed, word=word, at=call.at, by=agent)
        return
    said = ProposalContent(
        Told.VOICE if is_allowed else Told.NO_VOICE, contact_kind=PHONE, contact_value=number
    )
    propose(touchpoint=received.touchpoint, said=[said], at=call.at, author_id=call.agent_id)


def _only_number(received: Received) -> str:
    """Return the number of the person chosen by name, when they have one and no other."""
    person_id = received.ticket.person_id
    points = ContactPoint.objects.filter(person=person_id, kind=PHONE)
    numbers = list(points.values_list("value", flat=True)[:2]) if person_id else []
    return numbers[0] if len(numbers) == 1 else ""
