"""What an agent sent while the screen was locked: kept in the session, offered again, never lost (W11).

Files are not kept: they are still on the computer they came from.
"""

from dataclasses import dataclass

from django.http import HttpRequest

KEY = "kept_form"
LONGEST = 200_000  # signs in all; a page of ours never sends that much
HIDDEN = {"csrfmiddlewaretoken", "password"}


@dataclass(frozen=True, slots=True)
class Field:
    name: str
    value: str

    @property
    def is_written(self) -> bool:
        """Words, not a key: shown to be read again before it is sent."""
        return any(sign.isspace() for sign in self.value)


@dataclass(frozen=True, slots=True)
class KeptForm:
    """``action`` is the address of ours it was sent to."""

    action: str
    fields: tuple[Field, ...]


def keep(request: HttpRequest) -> None:
    """Keep the last form sent while locked; what a script saves by itself never takes its place."""
    if KEY in request.session and request.headers.get("Sec-Fetch-Mode", "navigate") != "navigate":
        return
    fields = [
        (name, value) for name, values in request.POST.lists() if name not in HIDDEN for value in values
    ]
    if fields and sum(len(name) + len(value) for name, value in fields) <= LONGEST:
        request.session[KEY] = {"action": request.get_full_path(), "fields": fields}


def kept(request: HttpRequest) -> KeptForm | None:
    found = request.session.get(KEY)
    if not found:
        return None
    return KeptForm(found["action"], tuple(Field(name, value) for name, value in found["fields"]))


def forget(request: HttpRequest) -> None:
    request.session.pop(KEY, None)


def forget_if_sent(request: HttpRequest) -> None:
    """Once the same form is sent again, there is nothing left to offer."""
    found = request.session.get(KEY)
    if found and found["action"] == request.get_full_path():
        forget(request)
