"""The photos of one's own draft, small and reencoded."""

from functools import lru_cache

from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from channels_app.portal import drafts
from channels_app.portal.preserve_input import preserve_input
from requests_app.lib.no_referrer import no_referrer
from requests_app.tickets.pictures import Busy, ReencodedPicture, Unpresentable, reencode

THUMB = 160  # pixels: eight of them fit the size limit of a page
KEPT = 256  # small photos in the memory of a process, some 5 kB each; whose they are is asked each time


@require_safe
@no_referrer
@preserve_input
def photo(request: HttpRequest, pk: int) -> HttpResponse:
    """Return one photo of this browser's draft, and of no other."""
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
def _small(name: str) -> ReencodedPicture | None:
    """Reencode once, however often it is requested: a robot could make us repeat it (threats: W02).

    None when it is not a picture. Raises Busy, and OSError when its bytes are gone.
    """
    with default_storage.open(name) as stream:
        try:
            return reencode(stream, side=THUMB)
        except Busy:
            raise
        except Unpresentable:
            return None
