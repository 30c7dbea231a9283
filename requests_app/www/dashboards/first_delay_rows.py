"""The delays in words: under five, nothing is told of anybody."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from requests_app.appointments.models import AppointmentType
from requests_app.first_delay.delays import Delay
from requests_app.first_delay.selectors.cases import Case, Cases, Key, Kind, measure_by
from requests_app.lib import french
from requests_app.lib.few_people import FEW, join_few
from requests_app.tickets.selectors.masking import NO_PLACE
from requests_app.www.dashboards.first_delay_query import NAMES, DelayQuery

DASH = "–"
DEFINITIONS = {
    Kind.OFFERED: gettext_lazy("De la demande reçue au premier créneau montré."),
    Kind.THIRD_NEXT: gettext_lazy("Chaque jour ouvré à la même heure, le troisième créneau libre."),
    Kind.BOOKED: gettext_lazy("De la demande reçue au rendez-vous, tel qu’il a d’abord été pris."),
    Kind.HELD: gettext_lazy("De la demande reçue au premier rendez-vous qui a eu lieu."),
}


@dataclass(frozen=True, slots=True)
class DelayRow:
    """One group: how many, and its delays as they are read; ``waiting`` says who still waits."""

    label: str
    count: str
    median: str
    ninetieth: str
    share: str
    waiting: str
    note: str = ""

    @property
    def cells(self) -> list[str]:
        return [self.label, self.count, self.median, self.ninetieth, self.share, self.waiting]


def four_delays(cases: Cases, asked: DelayQuery) -> list[DelayRow]:
    """Return the four delays of what is looked at, each with its definition."""
    found = []
    for kind in Kind:
        delay = measure_by(filter(asked.holds, cases[kind]), lambda case: "").get("", Delay())
        found.append(word_delay(str(NAMES[kind]), delay, kind, str(DEFINITIONS[kind])))
    return found


def compare_places(cases: Cases, asked: DelayQuery, labels: Mapping[str, str]) -> list[DelayRow]:
    """Compare the Maisons, by name."""
    return _groups(cases, asked, lambda case: _label(case.maison, labels))


def compare_types(cases: Cases, asked: DelayQuery, types: Mapping[str, AppointmentType]) -> list[DelayRow]:
    """Compare types of appointment, first-time and regular apart."""
    labels = {code: kind.label for code, kind in types.items()}
    return _groups(cases, asked, lambda case: _segment(labels.get(case.type, case.type), case.is_first_time))


def _groups(cases: Cases, asked: DelayQuery, label_of: Callable[[Case], str]) -> list[DelayRow]:
    """Compare groups of five at least, the smaller joined: the total less those shown tells of no fewer."""
    held = list(filter(asked.holds, cases[asked.kind]))
    small = find_few(Counter(map(label_of, held)))
    others = _("Autres")
    found = measure_by(held, lambda case: others if label_of(case) in small else label_of(case))
    untold = find_few({label: delay.waiting for label, delay in found.items()})
    return [
        word_delay(label, found[label], asked.kind, is_waiting_told=label not in untold)
        for label in sorted(found, key=lambda label: (label == others, label.casefold()))
    ]


def find_few(counts: Mapping[Key, int]) -> frozenset[Key]:
    """Return the groups to join, or to say nothing of; waits are counted, for these rows name nobody."""
    _alone, few = join_few({key: {(key, n) for n in range(count)} for key, count in counts.items() if count})
    return frozenset(few)


def _label(code: str, labels: Mapping[str, str]) -> str:
    return labels.get(code) or (_("Lieu fermé") if code else str(NO_PLACE))


def _segment(label: str, is_first_time: bool | None) -> str:
    if is_first_time is None:
        return label
    whom = _("première fois") if is_first_time else _("déjà venues")
    return _("%(type)s, %(whom)s") % {"type": label, "whom": whom}


def word_delay(
    label: str,
    delay: Delay,
    kind: Kind,
    note: str = "",
    *,
    is_told: bool = True,
    is_waiting_told: bool = True,
) -> DelayRow:
    """Word a delay; ``is_told``: nothing of it, and how many still wait, may be found by subtraction."""
    if delay.n < FEW or not is_told:
        return DelayRow(label, count_of(delay.n) if delay.n < FEW else DASH, DASH, DASH, DASH, "", note)
    share = DASH if delay.share_under is None else f"{round(delay.share_under * 100)} %"
    median, slow = format_delay(delay.median_days), format_delay(delay.p90_days)
    waiting = describe_waiting(delay, kind) if is_waiting_told or delay.waiting < FEW else ""
    return DelayRow(label, french.number(delay.n), median, slow, share, waiting, note)


def count_of(count: int) -> str:
    """Write a number, or « moins de 5 » when it could tell who they are."""
    return _("moins de %(n)s") % {"n": FEW} if 0 < count < FEW else french.number(count)


def format_delay(days: int | None) -> str:
    """Write « 12 j »; a dash while too few have had it to know."""
    return DASH if days is None else _("%(n)s j") % {"n": french.number(days)}


def describe_waiting(delay: Delay, kind: Kind) -> str:
    """Write « 12 attendent encore, depuis 9 jours au moins »; days without a slot for the daily measure."""
    if not delay.waiting:
        return ""
    if kind == Kind.THIRD_NEXT:
        none = ngettext("%(n)s jour sans créneau", "%(n)s jours sans créneau", delay.waiting)
        return none % {"n": count_of(delay.waiting)}
    if delay.waiting < FEW:
        return _("%(few)s attendent encore") % {"few": count_of(delay.waiting)}
    if not delay.waits_for:  # one of them asked today
        return _("%(n)s personnes attendent encore") % {"n": french.number(delay.waiting)}
    words = ngettext(
        "%(n)s personnes attendent encore, depuis %(days)s jour au moins",
        "%(n)s personnes attendent encore, depuis %(days)s jours au moins",
        delay.waits_for,
    )
    return words % {"n": french.number(delay.waiting), "days": french.number(delay.waits_for)}


def heads(first: str) -> list[str]:
    """Return the heads of a table of delays, after what names its rows."""
    labels = [first, _("Nombre"), _("La moitié en"), _("9 sur 10 en")]
    return [*labels, _("Dans le délai annoncé"), _("Attendent encore")]
