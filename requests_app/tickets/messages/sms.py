"""What we say by SMS without an agent: one segment, the sender named first, never a topic (threats: S07)."""

from datetime import datetime

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone

from requests_app.lib import phones, segments
from requests_app.lib.languages import speaking
from requests_app.outbox.links import PLACEHOLDER
from requests_app.tickets.references import ALPHABET, LENGTH

LONGEST_PHONE = 14  # « 04 72 00 00 00 »
SECRET = "x" * 22


def written(template: str, *, language: str = "", **values: str) -> str:
    """One text of templates/messages/sms/, in the reader's language and in signs that cost nothing."""
    with speaking(language):
        context = {"authority": settings.AUTHORITY_NAME, **values}
        text = " ".join(render_to_string(f"messages/sms/{template}.txt", context).split())
    return PLACEHOLDER.join(map(segments.fold, text.split(PLACEHOLDER)))


def acknowledgment(
    reference: str,
    due: datetime | None,
    phone: str,
    link: str = "",
    *,
    received: datetime,
    language: str = "",
) -> str:
    """The longest of its variants that is one SMS: the day of the answer is left out before anything else.

    The day of reception stays: the law asks for it (CRPA, art. R112-11-2).
    """
    dates = [_short(due)] if due else []
    values = {"reference": reference, "received": _short(received), "phone": phone, "link": link}
    texts = [written("acknowledgment", language=language, due=day, **values) for day in [*dates, ""]]
    return next((text for text in texts if is_one(text)), texts[-1])


def _short(at: datetime) -> str:
    return f"{timezone.localtime(at):%d/%m}"


def is_one(text: str) -> bool:
    """Whether it will be a single SMS once its link is put in."""
    return segments.measure(with_longest_link(text)).segments <= 1


def with_longest_link(text: str) -> str:
    return text.replace(PLACEHOLDER, f"{settings.PUBLIC_URL}/s/{SECRET}")


def phone_of(written: str) -> str:
    """A Maison's number, when it is one that a phone can dial from the message; else the authority's."""
    number = phones.spoken(phones.e164(written))
    return number if 0 < len(number) <= LONGEST_PHONE else settings.AUTHORITY_PHONE


def samples() -> list[str]:
    """The acknowledgment with its longest values, for the check at start."""
    reference = f"{settings.REFERENCE_PREFIX}-{ALPHABET[-1] * LENGTH}"
    phone = max(settings.AUTHORITY_PHONE, "0" * LONGEST_PHONE, key=len)
    values = {"reference": reference, "received": "31/12", "phone": phone, "link": PLACEHOLDER}
    texts = [
        written("acknowledgment", language=code, due="31/12", **values) for code, _name in settings.LANGUAGES
    ]
    return [with_longest_link(text) for text in texts]
