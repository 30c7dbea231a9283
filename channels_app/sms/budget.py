"""What may leave: the countries, three an hour to one number, so many segments a day (threats: S06)."""

import logging
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from channels_app.contract import BadAddress, Undeliverable, Unready
from channels_app.sms.models import Spending
from requests_app.lib import french, phones
from requests_app.outbox.models import Outgoing

logger = logging.getLogger(__name__)

PER_NUMBER_HOUR = 3
HOUR = timedelta(hours=1)


def check_number(number: str) -> None:
    """Refuse what is no mobile of a country we send to; raises BadAddress or Undeliverable."""
    if not phones.is_number(number) or not phones.takes_sms(number):
        raise BadAddress(_("ce numéro ne reçoit pas de SMS"))
    if phones.region_of(number) not in settings.SMS_COUNTRIES:
        raise Undeliverable(_("nous n’envoyons pas de SMS vers ce pays"))


def check_rate(outgoing: Outgoing, now: datetime) -> None:
    """Three an hour to one number; an agent's own words always may. Raises Unready."""
    if not settings.LIMITS_ON or outgoing.kind == Outgoing.Kind.ANSWER:
        return
    same = Outgoing.objects.filter(channel=outgoing.channel, recipient=outgoing.recipient)
    if same.filter(sent_at__gt=now - HOUR).count() >= PER_NUMBER_HOUR:
        raise Unready(_("trois SMS en une heure à ce numéro : le suivant attend"))


def spend(segments: int, now: datetime) -> None:
    """Take these segments from the day's budget; raises Unready, and says so to staff, when it is spent."""
    if not settings.LIMITS_ON:
        return
    day, most = timezone.localdate(now), settings.SMS_DAILY_SEGMENTS
    room = Spending.objects.filter(pk=day, segments__lte=most - segments)
    if room.update(segments=F("segments") + segments):
        return
    Spending.objects.get_or_create(pk=day)  # the first SMS of a day, or none is left
    if room.update(segments=F("segments") + segments):
        return
    if Spending.objects.filter(pk=day, is_cut=False).update(is_cut=True):
        logger.error("sms: the budget of %s segments a day is spent, nothing leaves any more", most)
    raise Unready(_("le budget de SMS du jour est dépensé"))


def give_back(segments: int, now: datetime) -> None:
    """Nothing left: the budget is whole again."""
    spent = Spending.objects.filter(pk=timezone.localdate(now), segments__gte=segments)
    spent.update(segments=F("segments") - segments)


def incidents(now: datetime) -> list[str]:
    """One sentence while SMS are kept back."""
    if not Spending.objects.filter(pk=timezone.localdate(now), is_cut=True).exists():
        return []
    words = _("Les SMS ne partent plus aujourd’hui : le budget de %(most)s SMS par jour est dépensé.")
    return [words % {"most": french.number(settings.SMS_DAILY_SEGMENTS)}]
