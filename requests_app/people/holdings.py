"""What the room of people stores about a person."""

from collections.abc import Iterable

from requests_app.lib.holdings import PERSON, Collected, Holding, exempts, holds
from requests_app.people.models import ContactChoice, ContactPoint


def _choices(collected: Collected) -> Iterable[int]:
    """What was said at addresses that are nobody else's."""
    going = collected.keys_of("people.ContactPoint")
    for point in ContactPoint.objects.filter(pk__in=going):
        same = ContactPoint.objects.at(point.kind, point.value)
        if not same.exclude(pk__in=going).exists():
            said = ContactChoice.objects.filter(kind=point.kind, value=point.value)
            yield from said.values_list("pk", flat=True)


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
