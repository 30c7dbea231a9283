"""All that passed between a person and us, over all their tickets and channels, newest first.

Only from tickets the agent may read; a sensitive one's text stays on its own page, where access is
logged (threats: A03, I7).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import BigIntegerField, Case, CharField, F, Q, QuerySet, Value, When
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Coalesce, Left
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from requests_app.access.scope import Scope
from requests_app.channels.registry import label_of
from requests_app.lib import french
from requests_app.outbox.models import Outgoing
from requests_app.tickets.models import Note, Touchpoint
from requests_app.tickets.selectors import masking
from requests_app.tickets.selectors.ordering import Mark
from requests_app.tickets.selectors.thread_rows import agent_name

PAGE = 20
MAX_CHARACTERS = 400  # of one message; the rest is in its ticket
COLUMNS = (
    "id",
    "way",
    "at",
    "channel_",
    "words",
    "kind",
    "place_id",
    "delivery",
    "given",
    "family",
    "username",
    "ticket__reference",
    "ticket__is_sensitive",
    "ticket__topic_id",
    "ticket__proposed_topic_id",
    "ticket__subject",
)


@dataclass(frozen=True, slots=True)
class Moment:
    """One entry of the story; ``way`` is in, out or note."""

    id: int
    way: str
    at: datetime
    channel: str
    what: str
    text: str | Promise
    is_cut: bool
    delivery: str
    reference: str
    topic: str | Promise


@dataclass(frozen=True, slots=True)
class Story:
    """A page of it; ``earlier`` is where the next one begins."""

    moments: list[Moment]
    earlier: Mark | None


@dataclass(frozen=True, slots=True)
class Labels:
    """Labels the page has in memory, by key: a statement that joins them takes ten times longer to plan."""

    topics: Mapping[int, str]
    places: Mapping[int, str]


def story_of(
    person_id: int, *, scope: Scope, labels: Labels, channel: str = "", before: Mark | None = None
) -> Story:
    """Read twenty entries, of one channel or of all with the notes; one statement, each part limited."""
    of_person = Q(ticket__person=person_id) & scope.readable_q("ticket__")
    found = _touchpoints(of_person, channel, before)
    if not channel:
        found = found.union(_notes(of_person, before), all=True).order_by("-at", "-id")[: PAGE + 1]
    rows = list(found)
    last = rows[PAGE - 1] if len(rows) > PAGE else None
    earlier = Mark(last["at"], last["id"]) if last else None
    return Story([_moment(row, labels) for row in rows[:PAGE]], earlier)


def _touchpoints(of_person: Q, channel: str, before: Mark | None) -> QuerySet[Any, Any]:
    """Read touchpoints; copies of an answer hold the same text, and are left to the ticket."""
    found = Touchpoint.objects.filter(of_person).exclude(facts__has_key="copy_of")
    if channel:
        found = found.filter(channel=channel)
    said = Case(When(reply_text="", then=F("text")), default=F("reply_text"))
    return _page(
        found.annotate(
            way=F("direction"),
            at=F("occurred_at"),
            channel_=F("channel"),
            words=_first_signs(said),
            kind=Coalesce(KeyTextTransform("kind", "facts"), Value(""), output_field=CharField()),
            place_id=F("maison"),
            delivery=_or_nothing("outgoing__state"),
        ),
        before,
    )


def _notes(of_person: Q, before: Mark | None) -> QuerySet[Any, Any]:
    nothing = Value("", output_field=CharField())
    return _page(
        Note.objects.filter(of_person).annotate(
            way=Value("note", output_field=CharField()),
            at=F("created_at"),
            channel_=nothing,
            words=_first_signs(F("text")),
            kind=nothing,
            place_id=Value(None, output_field=BigIntegerField()),
            delivery=nothing,
        ),
        before,
    )


def _first_signs(text: Any) -> Any:
    """Return the beginning of a text; that of a sensitive ticket never leaves the database."""
    plain = When(ticket__is_sensitive=False, then=Left(text, MAX_CHARACTERS + 1))
    return Case(plain, default=Value(""), output_field=CharField())


def _or_nothing(path: str) -> Any:
    return Coalesce(F(path), Value(""), output_field=CharField())


def _page(found: Any, before: Mark | None) -> QuerySet[Any, Any]:
    named = found.annotate(
        given=_or_nothing("author__given_name"),
        family=_or_nothing("author__family_name"),
        username=_or_nothing("author__username"),
    )
    if before:
        named = named.filter(Q(at__lt=before.at) | Q(at=before.at, id__lt=before.id))
    return named.values(*COLUMNS).order_by("-at", "-id")[: PAGE + 1]


def _moment(row: dict[str, Any], labels: Labels) -> Moment:
    is_sensitive, words = row["ticket__is_sensitive"], row["words"]
    return Moment(
        id=row["id"],
        way=row["way"],
        at=row["at"],
        channel=row["channel_"],
        what=_what(row, labels),
        text=masking.OPEN_TO_READ if is_sensitive else words[:MAX_CHARACTERS],
        is_cut=len(words) > MAX_CHARACTERS,
        delivery=row["delivery"],
        reference=row["ticket__reference"],
        topic=masking.topic_words(
            labels.topics.get(row["ticket__topic_id"]),
            labels.topics.get(row["ticket__proposed_topic_id"]),
            row["ticket__subject"],
            is_sensitive=is_sensitive,
        ),
    )


def _what(row: dict[str, Any], labels: Labels) -> str:
    place = labels.places.get(row["place_id"], "")
    agent = agent_name(row["given"], row["family"], row["username"])
    said = {
        "channel": label_of(row["channel_"]),
        "place": place,
        "agent": agent,
    }
    if row["way"] == "note":
        return french.elide(_("Note interne de %(agent)s") % said)
    if row["kind"] == Outgoing.Kind.ACKNOWLEDGMENT:
        return _("Accusé de réception")
    if row["way"] == Touchpoint.Direction.OUT:
        sent = _("%(channel)s de %(agent)s") if agent else _("%(channel)s envoyé")
        return french.elide(sent % said)
    if not agent:
        return _("%(channel)s reçu") % said
    if place:
        return _("%(channel)s à %(place)s, notée par %(agent)s") % said
    return _("%(channel)s, notée par %(agent)s") % said
