"""Mails through storage and a worker, for the tests of what becomes of them."""

from django.utils import timezone

from channels_app.intake import services
from channels_app.intake.models import Arrival

HEAD = "From: {sender}\r\nTo: {to}\r\nSubject: {subject}\r\nMessage-ID: <{rank}@exemple.fr>\r\n{more}\r\n"
SAMIRA = "samira@exemple.fr"


class Receiver:
    """`receive_message(…)` writes a mail and gives its arrival; `receive_message.raw(…)` takes bytes."""

    def __init__(self) -> None:
        self.ranks = iter(range(1000))

    def __call__(
        self, text="Bonjour", *, sender=SAMIRA, to="accueil@demande.invalid", subject="x", more="", at=None
    ):
        head = HEAD.format(sender=sender, to=to, subject=subject, rank=next(self.ranks), more=more)
        return self.raw((head + text).encode(), to=to.split(",")[0].strip(), at=at)

    def raw(self, raw, *, to="accueil@demande.invalid", at=None):
        at = at or timezone.now()
        kept = services.store_unqueued(channel="mail", address=to, raw=raw, source="test", at=at)
        services.process(arrival_id=kept.arrival_id, at=at)
        return Arrival.objects.select_related("touchpoint__ticket").get(pk=kept.arrival_id)
