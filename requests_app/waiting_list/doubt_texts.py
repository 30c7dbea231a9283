"""The SMS that asks which of the open questions a word answers: days and hours only (threats: S07)."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _

from requests_app.lib.languages import speaking
from requests_app.lib.local_time import PARIS
from requests_app.reminders.texts import short_day, short_hour, short_moment

YES, NO, CANCEL = "yes", "no", "cancel"


@dataclass(frozen=True, slots=True)
class Choice:
    """An appointment that is planned, or a freed hour that is offered."""

    starts_at: datetime
    is_offer: bool


def doubt_texts(verb: str, choices: Sequence[Choice], *, language: str = "") -> list[str]:
    """Return the variants, fullest first, in that language."""
    with speaking(language):
        return list(_variants(verb, choices))


def _variants(verb: str, choices: Sequence[Choice]) -> Iterator[str]:
    *first, last = [str(digit) for digit in range(1, len(choices) + 1)]
    digits = _("%(some)s ou %(last)s") % {"some": ", ".join(first), "last": last}
    for moment in (short_moment, _day_and_hour):
        listed = " ".join(_number_choice(digit, each, moment) for digit, each in enumerate(choices, 1))
        words = {"sender": settings.AUTHORITY_NAME, "word": _word(verb), "choices": listed, "digits": digits}
        yield _("%(sender)s : %(word)s, pour quoi ? %(choices)s Répondez %(digits)s.") % words


def _word(verb: str) -> str:
    return {YES: _("OUI"), NO: _("NON"), CANCEL: _("votre réponse")}[verb]


def _number_choice(digit: int, choice: Choice, moment: Callable[[datetime], str]) -> str:
    words = {"digit": digit, "when": moment(choice.starts_at)}
    if choice.is_offer:
        return _("%(digit)s : RDV libre %(when)s.") % words
    return _("%(digit)s : RDV %(when)s.") % words


def _day_and_hour(at: datetime) -> str:
    """Leave the name of the day out."""
    day = short_day(at).partition(" ")[2]
    return _("%(day)s à %(hour)s") % {"day": day, "hour": short_hour(at)}


def samples() -> list[str]:
    """Return the shortest variants with their longest values: for the startup check."""
    longest = datetime(2026, 12, 30, 10, 30, tzinfo=PARIS)  # a Wednesday of two digits
    choices = [Choice(longest, is_offer=True)] * 3
    return [
        doubt_texts(verb, choices, language=code)[-1]
        for code, _name in settings.LANGUAGES
        for verb in (YES, NO, CANCEL)
    ]
