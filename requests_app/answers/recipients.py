"""To whom an answer may go, and what an agent should know before sending it (threats: O06, O08)."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from requests_app.answers.parts import add_parts, receivers_by_mandate
from requests_app.channels.ways_out import (
    address_of,
    channel_for,
    keys_of_ways_out,
    outbound_of,
    way_out_for,
    way_to,
    ways_out,
)
from requests_app.lib import phones
from requests_app.lib.no_reply import is_no_reply
from requests_app.lib.text import mail_address
from requests_app.people.mandates import Receives, Representation, mandates_in_force, why_closed
from requests_app.people.models import ContactPoint
from requests_app.people.refusals import stopped_since, warn_before_writing
from requests_app.people.selectors import former_values
from requests_app.tickets.models import Ticket, Touchpoint
from requests_app.tickets.selectors.answer_addresses import (
    AnswerAddress,
    addresses_of_others,
    answer_addresses,
)
from requests_app.tickets.selectors.contact_info import Contact, ContactInfo, contact_info_of
from requests_app.tickets.selectors.family import thread_q
from requests_app.tickets.selectors.taking_part import TakingPart, participants_of

EMAIL, PHONE = ContactPoint.Kind.EMAIL, ContactPoint.Kind.PHONE
MAX_ROWS = 12


@dataclass(frozen=True, slots=True)
class Recipient:
    """One way to answer; ``warning`` must be read before sending, ``why_not`` closes it.

    ``name`` and ``part`` say whose it is when that is not the person, who has a ``contact_point_id``.
    """

    channel: str
    address: str
    contact_point_id: int | None = None
    is_shared: bool = False
    warning: str = ""
    why_not: str = ""
    name: str = ""
    part: str = ""
    is_mandated: bool = False

    @property
    def is_of_person(self) -> bool:
        """Tell whether it is an open contact of the person's record."""
        return self.contact_point_id is not None and not self.why_not

    @property
    def choice(self) -> str:
        return f"{self.channel}:{self.address}"


def recipients_of(
    reach: ContactInfo,
    asked: Iterable[AnswerAddress],
    mandates: Sequence[Representation] = (),
    others_of: Collection[str] = (),
    participants: Sequence[TakingPart] = (),
) -> list[Recipient]:
    """List whom the composer offers, best first: their contacts, then others who wrote in this ticket.

    Somebody who receives for them comes before all, and closes their own contacts. Participants come after
    the person: whoever writes for them is not them. Between equals, first
    where the last message asks to be answered, then the channel they last wrote by. An address that only
    a message asks for, against the record, has a warning (threats: M09), and so has an
    address of ``others_of``: somebody else wrote from there, in a merged ticket.
    """
    newest: dict[str, AnswerAddress] = {}
    for each in asked:
        newest.setdefault(each.value, each)
    first = next((value for value, each in newest.items() if not each.is_doubted), "")
    wrote_by = {value: each.channel for value, each in newest.items()}
    found = [
        _own(contact, channel, is_asked=contact.value == first)
        for contact in reach.contacts
        if (channel := _way_to(contact.value, wrote_by.get(contact.value, "")))
    ]
    known = {each.address for each in found}
    others = [each for each in newest.values() if each.value not in known and _way_of(each)]
    former = former_values(reach.person_id) if others else set()
    found += [_other(each, reach, former, is_of_other=each.value in others_of) for each in others]
    found = add_parts(found, participants, mandates, reach.person_id, _make_unlisted)
    found = _obeying(found, reach, mandates)
    beside = {each.address for each in participants} - set(receivers_by_mandate(mandates))
    theirs = {contact.value for contact in reach.contacts}
    instead = {each.address for each in mandates if each.receives == Receives.HOLDER}
    last = _way_of(next(iter(newest.values()))) if newest else next((each.key for each in ways_out()), "")

    def place(each: Recipient) -> tuple[bool, ...]:
        wanted = (each.address != first, each.channel != last)
        is_beside = reach.person_id is not None and each.address in beside - theirs
        return bool(each.why_not), each.address not in instead, is_beside, bool(each.warning), *wanted

    return sorted((each for each in found if each.channel), key=place)[:MAX_ROWS]


def _obeying(
    found: list[Recipient], reach: ContactInfo, mandates: Sequence[Representation]
) -> list[Recipient]:
    """Close what a mandate closes."""
    theirs = {contact.value for contact in reach.contacts}
    return [
        replace(each, why_not=each.why_not or why_closed(each.address, theirs, mandates)) for each in found
    ]


def _make_unlisted(address: str) -> Recipient:
    """Build one for somebody who receives by a mandate, or whom an agent added: they have not written."""
    return Recipient(_way_to(address), address)


def _other(asked: AnswerAddress, reach: ContactInfo, former: set[str], *, is_of_other: bool) -> Recipient:
    """Build one for somebody who wrote in the ticket, or a former address of its person (threats: N06)."""
    why_not = _("Ce contact a été retiré de la fiche de la personne.") if asked.value in former else ""
    warning = _warning_for_other(asked, reach, is_of_other=is_of_other)
    return Recipient(_way_of(asked), asked.value, warning=warning, why_not=why_not)


def _warning_for_other(asked: AnswerAddress, reach: ContactInfo, *, is_of_other: bool) -> str:
    merged = _("Quelqu’un d’autre a écrit d’ici, dans une demande réunie à celle-ci : vérifiez.")
    doubt = _("Le message demande une réponse ici, mais cette adresse n’est pas connue : vérifiez-la.")
    doubts = (merged if is_of_other else "", doubt if asked.is_doubted else "")
    sentences = (*doubts, _unread(asked.value), _stop(reach.stops.get(asked.value)))
    return " ".join(filter(None, sentences))


def _unread(address: str) -> str:
    return _("Personne ne lit les réponses à cette adresse.") if is_no_reply(address) else ""


def _way_to(address: str, wrote_by: str = "") -> str:
    """Return the channel that reaches it, the one they wrote by first; "" when none does."""
    found = way_to(address_of(address), wrote_by=wrote_by)
    return found.key if found else ""


def _way_of(asked: AnswerAddress) -> str:
    return _way_to(asked.value, asked.channel)


def read_recipients(ticket: Ticket, *, on: date | None = None) -> list[Recipient]:
    """Read the same in one call; the mandates are those in force on that day."""
    heard = Touchpoint.objects.filter(thread_q(ticket), direction=Touchpoint.Direction.IN)
    written = heard.filter(channel__in=keys_of_ways_out()).exclude(sender="")
    rows = written.order_by("-occurred_at", "-pk").values_list("channel", "sender", "facts__answer_addresses")
    asked = [address for row in rows[: MAX_ROWS * 10] for address in answer_addresses(*row)]
    mandates = mandates_in_force(ticket.person_id, on) if on else []
    others, participants = addresses_of_others(ticket), participants_of(ticket)
    return recipients_of(contact_info_of(ticket), asked, mandates, others, participants)


def _own(contact: Contact, channel: str, *, is_asked: bool) -> Recipient:
    """Build one for a contact of the person; an address they ask us to answer needs no prior use."""
    is_email = contact.kind == EMAIL
    return Recipient(
        channel,
        contact.value,
        contact.id,
        contact.is_shared,
        _warn_unreceived(contact, channel)
        or (_warning_for_email(contact, is_asked=is_asked) if is_email else _warning_for_number(contact)),
        _why_not(contact.usable_for, is_email=is_email),
    )


def _warn_unreceived(contact: Contact, channel: str) -> str:
    """Say that what was sent there did not arrive."""
    out = outbound_of(channel)
    return str(out.unreceived) if out and contact.needs_check else ""


def _warning_for_number(contact: Contact) -> str:
    return " ".join(filter(None, (_stop(contact.stopped_at), _who_reads(contact))))


def _stop(since: datetime | None) -> str:
    return warn_before_writing(since) if since else ""


def _who_reads(contact: Contact) -> str:
    if contact.is_shared:
        return _("D’autres personnes lisent ce téléphone : n’écrivez rien que la personne seule doit savoir.")
    return "" if contact.was_used else _never_used_number()


def choice_of_other(written: str) -> str:
    """Return the choice for a typed address, as ``Recipient.choice`` does for a known one."""
    is_number = "@" not in written and bool(phones.e164(written))
    return f"{channel_for(PHONE if is_number else EMAIL)}:{written}"


def other_recipient(written: str, ticket: Ticket, *, on: date | None = None) -> Recipient:
    """Build one for an address or a number typed by the agent; raises ValueError with the words to show."""
    if "@" in written:
        return other_address(written, ticket, on=on)
    if number := phones.e164(written):
        return _other_number(number, ticket, on)
    raise ValueError(_written_wrong())


def _written_wrong() -> str:
    return _("Écrivez une adresse e-mail ou un numéro de mobile, comme nom@exemple.fr ou 06 12 34 56 78.")


def _other_number(number: str, ticket: Ticket, on: date | None) -> Recipient:
    """Build one for a number; unless the person has used it, it has a warning (threats: O08, S06)."""
    way = way_out_for(PHONE)
    if way is None or way.outbound is None:
        raise ValueError(_written_wrong())
    if why_not := way.outbound.why_unreached(number):
        raise ValueError(why_not)
    known = next((each for each in read_recipients(ticket, on=on) if each.address == number), None)
    if known:
        return known
    warning = " ".join(filter(None, (_stop(stopped_since(number)), _never_used_number())))
    return Recipient(way.key, number, warning=warning)


def _never_used_number() -> str:
    return _("Cette personne n’a encore jamais écrit de ce numéro. Relisez-le.")


def other_address(written: str, ticket: Ticket, *, on: date | None = None) -> Recipient:
    """Build one for an address typed by the agent; raises ValueError with the words to show."""
    address = mail_address(written)
    try:
        validate_email(address)
    except ValidationError as error:
        raise ValueError(_("Écrivez une adresse e-mail, par exemple nom@exemple.fr.")) from error
    known = next((each for each in read_recipients(ticket, on=on) if each.address == address), None)
    return known or Recipient(channel_for(EMAIL), address, warning=_never_used())


def _warning_for_email(contact: Contact, *, is_asked: bool) -> str:
    return _unread(contact.value) or ("" if contact.was_used or is_asked else _never_used())


def _never_used() -> str:
    return _("Cette personne n’a encore jamais écrit de cette adresse. Relisez-la avant d’envoyer.")


def _why_not(usable_for: list[str], *, is_email: bool) -> str:
    """Say why it is closed: an empty list says nothing; one that names other uses forbids this one."""
    if not usable_for or ContactPoint.Use.ANSWER in usable_for:
        return ""
    if is_email:
        return _("La personne ne veut pas de réponse à cette adresse.")
    return _("La personne ne veut pas de réponse à ce numéro.")
