from django.contrib import admin

from requests_app.catalog.models import Topic


@admin.register(Topic)
class TopicAdmin(admin.ModelAdmin):
    """The topics; `import_territory` writes the same table."""

    list_display = ("label", "theme", "action", "sensitivity", "delay_days", "is_active")
    list_filter = ("theme", "action", "sensitivity", "is_active")
    search_fields = ("code", "label", "theme")
    ordering = ("theme", "label")

    def has_delete_permission(self, *args: object, **kwargs: object) -> bool:
        """Demands keep their topic: it is withdrawn (`is_active`), never deleted."""
        return False
