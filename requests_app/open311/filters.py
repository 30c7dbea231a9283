"""The filters of a list of requests, to the letter of the standard; what cannot be read is refused."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.http import QueryDict
from django.utils.translation import gettext as _

from requests_app.open311.errors import Refusal

MAX_SPAN = timedelta(days=90)
MAX_REQUESTS = 1_000
OPEN, CLOSED = "open", "closed"
W3_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?(?:Z|[+ -]\d\d:\d\d)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Filters:
    """Which requests are asked for; ``references`` override all the others."""

    references: Collection[str]
    codes: Collection[str]
    statuses: Collection[str]
    start: datetime
    end: datetime


def read_filters(query: QueryDict, *, now: datetime) -> Filters:
    """Read the parameters; an empty one is one that was not given. Raises Refusal."""
    references = _split(query, "service_request_id")
    if len(references) > MAX_REQUESTS:
        raise Refusal(400, _("Demandez 1000 « service_request_id » au plus."))
    if references:
        return Filters(references, (), (OPEN, CLOSED), now, now)
    statuses = _split(query, "status")
    if not set(statuses) <= {OPEN, CLOSED}:
        raise Refusal(400, _("« status » est open, closed, ou les deux séparés par une virgule."))
    start, end = _read_span(_read_instant(query, "start_date"), _read_instant(query, "end_date"), now)
    return Filters((), _split(query, "service_code"), statuses or (OPEN, CLOSED), start, end)


def _split(query: QueryDict, name: str) -> list[str]:
    parts = (part.strip() for value in query.getlist(name) for part in value.split(","))
    return [*dict.fromkeys(part for part in parts if part)]


def _read_instant(query: QueryDict, name: str) -> datetime | None:
    given = query.getlist(name)
    written = given[-1].strip() if given else ""
    if not written:
        return None
    wrong = _("Écrivez « %(name)s » comme 2026-11-30T08:00:00Z, avec son fuseau.") % {"name": name}
    if len(given) > 1 or not W3_INSTANT.fullmatch(written):
        raise Refusal(400, wrong)
    try:
        return datetime.fromisoformat(written.replace(" ", "+")).astimezone(UTC)  # a « + » not encoded
    except (ValueError, OverflowError):
        raise Refusal(400, wrong) from None


def _read_span(start: datetime | None, end: datetime | None, now: datetime) -> tuple[datetime, datetime]:
    """Return the period: the last ninety days, or those before the end; never more."""
    try:
        end = end or now
        start = start or end - MAX_SPAN
    except OverflowError:
        raise Refusal(400, _("Cette période ne se calcule pas.")) from None
    if start > end and start > now:
        raise Refusal(400, _("« start_date » est dans l’avenir."))
    if start > end:
        raise Refusal(400, _("« start_date » est après « end_date »."))
    if end - start > MAX_SPAN:
        raise Refusal(400, _("Demandez 90 jours au plus entre « start_date » et « end_date »."))
    return start, end
