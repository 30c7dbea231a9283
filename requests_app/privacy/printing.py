"""A month's list as a printed sheet to sign, which is the certificate once all is done."""

import json
from datetime import date
from pathlib import Path

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from requests_app.lib import french
from requests_app.privacy.models import DisposalLine, DisposalSchedule
from requests_app.tickets.letters.drawable import replace_unprintable
from requests_app.tickets.letters.typesetting import tagged_pdf

TEMPLATE = Path(__file__).resolve().parent / "schedule.typ"


def render_pdf(schedule: DisposalSchedule) -> bytes:
    """Render a tagged PDF of every line, with what was decided and a place to sign."""
    return tagged_pdf(TEMPLATE, {"schedule": json.dumps(_sheet(schedule))})


def _sheet(schedule: DisposalSchedule) -> dict[str, object]:
    lines = list(schedule.lines.select_related("decided_by").order_by("pk"))
    return {
        "title": replace_unprintable(
            _("Liste de destruction, %(month)s") % {"month": french.dated_month(schedule.month)}
        ),
        "author": replace_unprintable(settings.AUTHORITY_NAME),
        "summary": [replace_unprintable(words) for words in _summary(schedule, lines)],
        "heads": [
            _("Demande"),
            _("Sujet et lieu"),
            _("Dernier contact"),
            _("Règle"),
            _("Fin"),
            _("Décision"),
        ],
        "rows": [[replace_unprintable(cell) for cell in _cells(line)] for line in lines],
        "signature": [_("Nom et fonction"), _("Date"), _("Signature")],
    }


def _summary(schedule: DisposalSchedule, lines: list[DisposalLine]) -> list[str]:
    gone = [line for line in lines if line.fate == DisposalLine.Fate.PURGED]
    words = [_("%(n)s demandes arrivent à la fin de leur durée de conservation.") % {"n": len(lines)}]
    if schedule.visa_at and schedule.visa_by:
        who = {"day": _day(timezone.localdate(schedule.visa_at)), "who": schedule.visa_by.full_name}
        words.append(_("Visa donné le %(day)s par %(who)s.") % who)
        rows = sum(sum(line.counts.values()) for line in gone)
        counts = {"n": len(gone), "rows": rows, "files": sum(line.files_count for line in gone)}
        words.append(_("%(n)s détruites : %(rows)s lignes de la base, %(files)s fichiers.") % counts)
    else:
        words.append(_("Rien n’est détruit avant le visa."))
    return words


def _cells(line: DisposalLine) -> list[str]:
    rule = _("%(n)s mois") % {"n": line.active_months}
    if line.archive_months:
        rule += " + " + _("%(n)s mois d’archive") % {"n": line.archive_months}
    return [
        "\n".join(line.references) or line.reference,
        "\n".join(words for words in (line.topic_label or _("Sans sujet"), line.maison_label) if words),
        _day(line.last_contact_on),
        rule,
        _day(line.ends_on),
        _decision(line),
    ]


def _decision(line: DisposalLine) -> str:
    if line.fate == DisposalLine.Fate.REFUSED and line.keep_until:
        return _("Gardée jusqu’au %(day)s : %(why)s") % {"day": _day(line.keep_until), "why": line.reason}
    if line.purged_at:
        return _("Détruite le %(day)s") % {"day": _day(timezone.localdate(line.purged_at))}
    return str(line.get_fate_display())


def _day(value: date) -> str:
    return f"{value:%d/%m/%Y}"
