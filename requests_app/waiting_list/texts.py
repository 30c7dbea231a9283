"""What SMS say to somebody who waits: the day and the hour, never why nor the place's name (threats: S07)."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.conf import settings
from django.utils.translation import gettext as _

from requests_app.lib.languages import speaking
from requests_app.lib.local_time import PARIS
from requests_app.maisons.models import Maison
from requests_app.reminders.texts import say_where, short_day, short_moment


def offer_texts(
    starts_at: datetime,
    maison: Maison,
    *,
    is_discreet: bool,
    is_by_phone: bool = False,
    instead_of: datetime | None = None,
    language: str = "",
) -> list[str]:
    """Return the variants of an offer, fullest first, in that language."""
    with speaking(language):
        where = say_where(maison, is_discreet=is_discreet, is_by_phone=is_by_phone)
        return list(_variants(starts_at, instead_of, where))


def _variants(starts_at: datetime, old: datetime | None, known_places: list[str]) -> Iterator[str]:
    words = {"sender": settings.AUTHORITY_NAME, "when": short_moment(starts_at)}
    for place in [*(f", {each}" for each in known_places), ""]:
        words["place"] = place
        if old:
            words["old"] = short_day(old)
            yield (
                _(
                    "%(sender)s : RDV libre %(when)s%(place)s, au lieu de %(old)s. Pour le prendre : OUI. "
                    "Premier servi. STOP : plus d’offre."
                )
                % words
            )
        yield (
            _(
                "%(sender)s : RDV libre %(when)s%(place)s. Pour le prendre : OUI. Premier servi. "
                "STOP : plus d’offre."
            )
            % words
        )


def taken_text(*, has_date: bool, language: str = "") -> str:
    """Say that somebody else was faster."""
    with speaking(language):
        words = {"sender": settings.AUTHORITY_NAME, "phone": settings.AUTHORITY_PHONE}
        if has_date:
            text = _("%(sender)s : ce RDV est déjà pris, vous gardez votre date. Question : %(phone)s")
        else:
            text = _("%(sender)s : ce RDV est déjà pris. Vous attendez toujours. Question : %(phone)s")
        return text % words


def samples() -> list[str]:
    """Return the shortest variants with their longest values: for the startup check."""
    return [text for code, _name in settings.LANGUAGES for text in _samples(code)]


def _samples(language: str) -> Iterator[str]:
    longest = datetime(2026, 12, 30, 10, 30, tzinfo=PARIS)  # a Wednesday of two digits
    later = longest + timedelta(days=7)
    for old in (None, later):
        yield offer_texts(longest, Maison(), is_discreet=True, instead_of=old, language=language)[-1]
    for has_date in (True, False):
        yield taken_text(has_date=has_date, language=language)
