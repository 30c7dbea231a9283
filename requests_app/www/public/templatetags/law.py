"""What the law requires at the foot of every page."""

from django import template
from django.utils import timezone
from django.utils.functional import Promise

from requests_app.www.public.accessibility import statement

register = template.Library()


@register.simple_tag
def accessibility_words() -> Promise:
    """Return « Accessibilité : … conforme » (decree 2019-768, article 5)."""
    return statement().words_on(timezone.localdate())
