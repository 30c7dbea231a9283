"""Say something in two taps from any staff page; add a sentence, withdraw it, read what became of it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import BadRequest
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from requests_app.accounts.agent_request import AgentRequest
from requests_app.feedback import services
from requests_app.feedback.models import FieldFeedback
from requests_app.feedback.selectors import feedback_of
from requests_app.lib.paging import pager_of
from requests_app.www.field.context import page_label, read_shown

PER_PAGE = 30


@require_POST
@login_required
def tell(request: AgentRequest) -> HttpResponse:
    """Save a feedback of this kind at once; its sentence may follow, in the menu or on its own page."""
    kind = request.POST.get("genre", "")
    if kind not in FieldFeedback.Kind.values:
        raise BadRequest("unknown kind")
    shown, now = read_shown(request), timezone.now()
    feedback = services.record_feedback(kind=kind, shown=shown, by=request.user, at=now)
    if request.htmx:
        return render(request, "field/_told.html", {"feedback": feedback})
    return redirect("field:one", feedback.pk)


@require_POST
@login_required
def add_sentence(request: AgentRequest, pk: int) -> HttpResponse:
    """Save the author's sentence, and whether their name shows."""
    feedback = own_feedback(request, pk)
    words, is_signed = request.POST.get("phrase", ""), request.POST.get("nom") == "1"
    saved = services.add_sentence(feedback=feedback, sentence=words, is_signed=is_signed)
    if not saved:
        messages.error(request, _("Quelqu’un a déjà répondu : écrivez un nouveau retour."))
        return redirect("field:one", pk)
    if request.htmx:
        return render(request, "field/_thanks.html", {"feedback": feedback})
    messages.success(request, _("Merci, votre retour est noté."))
    return redirect("field:mine")


@require_POST
@login_required
def withdraw(request: AgentRequest, pk: int) -> HttpResponse:
    """Withdraw one's feedback."""
    services.withdraw(feedback=own_feedback(request, pk), at=timezone.now())
    if request.htmx:
        return render(request, "field/_withdrawn.html")
    messages.success(request, _("Votre retour est repris : personne ne le verra."))
    return redirect("field:mine")


@require_GET
@login_required
def list_own(request: AgentRequest) -> HttpResponse:
    """List the agent's own feedback with what became of it."""
    if not set(request.GET) <= {"page"}:
        raise BadRequest("unknown parameter")
    found = Paginator(feedback_of(request.user), PER_PAGE).get_page(request.GET.get("page", ""))
    rows = [(row, page_label(row.page)) for row in found]
    context = {"rows": rows, "found": found, "pager": pager_of(found, request.GET)}
    return render(request, "field/mine.html", context)


@require_POST
@login_required
def mark_seen(request: AgentRequest) -> HttpResponse:
    """Note that the agent has read the answers."""
    services.mark_changes_seen(by=request.user, at=timezone.now())
    return redirect("field:mine")


def own_feedback(request: AgentRequest, pk: int) -> FieldFeedback:
    """Load a feedback of the agent; that of a colleague does not exist."""
    feedback = FieldFeedback.objects.standing().filter(author=request.user, pk=pk).first()
    if feedback is None:
        raise Http404
    return feedback
