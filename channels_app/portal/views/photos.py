"""The photos of one's own draft, small and drawn again."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from channels_app.portal import drafts
from channels_app.portal.discretion import discreet
from channels_app.portal.gentle import gentle
from requests_app.tickets.pictures import Unpresentable, redrawn

THUMB = 160  # pixels: eight of them stay under the weight of a page


@require_safe
@discreet
@gentle
def photo(request: HttpRequest, pk: int) -> HttpResponse:
    """One photo of this browser's draft; of nobody else's."""
    draft = drafts.draft_of(request, at=timezone.now())
    file = draft.files.filter(pk=pk).first() if draft else None
    if file is None:
        raise Http404
    try:
        with file.file.open() as stream:
            drawn = redrawn(stream, side=THUMB)
    except (Unpresentable, OSError) as error:
        raise Http404 from error
    return HttpResponse(
        drawn.data, content_type=drawn.content_type, headers={"Content-Security-Policy": "default-src 'none'"}
    )
