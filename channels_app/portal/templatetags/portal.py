"""What every citizen's page says around its content: who we are, whom to call."""

from dataclasses import dataclass

from django import template
from django.conf import settings

from channels_app.portal.dangers import DANGERS, EVERYDAY, Danger, Number

register = template.Library()


@dataclass(frozen=True, slots=True)
class Authority:
    name: str
    phone: str
    phone_link: str
    hours: str
    leave_for: str


@register.simple_tag
def authority() -> Authority:
    """Name, phone and hours of the authority; where « Quitter vite » leads."""
    phone: str = settings.AUTHORITY_PHONE
    return Authority(
        settings.AUTHORITY_NAME,
        phone,
        "tel:" + "".join(sign for sign in phone if sign.isdigit() or sign == "+"),
        settings.AUTHORITY_HOURS,
        settings.LEAVE_FOR,
    )


@register.simple_tag
def emergency_numbers() -> tuple[Number, ...]:
    return EVERYDAY


@register.simple_tag
def all_dangers() -> tuple[Danger, ...]:
    """For the page that looks while one types."""
    return DANGERS
