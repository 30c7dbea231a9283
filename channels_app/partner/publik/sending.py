"""A request of ours as a form of a portal takes it: which names, and who it is about.

A form skips the names that it does not have, so each portal gives its fields those it wants to fill.
"""

import base64
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils.translation import gettext as _

from channels_app.contract import Deferred, NotConfigured
from channels_app.partner.publik import client
from channels_app.partner.publik.portals import Portal, portal_at
from requests_app.channels.description import Medium
from requests_app.channels.outbound import FIELDS
from requests_app.outbox.models import Outgoing

REFERENCE = "reference"  # the field by which a request is found again
NAMES = {
    "reference": REFERENCE,
    "subject": "objet",
    "given_name": "prenom",
    "family_name": "nom",
    "mail": "courriel",
    "phone": "telephone",
    "received_on": "recue_le",
}
# Their channels of submission, as w.c.s. lists them (wcs/formdata.py, get_submission_channels).
CHANNELS = {
    Medium.MESSAGE: "email",
    Medium.PAGE: "web",
    Medium.PAPER: "mail",
    Medium.CALL: "phone",
    Medium.VISIT: "counter",
}


def slug_of(url: str) -> str:
    """Return the name of a form in the address of its page, or of its API; "" when there is none."""
    parts = [part for part in urlsplit(url).path.split("/") if part]
    if parts[:2] == ["api", "formdefs"]:
        parts = parts[2:3]
    return parts[-1] if parts else ""


def form_at(url: str) -> tuple[Portal, str]:
    """Return the portal and the form of an address; raises NotConfigured when we have no key for it."""
    portal, slug = portal_at(url), slug_of(url)
    if portal is None or not slug:
        raise NotConfigured(_("ce portail n’est pas réglé (GRU_PUBLIK_PORTALS)"))
    return portal, slug


def create(outgoing: Outgoing) -> str:
    """Create the request there, and return its address in their API; raises as Outbound.send does."""
    portal, slug = form_at(outgoing.recipient)
    data = client.submit(portal, slug, _build_body(outgoing))
    return _address_of(portal, slug, data)


def find(outgoing: Outgoing) -> str | bool | None:
    """Look for the request there: its address, False when it is not there, None when it cannot be found."""
    portal, slug = form_at(outgoing.recipient)
    reference = str(outgoing.payload.get(FIELDS, {}).get("reference") or "")
    found = client.find(portal, slug, name=REFERENCE, value=reference) if reference else None
    if found is None:
        return None
    same = (each for each in found if isinstance(each, dict) and _reference_of(each) == reference)
    first = next(same, None)
    return _address_of(portal, slug, first) or True if first else False


def _reference_of(found: dict[str, Any]) -> str:
    fields = found.get("fields")
    return str(fields.get(REFERENCE) or "") if isinstance(fields, dict) else ""


def _address_of(portal: Portal, slug: str, data: dict[str, Any]) -> str:
    """Return the address of a request in their API: as they give it, when it is on their portal."""
    given, number = data.get("api_url"), data.get("id")
    if isinstance(given, str) and portal.has(given) and len(given) <= 200:
        return given
    return f"{portal.base}/api/forms/{slug}/{number}/" if number else ""


def _build_body(outgoing: Outgoing) -> dict[str, Any]:
    payload = outgoing.payload
    ours = payload.get(FIELDS, {})
    data = {theirs: ours[name] for name, theirs in NAMES.items() if ours.get(name)}
    data["message"] = payload["text"]
    data |= dict(_files(outgoing))
    return {"data": data, "context": _context(ours)}


def _context(ours: dict[str, Any]) -> dict[str, str]:
    """Say by which channel the person asked, and where the request is here."""
    context = {"channel": CHANNELS.get(ours.get("medium", ""), "web")}
    if reference := ours.get("reference"):
        context["comments"] = settings.PUBLIC_URL + reverse("backoffice:ticket", args=[reference])
    return context


def _files(outgoing: Outgoing) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield fichier, fichier_2… with their bytes; raises Deferred when one cannot be read now."""
    described = outgoing.payload.get("files", [])
    for number, (name, file) in enumerate(zip(outgoing.files, described, strict=False), start=1):
        try:
            with default_storage.open(name) as stored:
                content = base64.b64encode(stored.read()).decode()
        except OSError as error:
            raise Deferred(_("une pièce jointe ne peut pas être lue")) from error
        field = "fichier" if number == 1 else f"fichier_{number}"
        yield field, {"filename": file["name"], "content_type": file["content_type"], "content": content}
