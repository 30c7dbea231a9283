"""Telex: what comes in is a number, an end of line and words; what goes out is kept by an operator."""

from datetime import datetime

from channels_app.contract import Ignored, Parsed, RawMessage, TemporaryFailure, Unreadable
from requests_app.channels.description import Channel, WriteTo
from requests_app.channels.outbound import Outbound, Payload, Reply
from requests_app.lib import phones
from requests_app.outbox.links import insert_links
from requests_app.outbox.models import Outgoing
from requests_app.people.models import ContactPoint
from requests_app.tickets.inbound import InboundMessage

KEY = "telex"
MAX_LENGTH = 400


class TelexInbound:
    """Reads a message; « TEST » alone is the operator's."""

    def parse(self, arrived: RawMessage) -> Parsed | Ignored:
        said = _read(arrived)
        if said.text == "TEST":
            return Ignored("Essai de l’opérateur.", {"from": said.sender_value})
        return Parsed(said, facts={"from": said.sender_value})

    def salvage(self, arrived: RawMessage, *, is_brief: bool) -> InboundMessage:
        return _read(arrived, is_sender_sure=False)


def _read(arrived: RawMessage, *, is_sender_sure: bool = True) -> InboundMessage:
    try:
        number, text = arrived.raw.decode().split("\n", 1)
    except ValueError as error:  # also what is no text
        raise Unreadable("Télex illisible.") from error
    if not phones.is_number(number):
        raise Unreadable("Télex sans numéro.")
    return InboundMessage(
        channel=KEY,
        occurred_at=arrived.received_at,
        text=text,
        reply_text=text,
        sender_kind=ContactPoint.Kind.PHONE,
        sender_value=number,
        is_sender_sure=is_sender_sure,
        by_number=number if is_sender_sure else "",
        facts={"from": number},
    )


class TelexOutbound(Outbound[Outgoing]):
    """Hands words to the operator, who remembers them."""

    contact_kind = ContactPoint.Kind.PHONE
    is_brief = True
    late = "Les télex"
    unreceived = "Un télex n’est pas arrivé à ce numéro : vérifiez-le avec la personne."
    refused = "Le %(to)s ne reçoit pas nos télex : %(why)s."

    def __init__(self) -> None:
        self.is_away = False
        self.accepted: dict[str, tuple[str, str]] = {}

    def label_of(self, value: str) -> str:
        return f"Télex · {phones.format_national(value)}"

    def compose(self, reply: Reply) -> Payload:
        texts = [reply.typed] if reply.typed else list(reply.brief())
        text = next((each for each in texts if len(each) <= MAX_LENGTH), texts[-1])
        why_not = "Un télex est plus court." if len(text) > MAX_LENGTH else ""
        return Payload({"subject": "", "text": text, **(reply.more or {})}, 1, 1, why_not)

    def send(self, outgoing: Outgoing, *, at: datetime) -> str:
        if self.is_away:
            raise TemporaryFailure("l’opérateur de télex ne répond pas")
        provider_id = f"telex-{outgoing.pk}"
        self.accepted[provider_id] = outgoing.recipient, insert_links(outgoing.payload["text"], outgoing)
        return provider_id

    def was_accepted(self, outgoing: Outgoing) -> bool | str:
        provider_id = f"telex-{outgoing.pk}"
        return provider_id if provider_id in self.accepted else False


def described(outbound: TelexOutbound) -> Channel:
    return Channel(
        key=KEY,
        label="Télex",
        icon="send",
        css="pink",
        inbound=TelexInbound(),
        outbound=outbound,
        notice="Nous gardons vos télex et votre numéro.",
        write_to=lambda: WriteTo("Par télex :", "12345"),
    )
