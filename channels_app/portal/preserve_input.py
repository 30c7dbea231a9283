"""Nothing typed is lost: a page left open too long, a database away, a file too heavy (threats: F04, F05)."""

import errno
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden
from django.middleware.csrf import CsrfViewMiddleware, get_token
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

View = Callable[..., HttpResponse]
RETRY_S = 60
NOT_TYPED = {"csrfmiddlewaretoken"}
NO_ROOM = {errno.ENOSPC, errno.EDQUOT}


class _Check(CsrfViewMiddleware):
    """Django's own CSRF check, with our refusal page."""

    def _reject(self, request: HttpRequest, reason: str) -> HttpResponse:
        return HttpResponseForbidden(reason)


def preserve_input(view: View) -> View:
    """Wrap a view so that its refusals give back what was typed, with a button to try again."""

    @csrf_exempt  # checked below, so that the page keeps the text
    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            if request.method == "POST" and _Check(view).process_view(request, view, args, kwargs):
                return _again(request, _stale(), status=403)
            return view(request, *args, **kwargs)
        except (OperationalError, InterfaceError):
            response = _again(request, _away(), status=503)
            response.headers["Retry-After"] = str(RETRY_S)
            return response
        except OSError as error:
            if error.errno not in NO_ROOM:
                raise
            return _page(_no_room(), {}, status=503)

    return answer


def give_back(request: HttpRequest) -> HttpResponse:
    """Render what was typed when too many forms are begun, with the phone number and the same button."""
    return _again(request, _crowd_notice(), status=429)


def _stale() -> dict[str, str]:
    return {
        "title": _("Cette page est restée ouverte longtemps"),
        "words": _("Ce que vous avez écrit est encore là. Appuyez sur « Continuer »."),
        "button": _("Continuer"),
    }


def _away() -> dict[str, str]:
    return {
        "title": _("Notre site ne répond pas pour le moment"),
        "words": _(
            "Ce que vous avez écrit est encore là. Attendez une minute, puis appuyez sur « Réessayer »."
        ),
        "button": _("Réessayer"),
    }


def _crowd_notice() -> dict[str, str]:
    return {
        "title": _("Nous ne pouvons pas recevoir ce formulaire maintenant"),
        "words": _(
            "Trop de demandes viennent du même endroit. Ce que vous avez écrit est encore là. Appelez-nous, "
            "ou appuyez sur « Réessayer » dans une heure."
        ),
        "button": _("Réessayer"),
    }


def _no_room() -> dict[str, str]:
    """Describe a full disk during an upload: the previous page still has the text."""
    return {
        "title": _("Nous ne pouvons pas recevoir de photo maintenant"),
        "words": _("Rien n’est envoyé. Revenez en arrière : votre texte y est encore. Continuez sans photo."),
        "button": "",
    }


def _again(request: HttpRequest, said: dict[str, str], *, status: int) -> HttpResponse:
    """Render the text typed, and a button that sends it again."""
    typed = [
        (name, value)
        for name in (request.POST if request.method == "POST" else ())
        if name not in NOT_TYPED
        for value in request.POST.getlist(name)
    ]
    context = {
        "fields": typed,
        "had_files": bool(request.FILES) if request.method == "POST" else False,
        "path": request.get_full_path(),
        "csrf_token": get_token(request),
        "method": "post" if request.method == "POST" else "get",
    }
    return _page(said, context, status=status)


def _page(said: dict[str, str], context: dict[str, Any], *, status: int) -> HttpResponse:
    """Render without the request: nothing on the page needs the database."""
    whole = {"fields": [], "had_files": False, "path": "", "csrf_token": "", "method": "get"}
    page = render_to_string("portal/again.html", {**whole, **context, **said, "shell": None})
    return HttpResponse(page, status=status, headers={"Cache-Control": "no-store"})
