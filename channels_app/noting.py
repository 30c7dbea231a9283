"""What an agent notes for somebody at the counter's form: a visit, a call, a letter.

Each channel registers its kind at start; the page shows them as one switch over the same fields, and hands
over what they have in common. A sheet is stored as it was written before it is understood.
"""

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any, TypeVar

from django import forms
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from channels_app.contract import Unreadable
from requests_app.lib import phones
from requests_app.lib.registry import Registry
from requests_app.people.models import ContactPoint
from requests_app.people.services import NewPerson
from requests_app.tickets.inbound import InboundMessage
from requests_app.tickets.models import Participant, Ticket


@dataclass(frozen=True, slots=True)
class Companion:
    """Who stood there, or called, for the person: ``role`` is that of a participant."""

    name: str
    role: str
    address: str = ""

    @property
    def words(self) -> str:
        """Return them as agents read them: « Mme Roux, Travailleur social, 06 39 98 77 88 »."""
        is_number = phones.is_number(self.address)
        address = phones.format_national(self.address) if is_number else self.address
        return ", ".join(filter(None, (self.name, str(Participant.Role(self.role).label), address)))


@dataclass(frozen=True, slots=True)
class ContactSheet:
    """One contact as it was written. Without person nor new person, somebody anonymous.

    ``next`` is what follows, ``why`` are words typed for which no topic was chosen, ``ticket_id`` is the
    open ticket it joins.
    """

    at: datetime
    agent_id: int
    maison_id: int
    next: str
    topic_code: str = ""
    why: str = ""
    word: str = ""
    address: str = ""
    person_id: int | None = None
    new_person: NewPerson | None = None
    ticket_id: int | None = None
    companion: Companion | None = None

    def to_raw(self) -> bytes:
        """Serialize canonically: the same sheet always gives the same bytes."""
        text = json.dumps(
            asdict(self), default=str, ensure_ascii=False, sort_keys=True, separators=(",", ":")
        )
        return text.encode()


Sheet = TypeVar("Sheet", bound=ContactSheet)


def read_noted(
    kind: type[Sheet],
    raw: bytes,
    *,
    steps: type[models.TextChoices],
    more: Callable[[dict[str, Any]], None] = lambda values: None,
) -> Sheet:
    """Return the sheet of stored bytes, ``more`` reads its own fields; raises Unreadable."""
    try:
        values = json.loads(raw)
        values["at"] = datetime.fromisoformat(values["at"])
        values["next"] = steps(values["next"])
        values["new_person"] = _read_new(values["new_person"])
        values["companion"] = Companion(**each) if (each := values.get("companion")) else None
        more(values)
        return kind(**values)
    except (ValueError, TypeError, KeyError) as error:
        raise Unreadable(_("La fiche notée par l’agent n’a pas pu être relue.")) from error


def said_of(noted: ContactSheet, *, channel: str, text: str, **more: Any) -> InboundMessage:
    """Return what every kind says of its sheet; ``more`` is what it knows besides."""
    values: dict[str, Any] = {
        "occurred_at": noted.at,
        "subject": noted.why,
        "person_id": noted.person_id,
        "new_person": noted.new_person,
        "ticket_id": _still_open(noted),
        "author_id": noted.agent_id,
        "maison_id": noted.maison_id,
        "topic_code": noted.topic_code,
        "address": noted.address,
        "companion": (each.address, each.name, each.role) if (each := noted.companion) else None,
        **more,
    }
    return InboundMessage(channel=channel, text=text, **values)


def salvage_sheet(
    noted: ContactSheet, *, channel: str, text: str, sender: str = "", **more: Any
) -> InboundMessage:
    """Return what a sheet says, without what it asked to do: nobody is chosen or created, nothing joined."""
    new = noted.new_person or NewPerson()
    name = f"{new.given_name} {new.family_name}".strip()
    given = ", ".join(filter(None, [name, new.phone, new.email]))
    kind, value = ContactPoint.Kind.PHONE if new.phone else ContactPoint.Kind.EMAIL, new.phone or new.email
    return InboundMessage(
        channel=channel,
        occurred_at=noted.at,
        subject=noted.why,
        text="\n".join(filter(None, [text, given])),
        sender_kind=kind if value else "",
        sender_value=value,
        sender_name=sender or name,
        is_sender_sure=False,
        maison_id=noted.maison_id,
        topic_code=noted.topic_code,
        address=noted.address,
        **more,
    )


@dataclass(frozen=True, slots=True)
class Wording:
    """What the page says of one kind; ``named`` holds %(name)s."""

    title: str | Promise
    new: str | Promise
    named: str | Promise
    saved: str | Promise
    undone: str | Promise
    undo: str | Promise
    last: str | Promise


@dataclass(frozen=True, slots=True)
class Kind:
    """One place of the switch. ``code`` is its word in the address, ``steps`` what may follow.

    ``form`` asks what it needs more than the common fields, shown by ``template``; ``write`` makes its
    sheet of both. ``booking_step`` is the one after which the next free slots are shown, "" without one.
    """

    channel: str
    code: str
    key: str
    icon: str
    words: Wording
    steps: type[models.TextChoices]
    write: Callable[[ContactSheet, forms.Form], ContactSheet]
    form: type[forms.Form] | None = None
    template: str = ""
    takes_files: bool = False
    booking_step: str = ""


KINDS: Registry[str, Kind] = Registry("kind of contact")  # in the order of the switch


def register(kind: Kind) -> None:
    KINDS.register(kind.code, kind)


def kind_of_channel(channel: str) -> Kind:
    """Return the kind that notes a channel; KeyError when its channel is not installed."""
    return {kind.channel: kind for kind in KINDS.values()}[channel]


def common(noted: ContactSheet) -> dict[str, Any]:
    """Return the fields every sheet has, for the sheet of a kind."""
    return {name: getattr(noted, name) for name in ContactSheet.__slots__}


def _still_open(noted: ContactSheet) -> int | None:
    """Return the ticket to join, unless it was closed since: the contact then opens its own."""
    if noted.ticket_id is None or noted.person_id is None:
        return None
    joined = Ticket.objects.open().filter(pk=noted.ticket_id, person_id=noted.person_id)
    return joined.values_list("pk", flat=True).first()


def _read_new(values: dict[str, Any] | None) -> NewPerson | None:
    if values is None:
        return None
    born = values["birth_date"]
    return NewPerson(
        **{
            **values,
            "birth_date": date.fromisoformat(born) if born else None,
            "others": tuple((kind, value) for kind, value in values.get("others", ())),
        }
    )
