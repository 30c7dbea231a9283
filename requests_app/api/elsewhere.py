"""Addresses under /api/v1/ that no resource has, and /api/v1/ itself."""

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import Resolver404, resolve
from django.views.decorators.csrf import csrf_exempt

from requests_app.api.failures import render_failure

KEEP_METHOD = 308  # a POST stays a POST, with its body


@csrf_exempt
def elsewhere(request: HttpRequest, path: str) -> HttpResponse:
    """Lead to the same address with its final slash; else answer the same 404 as every resource."""
    if path and not path.endswith("/") and _is_ours(f"{request.path_info}/"):
        query = f"?{request.META['QUERY_STRING']}" if request.META.get("QUERY_STRING") else ""
        response = HttpResponsePermanentRedirect(f"{request.path}/{query}")
        response.status_code = KEEP_METHOD
        return response
    return render_failure(request, 404)


def _is_ours(path: str) -> bool:
    try:
        return resolve(path).func is not elsewhere
    except Resolver404:
        return False
