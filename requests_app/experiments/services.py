"""Plan a trial, freeze it by its start, end it early, keep its notes; all of it can be undone in time."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from requests_app.access.scope import scope_of
from requests_app.accounts.models import Role, User
from requests_app.experiments.errors import HasBegun, NotRunning, NotTheirTrial
from requests_app.experiments.models import Trial, TrialNote, TrialSite
from requests_app.feedback.models import FieldFeedback
from requests_app.feedback.services import can_answer
from requests_app.lib.weeks import WEEK, monday_of
from requests_app.maisons.models import Maison


def can_lead(user: User, maison_ids: Iterable[int]) -> bool:
    """Tell whether they answer for all the Maisons that try; administrators do everywhere."""
    scope = scope_of(user)
    managed = scope.reach(Role.MANAGER)
    return scope.can_manage_agents or all(managed.covers(pk) for pk in maison_ids)


@transaction.atomic
def plan_trial(
    *, trial: Trial, tried: Iterable[Maison], others: Iterable[Maison], by: User, at: datetime
) -> None:
    """Save a trial with its Maisons, new or changed; raises ValidationError, NotTheirTrial, HasBegun."""
    tried = list(tried)
    if not tried or not can_lead(by, [maison.pk for maison in tried]):
        raise NotTheirTrial
    if trial.pk:
        _require_to_come(trial, by=by, at=at)
    else:
        trial.created_by, trial.created_at = by, at
    if trial.has_begun(timezone.localdate(at)):
        raise HasBegun
    trial.full_clean()
    trial.save()
    trial.sites.all().delete()
    TrialSite.objects.bulk_create(
        [TrialSite(trial=trial, maison=maison, is_tried=True) for maison in tried]
        + [TrialSite(trial=trial, maison=maison, is_tried=False) for maison in others]
    )


@transaction.atomic
def withdraw_trial(*, trial: Trial, by: User, at: datetime) -> None:
    """Withdraw it before it begins; it can be put back as long as it has not."""
    _require_to_come(trial, by=by, at=at)
    Trial.objects.filter(pk=trial.pk).update(withdrawn_at=at)


@transaction.atomic
def restore_trial(*, trial: Trial, by: User, at: datetime) -> None:
    _require_to_come(trial, by=by, at=at)
    Trial.objects.filter(pk=trial.pk).update(withdrawn_at=None)


@transaction.atomic
def stop_trial(*, trial: Trial, reason: str, by: User, at: datetime) -> None:
    """End it with this week; the reason stays beside its result. Raises ValidationError without one."""
    today = timezone.localdate(at)
    _require_lead(trial, by)
    if not trial.has_begun(today) or trial.is_over(today):
        raise NotRunning
    trial.stopped_on = min(monday_of(today) + WEEK - timedelta(days=1), trial.ends_on)
    trial.stop_reason = reason.strip()
    trial.full_clean()
    trial.save(update_fields=["stopped_on", "stop_reason"])


@transaction.atomic
def resume_trial(*, trial: Trial, by: User, at: datetime) -> None:
    """Undo ``stop_trial`` in the week of the end: later, weeks outside the trial would be counted in it."""
    _require_lead(trial, by)
    if trial.stopped_on is None or trial.is_over(timezone.localdate(at)):
        raise NotRunning
    trial.stopped_on, trial.stop_reason = None, ""
    trial.save(update_fields=["stopped_on", "stop_reason"])


@transaction.atomic
def link_feedback(*, feedback: FieldFeedback, trial: Trial | None, by: User) -> None:
    """Say which trial tries to fix what an agent lived, None for no trial; those who answer it do."""
    if not can_answer(by, feedback):
        raise NotTheirTrial
    for other in Trial.objects.filter(feedback=feedback).exclude(pk=trial.pk if trial else 0):
        other.feedback.remove(feedback)
    if trial:
        trial.feedback.add(feedback)


def add_note(*, trial: Trial, text: str, by: User, at: datetime) -> TrialNote:
    """Add a line; raises ValidationError when it is empty or too long."""
    _require_lead(trial, by)
    note = TrialNote(trial=trial, text=text.strip(), by=by, at=at)
    note.full_clean()
    note.save()
    return note


def withdraw_note(*, note: TrialNote, by: User, at: datetime) -> bool:
    """Withdraw a note; False when it was already. Only its author does."""
    if note.by_id != by.pk:
        raise NotTheirTrial
    return bool(TrialNote.objects.filter(pk=note.pk, withdrawn_at=None).update(withdrawn_at=at))


def restore_note(*, note: TrialNote, by: User) -> bool:
    """Undo ``withdraw_note``."""
    if note.by_id != by.pk:
        raise NotTheirTrial
    return bool(TrialNote.objects.filter(pk=note.pk, withdrawn_at__isnull=False).update(withdrawn_at=None))


def _require_to_come(trial: Trial, *, by: User, at: datetime) -> None:
    """Read it again under a lock: it may have begun, or have been changed, since the page was shown."""
    kept = Trial.objects.select_for_update().get(pk=trial.pk)
    _require_lead(kept, by)
    if kept.has_begun(timezone.localdate(at)):
        raise HasBegun


def _require_lead(trial: Trial, by: User) -> None:
    tried = trial.sites.filter(is_tried=True).values_list("maison_id", flat=True)
    if not can_lead(by, tried):
        raise NotTheirTrial
