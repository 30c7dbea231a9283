"""Lists by cursor: the same page whatever is added meanwhile, and no count of all there is."""

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from requests_app.api.fields import StrictSerializer, TextField
from requests_app.api.problems import invalid_parameter
from requests_app.api.views import ApiView

DEFAULT_SIZE, MAX_SIZE = 50, 100
MAX_KEY = 2**63 - 1
PK = re.compile(r"[1-9][0-9]{0,18}")
NEXT, PREVIOUS = "n", "p"


class PageQuery(StrictSerializer):
    """The parameters of every list; a resource adds its filters."""

    cursor = TextField(required=False, help_text=gettext_lazy("Ce que « next » ou « previous » contient."))
    page_size = serializers.IntegerField(
        required=False, min_value=1, max_value=MAX_SIZE, default=DEFAULT_SIZE
    )


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where a page begins: after (or before) the row of this key, as text."""

    direction: str
    key: str

    @property
    def is_back(self) -> bool:
        return self.direction == PREVIOUS

    def encode(self) -> str:
        return urlsafe_b64encode(f"{self.direction}{self.key}".encode()).decode().rstrip("=")


@dataclass(frozen=True, slots=True)
class Page:
    """One page of rows, and the cursors around it."""

    rows: Sequence[Any]
    next: Cursor | None
    previous: Cursor | None


def read_cursor(written: str, is_key: Callable[[str], bool]) -> Cursor:
    """Return a cursor that we wrote; raises the 400 of any other text."""
    try:
        plain = urlsafe_b64decode(written.encode("ascii") + b"=" * (-len(written) % 4)).decode()
    except ValueError:
        plain = ""
    cursor = Cursor(plain[:1], plain[1:])
    is_ours = cursor.direction in {NEXT, PREVIOUS} and cursor.encode() == written
    if not is_ours or not is_key(cursor.key):
        raise invalid_parameter("cursor", _("Reprenez le curseur tel que nous l’avons donné."))
    return cursor


def _is_pk(key: str) -> bool:
    return PK.fullmatch(key) is not None and int(key) <= MAX_KEY


def page_of(rows: "QuerySet[Any]", *, cursor: Cursor | None, size: int, is_newest_first: bool = True) -> Page:
    """Read one page in one statement."""
    is_back = cursor is not None and cursor.is_back
    is_down = is_newest_first is not is_back  # walks from high keys to low ones
    after = rows.filter(**{"pk__lt" if is_down else "pk__gt": int(cursor.key)}) if cursor else rows
    found = list(after.order_by("-pk" if is_down else "pk")[: size + 1])
    return cut_page(found, cursor=cursor, size=size, key_of=lambda row: str(row.pk))


def cut_page(found: list[Any], *, cursor: Cursor | None, size: int, key_of: Callable[[Any], str]) -> Page:
    """Make a page of the rows walked from a cursor on; one more than its size says that more follow."""
    shown, has_more = found[:size], len(found) > size
    is_back = cursor is not None and cursor.is_back
    if is_back:
        shown.reverse()
    has_previous, has_next = (has_more, True) if is_back else (cursor is not None, has_more)
    if not shown:
        return Page([], None, None)
    return Page(
        shown,
        Cursor(NEXT, key_of(shown[-1])) if has_next else None,
        Cursor(PREVIOUS, key_of(shown[0])) if has_previous else None,
    )


class PagedView(ApiView):
    """Something read page by page: ``read_page`` reads one, ``show`` turns it into plain objects."""

    Query: ClassVar[type[StrictSerializer]] = PageQuery

    def read_page(self, **kwargs: Any) -> Page:
        """Return the page that the query asks for."""
        raise NotImplementedError

    def show(self, rows: Sequence[Any]) -> list[dict[str, Any]]:
        """Return the rows as plain objects: as many statements for a hundred as for one."""
        raise NotImplementedError

    def read_cursor(self, is_key: Callable[[str], bool]) -> Cursor | None:
        return read_cursor(self.asked["cursor"], is_key) if "cursor" in self.asked else None

    def get(self, request: Request, **kwargs: Any) -> Response:
        page = self.read_page(**kwargs)
        return self.answer(
            {
                "next": self._address(request, page.next),
                "previous": self._address(request, page.previous),
                "results": [self.pick(row) for row in self.show(page.rows)],
            }
        )

    def _address(self, request: Request, cursor: Cursor | None) -> str | None:
        """Return the address of a page beside this one, with the same parameters."""
        if cursor is None:
            return None
        query = {**request.query_params.dict(), "cursor": cursor.encode()}
        return f"{request.build_absolute_uri(request.path)}?{urlencode(query)}"


class ListView(PagedView):
    """A list of rows of a table: ``rows`` says which."""

    is_newest_first: ClassVar[bool] = True

    def rows(self, **kwargs: Any) -> "QuerySet[Any]":
        """Return the rows of the key's scope that the filters keep."""
        raise NotImplementedError

    def read_page(self, **kwargs: Any) -> Page:
        cursor, size = self.read_cursor(_is_pk), self.asked["page_size"]
        return page_of(self.rows(**kwargs), cursor=cursor, size=size, is_newest_first=self.is_newest_first)
