"""What may be sent: countries, three per hour to one number, N segments per day (threats: S06).

What one of these limits holds back is shown to an agent at once (threats: N09).
"""

import logging
from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from channels_app.contract import BadAddress, Held, Undeliverable
from channels_app.sms.models import Spending
from requests_app.lib import french, phones
from requests_app.outbox.models import Outgoing
from requests_app.outbox.policies import POLICIES

logger = logging.getLogger(__name__)

PER_NUMBER_HOUR = 3
HOUR = timedelta(hours=1)
LOOKED_AT_AGAIN = timedelta(minutes=15)  # a code that waited that long has expired, and is dropped
NEXT_MORNING = time(8, 30)  # a new day has a new budget, and nobody is woken up


def check_number(number: str) -> None:
    """Refuse a number that is not a mobile of an allowed country; raises BadAddress or Undeliverable."""
    if not phones.is_number(number) or not phones.takes_sms(number):
        raise BadAddress(_("ce numéro ne reçoit pas de SMS"))
    if phones.region_of(number) not in settings.SMS_COUNTRIES:
        raise Undeliverable(_("nous n’envoyons pas de SMS vers ce pays"))


def check_rate(outgoing: Outgoing, now: datetime) -> None:
    """Allow three of a kind per hour to one number, when a stranger may be the cause. Raises Held."""
    policy = POLICIES.get(outgoing.kind)
    if not settings.LIMITS_ON or policy is None or not policy.is_by_strangers:
        return
    same = Outgoing.objects.filter(
        channel=outgoing.channel,
        recipient=outgoing.recipient,
        kind=outgoing.kind,
        sent_at__gt=now - HOUR,
    )
    newest = same.order_by("-sent_at").values_list("sent_at", flat=True)
    last = [sent_at for sent_at in newest[:PER_NUMBER_HOUR] if sent_at]
    if len(last) == PER_NUMBER_HOUR:
        until = min(last[-1] + HOUR, now + LOOKED_AT_AGAIN)
        raise Held(_("trois SMS en une heure à ce numéro, le suivant attend"), until)


def spend(segments: int, now: datetime) -> None:
    """Take segments from the day's budget; raises Held, and tells staff, when it is spent."""
    if not settings.LIMITS_ON:
        return
    day, most = timezone.localdate(now), settings.SMS_DAILY_SEGMENTS
    room = Spending.objects.filter(pk=day, segments__lte=most - segments)
    if room.update(segments=F("segments") + segments):
        return
    Spending.objects.get_or_create(pk=day)  # the first SMS of a day, or no budget is left
    if room.update(segments=F("segments") + segments):
        return
    if Spending.objects.filter(pk=day, is_cut=False).update(is_cut=True):
        logger.error("sms: the budget of %s segments a day is spent, nothing leaves any more", most)
    raise Held(_("le budget de SMS du jour est dépensé"), _next_morning(day))


def _next_morning(day: date) -> datetime:
    return datetime.combine(day + timedelta(days=1), NEXT_MORNING, timezone.get_default_timezone())


def segments_left(now: datetime) -> int:
    """Return what is left of the day's budget."""
    spent = Spending.objects.filter(pk=timezone.localdate(now)).values_list("segments", flat=True).first()
    return max(0, settings.SMS_DAILY_SEGMENTS - (spent or 0))


def give_back(segments: int, now: datetime) -> None:
    """Return segments to the budget when nothing was sent."""
    spent = Spending.objects.filter(pk=timezone.localdate(now), segments__gte=segments)
    spent.update(segments=F("segments") - segments)


def incidents(now: datetime) -> list[str]:
    """Return one sentence while SMS are held back."""
    if not Spending.objects.filter(pk=timezone.localdate(now), is_cut=True).exists():
        return []
    words = _("Les SMS ne partent plus aujourd’hui : le budget de %(most)s SMS par jour est dépensé.")
    return [words % {"most": french.number(settings.SMS_DAILY_SEGMENTS)}]
