"""What the archivist decides: retain one line for a reason, undo that, approve the list."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST

from requests_app.accounts.agent_request import AgentRequest
from requests_app.lib.months import add_months
from requests_app.privacy import services
from requests_app.privacy.errors import Refused
from requests_app.privacy.models import DisposalSchedule
from requests_app.www.archives.reading import line_of, schedule_of

YEAR = 12  # months that a line is retained by default


class KeepForm(forms.Form):
    """Why the ticket stays, and until when."""

    reason = forms.CharField(
        label=gettext_lazy("Pourquoi la garder"),
        max_length=300,
        help_text=gettext_lazy("Sans nom ni détail : cette phrase reste sur la liste."),
        error_messages={"required": gettext_lazy("Écrivez pourquoi garder cette demande.")},
    )
    until = forms.DateField(
        label=gettext_lazy("Garder jusqu’au"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": gettext_lazy("Choisissez un jour."),
            "invalid": gettext_lazy("Choisissez un jour du calendrier."),
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""


@require_http_methods(["GET", "POST"])
@login_required
def keep(request: AgentRequest, pk: int) -> HttpResponse:
    """Refuse the destruction of one line."""
    line, now = line_of(request, pk), timezone.now()
    initial = {"until": add_months(timezone.localdate(now), YEAR)}
    form = KeepForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        reason, until = form.cleaned_data["reason"], form.cleaned_data["until"]
        try:
            services.keep(line=line, reason=reason, until=until, by=request.user, at=now)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("%(ref)s est gardée.") % {"ref": line.reference})
            return redirect(_url(line.schedule))
    context = {"line": line, "form": form, "back": _url(line.schedule)}
    return render(request, "archives/keep.html", context, status=422 if form.errors else 200)


@require_POST
@login_required
def undo(request: AgentRequest, pk: int) -> HttpResponse:
    """Put a line back on its list."""
    line = line_of(request, pk)
    _act_and_tell(
        request,
        lambda: services.undo_keep(line=line),
        _("%(ref)s est remise sur la liste.") % {"ref": line.reference},
    )
    return redirect(_url(line.schedule))


@require_POST
@login_required
def visa(request: AgentRequest, year: int, month: int) -> HttpResponse:
    """Approve the list: nothing is destroyed before."""
    schedule, shown = schedule_of(request, year, month), request.POST.get("shown", "")
    try:
        n = services.give_visa(schedule=schedule, by=request.user, at=timezone.now(), shown=shown)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _describe_visa(n) % {"n": n})
    return redirect(_url(schedule))


def _describe_visa(n: int) -> str:
    return ngettext(
        "Visa donné. %(n)s demande va être détruite.",
        "Visa donné. %(n)s demandes vont être détruites.",
        n,
    )


def _act_and_tell(request: HttpRequest, act: Any, done: str) -> None:
    try:
        act()
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)


def _url(schedule: DisposalSchedule) -> str:
    month = schedule.month
    return reverse("archives:schedule", kwargs={"year": month.year, "month": month.month})
