"""The pages that the law asks for."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from requests_app.lib.signs import OPEN_DOORS
from requests_app.www.public.accessibility import statement
from requests_app.www.public.notices import NOTICES


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """How accessible these pages are, and what to do when they are not."""
    return render(request, "public/accessibility.html", {"statement": statement(), **_who()})


@require_safe
def personal_data(request: HttpRequest) -> HttpResponse:
    """What we keep about people, why, how long, and how they can object; the open doors only."""
    notices = [notice for notice in NOTICES if notice.channel in OPEN_DOORS]
    return render(request, "public/personal_data.html", {"notices": notices, **_who()})


def _who() -> dict[str, str]:
    return {
        "authority": settings.AUTHORITY_NAME,
        "phone": settings.AUTHORITY_PHONE,
        "data_officer": settings.DATA_OFFICER,
    }
