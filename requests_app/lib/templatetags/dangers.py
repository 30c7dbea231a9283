"""The emergency numbers on the citizen's pages."""

from django import template

from requests_app.lib.dangers import DANGERS, EVERYDAY, Danger, Number

register = template.Library()


@register.simple_tag
def emergency_numbers() -> tuple[Number, ...]:
    return EVERYDAY


@register.simple_tag
def all_dangers() -> tuple[Danger, ...]:
    """Return all dangers, for the script that checks while one types."""
    return DANGERS
