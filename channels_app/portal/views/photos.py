"""The photos of one's own draft, small and drawn again."""

from functools import lru_cache

from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from channels_app.portal import drafts
from channels_app.portal.no_referrer import no_referrer
from channels_app.portal.preserve_input import preserve_input
from requests_app.tickets.pictures import Busy, Drawn, Unpresentable, reencode

THUMB = 160  # pixels: eight of them stay under the weight of a page
KEPT = 256  # small photos in the memory of a process, some 5 kB each; whose they are is asked each time


@require_safe
@no_referrer
@preserve_input
def photo(request: HttpRequest, pk: int) -> HttpResponse:
    """One photo of this browser's draft; of nobody else's."""
    draft = drafts.draft_of(request, at=timezone.now())
    file = draft.files.filter(pk=pk).first() if draft else None
    if file is None:
        raise Http404
    try:
        drawn = _small(str(file.file.name))
    except (Busy, OSError) as error:
        raise Http404 from error
    if drawn is None:
        raise Http404
    return HttpResponse(
        drawn.data, content_type=drawn.content_type, headers={"Content-Security-Policy": "default-src 'none'"}
    )


@lru_cache(maxsize=KEPT)
def _small(name: str) -> Drawn | None:
    """Drawn once, however often it is asked: a robot would keep us drawing the same large one (threats: W02).

    None when it is no picture. Raises Busy, and OSError when its bytes are gone.
    """
    with default_storage.open(name) as stream:
        try:
            return reencode(stream, side=THUMB)
        except Busy:
            raise
        except Unpresentable:
            return None
