"""The one gate of staff pages: what the policy refuses is logged, and does not exist (threats: A01, I7)."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any, NoReturn, TypeVar

from django.contrib.auth.decorators import login_required
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.db.models import Model, QuerySet
from django.http import Http404, HttpResponse

from requests_app.access.audit_log import log_access
from requests_app.access.scope import Scope, scope_of
from requests_app.accounts.agent_request import AgentRequest
from requests_app.accounts.models import User

View = Callable[..., HttpResponse]
Row = TypeVar("Row", bound=Model)


def require(is_allowed: bool) -> None:
    """Refuse a page that is not the agent's: nothing of anybody was asked, nothing is logged."""
    if not is_allowed:
        raise PermissionDenied


def restrict_to(may_open: Callable[[Scope], bool]) -> Callable[[View], View]:
    """Open the pages decorated so to some agents; the others, once signed in, are told so."""

    def decorate(view: View) -> View:
        @login_required
        @wraps(view)
        def wrapper(request: AgentRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            require(may_open(scope_of(request.user)))
            return view(request, *args, **kwargs)

        return wrapper

    return decorate


def load_within(
    rows: QuerySet[Any, Row],
    *,
    kind: str,
    by: User,
    at: datetime,
    may_open: Callable[[Row], bool],
    may_know: Callable[[Row], bool] | None = None,
) -> Row:
    """Load the only row there is, for an agent who may open it; the refusal is logged.

    ``may_know``: whether they may learn that it exists, and are then told that it is not theirs.
    """
    try:
        row = rows.get()
    except ObjectDoesNotExist as error:
        raise Http404 from error
    if not may_open(row):
        is_known = may_know is not None and may_know(row)
        refuse(kind=kind, subject_id=row.pk, by=by, at=at, is_known=is_known)
    return row


def admit(
    is_allowed: bool, *, kind: str, subject_id: int, by: User, at: datetime, glass_id: int | None = None
) -> None:
    """Log what is read at once, allowed or not; ``glass_id`` is the exception that opened it."""
    if not is_allowed:
        refuse(kind=kind, subject_id=subject_id, by=by, at=at, glass_id=glass_id)
    log_access(user=by, kind=kind, subject_id=subject_id, at=at, glass_id=glass_id)


def refuse(
    *,
    kind: str,
    subject_id: int,
    by: User,
    at: datetime,
    is_known: bool = False,
    glass_id: int | None = None,
) -> NoReturn:
    """Log the attempt and end the page: 404, or 403 when the agent may know that it exists."""
    log_access(user=by, kind=kind, subject_id=subject_id, at=at, was_refused=True, glass_id=glass_id)
    raise PermissionDenied if is_known else Http404
