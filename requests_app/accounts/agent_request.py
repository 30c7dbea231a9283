"""The request of a page behind `login_required`: an agent made it."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from requests_app.accounts.models import User


class AgentRequest(HttpRequest):
    """Give the types of what the middlewares added; views are never called with another class."""

    user: User
    htmx: HtmxDetails
