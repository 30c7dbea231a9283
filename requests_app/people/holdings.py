"""What the people app stores about a person."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy

from requests_app.lib.holdings import PERSON, Collected, Holding, Loose, ends_alone, exempts, holds
from requests_app.lib.registry import Handlers
from requests_app.people.models import ContactChoice, ContactPoint, Person, PersonChange


def _choices(collected: Collected) -> Iterable[int]:
    """Yield what was said at addresses that are nobody else's."""
    going = collected.keys_of("people.ContactPoint")
    for point in ContactPoint.objects.filter(pk__in=going):
        same = ContactPoint.objects.at(point.kind, point.value)
        if not same.exclude(pk__in=going).exists():
            said = ContactChoice.objects.filter(kind=point.kind, value=point.value)
            yield from said.values_list("pk", flat=True)


def _ticketless(before: datetime) -> QuerySet[Person]:
    """Select records of persons without a ticket that nobody has corrected since."""
    rows = Person.objects.filter(tickets=None, merged_into=None, created_at__lt=before)
    changed = PersonChange.objects.filter(person=OuterRef("pk"), at__gte=before)
    return rows.filter(~Exists(changed), *(~Exists(rows_of()) for rows_of in STILL_NEEDED))


def _said_at_old_numbers(before: datetime) -> QuerySet[ContactChoice]:
    """Select what was said at an address that nobody has any longer."""
    points = ContactPoint.objects.filter(kind=OuterRef("kind"), value=OuterRef("value"))
    return ContactChoice.objects.filter(~Exists(points), at__lt=before)


# Rows of upper apps that name ``OuterRef("pk")``.
STILL_NEEDED: Handlers[Callable[[], QuerySet[Any]]] = Handlers("reason to keep a person")
ends_alone(
    Loose(PERSON, gettext_lazy("Fiches de personnes sans demande"), "created_at", _ticketless),
    Loose("people.ContactChoice", gettext_lazy("Refus d’anciens numéros"), "at", _said_at_old_numbers),
)
holds(
    Holding(PERSON, points_to=(("merged_into", PERSON),)),
    Holding("people.AccessNeed", points_to=(("person", PERSON),)),
    Holding("people.PersonChange", points_to=(("person", PERSON),)),
    Holding("people.ContactPoint", points_to=(("person", PERSON),)),
    Holding("people.ContactChoice", find=_choices),
    Holding("people.Mandate", points_to=(("person", PERSON),)),
    Holding("people.NotDuplicate", points_to=(("first", PERSON), ("second", PERSON))),
    Holding("people.MergeLog", points_to=(("survivor", PERSON), ("merged", PERSON))),
)
exempts(
    "Words of names, apart from those who bear them; a purge ends with those nobody bears (purge_unborne).",
    "people.NameWord",
)
