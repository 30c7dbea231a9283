from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from requests_app.accounts.models import User


def agent_of(request: HttpRequest) -> User:
    """Return the agent signed in; behind `login_required` there always is one."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user
