"""What an administrator may change of a topic: its words, its promises."""

from django.contrib import admin

from requests_app.catalog.models import Topic


@admin.register(Topic)
class TopicAdmin(admin.ModelAdmin):
    list_display = ("label", "theme", "action", "delay_days", "retention_months", "sensitivity", "is_active")
    list_filter = ("theme", "action", "sensitivity", "is_active")
    search_fields = ("code", "label", "description")
    ordering = ("theme", "label")
    fields = (
        "code",
        "theme",
        "label",
        "description",
        "audience",
        "keywords",
        "mdm_matter",
        "action",
        "competent_body",
        "sensitivity",
        "delay_days",
        "regime",
        "retention_months",
        "to_validate",
        "source",
        "is_active",
    )
    readonly_fields = ("code", "source", "mdm_matter", "action", "sensitivity")

    def has_add_permission(self, request: object) -> bool:
        """Topics come from the files of the territory."""
        return False

    def has_delete_permission(self, request: object, obj: object = None) -> bool:
        """A topic is put aside, never deleted: demands name it."""
        return False
