"""The home page: for citizens; a signed-in agent is redirected to their work page."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from channels_app.portal.preserve_input import preserve_input
from channels_app.portal.themes import themes


@require_safe
@gzip_page
@preserve_input
def home(request: HttpRequest) -> HttpResponse:
    """Show what people come for, by theme, and whom to call."""
    if request.user.is_authenticated:
        return redirect("home")
    return render(
        request, "portal/home.html", {"themes": themes(), "sample": f"{settings.REFERENCE_PREFIX}-7K4P2Q"}
    )
