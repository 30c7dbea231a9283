"""What every citizen's page says around its content: who we are, whom to call."""

from dataclasses import dataclass

from django import template
from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language

register = template.Library()
LANGUAGES = {"fr": ("en", "English"), "en": ("fr", "Français")}


@dataclass(frozen=True, slots=True)
class Authority:
    name: str
    phone: str
    phone_link: str
    hours: str
    leave_for: str
    relay: str
    address: str


@register.simple_tag
def authority() -> Authority:
    """Return the authority's name, phone, hours and relay number, and where « Quitter vite » leads."""
    in_english = (get_language() or "fr").startswith("en")
    phone: str = settings.AUTHORITY_PHONE
    return Authority(
        settings.AUTHORITY_NAME,
        phone,
        "tel:" + "".join(sign for sign in phone if sign.isdigit() or sign == "+"),
        settings.AUTHORITY_HOURS_EN if in_english else settings.AUTHORITY_HOURS,
        settings.LEAVE_FOR,
        settings.RELAY_URL,
        settings.AUTHORITY_ADDRESS,
    )


@register.simple_tag
def data_address() -> str:
    """Return the full address of the page on personal data, for messages."""
    return f"{settings.PUBLIC_URL}{reverse('public:personal_data')}"


@register.simple_tag
def other_language() -> tuple[str, str]:
    """Return the code and the own name of the language that the page is not in."""
    return LANGUAGES.get((get_language() or "fr")[:2], LANGUAGES["en"])
