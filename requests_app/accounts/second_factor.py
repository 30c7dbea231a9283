"""Who is asked for a code, and how many wrong ones are allowed."""

from datetime import datetime

from axes.handlers.proxy import AxesProxyHandler
from django.conf import settings
from django.contrib.auth.signals import user_login_failed
from django.http import HttpRequest

from requests_app.accounts.models import User
from requests_app.accounts.services import accept_code

OPTIONAL, ADMINS, ALL = "optional", "admins", "all"
POLICIES = (OPTIONAL, ADMINS, ALL)


def is_to_be_set_up(user: User) -> bool:
    """Tell whether GRU_SECOND_FACTOR requires a second factor that this agent lacks; makes no query."""
    if user.second_factor_at is not None:
        return False
    policy = settings.SECOND_FACTOR
    return policy == ALL or (policy == ADMINS and user.is_superuser)  # the flag follows the role


def is_accepted(request: HttpRequest, user: User, code: str, at: datetime) -> bool:
    """Tell whether the code is right. A wrong one counts like a wrong password, by account and address.

    Past the limit no code is even read, and the answer becomes « Trop d’essais » (429).
    """
    credentials = {"username": user.username}
    may_try = not settings.AXES_ENABLED or AxesProxyHandler.is_allowed(request, credentials)
    if may_try and accept_code(user=user, code=code, at=at):
        return True
    user_login_failed.send(sender=__name__, credentials=credentials, request=request)
    return False
