"""The thread of a ticket: touchpoints, notes and events in time order, twenty touchpoints a page."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import JSONField, OuterRef, Q, QuerySet, Value
from django.db.models.functions import JSONObject
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from requests_app.lib.signs import CHANNELS, UNKNOWN_CHANNEL
from requests_app.tickets.models import Attachment, Event, Note, Ticket, Touchpoint
from requests_app.tickets.selectors.events import sentence
from requests_app.tickets.selectors.ordering import Mark
from requests_app.tickets.selectors.rows import named

PAGE = 20
MOST_ASIDE = 300  # notes and events beside one page; a ticket with more has been through a loop
COLUMNS = (
    "id",
    "channel",
    "direction",
    "occurred_at",
    "sender",
    "subject",
    "text",
    "reply_text",
    "facts",
    "remarks",
    "author__given_name",
    "author__family_name",
    "author__username",
    "maison__label",
    "files",
    "has_html",
)
FACTS = {
    "auto": gettext_lazy("Réponse automatique"),
    "list": gettext_lazy("Liste de diffusion"),
    "spam": gettext_lazy("Indésirable, selon le serveur de messagerie"),
    "bounce": gettext_lazy("Avis de non-remise"),
}


@dataclass(frozen=True, slots=True)
class ThreadFile:
    """A file of a touchpoint; its link is signed by the page that shows it."""

    id: int
    name: str
    size: int
    content_type: str
    word: str


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the thread; ``way`` is in, out, note or event."""

    way: str
    at: datetime
    id: int
    who: str = ""
    what: str = ""
    text: str = ""
    whole_text: str = ""
    channel: str = ""
    subject: str = ""
    has_html: bool = False
    files: list[ThreadFile] = field(default_factory=list)
    signs: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Thread:
    """A page of the thread, oldest first; ``earlier`` is where the page before it ends."""

    items: list[Item]
    earlier: Mark | None
    is_latest: bool


def thread_of(ticket: Ticket, *, before: Mark | None = None) -> Thread:
    """Read a page of the thread in two statements, whatever its length."""
    found = _touchpoints(ticket, before)
    has_earlier = len(found) > PAGE
    found = found[:PAGE]
    since = found[-1]["occurred_at"] if has_earlier else None
    items = [_touchpoint_item(row, ticket) for row in found]
    items += _asides(ticket, since=since, until=before.at if before else None)
    earlier = Mark(found[-1]["occurred_at"], found[-1]["id"]) if has_earlier else None
    return Thread(sorted(items, key=lambda item: (item.at, item.way == "event")), earlier, before is None)


def last_received(ticket: Ticket) -> Item | None:
    """The last words of the person, with their files: one statement."""
    received = Touchpoint.objects.filter(ticket=ticket, direction=Touchpoint.Direction.IN)
    row = _read(received).first()
    return _touchpoint_item(row, ticket) if row else None


def _touchpoints(ticket: Ticket, before: Mark | None) -> list[dict[str, Any]]:
    rows = Touchpoint.objects.filter(ticket=ticket)
    if before:
        earlier = Q(occurred_at__lt=before.at) | Q(occurred_at=before.at, id__lt=before.id)
        rows = rows.filter(Q(occurred_at__lte=before.at) & earlier)
    return list(_read(rows)[: PAGE + 1])


def _read(rows: QuerySet[Touchpoint]) -> Any:
    """Newest first, each with its files in the same statement."""
    files = Attachment.objects.filter(touchpoint=OuterRef("pk")).order_by("pk")
    as_json = JSONObject(id="pk", name="name", size="size", content_type="content_type", word="word")
    shown = rows.annotate(files=ArraySubquery(files.values(json=as_json)), has_html=~Q(html=""))
    return shown.order_by("-occurred_at", "-id").values(*COLUMNS)


def _touchpoint_item(row: dict[str, Any], ticket: Ticket) -> Item:
    agent = _agent(row["author__given_name"], row["author__family_name"], row["author__username"])
    is_out = row["direction"] == Touchpoint.Direction.OUT
    text = row["reply_text"] or row["text"]
    return Item(
        way="out" if is_out else "in",
        at=row["occurred_at"],
        id=row["id"],
        who=agent if is_out else str(named(row["sender"] or ticket.sender)),
        what=_what(row, agent, is_out),
        text=text,
        whole_text=row["text"] if row["text"].strip() != text.strip() else "",
        channel=row["channel"],
        subject=row["subject"],
        has_html=row["has_html"],
        files=[ThreadFile(**file) for file in row["files"]],
        signs=[str(words) for key, words in FACTS.items() if row["facts"].get(key)],
        remarks=[str(remark) for remark in row["remarks"]],
    )


def _what(row: dict[str, Any], agent: str, is_out: bool) -> str:
    word = str(CHANNELS.get(row["channel"], UNKNOWN_CHANNEL).word)
    if is_out:
        return _("%(channel)s envoyé") % {"channel": word}
    if not agent:
        return _("%(channel)s reçu") % {"channel": word}
    said = {"channel": word, "agent": agent, "place": row["maison__label"] or ""}
    if said["place"]:
        return _("%(channel)s à %(place)s, notée par %(agent)s") % said
    return _("%(channel)s, notée par %(agent)s") % said


def _asides(ticket: Ticket, *, since: datetime | None, until: datetime | None) -> list[Item]:
    notes, events = Note.objects.filter(ticket=ticket), Event.objects.filter(ticket=ticket)
    if since:
        notes, events = notes.filter(created_at__gte=since), events.filter(at__gte=since)
    if until:
        notes, events = notes.filter(created_at__lt=until), events.filter(at__lt=until)
    no_data = Value({}, output_field=JSONField())
    said = notes.annotate(kind=Value("note"), data=no_data).values_list(
        "created_at", "id", "kind", *_names("author"), "text", "data"
    )
    done = events.annotate(text=Value("")).values_list("at", "id", "kind", *_names("by"), "text", "data")
    rows: Iterable[tuple[Any, ...]] = said.union(done, all=True).order_by("-created_at")[:MOST_ASIDE]
    return [_aside_item(*row) for row in rows]


def _names(relation: str) -> tuple[str, str, str]:
    return f"{relation}__given_name", f"{relation}__family_name", f"{relation}__username"


def _aside_item(
    at: datetime, pk: int, kind: str, given: str, family: str, username: str, text: str, data: dict[str, Any]
) -> Item:
    who = _agent(given, family, username)
    if kind == "note":
        return Item(way="note", at=at, id=pk, who=_("Note interne"), what=who, text=text)
    return Item(way="event", at=at, id=pk, text=sentence(kind, who, data))


def _agent(given: str | None, family: str | None, username: str | None) -> str:
    return f"{given or ''} {family or ''}".strip() or username or ""
