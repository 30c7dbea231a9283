"""The base of every resource: a key, its scope, its limit, no silent drop, one shape of refusal.

A resource declares ``resource`` (its scopes), ``Query`` (the parameters of GET), ``Out`` (its shape), and for
a POST ``In`` (its body) and ``act``. The schema and the house test of routes read the same declarations.
"""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.gzip import gzip_page
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer
from rest_framework.views import APIView

from requests_app.access.scope import Scope, scope_of
from requests_app.accounts.models import User
from requests_app.api.authentication import authenticate, route_of
from requests_app.api.etags import etag_of, is_named
from requests_app.api.fields import StrictSerializer
from requests_app.api.idempotency import HEADER, MAX_LENGTH, REPLAYED, Asked, Reply, do_once, refuse_other_use
from requests_app.api.limits import Allowance, count_call
from requests_app.api.parsing import StrictJson
from requests_app.api.problems import Problem, as_response, invalid, query_errors, to_problem
from requests_app.api.schema import ApiSchema
from requests_app.api_keys.models import ApiKey
from requests_app.api_keys.scopes import is_granted, scope_name
from requests_app.api_keys.services import note_refusal

FIELDS = "fields"
READS = {"GET", "HEAD", "OPTIONS"}
TAGGED = {"GET", "HEAD", "PATCH"}  # they answer with what the address holds
NOTED = {403, 404, 429}  # told to the administrator; a 400 is the program's own business


class Query(StrictSerializer):
    """The parameters of a GET that has none of its own."""


@method_decorator(gzip_page, name="dispatch")
class ApiView(APIView):
    """One address. Subclasses answer with ``self.answer`` and read a body with ``self.read``."""

    resource: ClassVar[str] = ""
    Query: ClassVar[type[StrictSerializer]] = Query
    Out: ClassVar[type[Serializer] | None] = None

    renderer_classes = [JSONRenderer]
    parser_classes = [StrictJson]
    content_negotiation_class = DefaultContentNegotiation
    authentication_classes = []
    permission_classes = []
    schema = ApiSchema()

    key: ApiKey
    agent: User
    scope: Scope
    asked: dict[str, Any]
    chosen: frozenset[str] | None  # what ``?fields=`` names
    allowance: Allowance | None = None

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Let in who may: the key first, so that a stranger learns nothing else."""
        self.now = timezone.now()
        self.key = request.auth = authenticate(request._request)
        self.agent = request.user = self.key.account
        self.scope = scope_of(self.agent)
        self._require_allowance()
        super().initial(request, *args, **kwargs)
        self._require_scope(request)
        self.asked = self._read_query(request.query_params, is_read=request.method in READS)

    def _require_allowance(self) -> None:
        self.allowance = count_call(self.key.pk, now=self.now.timestamp())
        if self.allowance.is_over:
            raise Problem("too-many-requests", headers={"Retry-After": str(self.allowance.ends_in)})

    def _require_scope(self, request: Request) -> None:
        if (request.method or "").lower() not in self.http_method_names or not hasattr(
            self, (request.method or "").lower()
        ):
            return  # it ends as a 405
        self.require(scope_name(self.resource, is_write=request.method not in READS))

    def require(self, scope: str) -> None:
        """Refuse a key without this scope, and name it."""
        if not is_granted(scope, self.key.scopes):
            detail = _("Il manque à la clé le droit « %(scope)s ».") % {"scope": scope}
            raise Problem("missing-scope", detail, scope=scope)

    def _read_query(self, given: QueryDict, *, is_read: bool) -> dict[str, Any]:
        """Return the parameters of a call; an unknown one, or one written twice, is refused by its name."""
        plain = {name: given.get(name) for name in given}
        chosen = plain.pop(FIELDS, None) if is_read and self.Out else None
        query = (self.Query if is_read else Query)(data=plain)
        errors = query_errors(query.errors) if not query.is_valid() else []
        twice = [name for name in given if len(given.getlist(name)) > 1]
        errors += [{"parameter": name, "detail": _("Écrivez ce paramètre une seule fois.")} for name in twice]
        if errors:
            raise Problem("invalid-request", errors=errors)
        self.chosen = self._read_fields(chosen)
        return dict(query.validated_data)

    def _read_fields(self, written: str | None) -> frozenset[str] | None:
        if written is None or self.Out is None:
            return None
        known, chosen = set(self.Out().fields), written.split(",")
        if unknown := [name for name in chosen if name not in known]:
            detail = _("Ce champ n’existe pas : « %(name)s ».") % {"name": unknown[0][:80]}
            raise Problem("invalid-request", errors=[{"parameter": FIELDS, "detail": detail}])
        return frozenset(chosen)

    def read(self, shape: type[StrictSerializer], *, partial: bool = False) -> dict[str, Any]:
        """Return the validated body; raises the 400 that points at each error."""
        data = self._body()
        serializer = shape(data=data, partial=partial)
        serializer.is_valid(raise_exception=True)
        return dict(serializer.validated_data)

    def _body(self) -> Any:
        if not self.request._request.body:
            return {}
        if not isinstance(self.request.data, Mapping):
            raise invalid("#", _("Écrivez un objet JSON."))
        return self.request.data

    def pick(self, row: dict[str, Any]) -> dict[str, Any]:
        """Keep the members that ``?fields=`` names."""
        return row if self.chosen is None else {name: row[name] for name in row if name in self.chosen}

    def answer(
        self, content: Any, *, status: int = 200, headers: Mapping[str, str] | None = None
    ) -> Response:
        return Response(content, status=status, headers=dict(headers or {}))

    def not_found(self) -> Http404:
        """Build the answer to what is outside the key's Maisons or topics, or does not exist."""
        return Http404()

    def handle_exception(self, exc: Exception) -> HttpResponseBase:  # type: ignore[override]
        """Answer every refusal as a problem, and note those that the key's owner should see."""
        problem = to_problem(exc)
        if problem is None:
            raise exc
        self._note(problem)
        response = as_response(problem)
        if problem.status_code == 405:
            response.headers["Allow"] = ", ".join(self.allowed_methods)
        return response

    def _note(self, problem: Problem) -> None:
        if problem.status_code in NOTED and hasattr(self, "key"):
            note_refusal(
                key=self.key,
                method=self.request.method or "",
                route=route_of(self.request._request),
                status=problem.status_code,
                reason=str(problem.more.get("scope") or problem.type.slug),
                at=self.now,
            )

    def finalize_response(  # type: ignore[override]
        self, request: Any, response: HttpResponseBase, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        """Add what every answer carries; a GET that has not changed is a 304."""
        done: Any = super().finalize_response(request, response, *args, **kwargs)  # type: ignore[arg-type]
        if self.allowance:
            for name, value in self.allowance.headers.items():
                done[name] = value
        done.headers.setdefault("Cache-Control", "private, no-cache")
        patch_vary_headers(done, ("Authorization", "Accept-Language"))
        if isinstance(done, Response) and done.status_code == 200 and request.method in TAGGED:
            done.headers["ETag"] = etag_of(done.data)
            return self._as_unchanged(request, done)
        return done

    def _as_unchanged(self, request: Any, response: Response) -> HttpResponseBase:
        is_known = is_named(response.headers["ETag"], request.headers.get("If-None-Match", ""))
        if request.method not in READS or not is_known:
            return response
        headers = {name: value for name, value in response.headers.items() if name != "Content-Type"}
        return HttpResponse(status=304, headers=headers)


class ActionView(ApiView):
    """An address that takes POST: once for an ``Idempotency-Key``, whatever the number of tries."""

    In: ClassVar[type[StrictSerializer]]
    created: ClassVar[int] = 200  # the status of what ``act`` did
    stores_first: ClassVar[bool] = False  # ``prepare`` stores something

    def prepare(self, data: dict[str, Any], **kwargs: Any) -> None:
        """Store what must survive this call; called before the transaction of ``act``."""

    def act(self, data: dict[str, Any], **kwargs: Any) -> Reply:
        """Do it, inside a transaction and in French, and return what the program is told."""
        raise NotImplementedError

    def post(self, request: Request, **kwargs: Any) -> Response:
        data = self.read(self.In)
        asked = self._ask(request._request)
        with translation.override(settings.LANGUAGE_CODE):  # what is stored is read by agents
            if self.stores_first:
                refuse_other_use(asked, at=self.now)
            self.prepare(data, **kwargs)
            reply = do_once(asked, lambda: self.act(data, **kwargs), at=self.now)
        headers = {REPLAYED: "true"} if reply.is_replayed else {}
        if reply.location:
            headers["Location"] = request.build_absolute_uri(reply.location)
        return self.answer(reply.body, status=reply.status, headers=headers)

    def _ask(self, request: HttpRequest) -> Asked:
        return Asked(self.key, self.idempotency_key, request.method or "", request.path, request.body)

    @property
    def idempotency_key(self) -> str:
        """Return the header as it was written, without the quotes that the draft puts around it."""
        written = self.request.headers.get(HEADER)
        if written is None:
            return ""
        bare = written.strip().removeprefix('"').removesuffix('"')
        if not bare or len(bare) > MAX_LENGTH or not bare.isprintable() or not bare.isascii():
            detail = _("Écrivez de 1 à 255 caractères imprimables dans « Idempotency-Key ».")
            raise Problem("invalid-request", errors=[{"header": HEADER, "detail": detail}])
        return bare
