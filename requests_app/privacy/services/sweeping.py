from datetime import datetime

from requests_app.privacy.services.archiving import archive
from requests_app.privacy.services.listing import list_month
from requests_app.privacy.services.purging import purge


def sweep(*, at: datetime) -> None:
    """Archive what left the active base, go on with the list of the month, then with what is under a visa."""
    archive(at=at)
    list_month(at=at)
    purge(at=at)
