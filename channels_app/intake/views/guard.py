from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from requests_app.access.scope import scope_of

View = Callable[..., HttpResponse]


def central_team_required(view: View) -> View:
    """Restrict a view to the central team: raw arrivals belong to no Maison yet."""

    @login_required
    @wraps(view)
    def wrapper(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not scope_of(request.user).can_clear_quarantine:
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return wrapper
