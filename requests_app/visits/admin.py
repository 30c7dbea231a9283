"""The page of a Maison, with the secret addresses of its waiting room: made, shown, revoked here."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from requests_app.lib.qr import qr_of
from requests_app.maisons.admin import MaisonAdmin
from requests_app.maisons.models import Maison
from requests_app.visits import place_links

LABELS = {
    place_links.SCREEN: gettext_lazy("Écran de la salle d’attente"),
    place_links.ARRIVAL: gettext_lazy("« Je suis là », à l’entrée"),
    place_links.EXIT: gettext_lazy("« Comment cela s’est-il passé ? », tablette de la sortie"),
}
CREATE, REVOKE = "creer", "retirer"

admin.site.unregister(Maison)


@admin.register(Maison)
class ReceivingMaisonAdmin(MaisonAdmin):
    change_form_template = "admin/maison_with_addresses.html"

    def get_urls(self) -> list[URLPattern]:
        change = self.admin_site.admin_view(require_POST(self.change_address))
        poster = self.admin_site.admin_view(require_safe(self.poster))
        return [
            path("<path:object_id>/adresse/", change, name="maison_address"),
            path("<path:object_id>/affiche/", poster, name="maison_poster"),
            *super().get_urls(),
        ]

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Add the addresses in use; the database stores only their hash."""
        context = {
            **(extra_context or {}),
            "addresses": _addresses(object_id),
            "object_id": object_id,
            "with_poster": place_links.ARRIVAL,
        }
        return super().change_view(request, object_id, form_url, context)

    def change_address(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Make a new address, or revoke the one there is; the history of the Maison names who did."""
        maison = get_object_or_404(Maison, pk=_number(object_id))
        if not self.has_change_permission(request, maison):
            raise PermissionDenied
        purpose, verb = request.POST.get("usage", ""), request.POST.get("verbe", "")
        if purpose in LABELS and verb in (CREATE, REVOKE):
            said = _change(purpose, verb, maison)
            self.log_change(request, maison, f"{LABELS[purpose]} : {said}")
            messages.success(request, said)
        return redirect("admin:maisons_maison_change", maison.pk)

    def poster(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Show the poster of the entrance, to print; there is none without an address."""
        maison = get_object_or_404(Maison, pk=_number(object_id))
        if not self.has_change_permission(request, maison):
            raise PermissionDenied
        purpose, at = place_links.ARRIVAL, timezone.now()
        address = place_links.address_of(purpose=purpose, maison_id=maison.pk, at=at)
        if address is None:
            raise Http404
        return render(request, "admin/maison_poster.html", {"maison": maison, "qr": qr_of(address)})


def _change(purpose: str, verb: str, maison: Maison) -> str:
    at = timezone.now()
    if verb == CREATE:
        place_links.create(purpose=purpose, maison_id=maison.pk, at=at)
        return _("Nouvelle adresse créée. L’ancienne ne marche plus.")
    place_links.revoke(purpose=purpose, maison_id=maison.pk, at=at)
    return _("Adresse retirée : elle ne montre plus rien.")


def _addresses(object_id: str) -> list[tuple[str, str, str | None]]:
    """Return purpose, label and address of each kind; no address when there is none in use."""
    at, pk = timezone.now(), _number(object_id)
    return [
        (purpose, str(label), place_links.address_of(purpose=purpose, maison_id=pk, at=at))
        for purpose, label in LABELS.items()
    ]


def _number(object_id: str) -> int:
    """Return the key of a Maison; 0, which no row has, when it is none."""
    return int(object_id) if object_id.isdecimal() and len(object_id) < 10 else 0
