from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from channels_app.delivery.services.sending import send, speak_again
from channels_app.registry import adapter_for
from requests_app.outbox.models import Outgoing
from requests_app.outbox.services import step

State = Outgoing.State
AT_MOST = 200  # a pass; the next comes ten seconds later
ASK_AFTER = timedelta(minutes=1)


def sweep(*, at: datetime) -> int:
    """Send what is due and what the bell missed, then settle what is uncertain; returns how many."""
    due = list(Outgoing.objects.due(at).order_by("try_after", "pk").values_list("pk", flat=True)[:AT_MOST])
    for outgoing_id in due:
        send(outgoing_id=outgoing_id, at=at)
    return len(due) + _settle(at)


def _settle(at: datetime) -> int:
    """A worker died with a message in its hands: ask whether it left, resend it once if it did not."""
    lost = Outgoing.objects.stranded(at)
    lost_ids = list(lost.values_list("pk", flat=True)[:AT_MOST])
    Outgoing.objects.filter(pk__in=lost_ids, state=State.SENDING).update(
        state=State.UNCERTAIN, claimed_until=None, try_after=at
    )
    rows = list(Outgoing.objects.filter(state=State.UNCERTAIN, try_after__lte=at).order_by("pk")[:AT_MOST])
    for outgoing in rows:
        _ask(outgoing, at)
    return len(rows)


def _ask(outgoing: Outgoing, at: datetime) -> None:
    answer = adapter_for(outgoing.channel).was_accepted(outgoing)
    if answer:
        Outgoing.objects.filter(pk=outgoing.pk, state=State.UNCERTAIN).update(
            state=State.SENT, reason="", sent_at=at, ended_at=at
        )
        step(outgoing.pk, _("Le serveur d’envoi l’avait bien accepté."), at=at)
    elif outgoing.attempts < 2 or answer is False:
        step(outgoing.pk, _("Envoi sans réponse : nouvel essai, sous le même identifiant."), at=at)
        speak_again(outgoing, at)
    else:
        Outgoing.objects.filter(pk=outgoing.pk).update(try_after=outgoing.give_up_at + ASK_AFTER)
        step(outgoing.pk, _("Envoi toujours sans réponse : à vérifier par un agent."), at=at)
