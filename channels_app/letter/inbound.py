from dataclasses import replace
from datetime import datetime, time

from django.utils.translation import gettext as _

from channels_app.contract import Inbound, Parsed, RawMessage
from channels_app.letter.key import KEY
from channels_app.letter.sheet import Letter, Next, read_letter
from channels_app.noting import said_of, salvage_sheet
from requests_app.access.scope import NOBODY, Scope, scope_of
from requests_app.accounts.models import User
from requests_app.lib import french
from requests_app.tickets.deadlines import PARIS
from requests_app.tickets.inbound import InboundMessage
from requests_app.tickets.selectors.same_files import FACT, tickets_with_same_files
from requests_app.tickets.services import Received, ask_for_letter

MIDDAY = time(12, 0)


class LetterInbound(Inbound):
    """Letters, registered and scanned by an agent."""

    def parse(self, arrived: RawMessage) -> Parsed:
        """Understand a letter sheet; raises Unreadable."""
        letter = read_letter(arrived.raw)
        files = tuple(scan.as_said() for scan in letter.scans)
        same = tickets_with_same_files(files, scope=_scope_of(letter)) if files else []
        said = said_of(
            letter,
            channel=KEY,
            text=_text(letter),
            occurred_at=_arrived_at(letter),
            sender_name=letter.organisation,
            is_answered=letter.next == Next.ANSWERED,
            files=files,
            remarks=_remarks(same),
            facts={
                "next": letter.next,
                "postal": letter.address,
                "organisation": letter.organisation,
                "written_on": letter.written_on.isoformat() if letter.written_on else "",
                **({FACT: same} if same else {}),
            },
        )
        return Parsed(said, then=lambda received: _then(letter, received))

    def salvage(self, arrived: RawMessage, *, is_brief: bool) -> InboundMessage:
        """Read a letter that was undone or not understood; raises Unreadable."""
        letter = read_letter(arrived.raw)
        files = () if is_brief else tuple(scan.as_said() for scan in letter.scans)
        said = salvage_sheet(letter, channel=KEY, text=_text(letter), sender=letter.organisation)
        return replace(said, occurred_at=_arrived_at(letter), files=files)


def _arrived_at(letter: Letter) -> datetime:
    """Return an instant for a stamp without an hour: now when it is today, else the middle of that day."""
    today = letter.at.astimezone(PARIS).date()
    if letter.arrived_on is None or letter.arrived_on == today:
        return letter.at
    return datetime.combine(letter.arrived_on, MIDDAY, PARIS)


def _text(letter: Letter) -> str:
    """Return what the service reads of the envelope, then the agent's own words."""
    return "\n".join(filter(None, [*_sentences(letter), letter.word]))


def _sentences(letter: Letter) -> list[str]:
    said = {"arrived": french.day(_arrived_at(letter)), "noted": french.day(letter.at)}
    lines = [_("Courrier arrivé le %(arrived)s, enregistré le %(noted)s.") % said]
    if letter.written_on:
        lines.append(_("Daté du %(day)s.") % {"day": french.day(letter.written_on)})
    if letter.registered_number:
        lines.append(_("Recommandé n° %(number)s.") % {"number": letter.registered_number})
    if letter.organisation:
        lines.append(_("Écrit par %(name)s.") % {"name": letter.organisation})
    if letter.addressed_to:
        lines.append(_("Adressé à %(name)s.") % {"name": letter.addressed_to})
    return lines


def _scope_of(letter: Letter) -> Scope:
    """Return what the registering agent may read: a scan tells nothing of other tickets (threats: N16)."""
    agent = User.objects.filter(pk=letter.agent_id).first()
    return scope_of(agent) if agent else NOBODY


def _remarks(references: list[str]) -> tuple[str, ...]:
    """Warn that the same scan came before: probably the same letter, registered twice."""
    words = _("Le même scan est déjà dans la demande %(reference)s.")
    return tuple(words % {"reference": reference} for reference in references)


def _then(letter: Letter, received: Received) -> None:
    """Acknowledge a new ticket by letter (CRPA, art. R112-5), when somebody can get it."""
    has_reader = bool(received.ticket.person_id or letter.organisation)
    is_to_write = received.is_new and has_reader and not received.ticket.is_in_danger  # (threats: N12)
    if is_to_write and letter.next != Next.ANSWERED:
        ask_for_letter(ticket=received.ticket, at=letter.at)
