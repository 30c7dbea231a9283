"""The pages that the law requires."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from requests_app.channels.registry import channels, is_open
from requests_app.lib.spreadsheets import as_csv
from requests_app.www.public.accessibility import statement
from requests_app.www.public.grid import grid, table
from requests_app.www.public.notices import notices
from requests_app.www.public.promises import sections


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """Show how accessible these pages are, and what to do when they are not."""
    said, today = statement(), timezone.localdate()
    context = {
        "statement": said,
        "words": said.words_on(today),
        "is_over": said.is_over(today),
        "grid": grid(),
        "mail": settings.MAIL_FROM,
        "site": settings.PUBLIC_URL,
        "plan_url": settings.ACCESSIBILITY_PLAN_URL,
        "actions_url": settings.ACCESSIBILITY_ACTIONS_URL,
        **_who(),
    }
    return render(request, "public/accessibility.html", context)


@require_safe
def accessibility_grid(request: HttpRequest) -> HttpResponse:
    """Export the grid of the criteria, for auditors."""
    headers = {"Content-Disposition": 'attachment; filename="grille-rgaa.csv"'}
    return HttpResponse(as_csv(table(grid())), content_type="text/csv; charset=utf-8", headers=headers)


@require_safe
def personal_data(request: HttpRequest) -> HttpResponse:
    """Explain what we store about people, why, how long, and how they can object; open channels only."""
    said = [notice for notice in notices() if is_open(notice.channel)]
    context = {"notices": said, "sections": sections(), "topic": settings.DATA_RIGHTS_TOPIC, **_who()}
    return render(request, "public/personal_data.html", context)


@require_safe
def legal_notice(request: HttpRequest) -> HttpResponse:
    """Name who publishes these pages, answers for them, hosts them (law 2004-575, article 6)."""
    context = {
        "number": settings.PUBLISHER_NUMBER,
        "director": settings.PUBLICATION_DIRECTOR,
        "hosting": settings.HOSTING,
        **_who(),
    }
    return render(request, "public/legal_notice.html", context)


@require_safe
def electronic_contact(request: HttpRequest) -> HttpResponse:
    """List the electronic channels by which people may write to us, and the terms (CRPA, article L112-9)."""
    context = {
        "doors": [door for each in channels() if (door := each.write_to())],
        "size_mb": settings.MAIL_MAX_BYTES // (1024 * 1024),
        **_who(),
    }
    return render(request, "public/electronic_contact.html", context)


def _who() -> dict[str, str]:
    contact = settings.DATA_OFFICER_CONTACT
    kind = "mailto:" if "@" in contact else "" if "://" in contact else None
    return {
        "authority": settings.AUTHORITY_NAME,
        "address": settings.AUTHORITY_ADDRESS,
        "phone": settings.AUTHORITY_PHONE,
        "data_officer": settings.DATA_OFFICER,
        "data_officer_contact": contact,
        "data_officer_link": "" if kind is None or not contact else f"{kind}{contact}",
    }
