"""The tablet at the door: one face, stored with its Maison and its instant, and nothing else."""

from datetime import datetime, timedelta

from requests_app.feedback.models import LeavingOpinion
from requests_app.maisons.models import Maison

WINDOW = timedelta(minutes=10)
MOST = 60  # at one door: the busiest receives thirty people in ten minutes
UNDO_WITHIN = timedelta(minutes=2)


def tell_leaving(*, maison: Maison, level: int, at: datetime) -> LeavingOpinion | None:
    """Save the face; None after too many from this door."""
    if LeavingOpinion.objects.filter(maison=maison, said_at__gt=at - WINDOW).count() >= MOST:
        return None
    return LeavingOpinion.objects.create(maison=maison, level=level, said_at=at)


def withdraw_leaving(*, maison: Maison, pk: int, at: datetime) -> None:
    """Withdraw a face touched by mistake, while it was just touched and nothing counted it."""
    young = LeavingOpinion.objects.filter(pk=pk, maison=maison, said_at__gt=at - UNDO_WITHIN)
    young.filter(counted_at=None).delete()
