"""Answer templates, written by managers, for everyone or for a topic or a Maison."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from requests_app.access.scope import scope_of
from requests_app.accounts.models import User
from requests_app.answers.models import AnswerModel
from requests_app.answers.variables import unknown_in
from requests_app.catalog.models import Topic
from requests_app.maisons.models import Maison
from requests_app.tickets.errors import NotAllowed, Refused


def save_model(
    *,
    model: AnswerModel | None = None,
    name: str,
    text: str,
    topic: Topic | None,
    maison: Maison | None,
    by: User,
    at: datetime,
) -> AnswerModel:
    """Create or change a template; refuses unknown variables and a name already taken."""
    _require(by, maison)
    if model:
        _require(by, model.maison)
    if unknown := unknown_in(text):
        words = _("Ces mots entre accolades n’existent pas : %(names)s.")
        raise Refused(words % {"names": ", ".join(f"{{{name}}}" for name in unknown)})
    model = model or AnswerModel()
    model.name, model.text, model.topic, model.maison = name.strip(), text.strip(), topic, maison
    model.updated_at, model.updated_by = at, by
    try:
        with transaction.atomic():
            model.save()
    except IntegrityError as error:
        raise Refused(_("Un modèle porte déjà ce nom.")) from error
    return model


@transaction.atomic
def retire_model(*, model: AnswerModel, by: User, at: datetime) -> None:
    """Retire a template; answers written with it stay as they are."""
    _require(by, model.maison)
    AnswerModel.objects.filter(pk=model.pk).update(is_active=False, updated_at=at, updated_by=by)


@transaction.atomic
def restore_model(*, model: AnswerModel, by: User, at: datetime) -> None:
    """Restore a retired template, while no other has taken its name."""
    _require(by, model.maison)
    if AnswerModel.objects.active().filter(name=model.name).exclude(pk=model.pk).exists():
        raise Refused(_("Un modèle porte déjà ce nom."))
    AnswerModel.objects.filter(pk=model.pk).update(is_active=True, updated_at=at, updated_by=by)


def _require(by: User, maison: Maison | None) -> None:
    if not scope_of(by).can_write_models(maison.pk if maison else None):
        raise NotAllowed
