"""A template of ours that names what its view does not give fails."""

import sys
from types import FrameType

from django.conf import settings
from django.template.loader_tags import IncludeNode

PIECES = "/templates/ui/"


class UndefinedVariable(str):
    """Django's `string_if_invalid`: raises in our templates, empty in those of Django.

    A piece of templates/ui may hand an optional value on (`{% include … with look=tag_look %}`).
    """

    def __new__(cls) -> "UndefinedVariable":
        return super().__new__(cls, "%s")

    def __mod__(self, missing: object) -> str:
        frame: FrameType | None = sys._getframe(1)
        while frame and "context" not in frame.f_locals:
            frame = frame.f_back
        origin = _origin(frame) if frame else ""
        if not origin.startswith(str(settings.BASE_DIR)) or "site-packages" in origin:
            return ""
        if PIECES in origin and frame and _hands_on(frame):
            return ""
        raise AssertionError(f"undefined template variable: {missing} in {origin}")


def _origin(frame: FrameType) -> str:
    template = getattr(frame.f_locals["context"], "render_context", None)
    return str(template.template.origin.name) if template and template.template else ""


def _hands_on(frame: FrameType) -> bool:
    back = frame.f_back
    while back and back.f_code.co_name in {"<dictcomp>", "<genexpr>"}:
        back = back.f_back
    return bool(back and isinstance(back.f_locals.get("self"), IncludeNode))
