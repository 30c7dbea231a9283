"""What integrators read without a key: the schema, its page, and what each refusal means."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from drf_spectacular.renderers import OpenApiJsonRenderer, OpenApiJsonRenderer2, OpenApiYamlRenderer
from drf_spectacular.views import SpectacularAPIView

from requests_app.api.problem_types import PROBLEM_TYPES


class SchemaView(SpectacularAPIView):
    """The OpenAPI description of the interface."""

    authentication_classes = []
    permission_classes = []
    renderer_classes = [OpenApiJsonRenderer2, OpenApiJsonRenderer, OpenApiYamlRenderer]


@require_safe
def docs(request: HttpRequest) -> HttpResponse:
    """Show the schema as a page; all it needs is served from here."""
    return render(request, "api/docs.html")


@require_safe
def errors(request: HttpRequest) -> HttpResponse:
    """Explain each ``type`` of refusal."""
    return render(request, "api/errors.html", {"types": PROBLEM_TYPES.values()})
