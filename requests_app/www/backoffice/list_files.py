"""Lists as files: what the page shows, whole or cut aloud, and who took it is logged (threats: W05, A03)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from requests_app.access.audit_log import Kind, log_access
from requests_app.accounts.models import User
from requests_app.lib.french import number
from requests_app.lib.spreadsheets import CONTENT_TYPES, Cell, as_file

MAX_ROWS = 10_000
MAX_WHY = 200


@dataclass(frozen=True, slots=True)
class ListFile:
    """A list read for a file; ``rows`` may hold one more than ``MAX_ROWS``, ``filters`` names nobody."""

    name: str
    title: str
    heads: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    filters: str
    maison_id: int | None = None


def check_form(form: str) -> None:
    if form not in CONTENT_TYPES:
        raise Http404


def send_list(found: ListFile, form: str, *, by: User, at: datetime) -> HttpResponse:
    """Log who takes how many rows of which list, and send them."""
    rows = found.rows[:MAX_ROWS]
    why = f"{form} {len(rows)} {found.filters}"[:MAX_WHY]
    log_access(user=by, kind=Kind.EXPORT, subject_id=found.maison_id or 0, at=at, why=why)
    end = [[bound_words()]] if len(found.rows) > MAX_ROWS else []
    content = as_file([found.heads, *rows, *end], form, title=found.title)
    headers = {
        "Content-Disposition": f'attachment; filename="{found.name}.{form}"',
        "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff",
    }
    return HttpResponse(content, content_type=CONTENT_TYPES[form], headers=headers)


def bound_words() -> str:
    return _("Le fichier a %(n)s lignes au plus.") % {"n": number(MAX_ROWS)}
