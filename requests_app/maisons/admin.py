"""What an administrator may change of a Maison: how it is presented; the rest comes from files."""

from django.contrib import admin
from django.contrib.auth.models import Group

from requests_app.maisons.models import Maison

admin.site.unregister(Group)  # rights are memberships, and nothing else


@admin.register(Maison)
class MaisonAdmin(admin.ModelAdmin):
    list_display = ("label", "name", "kind", "territory_name", "public_access", "closed_on")
    list_filter = ("kind", "public_access", "territory_name")
    search_fields = ("code", "name", "short_name")
    list_select_related = ("commune",)
    ordering = ("label", "pk")
    fields = (
        "code",
        "label",
        "name",
        "short_name",
        "kind",
        "commune",
        "parent",
        "address",
        "address_complement",
        "postal_code",
        "phone",
        "email",
        "opening_hours",
        "opening_note",
        "public_access",
        "territory_name",
        "source",
        "source_date",
        "closed_on",
    )
    readonly_fields = (
        "code",
        "label",
        "kind",
        "commune",
        "parent",
        "territory_name",
        "source",
        "source_date",
    )

    def has_add_permission(self, request: object) -> bool:
        """Refuse: Maisons come from the files of the territory."""
        return False

    def has_delete_permission(self, request: object, obj: object = None) -> bool:
        """Refuse: a Maison is closed, never deleted, since tickets hold its key."""
        return False
