"""Subscriptions of other software and their last pushes; for the role « Administrateur » only."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from requests_app.lib.refusals import Refused
from requests_app.webhooks.models import Subscription
from requests_app.webhooks.secrets import seal, unseal
from requests_app.webhooks.services import rotate
from requests_app.www.backoffice.agents.agent_views import admin_required
from requests_app.www.backoffice.webhooks.actions import ACTIONS

SHOWN_ONCE = "webhook_secret"  # in the session, encrypted, until the next page shows it
ROTATE = "rotate"


@admin_required
@require_GET
def webhooks(request: HttpRequest) -> HttpResponse:
    """List the subscriptions, the paused ones first."""
    rows = list(Subscription.objects.select_related("key").order_by("-state", "name", "pk"))
    paused = sum(row.is_paused for row in rows)
    return render(request, "backoffice/webhooks.html", {"rows": rows, "paused": paused})


@admin_required
@require_GET
def webhook(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a subscription with its last hundred pushes."""
    subscription = get_object_or_404(Subscription.objects.select_related("key"), pk=pk)
    context = {
        "subscription": subscription,
        "deliveries": list(subscription.deliveries.order_by("-pk")),
        "shown_once": _take_secret(request, subscription),
        "has_two_secrets": bool(
            subscription.old_secret_until and subscription.old_secret_until > timezone.now()
        ),
    }
    return render(request, "backoffice/webhook.html", context)


@admin_required
@require_POST
def act(request: HttpRequest, pk: int) -> HttpResponse:
    """Do one of the actions of the page."""
    subscription, now = get_object_or_404(Subscription, pk=pk), timezone.now()
    name = request.POST.get("action", "")
    if name == ROTATE:
        secret = rotate(subscription=subscription, at=now)
        request.session[SHOWN_ONCE] = [subscription.pk, seal(secret)]
    elif name in ACTIONS:
        try:
            messages.success(request, ACTIONS[name](subscription, request.POST.get("delivery", ""), now))
        except Refused as refusal:
            messages.error(request, str(refusal))
    else:
        messages.error(request, _("Choisissez une action de la page."))
    return redirect("backoffice:webhook", pk=pk)


def _take_secret(request: HttpRequest, subscription: Subscription) -> str:
    pk, sealed = request.session.get(SHOWN_ONCE, (0, ""))
    if pk != subscription.pk:
        return ""
    del request.session[SHOWN_ONCE]
    return unseal(sealed)
