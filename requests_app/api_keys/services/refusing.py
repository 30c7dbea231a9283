"""What a key was refused, so that its owner sees what is missing without calling anyone."""

from datetime import datetime

from requests_app.api_keys.models import ApiKey, ApiRefusal

MAX_REFUSALS = 100  # of each key


def note_refusal(*, key: ApiKey, method: str, route: str, status: int, reason: str, at: datetime) -> None:
    """Add a refusal, and delete those that a hundred newer ones follow."""
    ApiRefusal.objects.create(
        key=key, at=at, method=method[:10], route=route[:120], status=status, reason=reason[:60]
    )
    newest = key.refusals.order_by("-pk").values_list("pk", flat=True)
    if last_kept := list(newest[MAX_REFUSALS - 1 : MAX_REFUSALS]):
        key.refusals.filter(pk__lt=last_kept[0]).delete()
