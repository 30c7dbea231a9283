"""The services of the standard are our topics that are open to other software."""

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from requests_app.catalog.models import Topic
from requests_app.open311.errors import Refusal
from requests_app.open311.rendering import Content, Value

# Our answer never promises the reference at once: hearing may wait. A token always comes, and leads to it.
TYPE = "batch"


def public_topics() -> QuerySet[Topic]:
    """Return the topics open to other software, those no longer offered left out."""
    return Topic.objects.active().filter(is_public=True)


def list_services() -> Content:
    """Return every service, in the order of the catalog."""
    return Content("services", [_show(topic) for topic in public_topics().order_by("theme", "label", "pk")])


def define_service(code: str) -> Content:
    """Return the attributes that a service asks for beside the standard's: none of ours does."""
    topic = find_service(code)
    return Content("service_definition", {"service_code": topic.code, "attributes": []})


def find_service(code: str) -> Topic:
    """Return a service; raises the 404 of one that is not ours, or not public."""
    topic = public_topics().filter(code=code).first()
    if topic is None:
        raise Refusal(404, _("Ce « service_code » n’existe pas."))
    return topic


def _show(topic: Topic) -> dict[str, Value]:
    return {
        "service_code": topic.code,
        "service_name": topic.label,
        "description": topic.description,
        "metadata": False,
        "type": TYPE,
        "keywords": ",".join(topic.keywords),
        "group": topic.theme,
    }
