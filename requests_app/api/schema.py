"""The OpenAPI description of a resource, read from what it declares: nothing is described twice."""

from typing import Any

from drf_spectacular.openapi import AutoSchema
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse
from rest_framework import serializers

from requests_app.api.idempotency import HEADER, MAX_LENGTH
from requests_app.api.problems import MEDIA_TYPE
from requests_app.api_keys.scopes import scope_name
from requests_app.routing.territory import current

BASE = "requests_app.api.views"
PREFIX, OWN = "/api/v1/", "/api/v1/schema/"
READS = {"GET", "HEAD", "OPTIONS"}
ALWAYS = {
    400: "Something in the query or the body is wrong; `errors` says where.",
    401: "No key, or one that is unknown, expired or revoked.",
    403: "The key lacks a scope, named by `scope`; or this may not be done.",
    404: "Nothing here for this key.",
    406: "No other format than JSON.",
    429: "Too many calls; see `Retry-After`.",
}
IF_MATCH = "If-Match"
OF_CHANGES = {412: "It has changed since the `ETag` of `If-Match`."}  # PATCH and DELETE
OF_WRITES = {
    409: "The present state does not allow it, or the same request is in progress.",
    413: "The body is too large.",
    415: "The body is not JSON.",
    422: "This `Idempotency-Key` served another request.",
}


IDEMPOTENCY = OpenApiParameter(
    HEADER,
    {"type": "string", "minLength": 1, "maxLength": MAX_LENGTH, "pattern": "^[A-Za-z0-9._:-]+$"},
    OpenApiParameter.HEADER,
    description="Any text of yours: the same request sent again has one effect.",
)
PRECONDITION = OpenApiParameter(
    IF_MATCH,
    {"type": "string", "pattern": '^"[0-9a-f]{32}"$'},
    OpenApiParameter.HEADER,
    description="The `ETag` of what you read: a change made since then is a 412, and nothing is written.",
)


class ErrorSerializer(serializers.Serializer):
    """Where something is wrong: a pointer into the body, a parameter of the query, or a header."""

    pointer = serializers.CharField(required=False)
    parameter = serializers.CharField(required=False)
    header = serializers.CharField(required=False)
    detail = serializers.CharField()


class ProblemSerializer(serializers.Serializer):
    """A refusal (RFC 9457)."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField()
    scope = serializers.CharField(required=False)
    errors = ErrorSerializer(many=True, required=False)  # type: ignore[assignment]


class ApiSchema(AutoSchema):
    """Reads ``Query``, ``In``, ``Out``, ``created`` and ``resource`` of a view."""

    view: Any
    method: str

    @property
    def _is_read(self) -> bool:
        return self.method in READS

    @property
    def _is_list(self) -> bool:
        return self._is_read and hasattr(self.view, "show")

    def get_operation_id(self) -> str:
        """Return a stable name: the verb and the address."""
        words = [word.strip("{}") for word in self.path.split("/") if word and word not in {"api", "v1"}]
        return "_".join([self.method.lower(), *words]).replace("-", "_")

    def get_tags(self) -> list[str]:
        return [self.view.resource]

    def get_auth(self) -> list[dict[str, list[str]]]:
        return [{"key": []}]

    def get_description(self) -> str:  # type: ignore[override]
        scope = scope_name(self.view.resource, is_write=not self._is_read)
        return f"{self._words()}\n\nScope: `{scope}`."

    def get_summary(self) -> str:
        return self._words().partition(".")[0].partition("\n")[0]

    def _words(self) -> str:
        """Return what the resource says of itself, never what its base says."""
        own = getattr(self.view, "act", None) if self.method == "POST" else None
        for source in (own, getattr(self.view, self.method.lower(), None), type(self.view)):
            is_base = getattr(source, "__module__", BASE) == BASE
            if not is_base and (words := " ".join((source.__doc__ or "").split())):
                return words
        return self.get_operation_id()

    def _is_list_view(self, serializer: Any = None) -> bool:
        return False

    def get_override_parameters(self) -> list[Any]:
        if not self._is_read:
            return [IDEMPOTENCY if self.method == "POST" else PRECONDITION]
        found: list[Any] = [self.view.Query] if self.view.Query().fields else []
        if self.view.Out is not None:
            names = ", ".join(self.view.Out().fields)
            words = f"The members wanted, by commas: {names}."
            one = "|".join(self.view.Out().fields)
            schema = {"type": "string", "pattern": f"^({one})(,({one}))*$"}
            found.append(OpenApiParameter("fields", schema, description=words))
        return found

    def get_request_serializer(self) -> Any:
        return None if self._is_read else getattr(self.view, "In", None)

    def get_response_serializers(self) -> Any:
        codes = ALWAYS if self._is_read else ALWAYS | OF_WRITES
        codes = codes | OF_CHANGES if self.method in {"PATCH", "DELETE"} else codes
        refusals = {
            (code, MEDIA_TYPE): OpenApiResponse(ProblemSerializer, words) for code, words in codes.items()
        }
        return {**self._successes(), **refusals}

    def _successes(self) -> dict[Any, Any]:
        if declared := getattr(self.view, "answers", {}).get(self.method):
            return dict(declared)
        shape = self.view.Out
        if self._is_list:
            shape = self._page_of(shape)
        status = 200 if self._is_read else getattr(self.view, "created", 200)
        if self.method == "DELETE":
            return {204: None}
        return {status: shape or OpenApiTypes.OBJECT}

    def _page_of(self, shape: Any) -> Any:
        name = f"{shape.__name__.removesuffix('Serializer')}Page"
        members = {
            "next": serializers.URLField(allow_null=True),
            "previous": serializers.URLField(allow_null=True),
            "results": shape(many=True),
        }
        return type(f"{name}Serializer", (serializers.Serializer,), members)


def only_version_1(endpoints: list[Any]) -> list[Any]:
    """Leave out what is no resource: other doors, and the schema itself."""
    return [each for each in endpoints if each[0].startswith(PREFIX) and not each[0].startswith(OWN)]


def refuse_other_members(result: dict[str, Any], **_of_hook: Any) -> dict[str, Any]:
    """Say of each body that no member is dropped in silence, and which codes it may name.

    Of an answer, ``?fields=`` may leave any member out.
    """
    land = current()
    codes = {"topic": sorted(land.topics), "maison": sorted(land.sites)}
    for name, shape in result.get("components", {}).get("schemas", {}).items():
        if name.endswith("In"):
            shape["additionalProperties"] = False
            for member in codes.keys() & shape.get("properties", {}).keys():
                shape["properties"][member]["enum"] = codes[member]
        elif name.endswith(("Out", "Row")):
            shape.pop("required", None)
    return result
