"""The author is not always the person concerned: signs that somebody writes for another."""

from requests_app.people.models import ContactPoint
from requests_app.people.name_mentions import MAX_READ, named_in
from requests_app.people.occupations import is_office, is_several, is_workplace, says_occupation, signs_as
from requests_app.people.written_names import is_organisation
from requests_app.tickets.inbound import InboundMessage
from requests_app.tickets.models import Participant

Role = Participant.Role
MAX_SIGNATURE = 6  # last lines in which an occupation is searched for
MAX_TAIL, MAX_BELOW = 40, 300  # characters: limits the search for the end of the answer and its signature


def role_of_writer(said: InboundMessage) -> str:
    """Return the role in which somebody writes for another, or "" when they write for themselves.

    An organisation is no person. Nor is somebody at work, once the text names the person concerned, or
    is another's.
    """
    if not said.sender_value or said.sender_kind != ContactPoint.Kind.EMAIL:
        return ""
    if is_organisation(said.sender_name) or (not _has_name(said) and is_office(said.sender_value)):
        return Role.ORGANISATION
    if not _is_at_work(said):
        return ""
    is_for_another = _passes_on(said) or named_in(_text(said), but=said.sender_name)
    return Role.PROFESSIONAL if is_for_another else ""


def _passes_on(said: InboundMessage) -> bool:
    """Tell whether they forward what somebody wrote to their organisation."""
    first = str(said.facts.get("forwarded_from") or "")
    return "@" in first and first.rpartition("@")[2] != said.sender_value.rpartition("@")[2]


def _has_name(said: InboundMessage) -> bool:
    return bool(said.sender_name) and "@" not in said.sender_name


def is_shared_mailbox(said: InboundMessage) -> bool:
    """Tell whether its own name says that several people write from there."""
    return said.sender_kind == ContactPoint.Kind.EMAIL and is_several(said.sender_name)


def _is_at_work(said: InboundMessage) -> bool:
    if is_workplace(said.sender_value) or says_occupation(said.sender_name):
        return True
    lines = [line for line in _text(said).splitlines() if line.strip()]
    return any(signs_as(line) for line in lines[-MAX_SIGNATURE:])


def _text(said: InboundMessage) -> str:
    """Return their own text and its signature, which is cut from the answer; never what is quoted below."""
    if not said.reply_text:
        return said.text[:MAX_READ]
    end = said.text.find(said.reply_text[-MAX_TAIL:])
    whole = said.text if end < 0 else said.text[: end + MAX_TAIL + MAX_BELOW]
    return "\n".join(line for line in whole[:MAX_READ].splitlines() if not line.startswith(">"))
