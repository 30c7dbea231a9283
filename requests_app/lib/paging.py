"""The pages of a list, in words and links that preserve the rest of the address."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page
from django.http import QueryDict
from django.utils.translation import gettext as _


@dataclass(frozen=True, slots=True)
class Pager:
    """What ui/pager.html shows; the addresses are "" at the ends."""

    place: str
    previous_url: str
    next_url: str


def pager_of(page: "Page[Any]", query: QueryDict, name: str = "page") -> Pager:
    """Describe a page for the template; `name` is the parameter that holds its number."""

    def url_of(number: int) -> str:
        asked = query.copy()
        asked[name] = str(number)
        return f"?{asked.urlencode()}"

    words = {"first": page.start_index(), "last": page.end_index(), "all": page.paginator.count}
    return Pager(
        place=_("%(first)s à %(last)s sur %(all)s") % words,
        previous_url=url_of(page.previous_page_number()) if page.has_previous() else "",
        next_url=url_of(page.next_page_number()) if page.has_next() else "",
    )
