"""Template tags and filters of the interface. Plain values only: nothing here reads the database.

What lists repeat on every row is rendered once per language and cached: it then costs one lookup.
"""

import re
from datetime import datetime
from functools import cache, lru_cache

from django import template
from django.conf import settings
from django.forms import BoundField
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext, gettext_lazy

from requests_app.lib import badges, french
from requests_app.lib.badges import Badge

register = template.Library()
_SYMBOL = re.compile(r'<symbol id="([^"]+)"')

# What is engraved on keys that have a name; shell.js reads the same ones from its list.
ENTER, ESCAPE, SPACE = gettext_lazy("Entrée"), gettext_lazy("Échap"), gettext_lazy("Espace")
KEY_NAMES = {" ": SPACE, "Enter": ENTER, "ArrowDown": "↓", "ArrowUp": "↑"}
ENGRAVED = {"Entrée": ENTER, "Échap": ESCAPE, "Espace": SPACE}


# --- icons, states -----------------------------------------------------------------------------
@cache
def _icons_of_citizens() -> frozenset[str]:
    """Return the icons of the lighter sprite: a phone never loads the agents' icons (B1: under 100 KB)."""
    drawn = (settings.BASE_DIR / "static/ui/sprite.svg").read_text()
    return frozenset(_SYMBOL.findall(drawn))


@lru_cache(maxsize=512)
def _icon(name: str, css: str) -> SafeString:
    return format_html(
        '<svg class="{}" aria-hidden="true" focusable="false"><use href="{}#{}"/></svg>',
        f"i {css}".strip(),
        static("ui/sprite.svg" if name in _icons_of_citizens() else "ui/sprite-staff.svg"),
        name,
    )


@register.simple_tag
def icon(name: str, css: str = "") -> SafeString:
    """Return an icon of one of the two sprites; always next to a word."""
    return _icon(name, css)


def _sign_icon(sign: Badge) -> SafeString:
    return _icon(sign.icon, "") if sign.icon else mark_safe("")


@register.filter("elided")
def elide(sentence: str) -> str:
    """Write « d’Awa » where the sentence says « de Awa »."""
    return french.elide(str(sentence))


@register.filter("contracted")
def contract(sentence: str) -> str:
    """Write « au président » where the sentence says « à le président »."""
    return french.contract(str(sentence))


@register.filter("breakable")
def let_break(url: str) -> SafeString:
    """Let a narrow column cut an address after its slashes, rather than within a word."""
    return format_html_join("", "{}<wbr>", ((part,) for part in str(url).replace("/", "/\n").split("\n")))


@lru_cache(maxsize=512)
def _state(code: str, language: str | None) -> SafeString:
    sign = badges.STATES.get(code, badges.UNKNOWN_STATE)
    css = f"tag tag-{sign.css}" if sign.css else "tag"
    return format_html('<span class="{}">{}{}</span>', css, _sign_icon(sign), sign.word)


@register.simple_tag
def state_tag(code: str) -> SafeString:
    """Render the state of a ticket or of an arrival, in a word."""
    return _state(str(code), get_language())


@register.filter
def state_word(code: str) -> str:
    return str(badges.STATES.get(str(code), badges.UNKNOWN_STATE).word)


@register.filter
def state_dot(code: str) -> SafeString:
    """Render the coloured dot before the word in the button that changes the state."""
    css = badges.STATES.get(str(code), badges.UNKNOWN_STATE).css
    return format_html('<span class="{}"></span>', f"dot dot-{css}" if css else "dot")


@lru_cache(maxsize=512)
def _delivery(code: str, language: str | None) -> SafeString:
    sign = badges.DELIVERIES.get(code, badges.UNKNOWN_DELIVERY)
    css = f"delivery delivery-{sign.css}" if sign.css else "delivery"
    return format_html('<span class="{}">{}{}</span>', css, _sign_icon(sign), sign.word)


@register.simple_tag
def delivery_tag(code: str) -> SafeString:
    """Render what became of a message we sent."""
    return _delivery(str(code), get_language())


@register.filter
def notice_icon(level: str) -> SafeString:
    """Render the icon of a message level: success, warning, error; any other informs."""
    return _sign_icon(badges.NOTICES.get(level, badges.NOTICES["info"]))


@register.filter
def notice_class(level: str) -> str:
    css = badges.NOTICES.get(level, badges.NOTICES["info"]).css
    return f"notice notice-{css}" if css else "notice"


@register.simple_tag
def wait(at: datetime, level: str = "", now: datetime | None = None) -> SafeString:
    """Render a wait in a list; `level` is "late", "soon" or nothing, decided by those who know the clocks."""
    return format_html(
        '<span class="{}"><span class="visually-hidden">{} </span>{}{}</span>',
        f"wait wait-{level}" if level else "wait",
        gettext("Attend depuis"),
        format_html("{} ", _icon("clock-history", "")) if level == "late" else "",
        french.delay((now or timezone.now()) - at),
    )


# --- keys, fields, themes ----------------------------------------------------------------------
@register.simple_tag
def kbd(*keys: str) -> SafeString:
    """Render keys as in buttons and help: {% kbd "Ctrl" "Entrée" %}."""
    return format_html_join(" ", "<kbd>{}</kbd>", ((ENGRAVED.get(key, key),) for key in keys))


@register.filter
def key_name(key: str) -> str:
    """Name a key as it is engraved: « Espace », « A »."""
    return str(KEY_NAMES.get(key, key.upper()))


@register.filter
def control(field: BoundField) -> SafeString:
    """Render a form field with our class; Django itself adds aria-invalid and aria-describedby."""
    css = field.field.widget.attrs.get("class", "form-control")
    return field.as_widget(attrs={"class": f"{css} is-invalid" if field.errors else css})


@register.filter
def bs_theme(theme: str) -> str:
    """Return the theme set by the server; « auto » starts light and theme.js asks the system."""
    return "dark" if theme == "dark" else "light"


@register.filter
def other_theme(theme: str) -> str:
    return "light" if theme == "dark" else "dark"


@register.simple_tag
def lock_seconds() -> int:
    """Return the seconds without activity before the screen locks (threats: W11)."""
    return settings.LOCK_AFTER_MINUTES * 60
