from django.contrib import admin
from django.contrib.auth.models import Group
from django.contrib.auth.models import Group

from requests_app.maisons.models import Maison

admin.site.unregister(Group)  # rights are memberships, and nothing else

admin.site.unregister(Group)  # rights are memberships, and nothing else


@admin.register(Maison)
class MaisonAdmin(admin.ModelAdmin):
    """The Maisons; `import_territory` writes the same table."""

    list_display = ("label", "code", "kind", "public_access", "closed_on")
    list_filter = ("kind", "public_access", "territory_name")
    search_fields = ("code", "name", "short_name", "label")
    list_select_related = ("commune",)
    autocomplete_fields = ("parent",)
    raw_id_fields = ("commune",)  # 70 rows: no page of its own
    ordering = ("label",)

    def has_delete_permission(self, *args: object, **kwargs: object) -> bool:
        """Demands keep their Maison: it closes, it is never deleted."""
        return False
