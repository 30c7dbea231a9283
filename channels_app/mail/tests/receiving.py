"""Mails written in a test, kept and heard as real ones are."""

from typing import Any

from django.utils import timezone

from channels_app.intake import services
from channels_app.intake.models import Arrival

NOW = timezone.now()
HERE = "accueil@demande.invalid"


def mail(head: str = "", body: str = "Bonjour", *, sender: str = "amina@exemple.fr") -> bytes:
    lines = [f"From: {sender}", *([head] if head else []), "", body, ""]
    return "\r\n".join(lines).encode()


def store_mail(raw: bytes, *, to: str = HERE, facts: dict[str, Any] | None = None) -> int:
    given = {"channel": "mail", "address": to, "raw": raw, "source": "test"}
    return services.store(**given, at=NOW, facts=facts).arrival_id


def receive_mail(raw: bytes, *, to: str = HERE, facts: dict[str, Any] | None = None) -> Arrival:
    arrival_id = store_mail(raw, to=to, facts=facts)
    services.process(arrival_id=arrival_id, at=NOW)
    return Arrival.objects.select_related("touchpoint__ticket__person").get(pk=arrival_id)
