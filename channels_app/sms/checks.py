"""Refuses to start with SMS half-configured, in plain words (threats F13, S06, S07)."""

import re
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register

from channels_app.sms.polling import LOOKS_BACK
from channels_app.sms.texts import fold_text
from requests_app.lib import segments
from requests_app.lib.short_texts import all_texts

_LETTERS = re.compile(r"(?=[0-9 ]{0,10}[A-Za-z])[A-Za-z0-9 ]{1,11}")
_SERVICE = re.compile(r"MG[0-9a-f]{32}")
_FRENCH_MOBILE = re.compile(r"\+33[67]")
_NUMBER = re.compile(r"\+[1-9]\d{6,14}|\d{5}")


@register(Tags.security)
def sms_account_is_whole(**_: Any) -> list[CheckMessage]:
    """Refuse half an account: every SMS would wait, and every call of the provider be refused."""
    given = (settings.TWILIO_ACCOUNT_SID, settings.TWILIO_AUTH_TOKEN, settings.TWILIO_FROM)
    if all(given) or not any(given):
        return []
    hint = "Il faut les trois : GRU_TWILIO_ACCOUNT_SID, GRU_TWILIO_AUTH_TOKEN et GRU_TWILIO_FROM."
    return [Error("Le compte de SMS est incomplet.", hint=hint, id="gru.E020")]


@register(Tags.security)
def sms_sender_is_allowed(**_: Any) -> list[CheckMessage]:
    """Refuse senders that operators block: mobile numbers, and names over eleven characters."""
    sender = settings.TWILIO_FROM
    if _FRENCH_MOBILE.match(sender):
        why = (
            "Depuis le 1er janvier 2023, les opérateurs bloquent les envois automatiques depuis un 06 ou un "
            "07 (Arcep, décision 2022-1583). Prenez un numéro polyvalent (09 37 à 09 39), un numéro court, "
            "ou un nom de 11 signes au plus."
        )
        return [Error(f"GRU_TWILIO_FROM ne peut pas être « {sender} ».", hint=why, id="gru.E021")]
    if not sender or any(pattern.fullmatch(sender) for pattern in (_LETTERS, _SERVICE, _NUMBER)):
        return []
    hint = "Donnez un numéro (+33937…), un numéro court, ou un nom de 11 signes au plus, dont une lettre."
    return [Error(f"GRU_TWILIO_FROM ne convient pas : « {sender} ».", hint=hint, id="gru.E021")]


@register(Tags.security)
def sms_server_is_an_address(**_: Any) -> list[CheckMessage]:
    """Require a full URL for a server other than Twilio's."""
    url = urlsplit(settings.TWILIO_API_BASE)
    if not settings.TWILIO_API_BASE or (url.scheme in {"http", "https"} and url.hostname):
        return []
    words = f"GRU_TWILIO_API_BASE n’est pas une adresse : « {settings.TWILIO_API_BASE} »."
    return [Error(words, id="gru.E022")]


@register(Tags.security)
def sms_stay_while_they_are_read_again(**_: Any) -> list[CheckMessage]:
    """Refuse to delete SMS within three days: they are fetched again that long, and could be lost."""
    days = settings.SMS_ERASED_AFTER_DAYS
    if not days or days > LOOKS_BACK.days:
        return []
    n = LOOKS_BACK.days
    hint = f"Donnez 0 (jamais) ou {n + 1} au moins : l’opérateur est relu pendant {n} jours."
    return [Error(f"GRU_SMS_ERASED_AFTER_DAYS ne peut pas être {days}.", hint=hint, id="gru.E024")]


@register(Tags.security)
def short_texts_are_short(**_: Any) -> list[CheckMessage]:
    """Warn of texts over one segment, paid at each message: a long GRU_PUBLIC_URL makes one."""
    return [
        _too_long(text.name, longest)
        for text in all_texts()
        if segments.measure(longest := max(map(fold_text, text.samples()), key=_cost)).segments > 1
    ]


def _cost(text: str) -> int:
    return segments.measure(text).length


def _too_long(name: str, text: str) -> CheckMessage:
    hint = "Donnez une GRU_PUBLIC_URL ou un GRU_AUTHORITY_NAME plus courts."
    words = f"Le SMS « {name} » ferait {_cost(text)} signes, plus qu’un seul SMS de 160."
    return Error(words, hint=hint, id="gru.E023")
