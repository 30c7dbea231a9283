from datetime import datetime

from requests_app.privacy.erasing import recheck_erasure
from requests_app.privacy.models import ErasureAsked
from requests_app.privacy.services.archiving import archive
from requests_app.privacy.services.listing import list_month
from requests_app.privacy.services.purging import purge


def sweep(*, at: datetime) -> None:
    """Archive what left the active base, continue the month's list, then destroy what is approved.

    In between, check again the erasures that something held.
    """
    archive(at=at)
    list_month(at=at)
    for asked in ErasureAsked.objects.select_related("person").order_by("pk"):
        recheck_erasure(asked=asked, at=at)
    purge(at=at)
