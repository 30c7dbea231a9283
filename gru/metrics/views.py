from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client.exposition import choose_encoder

from gru.metrics.access import may_read
from gru.metrics.families import Families


@never_cache
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Show what the product measures to those who watch it, in the format they ask for."""
    if not may_read(request):
        words = _("Accès refusé : donnez le jeton de GRU_METRICS_TOKEN.")
        return HttpResponse(f"{words}\n", status=403, content_type="text/plain; charset=utf-8")
    encode, content_type = choose_encoder(request.META.get("HTTP_ACCEPT", ""))
    return HttpResponse(encode(Families(timezone.now())), content_type=content_type)
