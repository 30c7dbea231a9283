"""What the composer shows: one's drafts, who else is writing, the models that fit."""

import json
from dataclasses import dataclass, field
from datetime import datetime

from django.db import connection

from requests_app.accounts.models import User
from requests_app.answers.models import AnswerModel, Draft
from requests_app.answers.variables import fill, values_of
from requests_app.answers.writing import maison_of
from requests_app.lib.text import fold
from requests_app.tickets.models import Ticket
from requests_app.tickets.selectors.thread_rows import agent_name

MOST_MODELS = 8

DRAFTS = """
SELECT d.author_id, d.kind, d.text, d.recipient, d.also, d.updated_at,
       u.given_name, u.family_name, u.username,
       (SELECT jsonb_agg(jsonb_build_object('id', f.id, 'name', f.name, 'size', f.size) ORDER BY f.id)
          FROM answers_draftfile f WHERE f.draft_id = d.id)
  FROM answers_draft d JOIN accounts_user u ON u.id = d.author_id
 WHERE d.ticket_id = %s
 ORDER BY d.updated_at DESC
"""


@dataclass(frozen=True, slots=True)
class TypedFile:
    id: int
    name: str
    size: int


@dataclass(frozen=True, slots=True)
class Typed:
    """A draft as its composer shows it; empty when nothing was typed."""

    text: str = ""
    recipient: str = ""
    also: list[int] | None = None
    updated_at: datetime | None = None
    files: list[TypedFile] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Writer:
    """A colleague who has begun to write on this ticket."""

    name: str
    kind: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Drafts:
    """One's own two drafts, and the colleagues who write."""

    answer: Typed
    note: Typed
    writers: list[Writer]


@dataclass(frozen=True, slots=True)
class FilledModel:
    """A model with the values of the ticket, ready to be inserted."""

    id: int
    name: str
    text: str


def drafts_of(ticket: Ticket, user: User) -> Drafts:
    """Everything that is being typed on a ticket: one statement."""
    with connection.cursor() as cursor:
        cursor.execute(DRAFTS, [ticket.pk])
        rows = cursor.fetchall()
    mine: dict[str, Typed] = {}
    writers = []
    for author_id, kind, text, recipient, also, at, given, family, username, files in rows:
        if author_id == user.pk:
            mine[kind] = Typed(
                text, recipient, also, at, [TypedFile(**file) for file in json.loads(files or "[]")]
            )
        else:
            writers.append(Writer(agent_name(given, family, username), kind, at))
    return Drafts(mine.get(Draft.Kind.ANSWER, Typed()), mine.get(Draft.Kind.NOTE, Typed()), writers)


def find_models(ticket: Ticket, words: str) -> list[FilledModel]:
    """The models that hold all these words, those of the topic and the Maison first; two statements."""
    models = AnswerModel.objects.for_ticket(topic_id=ticket.topic_id, maison_id=ticket.maison_id)
    for word in fold(words).split()[:6]:
        models = models.filter(search_text__regex=rf"\m{word}")  # the beginning of a word
    values = values_of(ticket, maison_of(ticket))
    found = sorted(models[:200], key=lambda model: _place(model, words))
    return [FilledModel(model.pk, model.name, fill(model.text, values)) for model in found[:MOST_MODELS]]


def _place(model: AnswerModel, words: str) -> tuple[bool, bool, bool, str]:
    is_named = all(f" {word}" in f" {fold(model.name)}" for word in fold(words).split())
    return (not is_named, model.topic_id is None, model.maison_id is None, model.name)
