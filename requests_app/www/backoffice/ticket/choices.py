"""Topics, Maisons and colleagues as options of a field, from the cached territory."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from requests_app.access.staffing import staffed_maisons
from requests_app.accounts.models import User
from requests_app.routing.territory import Site, Territory, current
from requests_app.tickets.models import Ticket
from requests_app.tickets.selectors.colleagues import colleagues_for

Option = tuple[str, str]
Group = tuple[str, tuple[Option, ...]]


class QuickSelect(forms.Select):
    """A select rendered at once: Django's own renders a template for each of a hundred options."""

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        given = self.build_attrs(self.attrs, {"name": name, **(attrs or {})})
        written = format_html_join(
            "", ' {}="{}"', ((k, k if v is True else v) for k, v in given.items() if v)
        )
        options = _options(tuple(_groups(self.choices)))
        chosen = f'value="{value}"' if value not in (None, "") else 'value=""'
        options = mark_safe(options.replace(chosen, f"{chosen} selected", 1))  # noqa: S308 - ours, escaped
        return format_html("<select{}>{}</select>", written, options)


def _groups(choices: Iterable[Any]) -> Iterable[Group]:
    """Group the options; those out of any group come in a group without a name."""
    for key, value in choices:
        if isinstance(value, (list, tuple)):
            yield str(key), tuple((str(k), str(v)) for k, v in value)
        else:
            yield "", ((str(key), str(value)),)


@lru_cache(maxsize=64)
def _options(groups: tuple[Group, ...]) -> str:
    written = []
    for label, options in groups:
        lines = format_html_join("", '<option value="{}">{}</option>', options)
        written.append(format_html('<optgroup label="{}">{}</optgroup>', label, lines) if label else lines)
    return "".join(written)


def _label_key(site: Site) -> str:
    return site.label


def label_of(option: Option) -> str:
    return option[1]


@dataclass
class Choices:
    """What a ticket may be given; read once per request."""

    territory: Territory
    ticket: Ticket | None
    user: User | None = None

    @cached_property
    def topics(self) -> tuple[Group, ...]:
        groups: dict[str, list[Option]] = {}
        for topic in self.territory.topics.values():
            groups.setdefault(topic.theme, []).append((str(topic.pk), topic.label))
        return tuple(
            (theme, tuple(sorted(options, key=label_of))) for theme, options in sorted(groups.items())
        )

    @cached_property
    def staffed(self) -> frozenset[int]:
        """Return the Maisons where someone works."""
        return staffed_maisons(self.user) if self.user else frozenset()

    @cached_property
    def maisons(self) -> tuple[Group, ...]:
        """List first those the resolver hesitated between, then staffed ones, then the others."""
        decision = self.ticket.decision if self.ticket else None
        hesitated = [found["code"] for found in decision.candidates] if decision else []
        sites = self.territory.sites
        others = sorted((site for code, site in sites.items() if code not in hesitated), key=_label_key)
        groups = (
            (_("Lieux possibles"), [sites[code] for code in hesitated if code in sites]),
            (_("Lieux avec des agents"), [site for site in others if site.pk in self.staffed]),
            (_("Sans agent : vus par l’équipe centrale"), [s for s in others if s.pk not in self.staffed]),
        )
        return tuple((name, tuple((str(s.pk), s.label) for s in found)) for name, found in groups if found)

    @cached_property
    def colleagues(self) -> tuple[Option, ...]:
        return tuple(colleagues_for(self.ticket)) if self.ticket else ()


def territory_of(request: HttpRequest) -> Territory:
    """Return the territory, asked for once per request: one statement."""
    territory: Territory | None = getattr(request, "gru_territory", None)
    if territory is None:
        territory = current()
        request.gru_territory = territory  # type: ignore[attr-defined]
    return territory
