"""What an agent sent while the screen was locked: stored in the session, offered again, never lost (W11).

So is what a page sends whose session was ended in another tab: a signed cookie says whose it was, and only
they are offered it again; any later sign-in changes the CSRF secret, so that no older page sends any.

Files are not stored: they are still on the computer they came from.
"""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from requests_app.accounts.models import User

KEY = "kept_form"
MAX_LENGTH = 200_000  # characters in all; a page of ours never sends that much
TYPIST = "typist"  # who owns the page, as the page says: see typist.py
HIDDEN = {"csrfmiddlewaretoken", "password", TYPIST}
LEFT, LEFT_LASTS_S = "gru_left", 12 * 60 * 60


@dataclass(frozen=True, slots=True)
class Field:
    name: str
    value: str

    @property
    def is_written(self) -> bool:
        """Tell whether it is text, not a key: shown for review before it is sent."""
        return any(sign.isspace() for sign in self.value)


@dataclass(frozen=True, slots=True)
class StoredForm:
    """``action`` is our address to which it was sent."""

    action: str
    fields: tuple[Field, ...]


def remember_who_left(response: HttpResponse, agent: User) -> None:
    """Record in this browser whose session has just ended."""
    response.set_signed_cookie(
        LEFT,
        str(agent.pk),
        salt=LEFT,
        max_age=LEFT_LASTS_S,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )


def store_after_sign_out(request: HttpRequest) -> None:
    """Store a form that an open page sent once its session had ended."""
    left = request.get_signed_cookie(LEFT, default="", salt=LEFT, max_age=LEFT_LASTS_S)
    if left:
        store(request, agent_id=int(left))


def store(request: HttpRequest, *, agent_id: int) -> None:
    """Store the last form sent while locked; what a script saves by itself never replaces it."""
    if KEY in request.session and request.headers.get("Sec-Fetch-Mode", "navigate") != "navigate":
        return
    fields = [
        (name, value) for name, values in request.POST.lists() if name not in HIDDEN for value in values
    ]
    if fields and sum(len(name) + len(value) for name, value in fields) <= MAX_LENGTH:
        request.session[KEY] = {"agent": agent_id, "action": request.get_full_path(), "fields": fields}


def stored_form(request: HttpRequest) -> StoredForm | None:
    found = request.session.get(KEY)
    if not found:
        return None
    return StoredForm(found["action"], tuple(Field(name, value) for name, value in found["fields"]))


def claim(request: HttpRequest, agent: User) -> bool:
    """Tell whether something is stored for the agent who has just signed in; drop what is another's."""
    found = request.session.get(KEY)
    if found and found.get("agent", agent.pk) != agent.pk:  # none: stored by the version before
        forget(request)
        return False
    return bool(found)


def forget(request: HttpRequest) -> None:
    request.session.pop(KEY, None)


def forget_if_sent(request: HttpRequest) -> None:
    """Forget the stored form once the same one has been sent again."""
    found = request.session.get(KEY)
    if found and found["action"] == request.get_full_path():
        forget(request)
