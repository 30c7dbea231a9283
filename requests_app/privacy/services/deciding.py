"""The archivist's decisions: lines kept for a stated reason until a day, then approval of all others."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Count, Max, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from requests_app.accounts.models import User
from requests_app.lib.enqueue import enqueue
from requests_app.privacy.errors import Refused
from requests_app.privacy.models import DisposalLine, DisposalSchedule

Fate = DisposalLine.Fate


@transaction.atomic
def keep(*, line: DisposalLine, reason: str, until: date, by: User, at: datetime) -> None:
    """Keep one line from destruction: the ticket stays, and is listed again after the day given."""
    if not reason.strip():
        raise Refused(_("Écrivez pourquoi garder cette demande."))
    if until <= timezone.localdate(at):
        raise Refused(_("Choisissez un jour à venir."))
    waiting = _waiting(line)
    changes = {"reason": reason.strip()[:300], "keep_until": until, "decided_at": at, "decided_by": by}
    if not waiting.update(fate=Fate.REFUSED, **changes):
        raise Refused(_("Cette ligne n’attend plus de décision."))


@transaction.atomic
def undo_keep(*, line: DisposalLine) -> None:
    """Undo it before approval: the line is on its list again."""
    _lock(line.schedule_id)
    line_kept = DisposalLine.objects.filter(pk=line.pk, fate=Fate.REFUSED, schedule__visa_at=None)
    if not line_kept.update(fate=Fate.LISTED, reason="", keep_until=None, decided_at=None, decided_by=None):
        raise Refused(_("Le visa est donné : la ligne ne change plus."))


@transaction.atomic
def give_visa(*, schedule: DisposalSchedule, by: User, at: datetime, shown: str = "") -> int:
    """Approve the destruction of what the list holds and nobody kept; workers start at once.

    ``shown`` is the state of the list as read (``mark_of``), so that no unread line is approved.
    Return how many lines go.
    """
    _lock(schedule.pk)
    if shown and shown != mark_of(schedule):
        raise Refused(_("Une ligne a changé depuis votre lecture. Relisez la liste."))
    whole = DisposalSchedule.objects.filter(pk=schedule.pk, listed_at__isnull=False, visa_at=None)
    if not whole.update(visa_at=at, visa_by=by):
        raise Refused(_("Cette liste n’attend pas de visa."))
    enqueue("privacy.sweep")
    return schedule.lines.filter(fate=Fate.LISTED).count()


def mark_of(schedule: DisposalSchedule) -> str:
    """Return what tells two states of a list apart: how many lines would go, and the last one added."""
    found = schedule.lines.filter(fate=Fate.LISTED).aggregate(listed_count=Count("pk"), last=Max("pk"))
    return f"{found['listed_count']}-{found['last'] or 0}"


def _waiting(line: DisposalLine) -> QuerySet[DisposalLine]:
    """Select the line while its list is not approved, with the list locked so that it stays so."""
    _lock(line.schedule_id)
    return DisposalLine.objects.filter(pk=line.pk, fate=Fate.LISTED, schedule__visa_at=None)


def _lock(schedule_id: int) -> None:
    DisposalSchedule.objects.select_for_update().get(pk=schedule_id)
