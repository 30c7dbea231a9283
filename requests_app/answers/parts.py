"""Whose each recipient is: the person's own contact, or that of somebody who acts or writes for them."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from requests_app.lib import phones
from requests_app.people.mandates import Receives, Representation
from requests_app.tickets.selectors.taking_part import TakingPart

if TYPE_CHECKING:
    from requests_app.answers.recipients import Recipient

Mandates = Sequence[Representation]


def receivers_by_mandate(mandates: Mandates) -> dict[str, Representation]:
    """Return those who receive our answers for the person, by address."""
    return {each.address: each for each in mandates if each.receives != Receives.PERSON and each.address}


def add_parts(
    found: "list[Recipient]",
    participants: Sequence[TakingPart],
    mandates: Mandates,
    person_id: int | None,
    make: "Callable[[str], Recipient]",
) -> "list[Recipient]":
    """Name who acts for the person or takes part, and offer those who receive by a mandate.

    Where the person cannot be written to, participants an agent confirmed are offered too, with a warning
    unless they write for others by their work.
    """
    parts = {each.address: each for each in participants if each.address}
    acting = receivers_by_mandate(mandates)
    has_own = bool(acting) or any(each.is_of_person for each in found)
    settled = [] if has_own else [address for address, each in parts.items() if not each.is_copied]
    known = {each.address for each in found}
    found = found + [make(address) for address in [*acting, *settled] if address not in known]
    is_instead = person_id is not None and not has_own
    return [
        _acting(each, acting[each.address])
        if each.address in acting
        else _taking_part(each, parts.get(each.address), is_instead=is_instead)
        for each in found
    ]


def _acting(each: "Recipient", mandate: Representation) -> "Recipient":
    if each.contact_point_id is not None:
        return each
    return replace(each, name=mandate.holder, part=mandate.title, is_mandated=True)


def _taking_part(each: "Recipient", part: TakingPart | None, *, is_instead: bool) -> "Recipient":
    if part is None or each.contact_point_id is not None:
        return each
    who = part.name or phones.format_national(part.address)
    doubt = _("%(who)s n’est pas la personne : relisez ce que vous lui écrivez.") % {"who": who}
    is_doubted = is_instead and not part.writes_for_others
    warning = " ".join(filter(None, (each.warning, doubt if is_doubted else "")))
    return replace(each, name=part.name, part=part.part, warning=warning)
