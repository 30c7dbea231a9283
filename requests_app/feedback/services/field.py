"""Record what agents live at work, answer them, and tell them what became of it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F

from requests_app.access.scope import scope_of
from requests_app.accounts.models import Role, User
from requests_app.catalog.models import Topic
from requests_app.feedback.models import FieldFeedback, FieldFeedbackChange
from requests_app.maisons.models import Maison

MAX_SENTENCE = 300
TWICE = timedelta(seconds=10)

State = FieldFeedback.State


@dataclass(frozen=True, slots=True)
class Shown:
    """What was on screen: nothing that leads to a person."""

    maison: Maison | None
    topic: Topic | None = None
    channel: str = ""
    page: str = ""


@dataclass(frozen=True, slots=True)
class FollowUp:
    """What somebody in charge decides; ``public_words`` is published beside ``answer``, empty for nothing."""

    state: str
    owner: User | None = None
    answer: str = ""
    public_words: str = ""


@transaction.atomic
def record_feedback(*, kind: str, shown: Shown, by: User, at: datetime) -> FieldFeedback:
    """Save a feedback at once, its sentence may follow; the same one pressed twice is one."""
    User.objects.select_for_update().get(pk=by.pk)
    values = {"kind": kind, "author": by, "maison": shown.maison, "topic": shown.topic}
    values |= {"channel": shown.channel, "page": shown.page}
    same = FieldFeedback.objects.standing().filter(**values, said_at__gt=at - TWICE, sentence="").first()
    return same or FieldFeedback.objects.create(**values, said_at=at, is_signed=_signed_last_time(by))


def add_sentence(*, feedback: FieldFeedback, sentence: str, is_signed: bool) -> bool:
    """Save the author's sentence and whether their name shows; False once somebody has answered."""
    rows = FieldFeedback.objects.standing().filter(pk=feedback.pk, state=State.NEW)
    return bool(rows.update(sentence=" ".join(sentence.split())[:MAX_SENTENCE], is_signed=is_signed))


def withdraw(*, feedback: FieldFeedback, at: datetime) -> bool:
    """Withdraw it in full; False when it already was."""
    rows = FieldFeedback.objects.standing().filter(pk=feedback.pk)
    return bool(rows.update(withdrawn_at=at, is_public=False))


@transaction.atomic
def answer_feedback(*, feedback: FieldFeedback, follow_up: FollowUp, by: User, at: datetime) -> bool:
    """Save what was decided and tell the author; False when nothing changes. Raises ValidationError."""
    row = FieldFeedback.objects.select_for_update(of=("self",)).with_names().get(pk=feedback.pk)
    before = (row.state, row.owner_id, row.answer, row.public_words)
    row.state, row.owner, row.answer = follow_up.state, follow_up.owner, follow_up.answer
    row.public_words, row.is_public = follow_up.public_words, bool(follow_up.public_words)
    if before == (row.state, row.owner_id, row.answer, row.public_words):
        return False
    row.full_clean()
    row.save()
    FieldFeedbackChange.objects.create(feedback=row, state=row.state, answer=row.answer, by=by, at=at)
    if row.author_id != by.pk:
        User.objects.filter(pk=row.author_id).update(unread_feedback=F("unread_feedback") + 1)
    return True


@transaction.atomic
def mark_changes_seen(*, by: User, at: datetime) -> None:
    """Note that the author has read what became of their feedback."""
    FieldFeedbackChange.objects.filter(feedback__author=by, seen_at=None).update(seen_at=at)
    User.objects.filter(pk=by.pk).update(unread_feedback=0)


def can_answer(user: User, feedback: FieldFeedback) -> bool:
    """Tell whether they answer it: managers of that Maison, and its owner."""
    is_manager = scope_of(user).reach(Role.MANAGER).covers(feedback.maison_id)
    return is_manager or feedback.owner_id == user.pk


def _signed_last_time(user: User) -> bool:
    """Return the author's last choice; hidden until they choose."""
    last = FieldFeedback.objects.filter(author=user).order_by("-said_at", "-pk").first()
    return last.is_signed if last else False
