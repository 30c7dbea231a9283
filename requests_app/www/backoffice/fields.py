"""The markup of form fields; that of an empty form is cached, since a page shows a dozen."""

from datetime import date
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from requests_app.www.backoffice.ticket.choices import Choices
from requests_app.www.backoffice.ticket.forms import ActionForm

MAX_KEPT = 500
_cache: dict[Any, dict[str, SafeString]] = {}


def fields_markup(form: ActionForm) -> dict[str, SafeString]:
    """Return the visible fields of a form, by name."""
    return {
        field.name: render_to_string("ui/field.html", {"field": field, "optional": not field.field.required})
        for field in form.visible_fields()
    }


def choose_option(markup: SafeString, value: object) -> SafeString:
    """Mark one option of a cached list as chosen."""
    option, none = f'value="{value}"', 'value=""'
    unchosen = markup.replace(f"{none} selected", none, 1)
    return mark_safe(unchosen.replace(option, f"{option} selected", 1))  # noqa: S308 - ours, escaped


def hidden_markup(form: ActionForm) -> SafeString:
    """Return the hidden fields of a form, but for the version that the page writes itself."""
    fields = (str(field) for field in form.hidden_fields() if field.name != "version")
    return mark_safe("".join(fields))  # noqa: S308 - written by Django's own widgets


def blank_fields(
    name: str, form: type[ActionForm], choices: Choices, *, today: date
) -> dict[str, SafeString]:
    """Render an empty form; again only for another language, proposed day or other options."""
    proposed = {field: propose(today) for field, propose in form.proposes.items()}
    offered = (getattr(choices, source) for source in form.offers.values())
    key = (name, get_language(), *proposed.values(), *offered)
    found = _cache.get(key)
    if found is None:
        if len(_cache) >= MAX_KEPT:
            _cache.clear()
        blank = form(name=name, choices=choices)
        blank.initial = proposed
        found = _cache[key] = fields_markup(blank)
    return found
