"""The notes of a trial: added, withdrawn and put back."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from requests_app.accounts.agent_request import AgentRequest
from requests_app.experiments import services
from requests_app.tickets.errors import Refused
from requests_app.www.trials.forms import NoteForm
from requests_app.www.trials.views import load_trial, show_trial

WITHDRAW, RESTORE = "retirer", "remettre"


@require_POST
@login_required
def write(request: AgentRequest, pk: int) -> HttpResponse:
    """Add a note."""
    trial, form = load_trial(request, pk), NoteForm(request.POST)
    if not form.is_valid():
        return show_trial(request, trial, note_form=form)
    try:
        services.add_note(trial=trial, text=form.cleaned_data["note"], by=request.user, at=timezone.now())
    except Refused as refusal:
        form.add_error("note", str(refusal))
        return show_trial(request, trial, note_form=form)
    messages.success(request, _("C’est noté au journal."))
    return redirect("trials:one", pk)


@require_POST
@login_required
def step(request: AgentRequest, pk: int, note_pk: int, step: str) -> HttpResponse:
    """Withdraw a note of one’s own, or put it back."""
    note = get_object_or_404(load_trial(request, pk).notes.all(), pk=note_pk)
    try:
        if step == WITHDRAW:
            services.withdraw_note(note=note, by=request.user, at=timezone.now())
        elif step == RESTORE:
            services.restore_note(note=note, by=request.user)
        else:
            raise Http404
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("trials:one", pk)
