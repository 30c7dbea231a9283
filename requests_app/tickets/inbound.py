"""What a channel hands over: the only way in for a citizen's message."""

from dataclasses import dataclass, field
from datetime import datetime

from requests_app.people.services import NewPerson
from requests_app.tickets.models.touchpoint_facts import TouchpointFacts


@dataclass(frozen=True, slots=True)
class SaidFile:
    """A file as received; its name and type are the sender's claims."""

    name: str
    declared_type: str
    data: bytes
    content_id: str = ""
    is_inline: bool = False
    word: str = ""


@dataclass(frozen=True, slots=True)
class InboundMessage:
    """One message, visit or call, parsed by its channel and not yet a touchpoint.

    ``sender_kind`` and ``sender_value`` name the contact point it came from (``email`` or
    ``phone``, normalised). ``person_id`` is a person chosen by an agent, ``new_person`` one the agent
    typed, ``ticket_id`` the ticket the agent attached it to. A doubtful sender is stored, and matched to
    nobody. ``copied`` are the other recipients: address, name. ``follows`` is the reference of a
    ticket whose seal came back with the message (lib/seals.py): the sender must still be a
    party to it. ``answers`` are the ids of the messages they answer, ``is_proved`` says that our own server
    proved their sender, ``is_for_several`` that they were sent to several of our services. ``by_number``
    is the phone number they came from, where nothing better proves what they answer. ``mailboxes`` are the
    addresses written to. ``is_urgent`` and ``topic_code`` are an agent's word; the catalog only proposes.
    ``marks`` (``tickets.models.Mark``) are what the channel noticed in the text. ``direction`` is "out"
    for a call an agent made. ``is_silent``: no automatic message leaves, an agent made a ticket of what had
    been set aside. ``language`` is that of the page it was written on, until the text says better.
    ``newcomer`` is who writes, where nobody is known at the sender's contact. ``chosen_maison_id`` is where
    a program says that it belongs, ``external_id`` what it calls it.
    ``opens_page``: whoever wrote reads the ticket on a page of their own; their contact proves nothing.
    ``companion`` was at the desk with the person, or called for them: address, name, role.
    """

    channel: str
    occurred_at: datetime
    text: str
    direction: str = "in"
    reply_text: str = ""
    subject: str = ""
    html: str = ""
    html_version: int = 0
    sender_kind: str = ""
    sender_value: str = ""
    sender_name: str = ""
    is_sender_sure: bool = True
    person_id: int | None = None
    new_person: NewPerson | None = None
    newcomer: NewPerson | None = None
    ticket_id: int | None = None
    follows: str = ""
    answers: tuple[str, ...] = ()
    is_proved: bool = False
    is_for_several: bool = False
    by_number: str = ""
    copied: tuple[tuple[str, str], ...] = ()
    companion: tuple[str, str, str] | None = None
    author_id: int | None = None
    maison_id: int | None = None
    chosen_maison_id: int | None = None
    external_id: str = ""
    topic_code: str = ""
    language: str = ""
    is_urgent: bool = False
    marks: tuple[str, ...] = ()
    is_answered: bool = False
    is_silent: bool = False
    opens_page: bool = False
    mailboxes: tuple[str, ...] = ()
    address: str = ""
    insee: str = ""
    postal_code: str = ""
    files: tuple[SaidFile, ...] = ()
    facts: TouchpointFacts = field(default_factory=TouchpointFacts)
    remarks: tuple[str, ...] = ()
