"""The rows of a list for a file: what the page shows of each ticket but its words, with real dates."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from requests_app.channels.registry import channels
from requests_app.lib.spreadsheets import Cell
from requests_app.tickets.models.tickets import Priority, State, TicketQuerySet
from requests_app.tickets.selectors import masking
from requests_app.tickets.selectors.ordering import Sort, sort_tickets
from requests_app.tickets.selectors.rows import name_sender

BATCH = 1_000
COLUMNS = (
    "reference",
    "channel",
    "state",
    "priority",
    "is_sensitive",
    "maison__label",
    "topic__label",
    "proposed_topic__label",
    "sender",
    "subject",
    "received_at",
    "waiting_since",
    "due_at",
    "transfer_body",
)


def heads() -> list[str]:
    return [
        _("Numéro"),
        _("Personne"),
        _("Sujet"),
        _("Lieu"),
        _("Canal"),
        _("État"),
        _("Urgente"),
        _("Reçue le"),
        _("Attend depuis"),
        _("Réponse attendue"),
    ]


def exported_rows(tickets: TicketQuerySet, sort: Sort, *, limit: int) -> list[list[Cell]]:
    """Read a whole list in its order, up to ``limit`` rows, in one statement (threats: A03, W05)."""
    labels = {each.key: str(each.label) for each in channels()}
    found = sort_tickets(tickets, sort).values_list(*COLUMNS)[:limit]
    return list(_rows(found.iterator(chunk_size=BATCH), labels))


def _rows(found: Iterator[Sequence[Any]], labels: Mapping[str, str]) -> Iterator[list[Cell]]:
    for values in found:
        reference, channel, state, priority, is_sensitive, place, topic, proposed = values[:8]
        sender, subject, *dates, transfer = values[8:]
        received_at, waiting_since, due_at = dates
        name: str | Promise = masking.PROTECTED if is_sensitive else name_sender(sender)
        about = masking.topic_words(topic, proposed, subject, is_sensitive=is_sensitive)
        yield [
            reference,
            str(name),
            str(about),
            str(place or (masking.TO_PASS_ON if transfer else masking.NO_PLACE)),
            labels.get(channel, channel),
            str(State(state).label),
            _("Oui") if priority == Priority.URGENT else "",
            received_at,
            _waiting(state, waiting_since),
            due_at,
        ]


def _waiting(state: str, since: datetime) -> datetime | None:
    return None if state == State.CLOSED else since
