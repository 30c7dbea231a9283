"""Filters that write words, numbers, dates and phone numbers for people to read."""

from datetime import date, datetime
from decimal import Decimal

from django import template
from django.conf import settings
from django.utils import timezone
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy

from requests_app.lib import french, phones

register = template.Library()
LANGUAGE_WORDS = {"fr": gettext_lazy("français"), "en": gettext_lazy("anglais")}


@register.filter(is_safe=False)
def typo(value: str) -> SafeString:
    """Put the non-breaking spaces that French requires; escape what is not safe yet."""
    return mark_safe(french.typo(conditional_escape(value)))  # noqa: S308 - escaped just before


@register.filter
def since(at: datetime, now: datetime | None = None) -> str:
    """Write « 3 j »: the time elapsed since an instant."""
    return french.delay((now or timezone.now()) - at)


@register.filter
def day(value: date) -> str:
    return french.day(value)


@register.filter("dated")
def full_date(value: date) -> str:
    """Write the year always: for what is read in other years."""
    return french.full_date(value)


@register.filter
def month(value: date) -> str:
    return french.month(value)


@register.filter
def short_day(value: date) -> str:
    return french.short_day(value)


@register.filter
def moment(value: datetime) -> str:
    return french.moment(value)


@register.filter
def near(value: datetime, now: datetime | None = None) -> str:
    return french.near(value, now or timezone.now())


@register.filter
def clock(value: datetime) -> str:
    return french.clock(value)


@register.filter
def bytes_fr(octets: int) -> str:
    return french.size(octets)


@register.filter
def number_fr(value: float | Decimal, decimals: int = 0) -> str:
    return french.number(value, decimals)


@register.filter
def phone_fr(value: str) -> str:
    return phones.format_national(value).replace(" ", french.NBSP)


@register.filter
def phone_masked(value: str) -> str:
    return phones.mask(value).replace(" ", french.NBSP)


@register.filter
def initials(name: str) -> str:
    """Turn « Samira Benali » into « SB »: first and last word, so that « de » and « la » do not count."""
    words = [word for word in name.replace("-", " ").split() if word[0].isalpha()]
    return "".join(word[0] for word in dict.fromkeys((words[0], words[-1]))).upper() if words else "?"


@register.filter
def is_foreign(language: str) -> bool:
    """Tell whether a person writes in another language than the administration's."""
    return bool(language) and language != settings.LANGUAGE_CODE


@register.filter
def language_word(language: str) -> str:
    """Write « anglais » for « en »."""
    return str(LANGUAGE_WORDS.get(language, language))
