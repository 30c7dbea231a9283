"""A report comes in: its key first, then the whole form, then its raw bytes, then its ticket."""

from datetime import datetime

from django.conf import settings
from django.http import HttpRequest
from django.utils import translation
from django.utils.translation import gettext as _

from channels_app.partner.open311.form import WrongForm, read_report, split_key
from channels_app.partner.open311.storing import store_report
from requests_app.api.limits import count_call
from requests_app.api_keys.models import ApiKey
from requests_app.api_keys.scopes import is_granted, scope_name
from requests_app.api_keys.services import find_key, note_refusal, note_use
from requests_app.catalog.models import Topic
from requests_app.open311.errors import Refusal
from requests_app.open311.rendering import Content
from requests_app.open311.services import find_service
from requests_app.open311.tokens import token_of

FORM = "application/x-www-form-urlencoded"
SCOPE = scope_name("open311", is_write=True)
ROUTE = "open311/v2/requests"


def post_request(request: HttpRequest, *, at: datetime) -> Content:
    """Store a report and return its token; nothing is stored of one that is refused."""
    if request.content_type != FORM:  # of which no key is read
        asked = _("Envoyez un formulaire application/x-www-form-urlencoded.")
        raise Refusal(403, _("Donnez une clé valable dans « api_key »."), asked)
    try:
        secret, form = split_key(request.body)
        key = _require_key(secret, at)
        report = read_report(form)
    except WrongForm as wrong:
        raise Refusal(400, *wrong.reasons) from None
    topic = _require_service(report.service_code, key, at)
    with translation.override(settings.LANGUAGE_CODE):  # what is stored is read by agents
        arrival_id = store_report(form=form, service_code=topic.code, key_id=key.pk, at=at)
    return Content("service_requests", [{"token": token_of(arrival_id)}])


def _require_key(secret: str, at: datetime) -> ApiKey:
    """Return the key of a call; raises the 403 of one that opens nothing here, or the 429 of its limit."""
    key = find_key(secret, at=at) if secret else None
    if key is None:
        raise Refusal(403, _("Donnez une clé valable dans « api_key »."))
    if (state := key.state_at(at)) != ApiKey.State.VALID:
        _note(key, 403, state, at)
        raise Refusal(403, _("Donnez une clé valable dans « api_key »."))
    allowance = count_call(key.pk, now=at.timestamp())
    if allowance.is_over:
        _note(key, 429, "too-many-requests", at)
        wait = {"Retry-After": str(allowance.ends_in)}
        raise Refusal(429, _("Trop d’appels : attendez une minute."), headers=wait)
    if not is_granted(SCOPE, key.scopes):
        _note(key, 403, SCOPE, at)
        raise Refusal(403, _("Il manque à la clé le droit « %(scope)s ».") % {"scope": SCOPE})
    note_use(key, at=at)
    return key


def _require_service(code: str, key: ApiKey, at: datetime) -> Topic:
    """Return the service reported to; one outside the key's topics does not exist for it."""
    if not code:
        raise Refusal(400, _("Donnez un « service_code »."))
    topic = find_service(code)
    if key.topic_ids and topic.pk not in key.topic_ids:
        _note(key, 404, "not-found", at)
        raise Refusal(404, _("Ce « service_code » n’existe pas."))
    return topic


def _note(key: ApiKey, status: int, reason: str, at: datetime) -> None:
    note_refusal(key=key, method="POST", route=ROUTE, status=status, reason=reason, at=at)
