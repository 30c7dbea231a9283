"""The addresses of GeoReport v2: none ends with a slash, each may end with its format."""

from django.urls import path, re_path, register_converter

from requests_app.open311 import views


class Extension:
    """The end of an address: « .json », « .xml », or nothing."""

    regex = r"(?:\.(?:json|xml))?"

    def to_python(self, value: str) -> str:
        return value.removeprefix(".")

    def to_url(self, value: str) -> str:
        return f".{value}" if value else ""


register_converter(Extension, "extension")

app_name = "open311"
urlpatterns = [
    path("", views.discover, name="root"),
    path("discovery<extension:extension>", views.discover, name="discovery"),
    path("services<extension:extension>", views.list_services, name="services"),
    path("services/<slug:code><extension:extension>", views.define_service, name="service"),
    path("requests<extension:extension>", views.handle_requests, name="requests"),
    path("requests/<slug:reference><extension:extension>", views.read_request, name="request"),
    path("tokens/<slug:token><extension:extension>", views.read_token, name="token"),
    re_path(r"^(?P<path>[\s\S]*)\Z", views.elsewhere, name="elsewhere"),
]
