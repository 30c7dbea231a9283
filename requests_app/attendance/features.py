"""What the risk is computed from: facts of the appointment and of earlier ones, nothing of the person.

Neither age, name, language, address nor need: those are only looked at afterwards, to see whom it serves.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, ngettext_lazy

from requests_app.attendance.logistic import Logistic

MAX_EARLIER = 3  # a fourth absence tells no more than the third
MATTERS = 0.25  # log-odds: a quarter more than for the mean appointment
NAMES = ("lead", "absences", "came", "undelivered", "distance", "by_person")
WHEN_NONE = frozenset({"came", "by_person"})  # their words are true of a zero, the others of a high value
REASONS: dict[str, str | Promise] = {
    "lead": gettext_lazy("délai long"),
    "absences": ngettext_lazy("%(n)s absence", "%(n)s absences", "n"),
    "came": gettext_lazy("première venue ici"),
    "undelivered": gettext_lazy("message non arrivé"),
    "distance": gettext_lazy("lieu éloigné"),
    "by_person": gettext_lazy("rendez-vous donné par un agent"),
}


@dataclass(frozen=True, slots=True)
class Facts:
    """What was known of one appointment two days before; ``km`` is from the Maison of the person's home."""

    dated_at: datetime
    starts_at: datetime
    absences: int
    came: int
    is_undelivered: bool
    km: float
    is_by_person: bool

    @property
    def features(self) -> list[float]:
        """Return one number for each of NAMES."""
        days = max(0.0, (self.starts_at - self.dated_at).total_seconds() / 86400)
        return [
            math.log1p(days),
            float(min(self.absences, MAX_EARLIER)),
            float(min(self.came, MAX_EARLIER)),
            float(self.is_undelivered),
            math.log1p(max(0.0, self.km)),
            float(self.is_by_person),
        ]


def reasons_of(facts: Facts, model: Logistic) -> list[str]:
    """Return the codes of what makes this risk higher than the mean one, the heaviest first."""
    values = facts.features
    found = zip(model.contributions(values), NAMES, values, model.means, strict=True)
    heavy = [
        (share, name) for share, name, value, mean in found if share >= MATTERS and _holds(name, value, mean)
    ]
    return [_code(name, facts) for _share, name in sorted(heavy, reverse=True)]


def _holds(name: str, value: float, mean: float) -> bool:
    """Tell whether the words of a reason are true, whatever the sign of its weight."""
    return not value if name in WHEN_NONE else value > mean


def _code(name: str, facts: Facts) -> str:
    return f"{name}:{facts.absences}" if name == "absences" else name


def word_reasons(codes: Sequence[str]) -> str:
    """Write « délai long, 2 absences »."""
    return ", ".join(filter(None, map(_word, codes)))


def _word(code: str) -> str:
    name, _colon, count = code.partition(":")
    words = REASONS.get(name, "")
    return str(words % {"n": int(count)}) if count else str(words)
