"""How it felt, as the last line of a thread: one of three faces, once for each ticket."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from channels_app.chat.models import Thread
from requests_app.feedback import services
from requests_app.feedback.faces import Face, faces
from requests_app.feedback.models import FeltExperience
from requests_app.tickets.errors import Refused
from requests_app.tickets.models import Outcome
from requests_app.tickets.selectors.family import survivor_of

Level = FeltExperience.Level
LEVELS = (Level.BAD, Level.SO_SO, Level.WELL)  # of the scale of every channel: one gesture, three faces
NOT_ASKED = {Outcome.WITHDRAWN, Outcome.UNWANTED}


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked at the end of a page; ``is_over``: at once, without « J’ai fini »."""

    faces: Sequence[Face]
    is_over: bool
    is_answered: bool


def question_of(thread: Thread) -> Question | None:
    """Return what to ask; None before there is a ticket, and beside the numbers to call (threats: N12)."""
    if thread.ticket is None or thread.dangers:
        return None
    ticket = survivor_of(thread.ticket)
    if ticket.outcome in NOT_ASKED:
        return None
    is_over = not ticket.is_open or ticket.answered_at is not None
    return Question(faces(LEVELS), is_over, services.is_opinion_told(ticket))


@transaction.atomic
def tell(*, thread: Thread, level: str, at: datetime) -> None:
    """Save the face chosen, unless nothing is asked any more; raises Refused for what is no face."""
    if level not in {str(each.value) for each in LEVELS}:
        raise Refused(_("Choisissez un des trois visages."))
    locked = Thread.objects.select_for_update().get(pk=thread.pk)  # two clicks are one answer
    question = question_of(locked)
    if locked.ticket and question and not question.is_answered:
        services.tell(ticket=survivor_of(locked.ticket), level=int(level), sentence="", at=at)
