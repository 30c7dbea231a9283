"""What the composer shows: one's drafts, who else is writing, the templates that fit."""

import json
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db import connection

from requests_app.accounts.models import User
from requests_app.answers.models import AnswerModel, Draft
from requests_app.answers.variables import fill, values_of
from requests_app.answers.writing import maison_of
from requests_app.lib.text import fold
from requests_app.tickets.models import Ticket
from requests_app.tickets.selectors.thread_rows import agent_name

MAX_MODELS = 8

DRAFTS = """
(SELECT d.author_id, d.kind, d.text, d.recipient, d.also, d.updated_at,
       u.given_name, u.family_name, u.username,
       (SELECT jsonb_agg(jsonb_build_object('id', f.id, 'name', f.name, 'size', f.size) ORDER BY f.id)
          FROM answers_draftfile f WHERE f.draft_id = d.id)
  FROM answers_draft d JOIN accounts_user u ON u.id = d.author_id
 WHERE d.ticket_id = %(ticket)s)
UNION ALL
(SELECT p.agent_id, '', '', '', NULL, p.seen_at, u.given_name, u.family_name, u.username, NULL
   FROM answers_presence p JOIN accounts_user u ON u.id = p.agent_id
  WHERE p.ticket_id = %(ticket)s AND p.seen_at > %(since)s AND p.agent_id <> %(me)s)
 ORDER BY updated_at DESC
"""
HERE_FOR = timedelta(seconds=45)  # three times the polling period of the page


@dataclass(frozen=True, slots=True)
class TypedFile:
    id: int
    name: str
    size: int


@dataclass(frozen=True, slots=True)
class DraftContent:
    """A draft as its composer shows it; empty when nothing was typed."""

    text: str = ""
    recipient: str = ""
    also: list[int] | None = None
    updated_at: datetime | None = None
    files: list[TypedFile] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Writer:
    """A colleague on this ticket: what is being written, or "" for a reader; ``is_here`` right now."""

    name: str
    kind: str
    at: datetime
    is_here: bool


@dataclass(frozen=True, slots=True)
class Drafts:
    """One's own two drafts, and the colleagues who write or read."""

    answer: DraftContent
    note: DraftContent
    writers: list[Writer]


@dataclass(frozen=True, slots=True)
class FilledModel:
    """A template with the ticket's values, ready to be inserted."""

    id: int
    name: str
    text: str


def drafts_of(ticket: Ticket, user: User, *, now: datetime) -> Drafts:
    """Return everything being typed on a ticket, and who has it open: one statement."""
    since = now - HERE_FOR
    with connection.cursor() as cursor:
        cursor.execute(DRAFTS, {"ticket": ticket.pk, "since": since, "me": user.pk})
        rows = [_row(*row) for row in cursor.fetchall()]
    mine = {row.kind: row.typed for row in rows if row.agent_id == user.pk}
    here = {row.agent_id for row in rows if row.at > since}
    writing = {row.agent_id for row in rows if row.kind}
    writers = [
        Writer(row.name, row.kind, row.at, row.agent_id in here)
        for row in rows
        if row.agent_id != user.pk and (row.kind or row.agent_id not in writing)
    ]
    return Drafts(
        mine.get(Draft.Kind.ANSWER, DraftContent()), mine.get(Draft.Kind.NOTE, DraftContent()), writers
    )


class _Row(NamedTuple):
    agent_id: int
    kind: str
    at: datetime
    name: str
    typed: DraftContent


def _row(
    agent_id: int,
    kind: str,
    text: str,
    recipient: str,
    also: list[int] | None,
    at: datetime,
    given: str,
    family: str,
    username: str,
    files: str | None,
) -> _Row:
    typed = DraftContent(text, recipient, also, at, [TypedFile(**file) for file in json.loads(files or "[]")])
    return _Row(agent_id, kind, at, agent_name(given, family, username), typed)


def find_models(ticket: Ticket, words: str) -> list[FilledModel]:
    """Find templates with all these terms, those of the topic and Maison first; two statements."""
    models = AnswerModel.objects.for_ticket(topic_id=ticket.topic_id, maison_id=ticket.maison_id)
    for word in fold(words).split()[:6]:
        models = models.filter(search_text__regex=rf"\m{word}")  # the beginning of a word
    values = values_of(ticket, maison_of(ticket))
    found = sorted(models[:200], key=lambda model: _place(model, words))
    return [FilledModel(model.pk, model.name, fill(model.text, values)) for model in found[:MAX_MODELS]]


def _place(model: AnswerModel, words: str) -> tuple[bool, bool, bool, str]:
    is_named = all(f" {word}" in f" {fold(model.name)}" for word in fold(words).split())
    return (not is_named, model.topic_id is None, model.maison_id is None, model.name)
