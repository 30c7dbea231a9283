"""The service discovery document: https://wiki.open311.org/Service_Discovery/."""

from django.conf import settings
from django.utils.translation import gettext as _

from requests_app.open311.rendering import TYPES, XML, Content

SPECIFICATION = "http://wiki.open311.org/GeoReport_v2"
CHANGESET = "2026-11-30 12:00"  # sortable: raised when the shape of services changes


def discover() -> Content:
    """Return where the interface is, in which formats, and whom to ask for a key."""
    who = {"authority": settings.AUTHORITY_NAME, "phone": settings.AUTHORITY_PHONE}
    key_service = _("Demandez une clé à un administrateur de %(authority)s : elle a le droit open311:write.")
    return Content(
        "discovery",
        {
            "changeset": CHANGESET,
            "contact": _("%(authority)s, téléphone %(phone)s") % who,
            "key_service": key_service % who,
            "endpoints": [
                {
                    "specification": SPECIFICATION,
                    "url": f"{settings.PUBLIC_URL}/open311/v2",
                    "changeset": CHANGESET,
                    "type": "test" if settings.EMBEDDED else "production",
                    "formats": [name.partition(";")[0] for name in (TYPES[XML], TYPES["json"])],
                }
            ],
        },
    )
