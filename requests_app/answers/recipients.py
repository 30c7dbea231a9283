"""To whom an answer may go, and what an agent should know before sending it (threats: O06, O08)."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from requests_app.answers.parts import receivers_by_mandate, with_parts
from requests_app.channels.registry import is_open
from requests_app.lib import phones
from requests_app.lib.no_reply import is_no_reply
from requests_app.lib.text import mail_address
from requests_app.people.mandates import Receives, Representation, mandates_in_force, why_closed
from requests_app.people.models import ContactPoint
from requests_app.people.refusals import before_writing, stopped_since
from requests_app.people.selectors import former_values
from requests_app.tickets.models import Channel, Ticket, Touchpoint
from requests_app.tickets.selectors.answer_addresses import (
    AnswerAddress,
    addresses_of_others,
    answer_addresses,
)
from requests_app.tickets.selectors.around_person import Contact, Reach, reach_of
from requests_app.tickets.selectors.family import in_thread
from requests_app.tickets.selectors.taking_part import TakingPart, participants_of

MAIL, SMS = Channel.Kind.MAIL, Channel.Kind.SMS
MOST = 12


@dataclass(frozen=True, slots=True)
class Recipient:
    """One way to answer; ``warning`` must be read before sending, ``why_not`` closes the way.

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
        """One of the contacts on file of the person, and open."""
        return self.contact_point_id is not None and not self.why_not

    @property
    def choice(self) -> str:
        return f"{self.channel}:{self.address}"


def recipients_of(
    reach: Reach,
    asked: Iterable[AnswerAddress],
    mandates: Sequence[Representation] = (),
    others_of: Collection[str] = (),
    participants: Sequence[TakingPart] = (),
) -> list[Recipient]:
    """Whom the composer offers, the best first: their contacts, then those who wrote in this ticket.

    Who receives in their place comes before all, and closes their own contacts. Who takes part comes after
    the person: whoever writes for them is not them. Of two that are as good,
    where the last message asks to be answered; then the way by which they wrote last. What only
    a message asks for, against what is on file, is read with its warning (threats: M09), and so is an
    address of ``others_of``: somebody else wrote from there, in a ticket merged with this one.
    """
    newest: dict[str, AnswerAddress] = {}
    for each in asked:
        newest.setdefault(each.value, each)
    first = next((value for value, each in newest.items() if not each.is_doubted), "")
    found = [
        _hers(contact, is_asked=contact.value == first)
        for contact in reach.contacts
        if _way_to(contact.value)
    ]
    known = {each.address for each in found}
    others = [each for each in newest.values() if each.value not in known and _way_to(each.value)]
    former = former_values(reach.person_id) if others else set()
    found += [_other(each, reach, former, is_of_other=each.value in others_of) for each in others]
    found = with_parts(found, participants, mandates, reach.person_id, _added)
    found = _obeying(found, reach, mandates)
    beside = {each.address for each in participants} - set(receivers_by_mandate(mandates))
    theirs = {contact.value for contact in reach.contacts}
    instead = {each.address for each in mandates if each.receives == Receives.HOLDER}
    last = _way_to(next(iter(newest))) if newest else MAIL

    def place(each: Recipient) -> tuple[bool, ...]:
        wanted = (each.address != first, each.channel != last)
        is_beside = reach.person_id is not None and each.address in beside - theirs
        return bool(each.why_not), each.address not in instead, is_beside, bool(each.warning), *wanted

    return sorted((each for each in found if is_open(each.channel)), key=place)[:MOST]


def _obeying(found: list[Recipient], reach: Reach, mandates: Sequence[Representation]) -> list[Recipient]:
    """What a mandate closes is closed."""
    theirs = {contact.value for contact in reach.contacts}
    return [
        replace(each, why_not=each.why_not or why_closed(each.address, theirs, mandates)) for each in found
    ]


def _added(address: str) -> Recipient:
    """Somebody who receives by a mandate, or whom an agent added: they have not written here."""
    return Recipient(_way_to(address), address)


def _other(asked: AnswerAddress, reach: Reach, former: set[str], *, is_of_other: bool) -> Recipient:
    """Somebody who wrote in the ticket, or where its person is read no more (threats: N06)."""
    why_not = _("Ce contact a été retiré de la fiche de la personne.") if asked.value in former else ""
    warning = _of_other(asked, reach, is_of_other=is_of_other)
    return Recipient(_way_to(asked.value), asked.value, warning=warning, why_not=why_not)


def _of_other(asked: AnswerAddress, reach: Reach, *, is_of_other: bool) -> str:
    merged = _("Quelqu’un d’autre a écrit d’ici, dans une demande réunie à celle-ci : vérifiez.")
    doubt = _("Le message demande une réponse ici, mais cette adresse n’est pas connue : vérifiez-la.")
    doubts = (merged if is_of_other else "", doubt if asked.is_doubted else "")
    sentences = (*doubts, _unread(asked.value), _stop(reach.stops.get(asked.value)))
    return " ".join(filter(None, sentences))


def _unread(address: str) -> str:
    return _("Personne ne lit les réponses à cette adresse.") if is_no_reply(address) else ""


def _way_to(address: str) -> str:
    """The channel that reaches it, or "" when none does."""
    if "@" in address:
        return MAIL
    return SMS if phones.is_number(address) and phones.takes_sms(address) else ""


def read_recipients(ticket: Ticket, *, on: date | None = None) -> list[Recipient]:
    """The same, read for itself; the mandates are those in force on that day."""
    heard = Touchpoint.objects.filter(in_thread(ticket), direction=Touchpoint.Direction.IN)
    written = heard.filter(channel__in=(MAIL, SMS)).exclude(sender="")
    rows = written.order_by("-occurred_at", "-pk").values_list("channel", "sender", "facts__answer_addresses")
    asked = [address for row in rows[: MOST * 10] for address in answer_addresses(*row)]
    mandates = mandates_in_force(ticket.person_id, on) if on else []
    others, participants = addresses_of_others(ticket), participants_of(ticket)
    return recipients_of(reach_of(ticket), asked, mandates, others, participants)


def _hers(contact: Contact, *, is_asked: bool) -> Recipient:
    """One of their contacts; where they ask to be answered needs no other use before."""
    by_mail = contact.kind == ContactPoint.Kind.EMAIL
    return Recipient(
        MAIL if by_mail else SMS,
        contact.value,
        contact.id,
        contact.is_shared,
        _of_mail(contact, is_asked=is_asked) if by_mail else _of_number(contact),
        _why_not(contact.usable_for, by_mail=by_mail),
    )


def _of_number(contact: Contact) -> str:
    if contact.needs_check:
        return _("Un SMS n’est pas arrivé à ce numéro : vérifiez-le avec la personne.")
    return " ".join(filter(None, (_stop(contact.stopped_at), _who_reads(contact))))


def _stop(since: datetime | None) -> str:
    return before_writing(since) if since else ""


def _who_reads(contact: Contact) -> str:
    if contact.is_shared:
        return _("D’autres personnes lisent ce téléphone : n’écrivez rien que la personne seule doit savoir.")
    return "" if contact.was_used else _never_used_number()


def choice_of_other(written: str) -> str:
    """What stands for an address being typed, as ``Recipient.choice`` does for one that is known."""
    return f"{MAIL if '@' in written or not phones.e164(written) else SMS}:{written}"


def other_recipient(written: str, ticket: Ticket, *, on: date | None = None) -> Recipient:
    """An address or a number typed by the agent; raises ValueError with the words to show."""
    if "@" in written:
        return other_address(written, ticket, on=on)
    if number := phones.e164(written):
        return _other_number(number, ticket, on)
    words = _("Écrivez une adresse e-mail ou un numéro de mobile, comme nom@exemple.fr ou 06 12 34 56 78.")
    raise ValueError(words)


def _other_number(number: str, ticket: Ticket, on: date | None) -> Recipient:
    """One that she used is known; any other one is warned of (threats: O08, S06)."""
    if not phones.takes_sms(number):
        raise ValueError(_("Ce numéro ne reçoit pas de SMS. Écrivez un numéro de mobile, ou appelez."))
    if phones.region_of(number) not in settings.SMS_COUNTRIES:
        raise ValueError(_("Nous n’envoyons pas de SMS vers ce pays. Écrivez par e-mail, ou appelez."))
    known = next((each for each in read_recipients(ticket, on=on) if each.address == number), None)
    if known:
        return known
    warning = " ".join(filter(None, (_stop(stopped_since(number)), _never_used_number())))
    return Recipient(SMS, number, warning=warning)


def _never_used_number() -> str:
    return _("Cette personne n’a encore jamais écrit de ce numéro. Relisez-le.")


def other_address(written: str, ticket: Ticket, *, on: date | None = None) -> Recipient:
    """An address typed by the agent; raises ValueError with the words to show."""
    address = mail_address(written)
    try:
        validate_email(address)
    except ValidationError as error:
        raise ValueError(_("Écrivez une adresse e-mail, par exemple nom@exemple.fr.")) from error
    known = next((each for each in read_recipients(ticket, on=on) if each.address == address), None)
    return known or Recipient(MAIL, address, warning=_never_used())


def _of_mail(contact: Contact, *, is_asked: bool) -> str:
    if contact.needs_check:
        return _("Un message n’est pas arrivé à cette adresse : vérifiez-la avec la personne.")
    return _unread(contact.value) or ("" if contact.was_used or is_asked else _never_used())


def _never_used() -> str:
    return _("Cette personne n’a encore jamais écrit de cette adresse. Relisez-la avant d’envoyer.")


def _why_not(usable_for: list[str], *, by_mail: bool) -> str:
    """An empty list says nothing; one that names other uses forbids this one."""
    if not usable_for or ContactPoint.Use.ANSWER in usable_for:
        return ""
    if by_mail:
        return _("La personne ne veut pas de réponse à cette adresse.")
    return _("La personne ne veut pas de réponse à ce numéro.")
