"""The thread of a ticket: touchpoints, notes and events in time order, twenty touchpoints a page."""

from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from requests_app.access.scope import Scope
from requests_app.channels.registry import channel_of, label_of
from requests_app.lib.phones import format_national
from requests_app.outbox.links import as_shown
from requests_app.outbox.models import Outgoing
from requests_app.tickets.models import Ticket, Touchpoint
from requests_app.tickets.selectors.answer_addresses import AnswerAddress, answer_addresses
from requests_app.tickets.selectors.automatic_lines import (
    AUTOMATIC,
    NEEDS_EYES,
    RECEIPTS,
    automatic_sentence,
)
from requests_app.tickets.selectors.events import sentence
from requests_app.tickets.selectors.ordering import Mark
from requests_app.tickets.selectors.rows import name_sender
from requests_app.tickets.selectors.same_files import drop_unreadable
from requests_app.tickets.selectors.steps import Step, steps_of
from requests_app.tickets.selectors.thread_rows import (
    AsideRow,
    TouchpointRow,
    aside_rows,
    received_rows,
    touchpoint_rows,
)

PAGE = 20
MAX_ASIDE = 300  # notes and events beside one page; a ticket with more has been in a loop
FACTS = {
    "auto": gettext_lazy("Semble écrit par une machine"),
    "list": gettext_lazy("Liste de diffusion"),
    "spam": gettext_lazy("Indésirable, selon le serveur de messagerie"),
    "bounce": gettext_lazy("Avis de non-remise"),
    "relay": gettext_lazy("Centre relais"),
}


@dataclass(frozen=True, slots=True)
class ThreadFile:
    """A file of a touchpoint; its link is signed by the page that shows it."""

    id: int
    name: str
    size: int
    content_type: str
    word: str
    control: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of the thread; ``way`` is in, out, note or event.

    ``answer_addresses`` are where the author of a mail or an SMS received can be answered.
    ``steps`` tells how a message of ours left, ``why`` how one received came here. ``can_fold``: an automatic
    message that needs no action. ``is_receipt``: an acknowledgment that left.
    """

    way: str
    at: datetime
    id: int
    answer_addresses: list[AnswerAddress] = field(default_factory=list)
    who: str = ""
    what: str = ""
    text: str = ""
    whole_text: str = ""
    channel: str = ""
    subject: str = ""
    has_html: bool = False
    delivery: str = ""
    why_not: str = ""
    files: list[ThreadFile] = field(default_factory=list)
    badges: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    why: list[str] = field(default_factory=list)
    can_fold: bool = False
    is_receipt: bool = False


@dataclass(frozen=True, slots=True)
class Thread:
    """A page of the thread, oldest first; ``earlier`` is where the previous page ends."""

    items: list[Item]
    earlier: Mark | None
    is_latest: bool


def thread_of(ticket: Ticket, *, before: Mark | None = None, scope: Scope | None = None) -> Thread:
    """Read a page of the thread in two statements, whatever its length.

    One more when a file also stands in other tickets: those who may not read them are not told (N16).
    """
    found = touchpoint_rows(ticket, before=before, limit=PAGE + 1)
    has_earlier = len(found) > PAGE
    found = found[:PAGE]
    since = found[-1].occurred_at if has_earlier else None
    found = drop_unreadable(found, scope=scope) if scope else found
    items = [_touchpoint_item(row, ticket) for row in found]
    asides = aside_rows(ticket, since=since, until=before.at if before else None, limit=MAX_ASIDE)
    items += [_aside_item(row) for row in asides]
    earlier = Mark(found[-1].occurred_at, found[-1].id) if has_earlier else None
    return Thread(sorted(items, key=lambda item: (item.at, item.way == "event")), earlier, before is None)


def last_received(ticket: Ticket) -> Item | None:
    """Read the person's last message, with its files: one statement."""
    return next((_touchpoint_item(row, ticket) for row in received_rows(ticket)), None)


def stuck_answer(thread: Thread) -> Item | None:
    """Return our last answer when it did not arrive, or may not have: somebody must act."""
    answers = [item for item in thread.items if item.way == "out"]
    last = answers[-1] if answers and thread.is_latest else None
    stuck = {Outgoing.State.FAILED, Outgoing.State.UNCERTAIN}
    return last if last and last.delivery in stuck else None


def _touchpoint_item(row: TouchpointRow, ticket: Ticket) -> Item:
    if row.facts.get("kind") in AUTOMATIC:
        return _automatic_item(row)
    if "copy_of" in row.facts:
        return _copy_item(row)
    is_out = row.direction == Touchpoint.Direction.OUT
    text = row.reply_text or row.text
    return Item(
        way="out" if is_out else "in",
        at=row.occurred_at,
        id=row.id,
        answer_addresses=[] if is_out else _answer_addresses(row),
        who=(row.agent or _("Le logiciel")) if is_out else _sender(row, ticket),
        what=_what(row, is_out),
        text=text,
        whole_text=row.text if row.text.strip() != text.strip() else "",
        channel=row.channel,
        subject=row.subject,
        has_html=row.has_html,
        delivery=row.delivery,
        why_not=row.why_not,
        files=[ThreadFile(**file) for file in row.files],
        badges=[str(words) for key, words in FACTS.items() if row.facts.get(key)],
        remarks=[str(remark) for remark in row.remarks],
        steps=steps_of(row),
        why=[str(sentence) for sentence in row.facts.get("why", [])],
    )


def _automatic_item(row: TouchpointRow) -> Item:
    """Build one entry for an automatic message; its text is one click away."""
    never_left = row.delivery in Outgoing.NEVER_LEFT
    return Item(
        way="event",
        at=row.occurred_at,
        id=row.id,
        can_fold=row.delivery not in NEEDS_EYES,
        is_receipt=row.facts["kind"] in RECEIPTS and not (never_left or row.delivery in NEEDS_EYES),
        text=automatic_sentence(row),
        whole_text="" if never_left else as_shown(row.text),
        delivery="" if never_left else row.delivery,
        steps=[] if never_left else steps_of(row),
    )


def _copy_item(row: TouchpointRow) -> Item:
    """Build the entry of a copy, without text: it stands above, in the answer itself."""
    return Item(
        way="event",
        at=row.occurred_at,
        id=row.id,
        text=_("Même réponse à %(to)s") % {"to": format_national(row.sender)},
        delivery=row.delivery,
        steps=steps_of(row),
    )


def _sender(row: TouchpointRow, ticket: Ticket) -> str:
    """Return the person's name once known; a telephone number only while nothing else is (threats: A05)."""
    if ticket.person_id is None or not ticket.sender:
        return str(name_sender(row.sender or ticket.sender))
    return str(name_sender(ticket.sender))


def _what(row: TouchpointRow, is_out: bool) -> str:
    said = {
        "channel": label_of(row.channel),
        "agent": row.agent,
        "place": row.maison,
        "address": format_national(row.sender),
    }
    if also := row.facts.get("also"):
        said["also"] = ", ".join(address for _pk, address in also)
        return _("%(channel)s à %(address)s, aussi à %(also)s") % said
    if row.facts.get("opinion"):
        return _("Avis donné sur la page de suivi")
    if by_hand := _describe_noted(row, is_out):
        return by_hand % said
    if is_out:
        return _("%(channel)s à %(address)s") % said if row.sender else _("%(channel)s envoyé") % said
    if not row.agent and "@" in row.sender:
        return _("%(channel)s reçu de %(address)s") % said
    if not row.agent:
        return _("%(channel)s reçu") % said
    if row.maison:
        return _("%(channel)s à %(place)s, notée par %(agent)s") % said
    return _("%(channel)s, notée par %(agent)s") % said


def _aside_item(row: AsideRow) -> Item:
    if row.kind == "note":
        return Item(way="note", at=row.at, id=row.id, who=_("Note interne"), what=row.agent, text=row.text)
    return Item(way="event", at=row.at, id=row.id, text=sentence(row.kind, row.agent, row.data))


def _answer_addresses(row: TouchpointRow) -> list[AnswerAddress]:
    return answer_addresses(row.channel, row.sender, row.facts.get("answer_addresses"))


def _describe_noted(row: TouchpointRow, is_out: bool) -> str:
    """Describe a call or a letter that an agent noted: no program carried it."""
    if not row.agent or row.delivery:
        return ""
    known = channel_of(row.channel)
    return str(known.noted_out if is_out else known.noted_in)
