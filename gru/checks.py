"""Refuse to start half-configured, in plain words (threats F13)."""

import re
import sys
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register, run_checks
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.core.validators import validate_email
from django.http.request import validate_host

from channels_app.mail.imap.boxes import BadUrl as BadBox
from channels_app.mail.imap.boxes import boxes_of
from channels_app.mail.sending.routes import BadUrl, route_of
from gru.law_checks import is_real_site
from gru.settings.hosts import host_of
from requests_app.lib.antivirus import is_address

_SECRET_LENGTH = 50
_LOCAL_HOSTS = {"127.0.0.1", "localhost", "::1"}
_ADDRESS = re.compile(r"https?://[\w.\-:\[\]]+(/[\w.\-~/]*)?", re.ASCII)


def refuse_half_configured() -> None:
    """Exit with the errors found here; for the servers that run no check by themselves."""
    found = [message for message in run_checks(tags=[Tags.security]) if _is_ours(message)]
    sys.stderr.write("".join(f"{said.msg}\n" for said in found if not said.is_serious()))
    errors = [message for message in found if message.is_serious()]
    if errors:
        sys.stderr.write("".join(f"{error.msg} {error.hint or ''}\n" for error in errors))
        raise SystemExit(69)


def _is_ours(message: CheckMessage) -> bool:
    return str(message.id).startswith("gru.")


@register(Tags.security)
def secret_key_is_set(**_: Any) -> list[CheckMessage]:
    """Refuse a missing secret, with which nothing signed lasts; a short or repeated one protects nothing."""
    key = _secret_key()
    if len(key) >= _SECRET_LENGTH and len(set(key)) > 4:
        return []
    return [
        Error(
            "GRU_SECRET_KEY est vide ou trop courte.",
            hint="Donnez-lui au moins 50 caractères au hasard ; bin/serve le fait pour la démonstration.",
            id="gru.E001",
        )
    ]


def _secret_key() -> str:
    try:
        return str(settings.SECRET_KEY)
    except ImproperlyConfigured:  # Django's own refusal of an empty one does not say what to do
        return ""


@register(Tags.security)
def debug_is_off(**_: Any) -> list[CheckMessage]:
    """Refuse debug mode: Django's error pages show settings and personal data."""
    if not settings.DEBUG or settings.EMBEDDED:
        return []
    return [
        Error(
            "DEBUG est actif hors d’une démonstration.",
            hint="Retirez-le : les pages d’erreur montreraient des données personnelles.",
            id="gru.E002",
        )
    ]


@register(Tags.security)
def public_url_is_usable(**_: Any) -> list[CheckMessage]:
    """Check the address that starts every link we send (threats W07); only this machine may skip TLS."""
    if _is_safe_address(settings.PUBLIC_URL):
        return []
    return [
        Error(
            f"GRU_PUBLIC_URL ne convient pas : « {settings.PUBLIC_URL} ».",
            hint="Donnez l’adresse publique du site, en https:// ; http:// n’est admis que pour 127.0.0.1.",
            id="gru.E003",
        )
    ]


@register(Tags.security)
def files_url_is_usable(**_: Any) -> list[CheckMessage]:
    """Check the address of files: their links open them by themselves, never in clear (threats A07, M15)."""
    if not settings.FILES_URL or _is_safe_address(settings.FILES_URL):
        return []
    words = f"GRU_FILES_URL ne convient pas : « {settings.FILES_URL} »."
    return [Error(words, hint="Donnez une adresse en https://, ou rien.", id="gru.E004")]


@register(Tags.security)
def limits_are_on(**_: Any) -> list[CheckMessage]:
    """Require the limits of a real site: without them passwords and codes can be guessed (W02, W09, W14)."""
    if settings.LIMITS_ON or not is_real_site():
        return []
    hint = "Retirez GRU_LIMITS=off : il ne sert qu’aux essais de charge, en http:// sur 127.0.0.1."
    return [Error("Les limites contre les robots sont levées.", hint=hint, id="gru.E005")]


@register(Tags.security)
def the_public_host_is_answered(**_: Any) -> list[CheckMessage]:
    """Check that the allowed hosts hold our own: otherwise every page would be refused (400)."""
    host = host_of(settings.PUBLIC_URL)
    if not host or validate_host(host, settings.ALLOWED_HOSTS):
        return []
    words = f"GRU_ALLOWED_HOSTS oublie l’adresse publique : « {host} »."
    return [Error(words, hint="Ajoutez-la, ou laissez GRU_ALLOWED_HOSTS vide.", id="gru.E007")]


@register(Tags.security)
def mail_can_leave(**_: Any) -> list[CheckMessage]:
    """Require a way to send mail: a real site owes acknowledgments and answers."""
    if settings.EMAIL_URL or not is_real_site():
        return []
    hint = "Donnez GRU_EMAIL_URL : sans elle, aucun accusé de réception ni aucune réponse ne partirait."
    return [Error("Aucun serveur d’envoi du courriel n’est réglé.", hint=hint, id="gru.E006")]


def _is_safe_address(given: str) -> bool:
    """Accept https, or http of this machine; no account, no character that would end a link."""
    url = urlsplit(given)
    if not _ADDRESS.fullmatch(given) or not url.hostname:
        return False
    is_local = url.hostname in _LOCAL_HOSTS or settings.EMBEDDED
    return url.scheme == "https" or (url.scheme == "http" and is_local)


@register(Tags.security)
def email_url_is_understood(**_: Any) -> list[CheckMessage]:
    """Refuse a wrong address of the sending server: it would hold every mail for a day, then fail it."""
    try:
        route_of(settings.EMAIL_URL)
    except BadUrl as error:
        return [Error(str(error), id="gru.E010")]
    return []


@register(Tags.security)
def imap_url_is_understood(**_: Any) -> list[CheckMessage]:
    """Refuse a wrong address of a mailbox: it would never be read, and nobody would know."""
    try:
        boxes_of(settings.IMAP_URL)
    except BadBox as error:
        return [Error(str(error), id="gru.E012")]
    return []


@register(Tags.security)
def mail_from_is_an_address(**_: Any) -> list[CheckMessage]:
    """Check the sender's address: all who receive our mails must see who wrote."""
    try:
        validate_email(settings.MAIL_FROM)
    except ValidationError:
        hint = "Donnez une seule adresse, sans nom : accueil@exemple.fr."
        return [
            Error(
                f"GRU_MAIL_FROM n’est pas une adresse : « {settings.MAIL_FROM} ».", hint=hint, id="gru.E011"
            )
        ]
    return []


@register(Tags.security)
def clamav_url_is_understood(**_: Any) -> list[CheckMessage]:
    """Refuse a wrong address of the antivirus: every file would stay locked."""
    if not settings.CLAMAV_URL or is_address(settings.CLAMAV_URL):
        return []
    hint = "Donnez tcp://hôte:3310 ou unix:///run/clamav/clamd.ctl."
    return [Error("GRU_CLAMAV_URL n’est pas une adresse de clamd.", hint=hint, id="gru.E013")]
