"""Messages and notes of a ticket, read and written."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Q, QuerySet

from channels_app.partner.api.storing import process_call, store_call
from requests_app.answers.services import AfterAnswer
from requests_app.api.idempotency import Reply
from requests_app.api.pages import ListView
from requests_app.api.problems import Problem
from requests_app.api.tickets import bodies
from requests_app.api.tickets.acting import send_answer
from requests_app.api.tickets.opening import TicketView
from requests_app.api.tickets.rows import instant
from requests_app.api.tickets.shapes import MessageOut, NoteOut
from requests_app.api.views import ActionView
from requests_app.tickets import services
from requests_app.tickets.models import Note, Ticket, Touchpoint
from requests_app.tickets.selectors.family import family_of, thread_q

IN = Touchpoint.Direction.IN
_HELD_BACK = Q(outgoing__state__in=("refused", "cancelled"))


class Messages(TicketView, ListView, ActionView):
    """List what passed between the person and us, oldest first."""

    In, Out, created, stores_first = bodies.MessageIn, MessageOut, 201, True
    is_newest_first = False

    def rows(self, **kwargs: Any) -> "QuerySet[Any]":
        ticket = self.open_readable(kwargs["reference"])
        return Touchpoint.objects.filter(thread_q(ticket)).exclude(_HELD_BACK)

    def show(self, rows: Sequence[Any]) -> list[dict[str, Any]]:
        return [_show_message(row) for row in rows]

    def prepare(self, data: dict[str, Any], **kwargs: Any) -> None:
        self.ticket: Ticket = self.open_readable(kwargs["reference"])
        if data["direction"] == IN:
            body = {
                "text": data["text"],
                "reference": self.ticket.reference,
                "person_id": self.ticket.person_id,
            }
            self.brought = store_call(body, key=self.key, idempotency_key=self.idempotency_key, at=self.now)

    def act(self, data: dict[str, Any], **kwargs: Any) -> Reply:
        """Answer the person; with the direction `in`, add words that they said elsewhere."""
        if data["direction"] == IN:
            return self._add_words()
        sent = send_answer(self.ticket, data["text"], then=AfterAnswer.STAY, by=self.agent, at=self.now)
        return Reply(201, _show_message(sent))

    def _add_words(self) -> Reply:
        if not self.brought.is_same:
            raise Problem("idempotency-key-reused")
        arrival = process_call(self.brought.arrival_id, at=self.now)
        if arrival.touchpoint is None:
            raise Problem("unavailable")
        return Reply(201, _show_message(arrival.touchpoint))


class Notes(TicketView, ListView, ActionView):
    """List what staff say among themselves, oldest first."""

    In, Out, created = bodies.TextIn, NoteOut, 201
    is_newest_first = False

    def rows(self, **kwargs: Any) -> "QuerySet[Any]":
        ticket = self.open_readable(kwargs["reference"])
        return Note.objects.filter(ticket__in=family_of(ticket)).select_related("author")

    def show(self, rows: Sequence[Any]) -> list[dict[str, Any]]:
        return [_show_note(row) for row in rows]

    def act(self, data: dict[str, Any], **kwargs: Any) -> Reply:
        """Write a note for staff; it never leaves."""
        ticket = self.open_readable(kwargs["reference"])
        return Reply(
            201, _show_note(services.add_note(ticket=ticket, text=data["text"], by=self.agent, at=self.now))
        )


def _show_message(row: Touchpoint) -> dict[str, Any]:
    return {
        "id": row.pk,
        "channel": row.channel,
        "direction": row.direction,
        "text": row.text,
        "reply_text": row.reply_text,
        "at": instant(row.occurred_at),
    }


def _show_note(row: Note) -> dict[str, Any]:
    return {"id": row.pk, "text": row.text, "author": row.author.full_name, "at": instant(row.created_at)}
