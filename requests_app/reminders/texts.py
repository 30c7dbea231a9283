"""What messages say of an appointment: when and where, never why nor the place's name (threats: S07).

In short messages, the place is abbreviated step by step: the channel takes the first text that fits.
"""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.dates import MONTHS_3, WEEKDAYS
from django.utils.translation import gettext as _

from requests_app.appointments.models import Appointment
from requests_app.lib import french
from requests_app.lib.languages import speaking
from requests_app.maisons.labels import place_label
from requests_app.maisons.models import Maison
from requests_app.maisons.opening import PARIS
from requests_app.outbox.links import PLACEHOLDER
from requests_app.reminders.models import Reminder
from requests_app.tickets.messages.brief import fill_longest_link

Purpose = Reminder.Purpose
_SHORTER = (
    (re.compile(r"\bavenue\b", re.IGNORECASE), "av."),
    (re.compile(r"\bboulevard\b", re.IGNORECASE), "bd"),
    (re.compile(r"\bplace\b", re.IGNORECASE), "pl."),
    (re.compile(r"\bprofesseur\b", re.IGNORECASE), "Pr"),
    (re.compile(r"\bdocteur\b", re.IGNORECASE), "Dr"),
)


def brief_texts(
    purpose: str,
    starts_at: datetime,
    maison: Maison,
    *,
    is_discreet: bool,
    is_by_phone: bool = False,
    instead_of: datetime | None = None,
    language: str = "",
) -> list[str]:
    """Return the variants, fullest first, in that language; the link is added on sending."""
    with speaking(language):
        where = say_where(maison, is_discreet=is_discreet, is_by_phone=is_by_phone)
        if instead_of:
            return [*_moved_texts(starts_at, instead_of, where)]
        return [*_variants(purpose, starts_at, where, is_by_phone=is_by_phone)]


def samples() -> list[str]:
    """Return the variants without even the street, on the longest day: for the startup check."""
    return [fill_longest_link(text) for code, _name in settings.LANGUAGES for text in _samples(code)]


def _samples(language: str) -> list[str]:
    longest = datetime(2026, 12, 30, 10, 30, tzinfo=PARIS)  # a Wednesday of two digits
    with speaking(language):
        texts = [
            [*_variants(purpose, longest, [], is_by_phone=is_by_phone)][-1]
            for purpose in Purpose.values
            for is_by_phone in (False, True)
        ]
        texts.append([*_moved_texts(longest, longest - timedelta(days=7), [])][-1])
        return texts


def _variants(
    purpose: str, starts_at: datetime, known_places: list[str], *, is_by_phone: bool
) -> Iterator[str]:
    words = _words(starts_at)
    if purpose == Purpose.CANCELLED_AS_ASKED:
        yield _("%(sender)s : votre RDV du %(when)s est annulé. Autre date : %(link)s ou %(phone)s") % words
        return
    if purpose == Purpose.CANCELLATION:
        yield (
            _("%(sender)s : le RDV du %(when)s n’aura pas lieu. Autre date : %(link)s ou %(phone)s") % words
        )
        return
    long = _("%(sender)s : RDV %(when)s, %(place)s. Voir ou changer : %(link)s ou %(phone)s")
    short = _("%(sender)s : RDV %(when)s, %(place)s. Voir : %(link)s ou %(phone)s")
    for place in known_places:  # where to come matters more than how to change
        yield from (template % {**words, "place": place} for template in (long, short))
    if is_by_phone:
        yield _("%(sender)s : RDV par téléphone %(when)s : %(link)s ou %(phone)s") % words
    else:
        yield _("%(sender)s : RDV %(when)s. Lieu, voir ou changer : %(link)s ou %(phone)s") % words


def _moved_texts(starts_at: datetime, old: datetime, known_places: list[str]) -> Iterator[str]:
    """Yield the new date and the one it replaces: people with both in a diary must know which one holds."""
    words = _words(starts_at)
    is_same_day = old.astimezone(PARIS).date() == starts_at.astimezone(PARIS).date()
    full = short_hour(old) if is_same_day else short_moment(old)
    olds = list(dict.fromkeys([full, short_hour(old) if is_same_day else short_day(old)]))
    template = _("%(sender)s : nouvelle date de RDV %(when)s (au lieu de %(old)s)%(place)s. Voir : %(links)s")
    links = _("%(link)s ou %(phone)s") % words
    for place in [*(f", {each}" for each in known_places), ""]:
        yield from (template % {**words, "old": each, "place": place, "links": links} for each in olds)
    brief = _("%(sender)s : nouvelle date de RDV %(when)s (au lieu de %(old)s) : %(links)s")
    yield brief % {**words, "old": olds[-1], "links": links}


def _words(starts_at: datetime) -> dict[str, str]:
    return {
        "sender": settings.AUTHORITY_NAME,
        "when": short_moment(starts_at),
        "link": PLACEHOLDER,
        "phone": settings.AUTHORITY_PHONE,
    }


def say_where(maison: Maison, *, is_discreet: bool, is_by_phone: bool) -> list[str]:
    """Return where it is from longest to shortest; nothing when it may not be said.

    By telephone nobody must come: that is said to everybody.
    """
    if is_by_phone:
        return [_("par téléphone")]
    return [] if is_discreet else places(maison)


def places(maison: Maison) -> list[str]:
    """Return the address from longest to shortest: with the town, abbreviated, without the town."""
    street, town = maison.address, place_label(maison.commune.name)
    short = street
    for pattern, abbreviated in _SHORTER:
        short = pattern.sub(abbreviated, short)
    wanted = [f"{street}, {town}", f"{short}, {town}", street, short] if street else [town]
    return list(dict.fromkeys(wanted))


def short_moment(at: datetime) -> str:
    """Format « mardi 4/11 à 14h30 », as SMS write it."""
    return _("%(day)s à %(hour)s") % {"day": short_day(at), "hour": short_hour(at)}


def short_hour(at: datetime) -> str:
    """Format « 14h30 », « 9h »; in English « 14:30 », « 9:00 »."""
    here = at.astimezone(PARIS)
    if not french.is_french():
        return f"{here.hour}:{here.minute:02}"
    return f"{here.hour}h{here.minute:02}" if here.minute else f"{here.hour}h"


def short_day(at: datetime) -> str:
    """Format « mardi 4/11 »; in English « Tuesday 4 Nov », since « 4/11 » is April for some readers."""
    here = at.astimezone(PARIS)
    if not french.is_french():
        return f"{WEEKDAYS[here.weekday()]} {here.day} {str(MONTHS_3[here.month]).title()}"
    return f"{WEEKDAYS[here.weekday()]} {here.day}/{here.month:02}"


def mail_text(
    purpose: str,
    appointment: Appointment,
    *,
    is_discreet: bool,
    instead_of: datetime | None = None,
    language: str = "",
    is_extra: bool = False,
) -> str:
    """Write the same as a mail, with the full address; one more reminder offers another way to meet."""
    maison = appointment.maison
    with speaking(language):
        words = {
            "is_off": purpose == Purpose.CANCELLATION,
            "is_asked": purpose == Purpose.CANCELLED_AS_ASKED,
            "old": french.moment(instead_of) if instead_of else "",
            "is_extra": is_extra,
            "is_reminder": purpose == Purpose.REMINDER,
            "when": french.moment(appointment.starts_at),
            "is_by_phone": appointment.type.is_by_phone,
            "address": "" if is_discreet or appointment.type.is_by_phone else _address_of(maison),
            "link": PLACEHOLDER,
            "phone": settings.AUTHORITY_PHONE,
            "authority": settings.AUTHORITY_NAME,
        }
        return render_to_string("messages/appointment.txt", words).strip() + "\n"


def _address_of(maison: Maison) -> str:
    return ", ".join(part for part in (maison.address, maison.town) if part)
