"""Refuse to start without what the legal pages must state, or warn of it (GDPR, art. 13; LCEN, art. 6)."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

# What a real site should say, and can start without: a small town may owe none of it yet.
OWED = {
    "GRU_RELAY_URL": "le relais téléphonique des personnes sourdes (loi 2016-1321, article 105)",
    "GRU_AUTHORITY_ADDRESS": "l’adresse postale, due par les mentions légales (loi 2004-575)",
    "GRU_PUBLICATION_DIRECTOR": "le directeur de la publication, dû par les mentions légales (loi 2004-575)",
    "GRU_HOSTING": "l’hébergeur, dû par les mentions légales (loi 2004-575)",
}


@register(Tags.security)
def data_officer_can_be_reached(**_: Any) -> list[CheckMessage]:
    """Require an address to write to: without it nobody can use their rights (GDPR, article 13.1.b)."""
    given = str(settings.DATA_OFFICER_CONTACT)
    if is_contact(given) or not (given or is_real_site()):
        return []
    hint = "Donnez comment écrire au délégué : e-mail, page en https:// ou adresse postale."
    words = "GRU_DATA_OFFICER_CONTACT manque." if not given else "GRU_DATA_OFFICER_CONTACT ne convient pas."
    return [Error(words, hint=hint, id="gru.E030")]


@register(Tags.security)
def relay_is_an_address(**_: Any) -> list[CheckMessage]:
    """Refuse a broken link, which would leave a deaf person alone with a phone number."""
    if not settings.RELAY_URL or is_page(settings.RELAY_URL):
        return []
    hint = "Donnez l’adresse du service de relais, en https://."
    return [Error("GRU_RELAY_URL n’est pas une adresse.", hint=hint, id="gru.E031")]


@register(Tags.security)
def plans_are_addresses(**_: Any) -> list[CheckMessage]:
    """Check the addresses of the plans, which the accessibility statement links to."""
    names = ("GRU_ACCESSIBILITY_PLAN_URL", "GRU_ACCESSIBILITY_ACTIONS_URL")
    wrong = [name for name in names if (given := _value_of(name)) and not is_page(given)]
    hint = "Donnez l’adresse d’une page, en https://, ou rien."
    return [Error(f"{name} n’est pas une adresse.", hint=hint, id="gru.E032") for name in wrong]


@register(Tags.security)
def pages_of_law_are_whole(**_: Any) -> list[CheckMessage]:
    """Warn at each start about lines that nobody filled in: the page leaves them out."""
    return [Warning(f"{name} manque : {OWED[name]}.", id="gru.W030") for name in missing() if is_real_site()]


def missing() -> list[str]:
    """Return the settings that the legal pages lack, by name."""
    return [name for name in OWED if not _value_of(name)]


def _value_of(name: str) -> str:
    return str(getattr(settings, name.removeprefix("GRU_")))


def is_contact(given: str) -> bool:
    """Accept an e-mail address, a page, or a postal address: several words and a number."""
    if "@" in given:
        return _is_mail(given)
    if "://" in given:
        return is_page(given)
    return len(given.split()) > 2 and any(sign.isdigit() for sign in given)


def is_page(given: str) -> bool:
    """Accept an https address that may stand in a message: nothing in it ends a link."""
    try:
        url = urlsplit(given)
    except ValueError:
        return False
    return url.scheme == "https" and bool(url.hostname) and not set(given) & set(" \"'<>\\\n\t")


def is_real_site() -> bool:
    """Tell whether anybody but ourselves reads these pages."""
    return not settings.EMBEDDED and str(settings.PUBLIC_URL).startswith("https://")


def _is_mail(given: str) -> bool:
    try:
        validate_email(given)
    except ValidationError:
        return False
    return True
