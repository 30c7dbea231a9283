"""Between the password and the code: the session names who is expected and is signed in as nobody (W14)."""

import time

from django.http import HttpRequest
from django.utils.crypto import constant_time_compare

from requests_app.accounts.models import User

KEY = "half_signed"
LASTS_S = 300


def begin(request: HttpRequest, user: User) -> None:
    """Remember whose password was right; the password's hash makes a change of it end the wait."""
    request.session.cycle_key()
    request.session[KEY] = [user.pk, user.get_session_auth_hash(), time.time()]


def expected_user(request: HttpRequest) -> User | None:
    """Return who is to give a code; None when nobody is, or no longer."""
    pk, print_, since = request.session.get(KEY) or (None, "", 0.0)
    if pk is None or time.time() - since > LASTS_S:
        return None
    user: User | None = User.objects.present().exclude(second_factor_at=None).filter(pk=pk).first()
    if user is None or not constant_time_compare(user.get_session_auth_hash(), print_):
        return None
    return user


def forget(request: HttpRequest) -> None:
    request.session.pop(KEY, None)
