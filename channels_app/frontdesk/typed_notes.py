"""What is typed at the counter is saved as it is typed: a session that ends loses nothing (threats: S09)."""

from collections.abc import Mapping
from datetime import datetime

from channels_app.frontdesk.forms import VisitForm
from channels_app.frontdesk.models import KeptNote
from channels_app.frontdesk.models.kept_notes import LIVES
from channels_app.frontdesk.services import is_just_saved
from channels_app.noting import Kind
from requests_app.accounts.models import User

MAX_LENGTH = 20_000  # characters of all fields; the form takes less
UNTYPED = {
    "cle",
    "suite",
    "sens",
    "message",
    "arrive_le",
    "rappel_quand",
    "personne",
    "sujet",
    "choix",
    "visiteur_role",
}  # not typed text


def save_note(*, kind: Kind, form: VisitForm, key: str, by: User, at: datetime) -> KeptNote | None:
    """Save what is typed; None when it is blank, or was submitted meanwhile. Unknown fields are left out."""
    fields = {name: str(form.data[name]) for name in form.fields if form.data.get(name)}
    is_typed = any(value.strip() for name, value in fields.items() if name not in UNTYPED)
    is_saved = is_just_saved(kind=kind, agent=by, key=key, at=at)
    if not is_typed or sum(map(len, fields.values())) > MAX_LENGTH or is_saved:
        delete_note(by=by)
        return None
    values = {"kind": kind.code, "fields": fields, "kept_at": at}
    return KeptNote.objects.update_or_create(author=by, defaults=values)[0]


def delete_note(*, by: User) -> None:
    """Delete the agent's note: it was submitted, or is no longer wanted."""
    KeptNote.objects.filter(author=by).delete()


def saved_note(*, by: User, at: datetime) -> KeptNote | None:
    """Return what this agent had typed; one statement."""
    return KeptNote.objects.alive(at).filter(author=by).first()


def typed_of(note: KeptNote) -> Mapping[str, str]:
    return {str(name): str(value) for name, value in note.fields.items()}


def forget_old(*, at: datetime) -> int:
    """Delete notes older than a day; returns how many (threats: P03)."""
    return KeptNote.objects.filter(kept_at__lte=at - LIVES).delete()[0]
