"""The list as a file: CSV for a spreadsheet, PDF to sign."""

from collections.abc import Iterator

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from requests_app.accounts.agent_request import AgentRequest
from requests_app.lib.spreadsheets import Cell, as_csv
from requests_app.privacy.models import DisposalLine, DisposalSchedule
from requests_app.privacy.printing import render_pdf
from requests_app.www.archives.reading import schedule_of


@require_GET
@login_required
def csv(request: AgentRequest, year: int, month: int) -> HttpResponse:
    """Export every line in full."""
    schedule = schedule_of(request, year, month)
    return as_file(
        as_csv(_rows(schedule)), "text/csv; charset=utf-8", f"destruction-{schedule.month:%Y-%m}.csv"
    )


@require_GET
@login_required
def pdf(request: AgentRequest, year: int, month: int) -> HttpResponse:
    """Print the list to sign, and the certificate once all is done."""
    schedule = schedule_of(request, year, month)
    return as_file(render_pdf(schedule), "application/pdf", f"destruction-{schedule.month:%Y-%m}.pdf")


def as_file(content: bytes, kind: str, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def _rows(schedule: DisposalSchedule) -> Iterator[list[Cell]]:
    heads = (_("Demande"), _("Avec elle"), _("Sujet"), _("Lieu"), _("Reçue le"), _("Dernier contact"))
    rule = (_("Mois de conservation"), _("Mois d’archive"), _("Fin le"))
    decision = (_("État"), _("Motif"), _("Gardée jusqu’au"))
    yield [*heads, *rule, *decision, _("Détruite le"), _("Lignes détruites"), _("Fichiers détruits")]
    for line in schedule.lines.order_by("pk").iterator(chunk_size=2000):
        yield _cells(line)


def _cells(line: DisposalLine) -> list[Cell]:
    return [
        line.reference,
        " ".join(line.others),
        line.topic_label,
        line.maison_label,
        line.received_on.isoformat(),
        line.last_contact_on.isoformat(),
        line.active_months,
        line.archive_months,
        line.ends_on.isoformat(),
        line.get_fate_display(),
        line.reason,
        line.keep_until.isoformat() if line.keep_until else "",
        timezone.localdate(line.purged_at).isoformat() if line.purged_at else "",
        sum(line.counts.values()),
        line.files_count,
    ]
