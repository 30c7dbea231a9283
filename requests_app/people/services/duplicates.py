"""« Pas la même personne »: what an agent said of two records, remembered."""

from datetime import datetime

from requests_app.accounts.models import User
from requests_app.people.models import NotDuplicate, Person


def say_different(*, one: Person, other: Person, by: User, at: datetime) -> None:
    """Record that these are two persons; when said twice, the first record stays."""
    first, second = sorted((one.pk, other.pk))
    NotDuplicate.objects.get_or_create(first_id=first, second_id=second, defaults={"by": by, "at": at})


def forget_different(*, one: Person, other: Person) -> None:
    """Delete that record: they may be proposed as one again."""
    first, second = sorted((one.pk, other.pk))
    NotDuplicate.objects.filter(first=first, second=second).delete()
